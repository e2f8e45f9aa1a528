"""Everything that changes organisations."""

from .bodies import (
    add_body, add_group, add_locality, end_body, end_group, end_locality, lead_locality, leave_locality,
)  # fmt: skip
from .founding import change_kind, dissolve, found, move, recode, rename, switch_regime
from .merging import merge, preview_merge, split, undo_event

__all__ = [
    "add_body", "add_group", "add_locality", "change_kind", "dissolve", "end_body", "end_group", "end_locality",
    "found", "lead_locality", "leave_locality", "merge", "move", "preview_merge", "recode", "rename", "split",
    "switch_regime", "undo_event",
]  # fmt: skip
