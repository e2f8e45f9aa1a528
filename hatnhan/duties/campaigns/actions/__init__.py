"""Everything that changes campaigns."""

from .planning import (
    add_targets,
    close_campaign,
    drop_campaign,
    plan_campaign,
    remove_target,
    revise_campaign,
    start_campaign,
)
from .progress import (
    clear_obstacle,
    record_visit,
    remind_late,
    report_obstacle,
    report_step,
    take_back_step,
    void_visit,
)

__all__ = [
    "add_targets", "clear_obstacle", "close_campaign", "drop_campaign", "plan_campaign", "record_visit", "remind_late",
    "remove_target", "report_obstacle", "report_step", "revise_campaign", "start_campaign", "take_back_step",
    "void_visit",
]  # fmt: skip
