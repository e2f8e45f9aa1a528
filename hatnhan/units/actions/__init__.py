"""Everything that changes organisations."""

from .bodies import (
    add_body,
    add_group,
    add_locality,
    end_body,
    end_group,
    end_locality,
    lead_locality,
    leave_locality,
)  # fmt: skip
from .founding import dissolve, found, founding_doubts, move
from .kinds import change_kind, regime_doubts, switch_regime
from .merging import (
    merge,
    merge_blockers,
    name_blockers,
    preview_merge,
    preview_split,
    split,
    split_blockers,
    undo_blockers,
    undo_event,
)  # fmt: skip
from .naming import recode, rename
from .undoing import undo_act

__all__ = [
    "add_body", "add_group", "add_locality", "change_kind", "dissolve", "end_body", "end_group", "end_locality",
    "found", "founding_doubts", "lead_locality", "leave_locality", "merge", "merge_blockers", "move", "name_blockers",
    "preview_merge", "preview_split", "recode", "regime_doubts", "rename", "split", "split_blockers", "switch_regime",
    "undo_act", "undo_blockers", "undo_event",
]  # fmt: skip
