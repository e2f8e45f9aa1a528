"""The columns of an upload as its reader sees and changes them: what stands there, and what it may mean."""

from collections.abc import Mapping as Chosen
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from hatnhan.kernel.sheets.lines import Cleaner
from hatnhan.members.recognise import values

from .reading import Opened

SAMPLES = 4
HIDDEN = frozenset({"ethnicity_religion_sealed", "card_no", "old_card_no", "national_id"})
TOGETHER = (
    ("name", "other_name"), ("birth", "sex"), ("sex", "ethnicity_religion_sealed"), ("ceremony_date", "official_date"),
    ("hometown", "residence"),
)  # fmt: skip
JOINT = "+"


@dataclass(frozen=True)
class Column:
    """One column: its letter and heading, what stands in its first rows, what it means, and what it may mean."""

    number: int
    letter: str
    heading: str
    samples: tuple[str, ...]
    chosen: str
    choices: tuple[tuple[str, str], ...]


def columns_of(of: Opened) -> list[Column]:
    """Every column of the sheet that has a heading or anything in its first rows."""
    rows = (row for row in of.sheet.rows if row.number >= of.mapping.first_data_row)
    clean = Cleaner(of.mapping)
    lines = [clean(row) for row in islice(rows, SAMPLES * 3)]
    found = []
    for number in range(min(of.sheet.width, 200)):
        names = of.mapping.fields_of(number)
        heading = of.mapping.headings.get(number, "")
        there = [line[number] for line in lines if number < len(line) and line[number] is not None]
        if heading or there or names:
            hidden = bool(HIDDEN.intersection(names))
            samples = tuple(_sample(cell, hidden) for cell in there[:SAMPLES])
            found.append(
                Column(number, letter(number), heading, samples, JOINT.join(names), _choices(of, number, names))
            )
    return found


def _choices(of: Opened, number: int, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    labels = of.kind.labels
    ordinal = number == of.mapping.ordinal
    first = ("", _("Số thứ tự") if ordinal and not names else _("Không dùng"))
    single = [(code, str(label)) for code, label in labels.items()]
    joint = [pair for pair in (*TOGETHER, names) if len(pair) > 1 and all(name in labels for name in pair)]
    return (first, *single, *((JOINT.join(pair), _joined(of, pair)) for pair in dict.fromkeys(joint)))


def _joined(of: Opened, names: tuple[str, ...]) -> str:
    return "; ".join(str(of.kind.labels[name]) for name in names)


def _sample(cell: Any, hidden: bool) -> str:
    text = values.text(cell) if not isinstance(cell, str) or len(cell) < 200 else cell[:200]
    return f"…{text[-3:]}" if hidden else text[:60]


def letter(number: int) -> str:
    """A column as spreadsheet programs call it: 0 is A, 26 is AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def chosen(of: Opened, sent: Chosen[str, Any]) -> dict[int, list[str]]:
    """The user's choice for every column of which the form told one; unknown fields are passed over."""
    found: dict[int, list[str]] = {}
    for column in columns_of(of):
        told = sent.get(f"c{column.number}")
        if told is not None:
            found[column.number] = [name for name in str(told).split(JOINT) if name in of.kind.labels]
    return found


def assigned(of: Opened, fields: dict[int, list[str]]) -> Opened:
    """The file with these columns meaning these fields; the others as they were."""
    mapping = of.mapping
    for column, names in fields.items():
        mapping = mapping.assign(column, names)
    return of.with_mapping(mapping)


def flaw(of: Opened) -> str:
    """What is wrong with the meanings of the columns: the main one is missing, or one stands at two columns. Empty when
    all is well."""
    if of.lacks:
        labels = " / ".join(str(of.kind.labels[name]) for name in of.kind.needed[:2])
        return _("Hãy chọn cột %(column)s.") % {"column": labels}
    twice = [name for name, columns in of.mapping.fields.items() if len(columns) > 1 and name not in _SHARED]
    if twice:
        text = _("Hai cột cùng mang nghĩa “%(label)s”. Mỗi nghĩa chỉ chọn cho một cột.")
        return text % {"label": of.kind.labels[twice[0]]}
    return ""


_SHARED = frozenset(
    ("name", "family_and_middle", "sex", "hometown", "residence", "education", "theory", "occupation", "office", "note",
     "ethnicity_religion_sealed")
)  # fmt: skip
