"""Rules of membership: facts in, reasons out. Nothing here reads a clock or the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import Reason

OLDEST_BIRTH = date(1880, 1, 1)
# Very old admissions followed other conventions (members.md §3.3): before this day dates are never refused.
REUNIFICATION = date(1975, 4, 30)


@dataclass(frozen=True)
class Dates:
    """The dates of a person, each as known."""

    birth: Known | None = None
    decision: Known | None = None
    ceremony: Known | None = None
    official: Known | None = None


def date_blockers(dates: Dates, on: date) -> list[Reason]:
    """Dates that contradict each other or the day on which they are recorded. `on` is that day."""
    reasons: list[Reason] = []

    def add(code: str, field: str, text: str) -> None:
        reasons.append(Reason(code, text, field=field))

    for field, value, label in (
        ("birth", dates.birth, _("Ngày sinh")),
        ("decision_date", dates.decision, _("Ngày quyết định kết nạp")),
        ("ceremony_date", dates.ceremony, _("Ngày vào Đảng")),
    ):
        if value is not None and value.earliest > on:
            add("future", field, _("%(label)s %(value)s ở sau ngày ghi nhận.") % {"label": label, "value": value})
    if dates.birth is not None and dates.birth.latest < OLDEST_BIRTH:
        add("too_old", "birth", _("Ngày sinh %(value)s quá xa, hãy kiểm tra lại năm.") % {"value": dates.birth})
    if _before(dates.ceremony, dates.birth):
        add("order", "ceremony_date", _("Ngày vào Đảng không thể trước ngày sinh."))
    if _before(dates.official, dates.ceremony):
        add("order", "official_date", _("Ngày chính thức không thể trước ngày vào Đảng."))
    if _before(dates.ceremony, dates.decision):
        add("order", "ceremony_date", _("Ngày vào Đảng không thể trước ngày quyết định kết nạp."))
    return reasons


def date_warnings(dates: Dates) -> list[Reason]:
    """What is unusual but may be true: admitted under 18 after reunification."""
    if dates.birth is None or dates.ceremony is None or dates.ceremony.latest <= REUNIFICATION:
        return []
    if dates.birth.years_on(dates.ceremony.latest) < 18 and not _before(dates.ceremony, dates.birth):
        return [Reason("under_age", _("Vào Đảng khi chưa đủ 18 tuổi, hãy đối chiếu với hồ sơ."), field="ceremony_date")]
    return []


def _before(one: Known | None, other: Known | None) -> bool:
    """True only when `one` is surely earlier, whatever its unknown month or day."""
    return one is not None and other is not None and one.latest < other.earliest


@dataclass(frozen=True)
class Spell:
    """A stretch of one standing."""

    kind: str
    start: date
    end: date = FAR


def spells(standing: str, dates: Dates, on: date) -> list[Spell]:
    """The standings that a member recorded on a day has had: probationary from the ceremony, full from the official
    day; where a date is not known, from the day of recording."""
    ceremony = dates.ceremony.earliest if dates.ceremony else None
    official = dates.official.earliest if dates.official else None
    if standing == "probationary":
        return [Spell("probationary", ceremony or on)]
    if official is None or official > on:
        return [Spell("full", min(ceremony, on) if ceremony else on)]
    if ceremony is None or ceremony >= official:
        return [Spell("full", official)]
    return [Spell("probationary", ceremony, official), Spell("full", official)]


def party_base(dates: Dates, gaps: Sequence[tuple[date, date]]) -> tuple[date | None, bool]:
    """The day from which Party age counts, moved forward by the gaps, and whether it is provisional.

    It is the day of the admission decision (294-QĐ/TW, item 4.5); while only the ceremony is known the age is
    provisional (members.md §3.1)."""
    first = dates.decision or dates.ceremony
    if first is None:
        return None, False
    lost = sum(((end - start) for start, end in gaps), timedelta(0))
    provisional = dates.decision is None or dates.decision.precision != "day"
    return first.earliest + lost, provisional


def gaps_of(standings: Iterable[Spell], gap_kinds: Iterable[str]) -> list[tuple[date, date]]:
    """The closed periods in which somebody was out of the Party and which do not count."""
    return [(spell.start, spell.end) for spell in standings if spell.kind in set(gap_kinds) and spell.end != FAR]


def completed_years(base: date, on: date) -> int:
    """Completed anniversaries of `base` on the day, 0 before the first."""
    years = on.year - base.year - ((on.month, on.day) < (base.month, base.day))
    return max(0, years)


def number_blockers(kind: str, digits: str, sex: str, birth: Known | None) -> tuple[list[Reason], list[Reason]]:
    """(refusals, warnings) of a number. A citizen's number, and a card number since 2/9/2025, has twelve digits
    (347-QĐ/TW); its fourth digit tells century and sex, the two after it the birth year: a mismatch only warns."""
    if not digits.isdigit():
        return [Reason("number", _("Số chỉ gồm các chữ số."), field=kind)], []
    if kind == "old_card":
        return [], []
    if kind == "card" and len(digits) == 8:
        return [], []
    if len(digits) != 12:
        text = _("Số phải có đủ 12 chữ số, ở đây có %(count)s.") % {"count": len(digits)}
        return [Reason("number", text, field=kind)], []
    warnings = []
    said = number_says(digits)
    if birth is not None and str(birth.earliest.year) != said[:4]:
        text = _("Số định danh cho năm sinh %(year)s, khác với ngày sinh đã ghi.") % {"year": said[:4]}
        warnings.append(Reason("number_birth", text, field=kind))
    if sex and sex != said[4:]:
        warnings.append(Reason("number_sex", _("Số định danh không khớp với giới tính đã ghi."), field=kind))
    return [], warnings


def number_says(digits: str) -> str:
    """What twelve digits tell of their bearer: year of birth and sex, as `1957m`; nothing of a number of other length.
    The fourth digit tells century and sex, the two after it the year."""
    if len(digits) != 12 or not digits.isdigit():
        return ""
    year = 1900 + 100 * (int(digits[3]) // 2) + int(digits[4:6])
    return f"{year}{'f' if int(digits[3]) % 2 else 'm'}"
