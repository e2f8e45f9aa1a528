"""The way of a badge: declared, considered by the cell, adopted by the grassroots committee, proposed by the level
above, decided by the province, handed over (294-QĐ/TW, item 28; 38-HD/BTCTW, III.1)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.workflow import Flow, Transition

from ..permissions import ADOPT, AWARD, CELL, DECIDE, PROPOSE


@dataclass(frozen=True)
class Way:
    """What the guards look at: the state, the step that is owed by the levels that exist there, and what the step is
    called."""

    state: str
    owed: str


def _only(verb: str) -> Callable[[Way], list[Reason]]:
    """No level is passed over that exists, and none acts that does not."""

    def guard(way: Way) -> list[Reason]:
        if way.owed == verb:
            return []
        text = told("Chưa đến bước này: trước hết phải qua bước “%(step)s”.")
        return [Reason("order", text % {"step": STEPS[way.owed]})]

    return guard


STEPS = {
    "review": _("Chi bộ đề nghị"),
    "adopt": _("Đảng ủy cơ sở đề nghị"),
    "propose": _("Trình tỉnh"),
    "decide": _("Ghi quyết định tặng"),
    "award": _("Ghi đã trao"),
}

BADGE = Flow(
    "honours.badge",
    {
        "declared": _("Đã có tờ khai"),
        "reviewed": _("Chi bộ đã đề nghị"),
        "adopted": _("Đảng ủy cơ sở đã đề nghị"),
        "proposed": _("Đã trình tỉnh"),
        "decided": _("Đã có quyết định"),
        "awarded": _("Đã trao"),
        "returned": _("Trả lại để bổ sung"),
        "postponed": _("Chưa xét"),
        "refused": _("Không tặng"),
        "withdrawn": _("Đã rút"),
    },
    [
        Transition(
            "review", ("declared",), "reviewed", STEPS["review"], CELL,
            deadlines=("badge_adopt",), ends=("badge_review",),
        ),
        Transition(
            "adopt", ("reviewed",), "adopted", STEPS["adopt"], ADOPT, _only("adopt"),
            deadlines=("badge_propose",), ends=("badge_adopt",),
        ),
        Transition(
            "propose", ("reviewed", "adopted"), "proposed", STEPS["propose"], PROPOSE, _only("propose"),
            deadlines=("badge_decide",), ends=("badge_propose",),
        ),
        Transition(
            "decide", ("reviewed", "adopted", "proposed"), "decided", STEPS["decide"], DECIDE, _only("decide"),
            deadlines=("badge_award",), ends=("badge_decide",),
        ),
        Transition("award", ("decided",), "awarded", STEPS["award"], AWARD, ends=("badge_award",)),
        Transition(
            "send_back", ("reviewed", "adopted", "proposed"), "returned", _("Trả lại để bổ sung"), ADOPT,
            deadlines=("badge_review",), ends=("badge_adopt", "badge_propose", "badge_decide"),
        ),
        Transition("complete", ("returned", "postponed"), "declared", _("Đã bổ sung, xét lại"), CELL),
        Transition(
            "postpone", ("declared", "reviewed", "adopted", "proposed", "returned"), "postponed", _("Chưa xét"), ADOPT,
            ends=("badge_review", "badge_adopt", "badge_propose", "badge_decide"),
        ),
        Transition("refuse", ("adopted", "proposed"), "refused", _("Không tặng"), ADOPT, ends=("badge_decide",)),
        Transition(
            "withdraw", ("declared", "returned", "postponed"), "withdrawn", _("Rút tờ khai"), CELL,
            ends=("badge_review",),
        ),
    ],
)  # fmt: skip
ENDED = ("awarded", "refused", "withdrawn")
UNDER_WAY = tuple(state for state in BADGE.states if state not in ENDED)
