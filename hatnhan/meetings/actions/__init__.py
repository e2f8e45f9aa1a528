"""Everything that changes meetings."""

from .loading import Held, load
from .minutes import add_addendum, adopt, change, record, withdraw
from .tasks import report_task

__all__ = ["Held", "add_addendum", "adopt", "change", "load", "record", "report_task", "withdraw"]
