"""Looks and exports that are themselves acts, because they are logged."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.secrets import tail, unseal
from hatnhan.members import permissions, queries
from hatnhan.members.choices import NUMBER_KINDS
from hatnhan.members.models import Person, PersonNumber
from hatnhan.units.queries import name_of

from .people import require_at_home

SEARCHED = {12: ("card", "national_id"), 8: ("card", "old_card")}


@action("members.number_search")
def number_search(*, actor: Actor, unit: Unit, digits: str, reason: str = "") -> Person | None:
    """Who bears a card or citizen's number of 12 or 8 digits, exact only: somebody whom the actor may see, or None,
    also for who stands outside the scope. The look is logged with the last digits."""
    actor.require(permissions.NUMBERS, at=unit)
    digits = "".join(ch for ch in digits if ch.isdigit())
    if len(digits) not in SEARCHED:
        refuse("digits", _("Chỉ tìm theo cả dãy số: thẻ và số định danh có 12 chữ số, thẻ cũ có 8."), field="digits")
    borne = (queries.by_number(kind, digits) for kind in SEARCHED[len(digits)])
    found = next((person for person in borne if person is not None), None)
    if found is not None and not queries.may_see(actor, permissions.VIEW, found):
        found = None
    act().tell(
        gettext_noop("Tìm đảng viên theo số %(number)s."), about=[found] if found else [], units=[unit],
        number=tail(digits),
    )  # fmt: skip
    return found


@action("members.show_numbers")
def show_numbers(*, actor: Actor, person: Person, reason: str) -> dict[str, str]:
    """The numbers of a person in full, by kind. The reason stands in the log, which the person may see."""
    home = require_at_home(actor, permissions.NUMBERS, person)
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do xem."), field="reason")
    rows = PersonNumber.objects.on(actor.on).filter(person=person)
    numbers = {row.kind: unseal(row.sealed) for row in rows}
    act().tell(
        gettext_noop("Xem số thẻ, số định danh của đồng chí %(name)s."), about=[person], units=[home.unit],
        name=person.name,
    )  # fmt: skip
    return {kind: numbers[kind] for kind in NUMBER_KINDS if kind in numbers}


@action("members.look")
def look(*, actor: Actor, person: Person, reason: str = "") -> None:
    """Record that somebody looked at the record of a person beyond the directory. Pages record it once a day for each
    reader (`seen.looked_on`); the person sees it."""
    unit = _seen_at(actor, person)
    act().tell(gettext_noop("Xem hồ sơ của đồng chí %(name)s."), about=[person], units=[unit], name=person.name)


@action("members.look_list")
def look_list(*, actor: Actor, unit: Unit, people: Iterable[int], reason: str = "") -> None:
    """Record that somebody read, for many people at once, what their records say beyond the directory: one entry for a
    page, and everybody on it sees that."""
    actor.require(permissions.VIEW, at=unit)
    keys = sorted(set(people))
    act().about(Person, keys)
    act().tell(
        gettext_noop("Xem hồ sơ của %(count)s đồng chí khi đối chiếu danh sách của %(unit)s."), units=[unit],
        count=len(keys), unit=name_of(unit, actor.on),
    )  # fmt: skip


@action("members.print_summary")
def print_summary(*, actor: Actor, person: Person, reason: str = "") -> None:
    """Record that the summary of a person was printed."""
    unit = _seen_at(actor, person)
    act().tell(gettext_noop("In phiếu tóm tắt của đồng chí %(name)s."), about=[person], units=[unit], name=person.name)


@action("members.print_sheets")
def print_sheets(*, actor: Actor, unit: Unit, people: Iterable[int], reason: str = "") -> None:
    """Record that the check sheets of one cell were printed; everybody on them can see that."""
    actor.require(permissions.IMPORT, at=unit)
    for tier in (permissions.CORE, permissions.CONTACT):
        actor.require(tier, at=unit)
    act().about(Person, people)
    act().tell(gettext_noop("In phiếu đối khớp của %(unit)s."), units=[unit], unit=name_of(unit, actor.on))


@action("members.own_export")
def own_export(*, actor: Actor, person: Person, form: str, reason: str = "") -> None:
    """Record that a member took out everything that is held about the member."""
    if actor.person_id != person.pk:
        raise NotFound("members.own_export")
    act().tell(
        gettext_noop("Đồng chí %(name)s lấy toàn bộ thông tin về mình ra tệp %(form)s."), about=[person],
        units=_homes(person), name=person.name, form=form.upper(),
    )  # fmt: skip


def _seen_at(actor: Actor, person: Person) -> Unit:
    """The place at which the actor may see more of the person than the directory: the home, or where a guest is."""
    places = queries.places_of(person, actor.on)
    for row in places:
        if actor.can(permissions.CORE, at=row.unit_id):
            return row.unit
    actor.require(permissions.CORE, at=places[0].unit if places else 0)
    raise NotFound(permissions.CORE)


def _homes(person: Person) -> list[Unit]:
    row = queries.last_home(person)
    return [row.unit] if row else []
