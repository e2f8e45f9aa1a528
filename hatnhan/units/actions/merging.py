"""Merging and splitting organisations: plain acts with a preview, undone as long as nothing was built on them."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel import tree
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ahead import not_too_far
from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.registries import PARTICIPANTS, Effect, Moving
from hatnhan.kernel.undo import objections, take_back
from hatnhan.kernel.vietnamese import nfc
from hatnhan.units import permissions, queries, rules
from hatnhan.units.models import UnitCode, UnitEvent, UnitName

from .founding import found, record_event
from .naming import end_of_name_and_code, must_be_free, recode, rename


def merge_blockers(units: Sequence[Unit], into: Unit | None, on: date) -> list[Reason]:
    """Why these units cannot be merged on that day: fewer than two, not standing, not of one parent, of kinds that do
    not fit, or with something recorded later."""
    everyone = _everyone(units, into)
    if len(everyone) < 2:
        return [Reason("units", _("Hãy chọn ít nhất hai tổ chức để sáp nhập."), field="units")]
    names = queries.names([unit.pk for unit in everyone], on)
    rows = {row.unit_id: row for row in Placement.objects.on(on).filter(unit__in=everyone, stands=True)}
    if absent := [unit for unit in everyone if unit.pk not in rows]:
        text = _("%(name)s không hoạt động vào ngày %(day)s.")
        return [
            Reason("not_standing", text % {"name": names.get(unit.pk, ""), "day": Known.of(on)}, field="on")
            for unit in absent
        ]
    if len({row.parent_id for row in rows.values()}) > 1:
        text = _("Các tổ chức sáp nhập phải cùng trực thuộc một cấp trên. Hãy chuyển về cùng nơi trước.")
        return [Reason("parents", text, field="units")]
    if into is None and len({row.kind for row in rows.values()}) > 1:
        text = _("Các tổ chức thuộc loại hình khác nhau. Hãy sáp nhập vào một trong các tổ chức đó.")
        return [Reason("kinds", text, field="into")]
    ending = [unit for unit in everyone if unit != into]
    target = rows[(into or everyone[0]).pk]
    below = set(Placement.objects.on(on).filter(parent__in=ending, stands=True).values_list("kind", flat=True))
    reasons = rules.kind_blockers(rulebook.at(on), target.kind, below)
    for unit in ending:
        reasons += [
            Reason(one.code, f"{names[unit.pk]}: {one.message}", one.field) for one in tree.closing_blockers(unit, on)
        ]
    return reasons + (_refusals_of(into, on) if into is not None else [])


def preview_merge(units: Sequence[Unit], into: Unit | None, on: date) -> list[Effect]:
    """What a merge would move, line by line, without writing."""
    ending = tuple(unit for unit in units if unit != into)
    below = [queries.name_of(child, on) for unit in ending for child in tree.children(unit, on)]
    effects = [Effect("units", _("Tổ chức trực thuộc chuyển theo"), len(below), tuple(below))] if below else []
    moving = Moving(units=ending, into=into, on=on)
    return effects + [effect for one in PARTICIPANTS for effect in one.preview(moving)]


def preview_split(unit: Unit, people: Sequence[int], on: date) -> list[Effect]:
    """What a split would move, line by line, without writing."""
    moving = Moving(units=(unit,), into=None, on=on, people=frozenset(people))
    return [effect for one in PARTICIPANTS for effect in one.preview(moving)]


@action("units.merge", of=UnitName)
def merge(
    *, actor: Actor, units: Sequence[Unit], into: Unit | None, on: date, name: str = "", code: str = "",
    decision: str = "", reason: str = "",
) -> Unit:  # fmt: skip
    """Merge units from the day on: into one of them (sáp nhập), or with `into` None into a new one called `name` (hợp
    nhất). Units below and all that participants keep move along. `code` may be that of a unit that ends; empty: the one
    that goes on keeps its own. Returns the unit that goes on."""
    tree.lock()
    everyone = _everyone(units, into)
    for unit in everyone:
        actor.require(permissions.REORGANISE, at=unit)
    not_too_far(actor, on)
    if reasons := merge_blockers(units, into, on):
        raise Refused(reasons)
    called = queries.names([unit.pk for unit in everyone], on)
    target = into or _founded(actor, everyone[0], name, "", on)
    if into is not None and nfc(name) not in ("", called[into.pk]):
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
    if nfc(code) not in ("", queries.codes([target.pk], on).get(target.pk, "")):
        recode(actor=actor, unit=target, code=code, on=on)
    record_event("merge" if into else "consolidate", on, decision, ending, [target])
    act().tell(
        gettext_noop("Sáp nhập %(before)s thành %(name)s từ ngày %(on)s."), about=[*ending, target],
        units=[target, *ending], before=", ".join(called[unit.pk] for unit in everyone),
        name=queries.name_of(target, on), on=Known.of(on),
    )  # fmt: skip
    return target


def split_blockers(unit: Unit, on: date) -> list[Reason]:
    """Why a unit cannot be split on that day."""
    return _refusals_of(unit, on)


@action("units.split", of=UnitName)
def split(
    *, actor: Actor, unit: Unit, name: str, people: Sequence[int], on: date, code: str = "", decision: str = "",
    reason: str = "",
) -> Unit:  # fmt: skip
    """Split a unit: found a second one beside it, called `name`, and move the named people over (chia tách)."""
    tree.lock()
    actor.require(permissions.REORGANISE, at=unit)
    not_too_far(actor, on)
    if not people:
        refuse("people", _("Hãy chọn đảng viên chuyển sang tổ chức mới."), field="people")
    if reasons := split_blockers(unit, on):
        raise Refused(reasons)
    fresh = _founded(actor, unit, name, code, on)
    for one in PARTICIPANTS:
        one.apply(actor, Moving(units=(unit,), into=fresh, on=on, people=frozenset(people)))
    record_event("split", on, decision, [unit], [unit, fresh])
    act().tell(
        gettext_noop("Tách %(name)s từ %(old)s từ ngày %(on)s, gồm %(count)s đảng viên."), about=[unit, fresh],
        units=[unit, fresh], name=nfc(name), old=queries.name_of(unit, on), count=len(set(people)), on=Known.of(on),
    )  # fmt: skip
    return fresh


@action("units.undo")
def undo_event(*, actor: Actor, event: UnitEvent, reason: str = "") -> None:
    """Take a merge, split, move or dissolution back, with all that its act did. Refused once something was built on it,
    and when done already."""
    tree.lock()
    events = list(UnitEvent.objects.filter(act=event.act, undone_in=None).prefetch_related("parts__unit"))
    units = list(dict.fromkeys(part.unit for one in events for part in one.parts.all()))
    for unit in units:
        actor.require(permissions.REORGANISE, at=unit)
    if not events:
        refuse("undone", _("Việc này đã được hoàn tác."))
    label = ", ".join(queries.names([unit.pk for unit in units], event.on - ONE).values())
    take_back(event.act)
    act().tell(
        gettext_noop("Hoàn tác việc sắp xếp ngày %(on)s: %(names)s."), about=units, units=units, on=Known.of(event.on),
        names=label,
    )  # fmt: skip


def undo_blockers(event: UnitEvent) -> list[Reason]:
    """Why an event cannot be taken back; empty when it can."""
    if event.undone_in is not None:
        return [Reason("undone", _("Việc này đã được hoàn tác."))]
    return objections(event.act)


def codes_taken(act_id: int) -> list[Reason]:
    """Why an act cannot be undone: a code that it gave free, another unit bears since."""
    given_free = list(UnitCode.objects.filter(voided_in=act_id).exclude(recorded_in=act_id))
    borne = UnitCode.objects.unvoided().filter(code__in=[row.code for row in given_free]).exclude(recorded_in=act_id)
    others = list(borne) if given_free else []
    taken = [
        row.code
        for row in given_free
        if any(
            one.code == row.code and one.unit_id != row.unit_id
            and one.valid_from < row.valid_to and one.valid_to > row.valid_from
            for one in others
        )
    ]  # fmt: skip
    text = _("Không hoàn tác được: mã %(code)s nay đang dùng cho một tổ chức khác.")
    return [Reason("code", text % {"code": code}) for code in taken]


def events_undone(act_id: int) -> None:
    """Mark the events of an act that was taken back; inside the act that does so."""
    UnitEvent.objects.filter(act=act_id, undone_in=None).update(undone_in=act().id)


def name_blockers(unit: Unit | None, name: str, code: str, on: date, ending: Sequence[Unit] = ()) -> list[Reason]:
    """What is wrong with the name and code that a unit (None: a new one) is to bear, when `ending` give theirs free."""
    reasons = []
    if not nfc(name):
        reasons.append(Reason("name", _("Hãy ghi tên tổ chức."), field="name"))
    bearer = queries.by_code(code, on) if nfc(code) else None
    if bearer is not None and bearer not in ending:
        try:
            must_be_free(nfc(code), on, FAR, unit)
        except Refused as refused:
            reasons += refused.reasons
    return reasons


def _everyone(units: Sequence[Unit], into: Unit | None) -> list[Unit]:
    return list(dict.fromkeys([*units, *([into] if into else [])]))


def _refusals_of(unit: Unit, on: date) -> list[Reason]:
    try:
        tree.must_stand(unit, on, FAR)
    except Refused as refused:
        return [Reason(one.code, one.message, field="on") for one in refused.reasons]
    return []


def _founded(actor: Actor, like: Unit, name: str, code: str, on: date) -> Unit:
    """A new unit of the same kind and parent as another."""
    row = Placement.objects.on(on).select_related("parent").get(unit=like)
    return found(actor=actor, name=name, kind=row.kind, parent=row.parent, on=on, code=code)
