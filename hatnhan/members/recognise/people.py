"""The people of a member list, entry by entry, with what cannot be taken and why."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from hatnhan.kernel.known import Epoch
from hatnhan.kernel.sheets.book import Sheet, Value
from hatnhan.kernel.sheets.entries import Entry
from hatnhan.kernel.sheets.lines import Habits, Lines
from hatnhan.kernel.sheets.mapping import Mapping
from hatnhan.members.recognise import values
from hatnhan.members.recognise.columns import data_rows, looks_like_date, women_are_marked
from hatnhan.members.recognise.facts import speaks_of_sex
from hatnhan.members.recognise.reader import Reading
from hatnhan.members.recognise.vocabulary import DATES, SECTIONS, section

_SAMPLE = 200


def people(sheet: Sheet, mapping: Mapping, *, on: date, epoch: Epoch = 1900) -> Iterator[Entry]:
    """Each person of the sheet, in its order. `on` is the day of reading: no date may lie after it.

    Blank lines, totals, repeated headings, section titles and signatures are no people; a section's unit and
    standing hold for the people below it.
    """
    if not mapping.fields:
        return
    rows = list(islice(data_rows(sheet, mapping), _SAMPLE))
    reading = Reading(
        mapping,
        on,
        epoch=epoch,
        serial_texts=_serial_texts(mapping, rows),
        blank_means_man=women_are_marked(mapping, rows),
    )
    for record in Lines(sheet, mapping, habits(mapping)).records():
        yield reading.entry(record)


def habits(mapping: Mapping) -> Habits:
    """How the rows of a member list look."""
    names = [c for name in ("name", "family_and_middle", "given") for c in mapping.fields.get(name, ())]
    births = [column for name in DATES[:3] for column in mapping.fields.get(name, ())]

    def complete(cells: tuple[Value, ...]) -> bool:
        if mapping.stacked and mapping.ordinal is not None:
            return False
        there = [column for column in (*names, *births) if column < len(cells) and cells[column] is not None]
        return any(column in names for column in there) and any(
            column in births and looks_like_date(cells[column]) for column in there
        )

    def goes_on(cells: tuple[Value, ...]) -> bool:
        named = [cells[column] for column in names if column < len(cells) and cells[column] is not None]
        born = [cells[column] for column in births if column < len(cells) and cells[column] is not None]
        if any(map(looks_like_date, born)):
            return False
        return any(str(cell).startswith("(") for cell in named) or (bool(born) and all(map(speaks_of_sex, born)))

    return Habits(
        keys=tuple(names),
        section=section,
        kinds=tuple(kind for kind, _pattern in SECTIONS),
        complete=complete,
        goes_on=goes_on,
        lone=values.looks_like_name,
    )


def _serial_texts(mapping: Mapping, rows: list[tuple[Value, ...]]) -> frozenset[int]:
    """Date columns that hold day numbers as text, as CSV files from spreadsheets do: at least three, and most."""
    found = set()
    for column, names in mapping.columns().items():
        if any(name in DATES for name in names):
            there = [cells[column] for cells in rows if column < len(cells) and cells[column] is not None]
            serial = sum(isinstance(cell, str) and bool(re.fullmatch(r"\d{5}", cell)) for cell in there)
            if serial >= 3 and serial * 2 > len(there):
                found.add(column)
    return frozenset(found)
