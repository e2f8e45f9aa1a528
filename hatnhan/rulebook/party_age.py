"""Tuổi đảng: completed years since the admission decision, without the time spent outside the Party.

Pure. Regulation 294-QĐ/TW, item 4.5; Guideline 06-HD/TW, item 5.3: the day of the decision counts, neither the ceremony
nor the day of full membership; gaps push the base forward by their days; it counts once the member is full.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hatnhan.kernel.known import Known

Gap = tuple[date, date]


@dataclass(frozen=True)
class PartyAge:
    """Party age on a day.

    `years` completed years, counted from `shifted_base` (the base moved forward by all gaps up to the day).
    `provisional`: the base is not a full date or not the day of the decision, so `years` may be one more.
    `counts`: the member was full by that day; before, the years are kept but do not count."""

    years: int
    shifted_base: date
    provisional: bool
    counts: bool


def party_age(
    base: date | Known, gaps: Iterable[Gap], on: date, full_since: date | None, *, decision_known: bool = True
) -> PartyAge:
    """Party age on a day. `gaps` are half-open periods outside the Party, in any order, overlapping or still running.

    A base known to the month or year is taken at its last day, so that nobody is given years too early.
    `decision_known=False` says that `base` is another day (the ceremony) standing in for the decision."""
    start = base.latest if isinstance(base, Known) else base
    vague = isinstance(base, Known) and base.precision != "day"
    shifted = shifted_base(start, gaps, on)
    return PartyAge(
        years=max(0, completed_years(shifted, on)),
        shifted_base=shifted,
        provisional=vague or not decision_known,
        counts=full_since is not None and full_since <= on,
    )


def shifted_base(base: date, gaps: Iterable[Gap], on: date) -> date:
    """The base moved forward by the days of all gaps between it and `on`; days covered twice count once."""
    lost = timedelta()
    covered = base
    for start, end in sorted(gaps):
        start, end = max(start, covered), min(end, on)
        if start < end:
            lost += end - start
            covered = end
    return base + lost


def completed_years(start: date, on: date) -> int:
    """Anniversaries reached; one of 29 February is reached on 1 March of common years."""
    return on.year - start.year - ((on.month, on.day) < (start.month, start.day))


def reached_on(shifted: date, years: int) -> date:
    """The day on which `years` are completed, if nothing else is taken out: what a badge falls due on."""
    try:
        return shifted.replace(year=shifted.year + years)
    except ValueError:
        return date(shifted.year + years, 3, 1)


def next_mark(age: PartyAge, marks: Sequence[int]) -> tuple[int, date] | None:
    """The next badge year not yet reached and its day; None after the last."""
    for mark in sorted(marks):
        if mark > age.years:
            return mark, reached_on(age.shifted_base, mark)
    return None
