"""Everything that changes meetings."""

from .loading import Held, load
from .minutes import add_addendum, adopt, change, record, withdraw
from .plans import cancel, change_plan, invite, plan
from .tasks import report_task

__all__ = [
    "Held", "add_addendum", "adopt", "cancel", "change", "change_plan", "invite", "load", "plan", "record",
    "report_task", "withdraw",
]  # fmt: skip
