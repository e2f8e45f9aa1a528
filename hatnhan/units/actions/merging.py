"""Merging and splitting organisations: plain acts with a preview, undone as long as nothing was built on them."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel import tree
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.registries import PARTICIPANTS, Effect, Moving
from hatnhan.kernel.undo import objections, take_back
from hatnhan.units import permissions, queries
from hatnhan.units.models import UnitEvent, UnitEventPart

from .founding import end_of_name_and_code, found, rename


def merge_blockers(units: Sequence[Unit], into: Unit | None, on: date) -> list[Reason]:
    """Why these units cannot be merged on that day: fewer than two, not standing, not of one parent."""
    if len({unit.pk for unit in [*units, *([into] if into else [])]}) < 2:
        return [Reason("units", _("Hãy chọn ít nhất hai tổ chức để sáp nhập."), field="units")]
    everyone = [*units, *([into] if into and into not in units else [])]
    rows = {row.unit_id: row for row in Placement.objects.on(on).filter(unit__in=everyone, stands=True)}
    absent = [unit for unit in everyone if unit.pk not in rows]
    if absent:
        name = queries.name_of(absent[0], on)
        text = _("%(name)s không hoạt động vào ngày %(day)s.") % {"name": name, "day": on.strftime("%d/%m/%Y")}
        return [Reason("not_standing", text, field="on")]
    if len({row.parent_id for row in rows.values()}) > 1:
        text = _("Các tổ chức sáp nhập phải cùng trực thuộc một cấp trên. Hãy chuyển về cùng nơi trước.")
        return [Reason("parents", text, field="units")]
    return []


def preview_merge(units: Sequence[Unit], into: Unit | None, on: date) -> list[Effect]:
    """What a merge would move, line by line, without writing."""
    ending = tuple(unit for unit in units if unit != into)
    moving = Moving(units=ending, into=into, on=on)
    below = sum(len(tree.children(unit, on)) for unit in ending)
    effects = [Effect("units", _("Tổ chức trực thuộc"), below)] if below else []
    return effects + [effect for one in PARTICIPANTS for effect in one.preview(moving)]


@action("units.merge")
def merge(
    *, actor: Actor, units: Sequence[Unit], into: Unit | None, on: date, name: str = "", code: str = "",
    decision: str = "", reason: str = "",
) -> Unit:  # fmt: skip
    """Merge units from the day on: into one of them (sáp nhập), or with `into` None into a new one called `name` (hợp
    nhất). Units below and all that participants keep move along. Returns the unit that goes on."""
    everyone = list(dict.fromkeys([*units, *([into] if into else [])]))
    for unit in everyone:
        actor.require(permissions.REORGANISE, at=unit)
    if reasons := merge_blockers(units, into, on):
        raise Refused(reasons)
    called = queries.names([unit.pk for unit in everyone], on)
    target = into or _founded(actor, everyone[0], name, code, on)
    if into is not None and name.strip() and name.strip() != called[into.pk]:
        rename(actor=actor, unit=into, name=name, on=on)
    ending = [unit for unit in everyone if unit != target]
    for unit in ending:
        for child in tree.children(unit, on):
            tree.rehang(child, to=target, on=on)
    moving = Moving(units=tuple(ending), into=target, on=on)
    for one in PARTICIPANTS:
        one.apply(actor, moving)
    for unit in ending:
        tree.close(unit, on=on, heir=target)
        end_of_name_and_code(unit, on)
    _event("merge" if into else "consolidate", on, decision, ending, [target])
    act().tell(
        gettext_noop("Sáp nhập %(before)s thành %(name)s từ ngày %(on)s."), about=[*ending, target],
        units=[target, *ending], before=", ".join(called[unit.pk] for unit in everyone),
        name=queries.name_of(target, on), on=f"{on.day}/{on.month}/{on.year}",
    )  # fmt: skip
    return target


@action("units.split")
def split(
    *, actor: Actor, unit: Unit, name: str, people: Sequence[int], on: date, code: str = "", decision: str = "",
    reason: str = "",
) -> Unit:  # fmt: skip
    """Split a unit: found a second one beside it, called `name`, and move the named people over (chia tách)."""
    actor.require(permissions.REORGANISE, at=unit)
    if not people:
        refuse("people", _("Hãy chọn đảng viên chuyển sang tổ chức mới."), field="people")
    fresh = _founded(actor, unit, name, code, on)
    for one in PARTICIPANTS:
        one.apply(actor, Moving(units=(unit,), into=fresh, on=on, people=frozenset(people)))
    _event("split", on, decision, [unit], [unit, fresh])
    act().tell(
        gettext_noop("Tách %(name)s từ %(old)s từ ngày %(on)s, gồm %(count)s đảng viên."), about=[unit, fresh],
        units=[unit, fresh], name=name.strip(), old=queries.name_of(unit, on), count=len(set(people)),
        on=f"{on.day}/{on.month}/{on.year}",
    )  # fmt: skip
    return fresh


@action("units.undo")
def undo_event(*, actor: Actor, event: UnitEvent, reason: str = "") -> None:
    """Take a merge, split, move or dissolution back. Refused once something was built on it, and when done already."""
    for part in event.parts.select_related("unit"):
        actor.require(permissions.REORGANISE, at=part.unit)
    if event.undone_in is not None:
        refuse("undone", _("Việc này đã được hoàn tác."))
    units = [part.unit for part in event.parts.select_related("unit")]
    label = ", ".join(queries.names([unit.pk for unit in units], event.on - ONE).values())
    take_back(event.act)
    event.undone_in = act().id
    event.save(update_fields=["undone_in"])
    act().tell(
        gettext_noop("Hoàn tác việc sắp xếp ngày %(on)s: %(names)s."), about=units, units=units,
        on=f"{event.on.day}/{event.on.month}/{event.on.year}", names=label,
    )  # fmt: skip


def undo_blockers(event: UnitEvent) -> list[Reason]:
    """Why an event cannot be taken back; empty when it can."""
    if event.undone_in is not None:
        return [Reason("undone", _("Việc này đã được hoàn tác."))]
    return objections(event.act)


def _founded(actor: Actor, like: Unit, name: str, code: str, on: date) -> Unit:
    """A new unit of the same kind and parent as another."""
    row = Placement.objects.on(on).select_related("parent").get(unit=like)
    return found(actor=actor, name=name, kind=row.kind, parent=row.parent, on=on, code=code)


def _event(kind: str, on: date, decision: str, sources: Sequence[Unit], results: Sequence[Unit]) -> None:
    event = UnitEvent.objects.create(kind=kind, on=on, decision=decision, act=act().id)
    UnitEventPart.objects.bulk_create(
        [UnitEventPart(event=event, unit=unit, role="from") for unit in sources]
        + [UnitEventPart(event=event, unit=unit, role="to") for unit in results]
    )
