"""Founding, moving and ending organisations. The day is always named; past days are allowed."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from hatnhan import rulebook
from hatnhan.kernel import tree
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ahead import not_too_far
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.registries import PARTICIPANTS, Moving
from hatnhan.kernel.vietnamese import nfc
from hatnhan.units import permissions, queries, rules
from hatnhan.units.models import UnitEvent, UnitEventPart, UnitName

from .kinds import note_doubts
from .naming import begin_name_and_code, end_of_name_and_code


@action("units.found", of=UnitName)
def found(
    *, actor: Actor, name: str, kind: str, parent: Unit | None, on: date, code: str = "", reason: str = ""
) -> Unit:
    """Found an organisation under a parent (none: the top) from the day on. Refuses a kind that the rulebook does not
    know on that day or does not allow under the parent, an empty name, and a code that another unit bears."""
    tree.lock()
    if parent is None and not actor.everything:
        actor.require(permissions.FOUND, at=None)
        refuse("parent", _("Hãy chọn tổ chức cấp trên trực tiếp."), field="parent")
    if parent is not None:
        actor.require(permissions.FOUND, at=parent)
    not_too_far(actor, on)
    book, above = rulebook.at(on), queries.card(parent, on) if parent is not None else None
    if parent is not None and above is None:
        refuse(
            "not_standing", _("Tổ chức cấp trên chưa thành lập vào ngày %(day)s.") % {"day": Known.of(on)}, field="on"
        )
    regime = queries.regime_on(parent, on).code if parent is not None else None
    above_kind = above.kind if above else None
    if reasons := rules.founding_blockers(book, kind, above_kind, nfc(name), regime):
        raise Refused(reasons)
    unit = Unit(chain=parent.chain if parent is not None else 0)
    unit.save()
    if book.kinds()[kind].own_log:
        unit.chain = unit.pk
        unit.save()
    tree.place(unit, parent=parent, kind=kind, on=on)
    begin_name_and_code(unit, name, code, on)
    act().tell(
        gettext_noop("Thành lập %(name)s từ ngày %(on)s."), about=[unit], units=[unit], name=nfc(name), on=Known.of(on)
    )
    with override("vi"):
        note_doubts(founding_doubts(kind, parent, on))
    return unit


def founding_doubts(kind: str, parent: Unit | None, on: date) -> list[Reason]:
    """What an unsure rule says against a unit of a kind under another from the day on."""
    above = queries.card(parent, on) if parent is not None else None
    if parent is None or above is None:
        return []
    return rules.parent_warnings(rulebook.at(on), kind, above.kind, queries.regime_on(parent, on).code)


@action("units.move")
def move(*, actor: Actor, unit: Unit, to: Unit, on: date, kind: str = "", decision: str = "", reason: str = "") -> None:
    """Put a unit, with all below it, under another from the day on (chuyển giao). Holds until its next own move. With
    `kind` it is of that kind from the day on, as a cell that comes directly under a commune must be."""
    actor.require(permissions.CHANGE, at=unit)
    actor.require(permissions.FOUND, at=to)
    not_too_far(actor, on)
    here, there = queries.card(unit, on), queries.card(to, on)
    if here is None or there is None:
        refuse("not_standing", _("Tổ chức chưa thành lập vào ngày %(day)s.") % {"day": Known.of(on)}, field="on")
        raise AssertionError
    placed = (rulebook.at(on), kind or here.kind, there.kind, queries.regime_on(to, on).code)
    if blocked := rules.parent_blockers(*placed):
        raise Refused([replace(reason, field="to") for reason in blocked])
    tree.rehang(unit, to=to, on=on)
    if kind and kind != here.kind:
        tree.rekind(unit, kind=kind, on=on)
    record_event("transfer", on, decision, [], [unit])
    act().tell(
        gettext_noop("Chuyển %(name)s từ %(old)s về trực thuộc %(to)s từ ngày %(on)s."), about=[unit, to],
        units=[unit, to], name=here.name, old=queries.name_of(here.parent_id, on) if here.parent_id else "…",
        to=there.name, on=Known.of(on),
    )  # fmt: skip
    with override("vi"):
        note_doubts(founding_doubts(placed[1], to, on))


@action("units.dissolve")
def dissolve(
    *, actor: Actor, unit: Unit, on: date, heir: Unit | None = None, decision: str = "", reason: str = ""
) -> None:
    """End a unit. Refuses while units, members or anything else stand at it. Its rows go on counting with the heir, by
    default its last parent. Members of a dissolved organisation are placed within 30 working days (294-QĐ/TW,
    6.3.5)."""
    tree.lock()
    actor.require(permissions.REORGANISE, at=unit)
    if heir is not None:
        actor.require(permissions.VIEW, at=heir)
    not_too_far(actor, on)
    if reasons := [reason for one in PARTICIPANTS for reason in one.keeps(unit, on)]:
        raise Refused(reasons)
    if reasons := tree.closing_blockers(unit, on):
        raise Refused(reasons)
    name, went_to = queries.name_of(unit, on), heir or tree.last_parent(unit, on)
    for one in PARTICIPANTS:
        one.apply(actor, Moving(units=(unit,), into=went_to, on=on))
    tree.close(unit, on=on, heir=went_to)
    end_of_name_and_code(unit, on)
    record_event("dissolve", on, decision, [unit], [])
    act().tell(
        gettext_noop("Kết thúc hoạt động của %(name)s từ ngày %(on)s."), about=[unit], units=[unit, went_to],
        name=name, on=Known.of(on),
    )  # fmt: skip


def record_event(kind: str, on: date, decision: str, sources: list[Unit], results: list[Unit]) -> None:
    """Keep which units an act of reorganisation came from and which went on, for the lineage and for undo."""
    event = UnitEvent.objects.create(kind=kind, on=on, decision=decision, act=act().id)
    UnitEventPart.objects.bulk_create(
        [UnitEventPart(event=event, unit=unit, role="from") for unit in sources]
        + [UnitEventPart(event=event, unit=unit, role="to") for unit in results]
    )
