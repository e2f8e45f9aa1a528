"""The states of a request for correction, and the rules that object."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.workflow import Flow, Transition
from hatnhan.members.permissions import CHANGE

ACKNOWLEDGE, ANSWER = "members.correction_received", "members.correction"
# Which duty each time limit of the table opens, and the other way round.
DUTIES: Mapping[str, str] = {"acknowledge": ACKNOWLEDGE, "correct": ANSWER}


@dataclass(frozen=True)
class Facts:
    """What a step is judged by: whether it is the actor's own record, and what was written."""

    own: bool
    answer: str = ""
    needs_answer: bool = False


def own_blockers(facts: Facts) -> list[Reason]:
    """Nobody decides on the own request."""
    text = _("Đồng chí không tự giải quyết đề nghị của mình; việc này thuộc cấp trên.")
    return [Reason("own", text)] if facts.own else []


def answer_blockers(facts: Facts) -> list[Reason]:
    """A refusal says why."""
    missing = facts.needs_answer and not facts.answer.strip()
    text = _("Hãy ghi câu trả lời để đồng chí ấy biết.")
    return own_blockers(facts) + ([Reason("answer", text, field="answer")] if missing else [])


CORRECTION = Flow(
    "members.correction",
    {
        "new": gettext_lazy("Chưa gửi"),
        "asked": gettext_lazy("Đã gửi, chờ báo nhận"),
        "acknowledged": gettext_lazy("Đã nhận, đang xem xét"),
        "accepted": gettext_lazy("Đã điều chỉnh"),
        "refused": gettext_lazy("Không điều chỉnh"),
        "withdrawn": gettext_lazy("Đã rút"),
    },
    (
        Transition("ask", ("new",), "asked", gettext_lazy("Gửi đề nghị"), deadlines=("acknowledge", "correct")),
        Transition(
            "acknowledge", ("asked",), "acknowledged", gettext_lazy("Báo đã nhận"), CHANGE, own_blockers,
            ends=("acknowledge",),
        ),
        Transition(
            "accept", ("asked", "acknowledged"), "accepted", gettext_lazy("Điều chỉnh"), CHANGE, answer_blockers,
            ends=("acknowledge", "correct"),
        ),
        Transition(
            "refuse", ("asked", "acknowledged"), "refused", gettext_lazy("Không điều chỉnh"), CHANGE, answer_blockers,
            ends=("acknowledge", "correct"),
        ),
        Transition(
            "withdraw", ("asked", "acknowledged"), "withdrawn", gettext_lazy("Rút đề nghị"),
            ends=("acknowledge", "correct"),
        ),
    ),
)  # fmt: skip

COLOURS: Mapping[str, Any] = {"asked": "warn", "acknowledged": "info", "accepted": "ok"}
