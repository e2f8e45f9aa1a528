"""Rules of dues: facts in, amounts and reasons out, in whole VND. Nothing here reads a clock or the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext as _

from hatnhan.kernel.days import after
from hatnhan.kernel.days import month as first_of
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.ui.text import day as written
from hatnhan.kernel.ui.text import num
from hatnhan.rulebook import sentence
from hatnhan.rulebook.party_age import completed_years
from hatnhan.rulebook.rule import Rule

from .choices import BY_AGE, EXEMPT, FIRST_MONTH, MOST

PARTS = 10_000  # rates are parts of ten thousand: 100 is 1 %


class Rules(Protocol):
    """Rules by key, of one day."""

    def __getitem__(self, key: str) -> Rule: ...
    def get(self, key: str) -> Rule | None: ...


@dataclass(frozen=True)
class Facts:
    """What is known of a member in one month. `base` and `second` are VND a month, of the month that the rule names;
    `where` says where dues are paid: here, there or none; `exempt` is a decided exemption."""

    kind: str = ""
    base: int | None = None
    second: int | None = None
    exempt: str = ""
    party_base: date | None = None
    provisional: bool = False
    full: bool = True
    where: str = "here"


@dataclass(frozen=True)
class Due:
    """What is due for a month. `amount` is None where it cannot be said, 0 where nothing is due; `exempt` says why not,
    `lacks` what is missing (class, base), `words` how it was worked out, `rules` which rules spoke."""

    amount: int | None
    exempt: str = ""
    lacks: str = ""
    words: str = ""
    rules: tuple[Rule, ...] = ()

    @property
    def obliged(self) -> bool:
        """True for whoever has to pay something, also where it cannot be said how much."""
        return not self.exempt and self.lacks != "elsewhere"


def due(facts: Facts, book: Rules, month: date) -> Due:
    """What a member owes for a month (its first day), by the rules of the month (342-QĐ/TW; 01-QĐ/TW since 2/2026).

    Who pays elsewhere owes nothing here; then exemption by Party age on the first day of the month, then a decided one,
    then the class."""
    if facts.where != "here":
        return Due(0, lacks="elsewhere", words=_("Đóng đảng phí ở nơi khác."))
    years = book["dues.exempt_years"]
    if facts.party_base is not None and facts.full:
        age = completed_years(facts.party_base, month)
        if age >= years.value:
            said = _("%(age)s năm tuổi đảng, từ %(years)s năm thì được miễn") % {"age": age, "years": years.value}
            said += _(" (tuổi đảng tạm tính, nên đối chiếu hồ sơ)") if facts.provisional else ""
            return Due(0, BY_AGE, words=said, rules=(years,))
    decided = book.get(f"dues.exempt.{facts.exempt}") if facts.exempt else None
    if decided is not None:
        return Due(0, facts.exempt, words=str(EXEMPT[facts.exempt]), rules=(decided,))
    rule = book.get(f"dues.class.{facts.kind}") if facts.kind else None
    if rule is None:
        return Due(None, lacks="class", words=_("Chưa xếp loại mức đóng."))
    return _by_class(facts, book, rule)


def _by_class(facts: Facts, book: Rules, rule: Rule) -> Due:
    value: Mapping[str, Any] = rule.value
    step = book["dues.round_to"]
    if value["base"] == "none":
        return Due(value["flat"], words=_("mức cố định"), rules=(rule,))
    if value["base"] == "minimum":
        wage = book[f"dues.minimum_wage.{book['dues.region'].value}"]
        amount = share(wage.value, value["rate"], step.value)
        said = _("%(rate)s của lương tối thiểu vùng %(base)s đồng")
        told = {"rate": percent(value["rate"]), "base": num(wage.value)}
        return Due(amount, words=said % told, rules=(rule, wage, book["dues.region"]))
    if facts.base is None:
        return Due(None, lacks="base", words=_("Chưa ghi mức làm căn cứ."), rules=(rule,))
    if value["base"] == "fixed":
        return Due(facts.base, words=_("mức chi bộ đã định"), rules=(rule,))
    parts = [(facts.base, value["rate"])]
    if value["base"] == "both":
        parts.append((facts.second or 0, value["second"]))
    amount = rounded(sum(base * rate for base, rate in parts), PARTS, step.value)
    said = " + ".join(f"{percent(rate)} × {num(base)}" for base, rate in parts)
    return Due(amount, words=said, rules=(rule,))


def share(base: int, rate: int, step: int = 1) -> int:
    """`rate` parts of ten thousand of an amount, rounded half up to multiples of `step`."""
    return rounded(base * rate, PARTS, step)


def rounded(numerator: int, denominator: int, step: int) -> int:
    """A fraction rounded half up to multiples of `step`, in whole numbers only."""
    whole = denominator * step
    return (2 * numerator + whole) // (2 * whole) * step


def percent(rate: int) -> str:
    """A rate in parts of ten thousand as it is said: 50 is 0,5 %."""
    return f"{num(rate / 100, 0 if rate % 100 == 0 else 1 if rate % 10 == 0 else 2)} %"


def base_day(month: date, book: Rules) -> date:
    """The month whose income counts for the dues of a month: the one before since 01-QĐ/TW, else the month itself."""
    if book["dues.base_month"].value != "before":
        return month
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def month_blockers(month: date, on: date, book: Rules) -> list[Reason]:
    """Why dues of a month cannot be recorded on a day: the month lies before the rule, or too far ahead."""
    if month != first_of(month):
        return [Reason("month", _("Tháng đóng phải ghi bằng ngày đầu tháng."), field="month")]
    if month < FIRST_MONTH:
        rule = book["dues.base_month"]
        text = _("Chỉ ghi đảng phí từ tháng %(first)s.") % {"first": month_name(FIRST_MONTH)}
        return [Reason("month", text, field="month", source=sentence(rule), rule=rule.reference)]
    ahead = (month.year - on.year) * 12 + month.month - on.month
    rule = book["dues.advance_months"]
    if ahead > rule.value:
        text = _("Tháng %(month)s chưa đến: chỉ ghi đóng trước nhiều nhất %(n)s tháng.")
        told = {"month": month_name(month), "n": rule.value}
        return [Reason("ahead", text % told, field="month", source=sentence(rule), rule=rule.reference)]
    return []


def payment_blockers(amount: int, paid_on: date, on: date, who: str = "", person: int | None = None) -> list[Reason]:
    """Why an amount paid on a day cannot be right."""
    found = []
    begins = f"{who}: " if who else ""
    field = f"amount.{person}" if person else "amount"
    if not 0 < amount < MOST:
        found.append(Reason("amount", begins + _("số tiền phải lớn hơn 0 và dưới 1 tỷ đồng."), field=field))
    if paid_on > on:
        found.append(Reason("paid_on", _("Ngày thu ở sau hôm nay."), field="paid_on"))
    if paid_on < FIRST_MONTH:
        found.append(Reason("paid_on", _("Ngày thu quá xa, hãy kiểm tra lại năm."), field="paid_on"))
    return found


def base_warnings(kind: str, base: int | None, book: Rules) -> list[Reason]:
    """What is unusual of a fixed amount: outside what the rule says. The rule's mark only warns."""
    rule = book.get(f"dues.class.{kind}")
    if rule is None or rule.value["base"] != "fixed" or base is None:
        return []
    low, high = rule.value["at_least"], rule.value["at_most"]
    if low <= base <= high:
        return []
    text = _("Mức %(base)s đồng nằm ngoài khoảng %(low)s–%(high)s đồng.")
    told = {"base": num(base), "low": num(low), "high": num(high)}
    return [Reason("base", text % told, field="base", source=sentence(rule), rule=rule.reference)]


def month_name(month: date) -> str:
    """A month as it is said: 11/2026."""
    return f"{month.month}/{month.year}"


def in_words(months: list[date]) -> str:
    """Months as they are said: `9, 10/2026, 1/2027`; runs of more than three as `tháng 1–6/2026`."""
    by_year: dict[int, list[int]] = {}
    for one in sorted(months):
        by_year.setdefault(one.year, []).append(one.month)
    return "; ".join(f"{_runs(numbers)}/{year}" for year, numbers in by_year.items())


def _runs(numbers: list[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def first_open(closed: date | None, paid_on: date) -> date:
    """In which month's book a payment of a day stands: that of the day, or the first after the last closed one."""
    own = first_of(paid_on)
    return own if closed is None or own > closed else after(closed)


def twice(who: str, month: date, receipt: int | None, paid_on: date, book: Rules) -> Reason:
    """A second payment for one month."""
    rule = book["dues.once"]
    text = _("%(who)s đã đóng tháng %(month)s, phiếu thu số %(receipt)s ngày %(day)s.")
    told = {"who": who, "month": month_name(month), "receipt": num(receipt), "day": written(paid_on)}
    return Reason("twice", text % told, source=sentence(rule), rule=rule.reference)


def not_here(who: str, month: date, book: Rules) -> Reason:
    """Somebody does not pay at this cell that month."""
    rule = book["dues.cell_of_month"]
    text = _("%(who)s không đóng đảng phí ở chi bộ này trong tháng %(month)s.") % {
        "who": who, "month": month_name(month),
    }  # fmt: skip
    return Reason("not_here", text, source=sentence(rule), rule=rule.reference)
