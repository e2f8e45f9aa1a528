"""Everything that changes duties and the calendar of holidays."""

from .calendar import add_day, void_day
from .duties import close, escalate, follow, hand_to, open_duty, withdraw

__all__ = ["add_day", "close", "escalate", "follow", "hand_to", "open_duty", "void_day", "withdraw"]
