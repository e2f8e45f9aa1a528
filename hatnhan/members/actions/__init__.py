"""Everything that changes members."""

from .accounts import close_account, open_account
from .looks import export, number_search, show_numbers
from .offices import appoint, end_tenure
from .people import change, receive, set_number
from .records import correct_row, merge_people, unmerge_people, withdraw_row
from .ways import end_participation, leave, place_in_group, recognise, set_participation, transfer

__all__ = [
    "appoint", "change", "close_account", "correct_row", "end_participation", "end_tenure", "export", "leave",
    "merge_people", "number_search", "open_account", "place_in_group", "receive", "recognise", "set_number",
    "set_participation", "show_numbers", "transfer", "unmerge_people", "withdraw_row",
]  # fmt: skip
