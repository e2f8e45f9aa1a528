"""Everything that changes members."""

from .accounts import close_account, open_account
from .exporting import answer_export, ask_export, export, fetch_export, withdraw_export
from .journeys import begin_stay, begin_transit, change_stay, complete_transfer, end_transit
from .looks import look, look_list, number_search, own_export, print_sheets, print_summary, show_numbers
from .offices import appoint, end_tenure
from .people import change, receive, set_number
from .readmitting import readmit
from .records import correct_row, merge_people, unmerge_people, withdraw_row
from .undoing import undo_act
from .ways import end_participation, leave, place_in_group, recognise, set_participation, transfer

__all__ = [
    "answer_export", "appoint", "ask_export", "begin_stay", "begin_transit", "change", "change_stay",
    "close_account", "complete_transfer", "correct_row", "end_participation", "end_tenure", "end_transit", "export",
    "fetch_export", "leave", "look", "look_list", "merge_people", "number_search", "open_account", "own_export",
    "place_in_group", "print_sheets", "print_summary", "readmit", "receive", "recognise", "set_number",
    "set_participation", "show_numbers", "transfer", "undo_act", "unmerge_people", "withdraw_export",
    "withdraw_row",
]  # fmt: skip
