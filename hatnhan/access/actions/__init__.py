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
from .factors import (
    add_app,
    add_passkey,
    keep_recovery_codes,
    read_factor_reset,
    remove_factor,
    renew_recovery_codes,
    reset_factor,
    use_code,
)
from .grants import end_grant, follow, give, hand_over, person_gone, take
from .requirements import may_require, require_factor, waive_factor
from .sessions import end_sessions
from .stand_ins import end_stand_in, stand_in
from .tokens import Key, answer_token, create_token, revoke_token

__all__ = [
    "Key", "Slip", "add_app", "add_passkey", "answer_token", "change_own_password", "create_account",
    "create_administrator", "create_token", "end_grant", "end_sessions", "end_stand_in", "follow", "give",
    "hand_over", "keep_recovery_codes", "lock", "may_require", "open_again", "person_gone", "read_factor_reset",
    "remove_factor", "renew_recovery_codes", "require_factor", "reset_factor", "reset_passwords", "revoke_token",
    "stand_in", "take", "unlock", "use_code", "waive_factor",
]  # fmt: skip
