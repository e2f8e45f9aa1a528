"""What a campaign must have. Pure: sheets in, reasons out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from hatnhan.kernel.refusal import Reason

from .choices import MOST_STEPS


@dataclass(frozen=True)
class StepSheet:
    """A step as it is planned: what, and the last day for it."""

    label: str
    due: date


def plan_flaws(title: str, steps: Sequence[StepSheet]) -> list[Reason]:
    """Why a campaign cannot be planned like this."""
    found = []
    if not title.strip():
        found.append(Reason("title", _("Hãy đặt tên cho đợt công tác."), field="title"))
    if not steps:
        found.append(Reason("steps", _("Hãy ghi ít nhất một bước, kèm hạn."), field="steps"))
    if len(steps) > MOST_STEPS:
        found.append(Reason("steps", _("Một đợt có nhiều nhất %(n)s bước.") % {"n": MOST_STEPS}, field="steps"))
    if any(not step.label.strip() for step in steps):
        found.append(Reason("steps", _("Mỗi bước phải có tên."), field="steps"))
    if any(late.due < early.due for early, late in pairwise(steps)):
        found.append(Reason("order", _("Hạn của bước sau không thể sớm hơn hạn của bước trước."), field="steps"))
    return found


def start_flaws(units: int, steps: Sequence[StepSheet], on: date) -> list[Reason]:
    """Why a campaign cannot be started on a day."""
    found = []
    if not units:
        found.append(Reason("units", _("Chưa chọn đơn vị nào. Hãy chọn đơn vị trước khi bắt đầu.")))
    past = [step.label for step in steps if step.due < on]
    if past:
        text = _("Hạn của bước “%(step)s” đã qua. Hãy sửa lại hạn trước khi bắt đầu.")
        found.append(Reason("due", text % {"step": past[0]}))
    return found


def percent(done: int, steps: int) -> int:
    """How far a unit is, in whole percent of its steps, rounded down: 100 only when all are done."""
    return 100 * done // steps if steps else 0
