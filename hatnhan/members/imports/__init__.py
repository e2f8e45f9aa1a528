"""Lists of members on their way in: each row is planned without writing, then all are applied as one act."""

from .actions import apply, undo
from .plan import Line, Plan, plan_rows

__all__ = ["Line", "Plan", "apply", "plan_rows", "undo"]
