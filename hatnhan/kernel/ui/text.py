"""How numbers, shares, days and names are written: `3.654`, `91,4 %`, `22/11/2026` (in English `3,654`, `91.4%`)."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TypeAlias

from django.utils import timezone
from django.utils.translation import get_language

from ..days import FAR

Number: TypeAlias = int | float | Decimal | Fraction

NOTHING = "–"
NO_BREAK = "\u00a0"
_SWAPPED = str.maketrans(",.", ".,")


def num(value: Number | str | None, digits: int = 0, signed: bool = False) -> str:
    """A number with its thousands parted, rounded half up to `digits` places; `–` for no value.

    A text comes back as it is: a figure may already say `dưới 5`. `signed` writes `+` before what is above zero."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value
    rounded = _exact(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    sign = "−" if rounded < 0 else "+" if signed and rounded > 0 else ""
    written = f"{abs(rounded):,}"
    return sign + (written.translate(_SWAPPED) if _vietnamese() else written)


def pct(share: Number | str | None, digits: int = 1) -> str:
    """A share of one in percent: 0.914 is `91,4 %`. The space is a no-break space; English has none."""
    if share is None or isinstance(share, str):
        return num(share)
    return num(_exact(share) * 100, digits) + (f"{NO_BREAK}%" if _vietnamese() else "%")


def day(value: date | None) -> str:
    """A day as `22/11/2026` in both languages, of a moment its day in Vietnam; empty for none and for the open end."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return "" if value == FAR else f"{value.day}/{value.month}/{value.year}"


def moment(value: datetime | None) -> str:
    """A moment in Vietnam as `20:15 22/11/2026`; empty for none."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H:%M} {local.day}/{local.month}/{local.year}"


def hour(value: datetime | None) -> str:
    """The hour of a moment in Vietnam, as `20:15`; empty for none."""
    return f"{timezone.localtime(value):%H:%M}" if value else ""


def stamp(value: datetime | None) -> int:
    """A moment as seconds since 1970, for a script that counts on."""
    return int(value.timestamp()) if value else 0


def passed(value: datetime | None) -> str:
    """How long ago a moment was, as `0:42` in hours and minutes; empty for none."""
    if value is None:
        return ""
    minutes = max(0, int((timezone.now() - value).total_seconds() // 60))
    return f"{minutes // 60}:{minutes % 60:02d}"


def known(value: object) -> str:
    """A date as it is known (`3/5/1957`, `5/1957`, `1957`); `–` for none."""
    return str(value) if value else NOTHING


def initials(name: str) -> str:
    """The first letters of the family name and the given name: `Vũ Văn Sơn` is `VS`."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys((words[0], words[-1]))).upper() if words else ""


def _exact(value: Number) -> Decimal:
    return Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else Decimal(str(value))


def _vietnamese() -> bool:
    return not (get_language() or "vi").startswith("en")
