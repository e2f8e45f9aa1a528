"""Which days are working days here: the rulebook's, and over them what this installation recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.days import ONE
from hatnhan.kernel.ui.text import day as written
from hatnhan.kernel.working_days import Calendar, Doubts, spread

from .models import LocalDay


@dataclass(frozen=True)
class Entry:
    """One line of a year's calendar. `kind`: off, work, whole; `doubt`: why it does not count; `row`: of a local
    entry."""

    first: date
    last: date
    kind: str
    label: str
    source: str
    mark: str = ""
    note: str = ""
    doubt: str = ""
    row: int = 0


def calendar_of(start: date, end: date, on: date) -> Calendar:
    """What is known on the day `on` of the years from `start` to `end`. One query."""
    years = range(start.year, end.year + 1)
    book = rulebook.at(on)
    off: set[date] = set()
    worked: set[date] = set()
    unsure: set[date] = set()
    known = {year for year in years if year_known(year, on)}
    for one in (holiday for year in years for holiday in book.holidays(year)):
        kept = unsure if not one.rule.verified else worked if one.works else off
        kept.update(spread(one.first, one.last))
    rows = LocalDay.objects.during(date(years[0], 1, 1), date(years[-1] + 1, 1, 1)).order_by("recorded_in")
    for row in rows:
        if row.kind == "whole":
            known |= set(range(row.valid_from.year, row.valid_to.year))
            continue
        days = set(spread(row.valid_from, row.valid_to - ONE))
        unsure -= days
        off, worked = (off | days, worked - days) if row.kind == "off" else (off - days, worked | days)
    return Calendar(frozenset(off), frozenset(worked), frozenset(known), frozenset(unsure))


def year_known(year: int, on: date) -> bool:
    """Whether the rulebook has all days off of a year."""
    rule = rulebook.at(on).get(f"calendar.year.{year}")
    return rule is not None and rule.value == "whole"


def doubt(doubts: Doubts) -> str:
    """Why a day that was counted may turn out otherwise; empty when nothing is in doubt."""
    said = []
    if doubts.years:
        text = _(
            "Chưa nạp đủ lịch nghỉ năm %(years)s: hạn này mới trừ thứ bảy, chủ nhật và những ngày nghỉ đã biết, nên có "
            "thể lùi thêm."
        )
        said.append(text % {"years": _listed(str(year) for year in doubts.years)})
    if doubts.days:
        text = _("Chưa rõ ngày %(days)s có được nghỉ không: đang tính là ngày làm việc.")
        said.append(text % {"days": _listed(written(day) for day in doubts.days)})
    return " ".join(said)


def entries(year: int, on: date) -> list[Entry]:
    """All lines of a year's calendar, in order; a local one beside the rulebook's that it overrules."""
    lines = [
        Entry(
            one.first, one.last, "work" if one.works else "off", str(one.label), rulebook.sentence(one.rule),
            one.rule.mark, str(one.rule.note), "" if one.rule.verified else str(_("chưa đối chiếu, chưa trừ")),
        )
        for one in rulebook.at(on).holidays(year)
    ]  # fmt: skip
    for row in LocalDay.objects.during(date(year, 1, 1), date(year + 1, 1, 1)):
        lines.append(Entry(row.valid_from, row.valid_to - ONE, row.kind, row.label, row.decision, row=row.pk))
    return sorted(lines, key=lambda one: (one.kind != "whole", one.first, one.last))


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
