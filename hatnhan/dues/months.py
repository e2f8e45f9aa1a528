"""The month that an address names."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from hatnhan.kernel.days import after
from hatnhan.kernel.days import month as first_of

from .choices import FIRST_MONTH

LAST_YEAR = 2100


def month_of(request: HttpRequest, on: date) -> date:
    """The first day of the month named as 2026-11 by `?month=`; this month when it names none that can be."""
    return month_in(request.GET.get("month", "")) or first_of(on)


def month_in(text: str) -> date | None:
    """The first day of a month written as 2026-11, 11/2026 or a day; None for what is no month of dues."""
    parts = text.strip().replace("/", "-").split("-")
    if len(parts) == 2 and len(parts[1]) == 4:
        parts.reverse()
    try:
        found = date(int(parts[0]), int(parts[1]), 1)
    except (ValueError, IndexError):
        return None
    return found if found >= FIRST_MONTH and found.year <= LAST_YEAR else None


def before(month: date) -> date:
    """The month before."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def turned(page: str, unit: int, month: date) -> tuple[str, str]:
    """The addresses of a page for the month before and after."""
    return address(page, unit, before(month)), address(page, unit, after(month))


def address(page: str, unit: int, month: date) -> str:
    """The address of a page for a unit and a month."""
    return f"{reverse(page)}?{urlencode({'unit': unit, 'month': f'{month:%Y-%m}'})}"
