"""Everything that changes duties and the calendar of holidays."""

from .by_hand import finish, remind, reopen
from .calendar import add_day, void_day
from .duties import close, escalate, follow, hand_to, open_duty, withdraw

__all__ = [
    "add_day", "close", "escalate", "finish", "follow", "hand_to", "open_duty", "remind", "reopen", "void_day",
    "withdraw",
]  # fmt: skip
