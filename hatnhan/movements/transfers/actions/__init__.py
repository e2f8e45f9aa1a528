"""Everything that changes a transfer: each step leads the case along its table, and opens and closes its duties."""

from .arrivals import confirm_left, give_back, note_arrival, receive_transfer, redirect
from .custody import hand_over_dossier, seal_dossier, take_dossier, unseal_dossier
from .letters import cancel_transfer, check_paper, issue_letter, prepare_transfer, resend
from .many import issue_letters, prepare_transfers
from .timing import time_out

__all__ = [
    "cancel_transfer", "check_paper", "confirm_left", "give_back", "hand_over_dossier", "issue_letter",
    "issue_letters", "note_arrival", "prepare_transfer", "prepare_transfers", "receive_transfer", "redirect",
    "resend", "seal_dossier", "take_dossier", "time_out", "unseal_dossier",
]  # fmt: skip
