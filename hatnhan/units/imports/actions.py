"""Applying a list of organisations: one act, all or nothing, undone as long as nothing was built on it."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel import bulk, tree
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import segment
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.kernel.undo import take_back
from hatnhan.kernel.vietnamese import plain
from hatnhan.units import permissions
from hatnhan.units.actions import change_kind, move, recode, rename
from hatnhan.units.models import UnitCode, UnitName

from .plan import Line, Plan, in_row, log_state

Spans = list[tuple[date, date, str]]
"""When a unit hangs where: first day, end, path."""
Progress = Callable[[int, int], None]


class Stale(Exception):
    """Somebody changed the scope between the look at it and the writing."""


def apply(
    plan: Plan, *, actor: Actor, skip_refused: bool = False, reason: str = "",
    progress: Progress = lambda done, of: None,
) -> int:  # fmt: skip
    """Write a plan. Without `skip_refused` one refused row stops the whole list with `Refused`. Raises `Stale` when the
    scope has changed since the plan was made. Returns the act's id, 0 when there was nothing to write."""
    refused = [line for line in plan.lines if line.outcome == "refused"]
    if refused and not skip_refused:
        raise Refused(Reason("row", text, row=line.row) for line in refused for text in line.problems)
    if not any(line.outcome in ("new", "changed") for line in plan.lines):
        return 0
    try:
        return _write(actor=actor, plan=plan, reason=reason, progress=progress)
    except IntegrityError as error:
        raise Stale from error


@action("units.import")
def _write(*, actor: Actor, plan: Plan, reason: str, progress: Progress) -> int:
    if plan.unit is not None:
        actor.require(permissions.IMPORT, at=plan.unit)
    tree.lock()
    if log_state(plan.unit, plan.on) != plan.seen:
        raise Stale
    counts = plan.counts()
    ids = _found(plan)
    act().tell(
        gettext_noop("Nhập danh sách tổ chức %(source)s: %(new)s mới, %(changed)s thay đổi, %(refused)s bị từ chối."),
        units=_chains(plan, ids), source=plan.source, new=counts["new"], changed=counts["changed"],
        refused=counts["refused"],
    )  # fmt: skip
    act().about(Unit, ids.values())
    progress(counts["new"], counts["new"] + counts["changed"])
    for done, number in enumerate((n for n in plan.order if plan.lines[n].outcome == "changed"), start=1):
        _change(actor, plan.lines[number], plan.lines, ids, plan.on)
        progress(counts["new"] + done, counts["new"] + counts["changed"])
    return act().id


def _chains(plan: Plan, ids: dict[int, int]) -> list[Unit]:
    """The unit in whose chain the act stands: the scope, else the first unit of the list."""
    if plan.unit is not None:
        return [plan.unit]
    first = next(iter(ids.values()), None) or next((line.unit_id for line in plan.lines if line.unit_id), None)
    return list(Unit.objects.filter(pk=first or 0))


def _found(plan: Plan) -> dict[int, int]:
    """Record the new units, parents first, in bulk. Returns ids by the index of their line."""
    fresh = [number for number in plan.order if plan.lines[number].outcome == "new"]
    if not fresh:
        return {}
    ids = dict(zip(fresh, bulk.reserve(Unit, len(fresh)), strict=True))
    above = {line.parent[1] for line in plan.lines if line.parent and line.parent[0] == "unit"}
    above |= {line.unit_id for line in plan.lines if line.unit_id is not None}
    chains = dict(Unit.objects.filter(pk__in=above).values_list("pk", "chain"))
    spans = _known_spans(above)
    units: list[tuple[int, int]] = []
    placed: list[tuple[Any, ...]] = []
    for number in fresh:
        line, pk = plan.lines[number], ids[number]
        first = line.start or plan.on
        parent = _parent_of(line, plan.lines, ids)
        chain = chains.get(parent, 0) if parent is not None else 0
        kind = rulebook.at(first).kinds()[line.kind]
        chains[pk] = pk if kind.own_log else chain
        units.append((pk, chains[pk]))
        here = [(first, FAR, "")] if parent is None else _from(spans[parent], first)
        spans[pk] = [(start, end, path + segment(pk)) for start, end, path in here]
        placed += [(pk, parent, line.kind, True, path, start, end) for start, end, path in spans[pk]]
    _insert(units, placed, [(ids[number], plan.lines[number]) for number in fresh])
    return ids


def _insert(units: list[tuple[int, int]], placed: list[tuple[Any, ...]], lines: list[tuple[int, Line]]) -> None:
    dated = ("valid_from", "valid_to", "recorded_at", "recorded_in")
    stamped = (act().at, act().id)
    bulk.insert(Unit, ("id", "chain"), units)
    bulk.insert(
        Placement, ("unit_id", "parent_id", "kind", "stands", "path", *dated), ((*row, *stamped) for row in placed)
    )
    bulk.insert(
        UnitName, ("unit_id", "name", "key", *dated),
        ((pk, line.name, plain(line.name), line.start, FAR, *stamped) for pk, line in lines),
    )  # fmt: skip
    bulk.insert(
        UnitCode, ("unit_id", "code", *dated),
        ((pk, line.code, line.start, FAR, *stamped) for pk, line in lines if line.code),
    )  # fmt: skip


def _known_spans(ids: Iterable[int]) -> dict[int, Spans]:
    spans: dict[int, Spans] = {pk: [] for pk in ids}
    rows = Placement.objects.unvoided().filter(unit__in=list(spans), stands=True).order_by("valid_from")
    for row in rows:
        spans[row.unit_id].append((row.valid_from, row.valid_to, row.path))
    return spans


def _from(spans: Spans, first: date) -> Spans:
    return [(max(start, first), end, path) for start, end, path in spans if end > first]


def _parent_of(line: Line, lines: list[Line], ids: dict[int, int]) -> int | None:
    if line.parent is None or line.parent[0] == "unit":
        return line.parent[1] if line.parent else None
    return ids.get(line.parent[1]) or lines[line.parent[1]].unit_id


def _change(actor: Actor, line: Line, lines: list[Line], ids: dict[int, int], on: date) -> None:
    """A known unit changes by the same actions as on its page; a refusal names the row."""
    unit = Unit.objects.get(pk=line.unit_id or 0)
    try:
        if "name" in line.changes:
            rename(actor=actor, unit=unit, name=line.changes["name"], on=on)
        if "parent" in line.changes and line.parent is not None:
            to = Unit.objects.get(pk=_parent_of(line, lines, ids) or 0)
            move(actor=actor, unit=unit, to=to, on=on, kind=line.changes.get("kind", ""))
        elif "kind" in line.changes:
            change_kind(actor=actor, unit=unit, kind=line.changes["kind"], on=on)
        if "code" in line.changes:
            recode(actor=actor, unit=unit, code=line.changes["code"], on=on)
    except Refused as refused:
        raise Refused(
            Reason(one.code, in_row(line.row, one.message), row=line.row) for one in refused.reasons
        ) from None


@action("units.undo_import")
def undo(*, actor: Actor, act_id: int, unit: Unit | None = None, reason: str = "") -> int:
    """Take a whole import of organisations back. Refused once something was built on it. Returns the undoing act's
    id."""
    if unit is not None:
        actor.require(permissions.IMPORT, at=unit)
    elif not actor.everything:
        actor.require(permissions.IMPORT, at=0)
    take_back(act_id)
    act().tell(gettext_noop("Hoàn tác việc nhập danh sách tổ chức."), units=[unit] if unit else [])
    return act().id
