"""Everything that changes papers."""

from .library import add_folder, confirm, keep_aside, note_read, publish, withdraw
from .register import add_file, cancel, export, receive, register, replace_rules, sign
from .terms import begin_term

__all__ = [
    "add_file", "add_folder", "begin_term", "cancel", "confirm", "export", "keep_aside", "note_read", "publish",
    "receive", "register", "replace_rules", "sign", "withdraw",
]  # fmt: skip
