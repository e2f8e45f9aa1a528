"""A list is a declaration: columns, filters, search and sorts give the page, pages by key, the fragment and files."""

from .compiled import Laid
from .files import as_csv, as_xlsx
from .parts import Cell, Column, Filter, Key, Line, Sort
from .table import Listing

__all__ = ["Cell", "Column", "Filter", "Key", "Laid", "Line", "Listing", "Sort", "as_csv", "as_xlsx"]
