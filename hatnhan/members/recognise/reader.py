"""One person out of one record: every field read, repaired or refused."""

import re
from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from hatnhan.kernel.days import back_years
from hatnhan.kernel.known import BadDate, Epoch, parse_known
from hatnhan.kernel.sheets.book import Value
from hatnhan.kernel.sheets.entries import BadValue, Entry
from hatnhan.kernel.sheets.lines import DITTO, Record
from hatnhan.kernel.sheets.mapping import Mapping
from hatnhan.kernel.vietnamese import name_case, plain
from hatnhan.members.recognise import values
from hatnhan.members.recognise.columns import SEALED, under_men, under_women
from hatnhan.members.recognise.facts import share
from hatnhan.members.recognise.labels import LABELS
from hatnhan.members.recognise.vocabulary import DATES

FOUNDED = date(1930, 2, 3)
"""Nobody entered the Party before it was founded."""
FIRST_BIRTH = date(1880, 1, 1)
YOUNGEST = 16
"""Years: nobody younger is in a list; it also tells 1925 from 2025 in a year of two digits."""

_TEXTS = (
    "hometown",
    "residence",
    "occupation",
    "education",
    "theory",
    "cv_number",
    "unit_code",
    "unit_name",
    "office",
    "note",
)
_WHOLE = frozenset({*_TEXTS, "name", "other_name", "family_and_middle", "given", "standing", "participation", SEALED})
"""Fields whose cells are never cut into facts of other fields, if the heading names no other."""
_BIRTHS = {"birth": "", "birth_male": "m", "birth_female": "f"}

Pieces = list[tuple[int, Value]]
"""What belongs to a field: the column and the piece."""

_SEVERAL = re.compile(r"[;\n,]|\d\D+\d{4}\D+\d")
"""Signs that a cell may hold more than one fact."""
_SERIAL_DIGITS = 5
_CENTURIES = ("19", "20")
"""A text of five digits that begins so may be a year with one digit too many; others are days as spreadsheets count."""
_NOT_YET = re.compile(
    r"(?:con |dang )?(?:dang vien |dv )?du bi|chua (?:duoc )?(?:cong nhan|chuyen|vao)?(?: dang vien)?(?: ?chinh thuc)?"
)
"""What people write where a date would stand for a full member: "(dự bị)"."""
_NUMBERS = ("national_id", "card_no", "old_card_no")


class Reading:
    """What holds for a whole sheet: its mapping, the day of reading, and what its columns were seen to do.

    `serial_texts`: date columns that hold a spreadsheet's day numbers as text. `blank_means_man`: women are marked in
    a column of their own, and no mark is a man. `above` is what stood last in each column, for ditto signs.
    """

    def __init__(
        self,
        mapping: Mapping,
        on: date,
        *,
        epoch: Epoch = 1900,
        serial_texts: frozenset[int] = frozenset(),
        blank_means_man: bool = False,
    ) -> None:
        self.mapping, self.on, self.epoch = mapping, on, epoch
        self.serial_texts, self.blank_means_man = serial_texts, blank_means_man
        self.above: dict[int, Value] = {}
        self.youngest = back_years(on, YOUNGEST)
        self.columns = tuple(mapping.columns().items())
        self.mapped = frozenset(mapping.fields)
        self.under = {column: _sex_above(mapping, column) for column in mapping.fields.get("sex", ())}
        self.three = frozenset(name for name in DATES if len(mapping.fields.get(name, ())) > 1)

    def entry(self, record: Record) -> Entry:
        """One person."""
        return _Person(self, record).read()


def _sex_above(mapping: Mapping, column: int) -> str:
    """The sex that a column is for, by its heading."""
    heading = mapping.headings.get(column, "")
    return "m" if under_men(heading) else "f" if under_women(heading) else ""


class _Person:
    def __init__(self, reading: Reading, record: Record) -> None:
        self.reading, self.mapping = reading, reading.mapping
        self.entry = Entry(record.rows[0], tuple(record.rows), section=record.section)
        self.pieces: dict[str, Pieces] = {}
        only = record.lines[0] if len(record.lines) == 1 else None
        for column, names in reading.columns:
            if only is not None and len(names) == 1:
                piece = only[column] if column < len(only) else None
                if piece in DITTO:
                    piece = reading.above.get(column) if names[0] in _TEXTS else None
                if piece is None:
                    continue
                reading.above[column] = piece
                if not isinstance(piece, str) or names[0] in _WHOLE or not _SEVERAL.search(piece):
                    self.pieces.setdefault(names[0], []).append((column, piece))
                    continue
            self.share(column, names, record.pieces(column))
        self.entry.raw = {
            name: _shown(found[0][1]) if len(found) == 1 else " ".join([_shown(piece) for _column, piece in found])
            for name, found in self.pieces.items()
            if name != SEALED
        }

    def share(self, column: int, names: tuple[str, ...], pieces: list[Value]) -> None:
        """Several facts in one column."""
        facts, left = share(names, pieces, self.reading.mapped)
        for name, found in facts.items():
            self.pieces.setdefault(name, []).extend([(column, piece) for piece in found])
        if left:
            self.note(names[0], _("ô còn nội dung chưa dùng đến."))

    def read(self) -> Entry:
        """All fields that are there; numbers come after the birth date and sex that they are compared with."""
        there = self.pieces
        self.attempt("name", self.name)
        self.attempt("other_name", self.other_name)
        for name in [name for name in DATES if name in there]:
            self.attempt(name, self.date, name)
        self.attempt("sex", self.sex)
        for name in [name for name in _NUMBERS if name in there]:
            self.attempt(name, self.number, name)
        self.attempt("standing", self.status, "standing", values.standing)
        self.attempt("participation", self.status, "participation", values.participation)
        self.attempt("phone", self.phone)
        self.texts()
        self.attempt(SEALED, self.sealed)
        self.finish()
        return self.entry

    def texts(self) -> None:
        """Fields that are text; most are one tidy piece, which is taken as it is."""
        for name in [name for name in _TEXTS if name in self.pieces]:
            raw = self.entry.raw[name]
            if len(self.pieces[name]) == 1 and len(raw) <= values.LONGEST_TEXT:
                self.entry.values[name] = raw
            else:
                self.attempt(name, self.text, name)

    def attempt(self, name: str, read: Callable[..., None], *arguments: object) -> None:
        """Read one field; what cannot be read becomes a problem."""
        try:
            read(*arguments)
        except (BadValue, BadDate) as error:
            self.entry.refuse(name, self.sentence(name, str(error)))

    def sentence(self, name: str, what: str) -> str:
        """Which row and field, and what."""
        return _("Dòng %(row)s, %(field)s: %(what)s") % {"row": self.entry.row, "field": LABELS[name], "what": what}

    def note(self, name: str, what: str) -> None:
        """A remark on a field."""
        self.entry.note(name, self.sentence(name, what))

    def first(self, name: str) -> Value:
        """The first piece of a field."""
        found = self.pieces.get(name)
        return found[0][1] if found else None

    def name(self) -> None:
        parts = [*self.pieces.get("family_and_middle", []), *self.pieces.get("given", [])] or self.pieces.get(
            "name", []
        )
        if not parts:
            if not self.pieces.get("card_no") and not self.pieces.get("national_id"):
                raise BadValue(_("còn trống. Cần ghi họ và tên."))
            return
        old = any(column in self.mapping.encodings for column, _piece in parts)
        written = [_shown(piece) for _column, piece in parts]
        whole = " ".join(map(name_case, written)) if len(written) > 1 else written[0]
        name, other = values.person_name(whole, every_word=old)
        self.entry.values["name"] = name
        if other:
            self.entry.values["other_name"] = other

    def other_name(self) -> None:
        for column, piece in self.pieces.get("other_name", [])[:1]:
            shown = values.other_of(_shown(piece))
            if any(map(str.isalpha, shown)) and shown.lower() not in ("không", "khong"):
                other = values.person_name(shown, every_word=column in self.mapping.encodings)[0]
                if other != self.entry.values.get("name"):
                    self.entry.values["other_name"] = other

    def date(self, name: str) -> None:
        if not self.pieces.get(name):
            return
        column, piece = self.pieces[name][0]
        if name in self.reading.three:
            parts = dict(self.pieces[name])
            piece = "/".join(_shown(parts.get(one)) or "0" for one in self.mapping.fields[name])
        if isinstance(piece, str) and not any(map(str.isalnum, piece)):
            return
        if isinstance(piece, str) and len(piece) == _SERIAL_DIGITS and piece.isdecimal():
            counted = column in self.reading.serial_texts or not piece.startswith(_CENTURIES)
            piece = int(piece) if counted else piece
        born = name in _BIRTHS
        if not born and isinstance(piece, str) and not piece[0].isdecimal() and _NOT_YET.fullmatch(plain(piece)):
            self.entry.values["standing"] = "probationary"
            return
        earliest, latest = (FIRST_BIRTH, self.reading.youngest) if born else (FOUNDED, self.reading.on)
        known = parse_known(piece, epoch=self.reading.epoch, earliest=earliest, latest=latest)
        if not born:
            self.entry.values[name] = known
        elif self.entry.values.setdefault("birth", known) != known:
            raise BadValue(_("có hai ngày sinh khác nhau, ở cột nam và cột nữ. Chỉ ghi một."))
        elif _BIRTHS[name] and self.entry.values.setdefault("sex", _BIRTHS[name]) != _BIRTHS[name]:
            raise BadValue(_("ghi ở cả cột nam và cột nữ. Chỉ ghi một."))

    def sex(self) -> None:
        said = {
            values.sex(piece, under=self.reading.under.get(column, "")) for column, piece in self.pieces.get("sex", [])
        }
        if not said and self.reading.blank_means_man:
            said = {"m"}
        if "sex" in self.entry.values:
            said.add(self.entry.values["sex"])
        if len(said) > 1:
            raise BadValue(_("ghi cả nam và nữ. Chỉ ghi một."))
        if said:
            self.entry.values["sex"] = said.pop()

    def number(self, name: str) -> None:
        piece = self.first(name)
        if piece is None or (isinstance(piece, str) and not any(map(str.isalnum, piece))):
            return
        if name == "old_card_no":
            found = values.digits_of(piece)
        else:
            other = values.OLD_CARD_DIGITS if name == "card_no" else values.OLD_IDENTITY_DIGITS
            said = self.entry.values
            found = values.identity(
                piece, lengths=(values.CARD_DIGITS, other), born=said.get("birth"), sex_code=said.get("sex", "")
            )
        if found.repaired:
            self.note(name, found.repaired)
        if found.digits is not None:
            self.keep_number(name, found.digits)

    def keep_number(self, name: str, digits: str) -> None:
        """A card number of the old length is the old card's."""
        if name == "card_no" and len(digits) == values.OLD_CARD_DIGITS:
            self.entry.values.setdefault("old_card_no", digits)
            return
        self.entry.values[name] = digits
        for what in values.disagreements(digits, self.entry.values.get("birth"), self.entry.values.get("sex", "")):
            self.note(name, what)

    def status(self, name: str, read: Callable[[Value], dict[str, str]]) -> None:
        piece = self.first(name)
        if piece is not None:
            self.entry.values.update(read(piece))

    def phone(self) -> None:
        piece = self.first("phone")
        if piece is None or values.MASK.search(values.text(piece)):
            return
        found = values.phone(piece)
        if found:
            self.entry.values["phone"] = found
        else:
            self.note("phone", _("không phải số điện thoại nên bỏ qua. Số điện thoại có 10 chữ số, bắt đầu bằng 0."))

    def text(self, name: str) -> None:
        found = _joined(self.pieces.get(name, []))
        if found:
            self.entry.values[name] = found

    def sealed(self) -> None:
        """Kept as one text that nobody looks into; the places of two columns stay apart."""
        columns = self.mapping.fields.get(SEALED, ())
        found = self.pieces.get(SEALED, [])
        if found and len(columns) > 1:
            self.entry.values[SEALED] = "; ".join(
                _joined([one for one in found if one[0] == column]) for column in columns
            )
        elif found:
            self.entry.values[SEALED] = _joined(found)

    def finish(self) -> None:
        """What the titles between the rows say, where the row itself is silent."""
        said = self.entry.values
        section = self.entry.section
        if "unit" in section and "unit_name" not in said and "unit_code" not in said:
            said["unit_name"] = section["unit"]
        if "standing" in section and "standing" not in said and "participation" not in said:
            title = re.sub(r"(?i)^(danh sách\s+)?(đảng viên|dv|đv)\s+", "", section["standing"])
            try:
                said.update(values.standing(title))
            except BadValue:
                return


def _shown(piece: Value) -> str:
    return piece if isinstance(piece, str) and "\n" not in piece else values.shown(piece)


def _joined(pieces: Pieces) -> str:
    """Lines of one column with a space between them, columns with a comma."""
    columns: dict[int, list[str]] = {}
    for column, piece in pieces:
        columns.setdefault(column, []).append(_shown(piece))
    return values.text(", ".join(" ".join(parts) for parts in columns.values()))
