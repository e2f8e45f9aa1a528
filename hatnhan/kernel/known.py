"""Dates as known: a day, a month or only a year. Read from what people type, stored as text that sorts by itself."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from hatnhan.kernel.paths import ByteOrderedField
from hatnhan.kernel.vietnamese import nfc

Precision = Literal["year", "month", "day"]
Epoch = Literal[1900, 1904]

EARLIEST = date(1850, 1, 1)
LATEST = date(2100, 12, 31)

_ISO = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
_USUAL = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", re.ASCII)
_CLOCK = re.compile(r"[t ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[ap]m)?$")
_WORDS = re.compile(r"\b(?:sinh|ngày|mùng|mồng|tháng|năm)\b|,")
_UNKNOWN = re.compile(r"\.{2,}|-{2,}|_+|\?+|…+|\bx+\b(?=[/.-])")
_SPLIT = re.compile(r"\s*[/.\-–]\s*|\s+")
_ROMAN = dict(
    zip(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), range(1, 13), strict=True)
)
_TOO_MANY_DAYS = 80_000
_ZERO_DAY: dict[Epoch, date] = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}


class BadDate(ValueError):
    """A date that cannot be taken; the message is a translated sentence that says why and what is allowed."""


@total_ordering
@dataclass(frozen=True, slots=True, eq=True)
class Known:
    """A date with its precision: `Known("1957")`, `Known("1957-05")`, `Known("1957-05-03")`. `ValueError` for others.

    Ordered by earliest day, the vaguer first, which is the order of the stored text.
    """

    iso: str

    def __post_init__(self) -> None:
        if not _ISO.fullmatch(self.iso) or self.iso.startswith("0000"):
            raise ValueError(f"not a date as known: {self.iso}")
        if len(self.iso) == 10:
            date.fromisoformat(self.iso)

    @classmethod
    def of(cls, day: date) -> "Known":
        """A day, known to the day. Needs no check, so it is quick."""
        known = object.__new__(cls)
        object.__setattr__(known, "iso", f"{day.year:04d}-{day.month:02d}-{day.day:02d}")
        return known

    @property
    def precision(self) -> Precision:
        return _PRECISIONS[len(self.iso)]

    @property
    def year(self) -> int:
        return int(self.iso[:4])

    @property
    def earliest(self) -> date:
        """The first day it may have been."""
        return date.fromisoformat(self.iso + "-01-01"[len(self.iso) - 4 :])

    @property
    def latest(self) -> date:
        """The last day it may have been."""
        if self.precision == "day":
            return self.earliest
        if self.precision == "year":
            return date(self.year, 12, 31)
        month = int(self.iso[5:7])
        return date(self.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)

    def years_on(self, day: date) -> int:
        """Completed years from the earliest day to `day`; one of 29 February completes on 1 March of common years."""
        start = self.earliest
        return day.year - start.year - ((day.month, day.day) < (start.month, start.day))

    def agrees(self, other: "Known") -> bool:
        """Whether both may be the same date: one is the other, or says less of it."""
        return self.iso.startswith(other.iso) or other.iso.startswith(self.iso)

    def __str__(self) -> str:
        return "/".join(str(int(part)) for part in reversed(self.iso.split("-")))

    def __lt__(self, other: object) -> bool:
        return self.iso < other.iso if isinstance(other, Known) else NotImplemented


def parse_known(value: object, *, epoch: Epoch = 1900, earliest: date = EARLIEST, latest: date = LATEST) -> Known:
    """Read a date as people give it; raises `BadDate`.

    Text: day/month/year with / - . or words, month/year, year, year-month-day, Roman months, "00/00/1957".
    Numbers: a year, or a spreadsheet's day number counted from `epoch`. Dates and times of a spreadsheet.
    A year of two digits is taken only where `earliest` and `latest` leave one century for it.
    Whatever lies wholly outside `[earliest, latest]` is refused.
    """
    if isinstance(value, str) and (usual := _USUAL.fullmatch(value)):
        quick = _day(usual[3], usual[2], usual[1])
        if quick and earliest <= quick <= latest:
            return Known.of(quick)
    shown = str(value)[:40] if not isinstance(value, date) else str(Known.of(value))
    if isinstance(value, date):
        found = Known.of(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found = _from_number(value, epoch, earliest, latest)
    elif isinstance(value, str):
        found = _from_text(value, earliest, latest)
    else:
        raise _refusal(_("“%(text)s” không phải là ngày.") % {"text": shown})
    if found.earliest > latest:
        raise BadDate(
            _("Ngày %(day)s ở sau ngày %(latest)s; chỉ nhận đến ngày đó.") % {"day": found, "latest": Known.of(latest)}
        )
    if found.latest < earliest:
        raise BadDate(
            _("Ngày %(day)s ở trước ngày %(earliest)s; chỉ nhận từ ngày đó trở đi.")
            % {"day": found, "earliest": Known.of(earliest)}
        )
    return found


def _allowed() -> str:
    return _("Viết ngày/tháng/năm như 3/5/1957, hoặc 5/1957, hoặc 1957 nếu chỉ biết năm.")


def _refusal(sentence: str) -> BadDate:
    return BadDate(f"{sentence} {_allowed()}")


def _unreadable(text: str) -> BadDate:
    return _refusal(_("Không đọc được ngày “%(text)s”.") % {"text": text[:40]})


def _from_number(value: int | float, epoch: Epoch, earliest: date, latest: date) -> Known:
    if not 0 <= value < _TOO_MANY_DAYS:
        raise _unreadable(str(value))
    if value == int(value):
        if EARLIEST.year <= value <= LATEST.year or 0 <= value < 100:
            return _from_parts([str(int(value))], str(int(value)), earliest, latest)
    elif 1 <= value < 13:
        year = round((value - int(value)) * 10_000)
        if EARLIEST.year <= year <= LATEST.year:
            return Known(f"{year}-{int(value):02d}")
    day = _ZERO_DAY[epoch] + timedelta(days=int(value))
    if value <= LATEST.year or day > LATEST:
        raise _unreadable(str(value))
    return Known.of(day)


def _from_text(value: str, earliest: date, latest: date) -> Known:
    text = nfc(value).lower().strip("'’ ").rstrip(".;,")
    text = _CLOCK.sub("", text)
    text = _UNKNOWN.sub("0", _WORDS.sub(" ", text))
    parts = [part for part in _SPLIT.split(text.strip()) if part]
    if len(parts) > 1:
        parts[-2] = str(_ROMAN.get(parts[-2], parts[-2]))
    if len(parts) == 1 and len(parts[0]) == 8 and parts[0].isdecimal():
        return _from_eight_digits(parts[0], value)
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdecimal() for part in parts):
        raise _unreadable(nfc(value))
    return _from_parts(parts, nfc(value), earliest, latest)


def _from_eight_digits(digits: str, shown: str) -> Known:
    both = {_day(digits[:4], digits[4:6], digits[6:]), _day(digits[4:], digits[2:4], digits[:2])} - {None}
    if len(both) == 1 and (only := both.pop()):
        return Known.of(only)
    raise _unreadable(shown)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day)) if EARLIEST.year <= int(year) <= LATEST.year else None
    except ValueError:
        return None


def _from_parts(parts: list[str], shown: str, earliest: date, latest: date) -> Known:
    """One to three numbers: day, month, year, or the year first when it has four digits."""
    if len(parts) > 1 and len(parts[0]) >= 4:
        parts = parts[::-1]
    year = _year(parts[-1], shown, earliest, latest)
    before = [int(part) for part in parts[:-1]]
    while before and before[0] == 0:
        del before[0]
    if any(len(part) > 2 for part in parts[:-1]):
        raise _unreadable(shown)
    if not before:
        return Known(f"{year:04d}")
    if not 1 <= before[-1] <= 12:
        raise _refusal(_("Ngày “%(text)s” có tháng không đúng, tháng phải từ 1 đến 12.") % {"text": shown})
    if len(before) == 1:
        return Known(f"{year:04d}-{before[0]:02d}")
    try:
        return Known.of(date(year, before[1], before[0]))
    except ValueError as error:
        raise _refusal(_("Không có ngày “%(text)s” trong lịch.") % {"text": shown}) from error


def _year(digits: str, shown: str, earliest: date, latest: date) -> int:
    if len(digits) == 4 and EARLIEST.year <= int(digits) <= LATEST.year:
        return int(digits)
    if len(digits) == 2:
        fitting = [year for year in (1900 + int(digits), 2000 + int(digits)) if earliest.year <= year <= latest.year]
        if len(fitting) == 1:
            return fitting[0]
        raise BadDate(
            _("Ngày “%(text)s” có năm viết hai chữ số, có thể là 19%(two)s hoặc 20%(two)s. Viết năm đủ bốn chữ số.")
            % {"text": shown, "two": digits}
        )
    raise BadDate(
        _("Ngày “%(text)s” có năm không đúng. Năm phải có bốn chữ số, từ %(first)s đến %(last)s.")
        % {"text": shown, "first": EARLIEST.year, "last": LATEST.year}
    )


class KnownInput(forms.CharField):
    """A form field that reads a date as people type it and gives `Known` or None."""

    def __init__(self, *, earliest: date = EARLIEST, latest: date = LATEST, **kwargs: Any) -> None:
        self.earliest, self.latest = earliest, latest
        super().__init__(**{"max_length": 40, **kwargs})

    def to_python(self, value: Any) -> Any:
        """`Known`, or None for nothing; a sentence when it cannot be read."""
        if isinstance(value, Known) or value in self.empty_values:
            return value or None
        try:
            return parse_known(value, earliest=self.earliest, latest=self.latest)
        except BadDate as error:
            raise ValidationError(str(error), code="bad_date") from error

    def run_validators(self, value: Any) -> None:
        """The text was measured while reading; a `Known` has no length."""


class KnownField(ByteOrderedField):
    """Stores `Known` as its iso text, byte ordered on every database; give `null=True` where it may be missing."""

    # What a model's attribute holds, for the type checker.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 10, **kwargs})

    def to_python(self, value: Any) -> Any:
        """`Known`, or None for nothing."""
        if isinstance(value, Known) or not value:
            return value or None
        try:
            return Known(str(value))
        except ValueError as error:
            raise ValidationError(_allowed(), code="bad_date") from error

    def from_db_value(self, value: str | None, *_context: object) -> Known | None:
        """What a query returns."""
        return Known(value) if value else None

    def get_prep_value(self, value: Any) -> Any:
        """The stored text; other text stays, for lookups such as startswith."""
        return value.iso if isinstance(value, Known) else super(models.CharField, self).get_prep_value(value)

    def run_validators(self, value: Any) -> None:
        """`Known` was checked when it was made."""

    def value_to_string(self, obj: models.Model) -> str:
        """For serializers."""
        value = self.value_from_object(obj)
        return value.iso if isinstance(value, Known) else ""

    def formfield(self, *_args: Any, **kwargs: Any) -> Any:
        """Reads what people type."""
        wanted = {name: kwargs[name] for name in ("widget", "initial", "disabled") if name in kwargs}
        required = kwargs.get("required", not self.blank)
        return KnownInput(label=self.verbose_name, help_text=self.help_text, required=required, **wanted)
