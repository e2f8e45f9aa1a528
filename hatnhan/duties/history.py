"""The history of a duty, told from its own rows: given, handed on, reminded, told to the superior, done."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hatnhan.access.choices import ROLES
from hatnhan.kernel.audit import actor_name
from hatnhan.kernel.models import Entry
from hatnhan.kernel.ui.text import day as written
from hatnhan.units.queries import Called

from .models import Duty, Owner


@dataclass(frozen=True)
class Event:
    """A line of the time line, as the kit draws it."""

    day: str
    title: str
    text: str = ""
    icon: str = "check"
    kind: str = ""


def history(one: Duty, on: date) -> list[Event]:
    """What happened to a duty, the latest first; who did it where the log has it. Three queries."""
    rows = list(Owner.objects.unvoided().filter(duty=one).order_by("valid_from", "pk").select_related("account"))
    acts = [one.opened_in, one.closed_in, one.reminded_in, *(row.recorded_in for row in rows)]
    who = {entry.pk: actor_name(entry.actor) for entry in Entry.objects.filter(pk__in=[pk for pk in acts if pk])}
    called = Called({row.unit_id for row in rows} | {one.escalated_to_id or 0})
    found: list[tuple[date, Event]] = []
    for place, row in enumerate(rows):
        told = {"who": _who(row), "unit": called.on(row.unit_id, max(row.valid_from, one.opened_on))}
        title = _("Giao cho %(who)s, %(unit)s") if not place else _("Chuyển sang %(who)s, %(unit)s")
        found.append(
            (row.valid_from, Event(written(row.valid_from), title % told, _by(who, row.recorded_in), "arrow-right"))
        )
    if one.reminded_on:
        by = _by(who, one.reminded_in)
        found.append((one.reminded_on, Event(written(one.reminded_on), _("Cấp trên nhắc"), by, "bell")))
    if one.escalated_on:
        told = {"unit": called.on(one.escalated_to_id or 0, one.escalated_on)}
        title = (
            _("Quá hạn, báo lên %(unit)s") % told if one.escalated_to_id else _("Quá hạn; phía trên không còn cấp nào")
        )
        found.append((one.escalated_on, Event(written(one.escalated_on), title, "", "triangle-alert", "void")))
    if one.closed_on:
        title = _("Đã xong") if one.state == "done" else _("Đã rút, không phải làm nữa")
        by = _by(who, one.closed_in)
        found.append((one.closed_on, Event(written(one.closed_on), title, by, "check", "main")))
    return [event for _day, event in sorted(found, key=lambda pair: pair[0])][::-1]


def _who(row: Owner) -> str:
    return str(row.account) if row.account else str(ROLES.get(row.role, row.role))


def _by(who: dict[int, str], act: int | None) -> str:
    name = who.get(act or 0, "")
    return _("%(name)s ghi") % {"name": name} if name else ""
