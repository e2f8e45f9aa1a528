"""Find the header of a sheet: below title rows, on one to four lines, merged or not, and what its columns are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, pairwise

from hatnhan.kernel.encodings import Encoding, decode, recognise_columns
from hatnhan.kernel.sheets.book import Merge, Row, Sheet, Value
from hatnhan.kernel.sheets.mapping import Mapping
from hatnhan.kernel.sheets.vocabulary import ORDINAL, Vocabulary
from hatnhan.kernel.vietnamese import nfc, plain

DEEPEST = 40
"""The header begins within this many filled rows."""
TALLEST = 4
_SAMPLE = 400
_WIDEST = 400
_DATA = re.compile(r"\(?[\d\s./\-]+\)?")
_LONGEST_COUNT = 8
_COUNTED = re.compile(r"\(?\[?(\d{1,2}|[a-zA-Z])\)?\]?")

Grid = dict[int, dict[int, list[str]]]
"""Row number → column → the texts a cell may be read as (converted, and as it stands)."""


@dataclass(frozen=True)
class _Candidate:
    """One place where the header may be."""

    rows: tuple[int, ...]
    paths: dict[int, list[str]]
    fields: dict[int, tuple[str, ...]]
    score: int

    @property
    def rank(self) -> tuple[int, int]:
        """By score; of equals the one that tells more columns apart ("Nam" and "Nữ" below one birth date)."""
        return self.score, len({tuple(self.paths[column]) for column in self.fields})


def sample(sheet: Sheet, size: int = _SAMPLE) -> list[Row]:
    """The first rows."""
    return list(islice(sheet.rows, size))


def old_encodings(rows: Iterable[Row]) -> dict[int, Encoding]:
    """The columns that were typed with the fonts of before Unicode."""
    texts: dict[int, list[str]] = {}
    for row in rows:
        for column, cell in enumerate(row.cells[:_WIDEST]):
            if isinstance(cell, str) and not cell.isascii():
                texts.setdefault(column, []).append(cell)
    return recognise_columns(texts)


def recognise(sheet: Sheet, vocabulary: Vocabulary) -> Mapping:
    """The mapping of a sheet by its headings. Without any known heading its fields are empty."""
    rows = sample(sheet)
    encodings = old_encodings(rows)
    best = _best(rows[:DEEPEST], sheet.merged, encodings, vocabulary)
    if best is None:
        first = rows[0].number if rows else 1
        return Mapping(first_data_row=first, encodings=encodings)
    headings = {column: " ".join(path) for column, path in best.paths.items()}
    header_rows = best.rows + _counting_rows(rows, best.rows[-1])
    title = [nfc(text) for row in rows if row.number < best.rows[0] for text in _texts(row, encodings)]
    # Headings typed anew above old rows say nothing about the rows.
    encodings = encodings | old_encodings(row for row in rows if row.number > header_rows[-1])
    ordinal = next((column for column, names in best.fields.items() if ORDINAL in names), None)
    return Mapping(
        fields=_by_field(best.fields),
        header_rows=header_rows,
        first_data_row=header_rows[-1] + 1,
        headings=headings,
        ordinal=ordinal,
        encodings=encodings,
        title=tuple(title),
    )


def _texts(row: Row, encodings: dict[int, Encoding]) -> list[str]:
    return [
        decode(cell, encodings[column]) if column in encodings else cell
        for column, cell in enumerate(row.cells)
        if isinstance(cell, str)
    ]


def _by_field(fields: dict[int, tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    columns: dict[str, list[int]] = {}
    for column in sorted(fields):
        for name in fields[column]:
            if name != ORDINAL:
                columns.setdefault(name, []).append(column)
    return {name: tuple(found) for name, found in columns.items()}


def _best(
    rows: list[Row], merged: tuple[Merge, ...], encodings: dict[int, Encoding], vocabulary: Vocabulary
) -> _Candidate | None:
    """The candidate with the most fields; of equals the lowest and shortest."""
    best: _Candidate | None = None
    for index in range(len(rows)):
        for height in range(1, TALLEST + 1):
            block = rows[index : index + height]
            if len(block) < height or block[-1].number - block[0].number > height or not _is_heading(block[-1]):
                break
            found = _candidate(block, merged, encodings, vocabulary)
            better = best is None or found.rank > best.rank
            later = best is not None and found.rank == best.rank and found.rows[0] > best.rows[0]
            if found.score > 0 and (better or (later and best is not None and found.rows[-1] <= best.rows[-1])):
                best = found
    return best


def _is_heading(row: Row) -> bool:
    """Whether a row may belong to a header: all its cells are text, none a date or a bare number."""
    filled = [cell for cell in row.cells if cell is not None]
    return all(isinstance(cell, str) and not _DATA.fullmatch(cell.strip()) for cell in filled)


def _candidate(
    block: list[Row], merged: tuple[Merge, ...], encodings: dict[int, Encoding], vocabulary: Vocabulary
) -> _Candidate:
    numbers = tuple(row.number for row in block)
    spread = _spread(block, merged)
    paths: dict[int, list[str]] = {}
    fields: dict[int, tuple[str, ...]] = {}
    seen: set[str] = set()
    score = 0
    for column in sorted({column for cells in spread for column in cells}):
        raw = [cells[column] for cells in spread if column in cells]
        readings = [raw]
        if column in encodings:
            readings.insert(0, [decode(text, encodings[column]) for text in raw])
        shown = [_without_repeats(reading) for reading in readings]
        paths[column] = shown[0]
        for path in shown:
            found = vocabulary.fields_of(path)
            if found:
                paths[column], fields[column] = path, found
                break
        score += sum(vocabulary.weight(name) * 4 for name in set(fields.get(column, ())) - seen)
        score += 1 if fields.get(column) else 0
        seen.update(fields.get(column, ()))
    return _Candidate(numbers, paths, fields, score)


def _without_repeats(path: list[str]) -> list[str]:
    shown: list[str] = []
    for text in path:
        tidy = nfc(text, lines=True)
        if tidy and (not shown or plain(shown[-1]) != plain(tidy)):
            shown.append(tidy)
    return shown


def _spread(block: list[Row], merged: tuple[Merge, ...]) -> list[dict[int, str]]:
    """The texts of each header line by column, merged cells filled, parents drawn over their children."""
    lines: list[dict[int, str]] = []
    for row in block:
        lines.append({c: cell for c, cell in enumerate(row.cells[:_WIDEST]) if isinstance(cell, str)})
    covered: set[tuple[int, int]] = set()
    place = {row.number: index for index, row in enumerate(block)}
    for merge in merged:
        text = lines[place[merge.top]].get(merge.left) if merge.top in place else None
        if text is None:
            continue
        for number in range(merge.top, min(merge.bottom, block[-1].number) + 1):
            for column in range(merge.left, min(merge.right, _WIDEST) + 1):
                if number in place:
                    lines[place[number]].setdefault(column, text)
                    covered.add((number, column))
    for index, line in enumerate(lines[:-1]):
        below = {column for other in lines[index + 1 :] for column in other}
        above = {column for other in lines[:index] for column in other}
        for column in sorted(below - above - set(line)):
            parent = line.get(column - 1)
            if parent is not None and column - 1 in below and (block[index].number, column) not in covered:
                line[column] = parent
    return lines


def _counting_rows(rows: list[Row], last: int) -> tuple[int, ...]:
    """The rows right below the header that only number the columns: (1) (2) (3)."""
    counting = []
    for row in rows:
        if row.number == last + 1 and is_counting(row.cells):
            counting.append(row.number)
            last = row.number
    return tuple(counting)


def is_counting(cells: tuple[Value, ...]) -> bool:
    """Whether a row only numbers the columns: 1 2 3, (1) (2) (3), or A B 1 2."""
    if any(isinstance(cell, str) and len(cell) > _LONGEST_COUNT for cell in cells):
        return False
    filled = [nfc(str(cell)) for cell in cells if cell is not None]
    matches = [_COUNTED.fullmatch(text) for text in filled]
    if len(filled) < 3 or not all(matches):
        return False
    numbers = [int(match[1]) for match in matches if match and match[1].isdecimal()]
    return len(numbers) >= 2 and all(0 <= after - before <= 1 for before, after in pairwise(numbers))
