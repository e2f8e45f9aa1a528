"""What falls due at a cell in a half-year and may hang on a wall: ends of probation and exemption, ends of offices."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE, back_years
from hatnhan.rulebook.party_age import reached_on
from hatnhan.units.slots import Coming, half_year

from .choices import PARTICIPATIONS
from .models import Membership, Participation, Standing, Tenure

TOLD = ("exempt", "exempt_for_time", "temporary_out")


def coming(actor: Actor, ids: Iterable[int], on: date) -> dict[int, list[Coming]]:
    """Of members at home there; a suspension is nobody's business on a wall. Four queries."""
    first, last = half_year(on)
    keys = list(ids)
    found: dict[int, list[Coming]] = {pk: [] for pk in keys}
    rows = Membership.objects.on(max(on, actor.on)).filter(unit__in=keys, kind="home").select_related("person")
    home = {row.person_id: row for row in rows}
    probation = Standing.objects.unvoided().filter(
        person__in=list(home), kind="probationary", valid_from__gte=back_years(first, 1),
        valid_from__lt=back_years(last, 1),
    )  # fmt: skip
    for standing in probation:
        row = home[standing.person_id]
        day = reached_on(standing.valid_from, 1)
        found[row.unit_id].append(Coming(day, _("Hết 12 tháng dự bị"), row.person.name))
    ending = Participation.objects.unvoided().filter(
        person__in=list(home), kind__in=TOLD, valid_to__gte=first, valid_to__lt=last
    )
    for part in ending:
        row = home[part.person_id]
        said = _("Hết hạn: %(what)s") % {"what": str(PARTICIPATIONS[part.kind]).lower()}
        found[row.unit_id].append(Coming(part.valid_to - ONE, said, row.person.name))
    for tenure in (
        Tenure.objects.unvoided().filter(unit__in=keys, valid_to__gte=first, valid_to__lt=last).select_related("person")
    ):
        offices = rulebook.at(tenure.valid_from).offices()
        label = str(offices[tenure.office].label) if tenure.office in offices else tenure.office
        said = _("Hết nhiệm kỳ: %(office)s") % {"office": label}
        found[tenure.unit_id].append(Coming(tenure.valid_to - ONE, said, tenure.person.name))
    return found
