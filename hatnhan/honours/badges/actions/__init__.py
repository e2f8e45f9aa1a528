"""Every change to badges."""

from .deciding import award, decide, decide_many
from .holding import lift, postpone_by_discipline, set_symbol
from .printing import print_letters
from .steps import adopt, complete, declare, postpone, propose, refuse_award, review, send_back, withdraw
from .things import record_badge, report_lost, take_back

__all__ = [
    "adopt", "award", "complete", "decide", "decide_many", "declare", "lift", "postpone", "postpone_by_discipline",
    "print_letters", "propose", "record_badge", "refuse_award", "report_lost", "review", "send_back", "set_symbol",
    "take_back", "withdraw",
]  # fmt: skip
