"""One import from its file to its effects: planned, and written as long as what was planned still holds."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.members.actions.loading import Stale
from hatnhan.members.imports import actions as member_actions
from hatnhan.members.imports import plan as member_plan
from hatnhan.units.imports import actions as unit_actions
from hatnhan.units.imports import plan as unit_plan
from hatnhan.units.imports import planning as unit_planning

from .line import Line
from .reading import Opened, missing_column

TRIES = 3
AnyPlan = member_plan.Plan | unit_plan.Plan
AnyLine = Line | unit_plan.Line
Words = Sequence[tuple[str, str, str]]
Tell = Callable[[Words], None]
Planned = Callable[[int], None]
Written = Callable[[int, int], None]


@dataclass(frozen=True)
class Order:
    """What somebody wants done with a file: for which unit (None: at the top), from which day, by whom."""

    of: Opened
    actor: Actor
    unit: Unit | None
    on: date
    skip_refused: bool = False

    @property
    def source(self) -> str:
        return self.of.book.name


def planned(order: Order, tell: Tell | None = None, progress: Planned = lambda done: None) -> AnyPlan:
    """Plan without writing; `tell` is given the changes of each row in words, in the order of the rows. Raises
    `Unreadable` when the main column is missing."""
    if order.of.lacks:
        raise missing_column(order.of)
    entries = order.of.entries(order.on)
    given: dict[str, Any] = {"actor": order.actor, "on": order.on, "source": order.source}
    if order.of.kind.code == "units":
        return unit_planning.plan_rows(entries, unit=order.unit, tell=tell, **given)
    if order.unit is None:
        raise Refused(Reason("unit", _("Hãy chọn tổ chức nhận danh sách đảng viên."), field="unit"))
    return member_plan.plan_rows(entries, unit=order.unit, tell=tell, progress=progress, **given)


def apply(plan: AnyPlan, order: Order, progress: Written = lambda done, of: None) -> int:
    """Write a plan; the act's id, 0 when there was nothing to write."""
    given: dict[str, Any] = {"actor": order.actor, "skip_refused": order.skip_refused, "progress": progress}
    if isinstance(plan, unit_plan.Plan):
        return unit_actions.apply(plan, **given)
    return member_actions.apply(plan, **given)


def carry_out(
    order: Order, *, expected: Callable[[AnyPlan], None] = lambda plan: None, planning: Planned = lambda done: None,
    progress: Written = lambda done, of: None, written: Callable[[AnyPlan, int], None] = lambda plan, act: None,
) -> tuple[AnyPlan, int]:  # fmt: skip
    """Plan and write. When something changed in between, both again. `expected` may refuse a plan before it is written;
    `written` is called in the same transaction. Returns the plan that holds and the act's id. Raises `Refused`; then
    nothing is written, and rows that an act refused are refused in the plan."""
    for attempt in range(TRIES):
        plan = planned(order, progress=planning)
        expected(plan)
        try:
            return plan, _write(plan, order, progress, written)
        except Refused as refused:
            _mark(plan, refused)
            raise
        except (Stale, unit_actions.Stale) as stale:
            if attempt == TRIES - 1:
                if stale.__cause__ is not None:
                    raise stale.__cause__ from stale
                raise Refused(Reason("stale", changed_meanwhile())) from stale
    raise AssertionError


def _write(plan: AnyPlan, order: Order, progress: Written, written: Callable[[AnyPlan, int], None]) -> int:
    if isinstance(plan, member_plan.Plan) and plan.count("refused") and not order.skip_refused:
        member_actions.ask_elsewhere(plan, actor=order.actor)
    with transaction.atomic():
        act = apply(plan, order, progress)
        written(plan, act)
    return act


def _mark(plan: AnyPlan, refused: Refused) -> None:
    """Let a plan say of its rows what an act said while writing them."""
    told = {reason.row: reason.message for reason in refused.reasons if reason.row is not None}
    for line in plan.lines:
        if line.row in told and line.outcome != "refused":
            line.refuse(told[line.row])


def lines_of(plan: AnyPlan) -> Sequence[AnyLine]:
    """The rows of a plan of either kind."""
    return plan.lines


def changed_meanwhile() -> str:
    """Others are writing at the same units."""
    return _("Trong lúc nhập, người khác vừa thay đổi dữ liệu của các tổ chức này. Chưa ghi gì; hãy thử lại.")


def fingerprint(plan: AnyPlan) -> str:
    """What is the same for two plans that would do the same to the same records."""
    whole = hashlib.sha256()
    for line in lines_of(plan):
        seen = getattr(line, "version", 0)
        person = getattr(line, "person_id", None)
        told = (
            line.row,
            line.outcome,
            line.unit_id,
            person,
            seen,
            sorted((k, str(v)) for k, v in line.changes.items()),
        )
        whole.update(repr(told).encode())
    return whole.hexdigest()
