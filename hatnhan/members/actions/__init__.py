"""Everything that changes members."""

from .accounts import close_account, open_account
from .offices import appoint, end_tenure
from .people import change, receive, set_number
from .records import correct_row, merge_people, unmerge_people, withdraw_row
from .ways import end_participation, leave, place_in_group, recognise, set_participation, transfer

__all__ = [
    "appoint", "change", "close_account", "correct_row", "end_participation", "end_tenure", "leave", "merge_people", "open_account",
    "place_in_group", "receive", "recognise", "set_number", "set_participation", "transfer", "unmerge_people",
    "withdraw_row",
]  # fmt: skip
