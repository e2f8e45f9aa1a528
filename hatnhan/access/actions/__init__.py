"""Everything that changes accounts and what they may do."""

from .accounts import (
    Slip,
    change_own_password,
    create_account,
    create_administrator,
    lock,
    open_again,
    reset_passwords,
    unlock,
)
from .grants import end_grant, follow, give, hand_over, person_gone, take

__all__ = [
    "Slip", "change_own_password", "create_account", "create_administrator", "end_grant", "follow", "give", "hand_over",
    "lock", "open_again", "person_gone", "reset_passwords", "take", "unlock",
]  # fmt: skip
