"""Member lists as people really have them: which column is what, and who stands in each row."""

from hatnhan.kernel.sheets.entries import Entry, Problem
from hatnhan.kernel.sheets.mapping import Mapping
from hatnhan.members.recognise.columns import best_sheet, recognise
from hatnhan.members.recognise.labels import LABELS
from hatnhan.members.recognise.people import people

__all__ = ["LABELS", "Entry", "Mapping", "Problem", "best_sheet", "people", "recognise"]
