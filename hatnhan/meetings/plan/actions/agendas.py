"""The agenda of a meeting: its template, its items, their order."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.meetings.choices import PARTS
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import AgendaItem, Sitting
from hatnhan.meetings.plan import agendas, sittings
from hatnhan.meetings.plan.agendas import ItemSheet, Template
from hatnhan.units.queries import name_of

from .agenda_order import renumber
from .plans import stale_words, touch


@action("meetings.lay_template")
def lay_template(*, actor: Actor, sitting: Sitting, template: str, reason: str = "") -> None:
    """Lay a template of the rulebook of the day over the agenda; what stands there already is kept."""
    _hold(actor, sitting)
    found = next((one for one in agendas.templates(rulebook.at(sitting.day)) if one.code == template), None)
    if found is None:
        refuse("template", _("Hãy chọn một chương trình mẫu trong danh sách."), field="template")
    lay(sitting, found)
    _tell(gettext_noop("Lấy chương trình mẫu cho buổi họp ngày %(day)s của %(unit)s."), sitting)


def lay(sitting: Sitting, template: Template) -> None:
    """Inside an action: the items of the template come onto the agenda, in its order."""
    standing = list(AgendaItem.objects.filter(sitting=sitting))
    order = [
        one if isinstance(one, AgendaItem) else AgendaItem(sitting=sitting, origin="template", **_columns(one))
        for one in agendas.laid(template, standing)
    ]
    renumber(order)


@action("meetings.add_item")
def add_item(*, actor: Actor, sitting: Sitting, item: ItemSheet, reason: str = "") -> AgendaItem:
    """Add an item at the end of its part. Refuses an empty one, and more than an evening can hold."""
    _hold(actor, sitting)
    _check(actor, sitting, item)
    standing = list(AgendaItem.objects.filter(sitting=sitting))
    if len(standing) >= agendas.MOST_ITEMS:
        refuse("many", _("Chương trình có nhiều nhất %(n)s mục.") % {"n": agendas.MOST_ITEMS})
    fresh = AgendaItem(sitting=sitting, **_columns(item))
    parts = list(PARTS)
    at = sum(parts.index(one.part) <= parts.index(item.part) for one in standing)
    renumber([*standing[:at], fresh, *standing[at:]])
    _tell(gettext_noop("Thêm một mục vào chương trình buổi họp ngày %(day)s của %(unit)s."), sitting)
    return fresh


@action("meetings.change_item")
def change_item(*, actor: Actor, item: AgendaItem, sheet: ItemSheet, seen: int | None = None, reason: str = "") -> None:
    """Change the words of an item. Refuses when somebody else changed it meanwhile."""
    sitting = item.sitting
    quicker = _hold(actor, sitting)
    _check(actor, sitting, sheet)
    _seen(item, seen, quicker)
    moved = sheet.part != item.part
    for name, value in _columns(sheet).items():
        if name != "subject":
            setattr(item, name, value)
    item.save()
    if moved:
        order = list(PARTS)
        rows = AgendaItem.objects.filter(sitting=sitting)
        renumber(sorted(rows, key=lambda one: (order.index(one.part), one.pk == item.pk, one.number)))
    _tell(gettext_noop("Sửa một mục trong chương trình buổi họp ngày %(day)s của %(unit)s."), sitting)


@action("meetings.move_item")
def move_item(*, actor: Actor, item: AgendaItem, up: bool, reason: str = "") -> None:
    """Let an item change places with the one before it or after it in its part. Refuses at the end of the part."""
    _hold(actor, item.sitting)
    rows = list(AgendaItem.objects.filter(sitting=item.sitting_id))
    at = next((n for n, one in enumerate(rows) if one.pk == item.pk), -1)
    to = at - 1 if up else at + 1
    if at < 0 or not 0 <= to < len(rows) or rows[to].part != rows[at].part:
        refuse("end", _("Mục này đã ở đầu hoặc cuối phần của nó."))
    rows[at], rows[to] = rows[to], rows[at]
    renumber(rows)
    _tell(gettext_noop("Đổi thứ tự chương trình buổi họp ngày %(day)s của %(unit)s."), item.sitting)


@action("meetings.remove_item")
def remove_item(*, actor: Actor, item: AgendaItem, seen: int | None = None, reason: str = "") -> None:
    """Take an item off the agenda. Refuses when somebody else changed it meanwhile."""
    _seen(item, seen, _hold(actor, item.sitting))
    sitting = item.sitting
    item.delete()
    renumber(list(AgendaItem.objects.filter(sitting=sitting)))
    _tell(gettext_noop("Bỏ một mục khỏi chương trình buổi họp ngày %(day)s của %(unit)s."), sitting)


def _hold(actor: Actor, sitting: Sitting) -> str:
    """Hold the meeting's row, and see that its agenda is still open. Returns words that name who changed it last."""
    sittings.must_plan(actor, sitting.unit_id)
    Sitting.objects.filter(pk=sitting.pk).update(version=F("version") + 1)
    sitting.refresh_from_db()
    if sitting.state not in sittings.EDITABLE:
        refuse("state", _("Buổi này đã họp xong hoặc đã hủy nên không sửa chương trình được nữa."))
    quicker = stale_words(sitting)
    touch(sitting, actor)
    sitting.save(update_fields=["changed_at", "changed_by"])
    return quicker


def _seen(item: AgendaItem, seen: int | None, quicker: str) -> None:
    rows = AgendaItem.objects.filter(pk=item.pk)
    if not (rows if seen is None else rows.filter(version=seen)).update(version=F("version") + 1):
        raise Refused(Reason("stale", quicker))
    item.refresh_from_db()


def _check(actor: Actor, sitting: Sitting, item: ItemSheet) -> None:
    people = frozenset(line.person for line in queries.roll_of(sitting.unit_id, actor.on, sitting.kind))
    if reasons := agendas.item_blockers(item, people):
        raise Refused(reasons)


def _columns(item: ItemSheet) -> dict[str, Any]:
    return {
        "part": item.part, "title": nfc(item.title), "text": nfc(item.text, lines=True), "minutes": item.minutes,
        "speaker_id": item.speaker, "rule": item.rule, "subject": item.subject,
    }  # fmt: skip


def _tell(sentence: str, sitting: Sitting) -> None:
    unit = sitting.unit
    act().tell(
        sentence, about=[sitting], units=[unit], day=Known.of(sitting.day), unit=name_of(unit, sitting.day),
    )  # fmt: skip
