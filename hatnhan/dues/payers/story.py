"""The dues of one member: what was due and paid in each month of a year, and by what the member pays."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.days import after
from hatnhan.kernel.days import month as first_of
from hatnhan.kernel.spoken import address_of
from hatnhan.kernel.ui.text import day, num
from hatnhan.members.models import Person
from hatnhan.rulebook.rule import Rule

from .. import roster
from ..choices import CHANNELS, FIRST_MONTH
from ..models import LIVE, Exemption, Payer, Payment
from ..roster import Line
from ..rules import Due, due, in_words, month_name


@dataclass(frozen=True)
class MonthLine:
    """One month: `state` is paid, exempt, elsewhere, unknown, open or none (nothing is known of the month)."""

    month: date
    state: str
    due: Due | None
    payment: Payment | None

    @property
    def name(self) -> str:
        return month_name(self.month)

    @property
    def words(self) -> str:
        """What became of the month."""
        if self.payment is not None:
            told = {"day": day(self.payment.paid_on), "channel": CHANNELS[self.payment.channel]}
            return _("đóng ngày %(day)s, %(channel)s") % told
        if self.due is None:
            return _("không sinh hoạt ở chi bộ")
        if self.state == "open":
            return _("chưa đóng")
        return self.due.words


@dataclass(frozen=True)
class Source:
    """A rule that spoke, as a link."""

    text: str
    href: str


class Year:
    """The months of a year of one member, up to `on` and those paid ahead."""

    def __init__(self, person: Person, year: int, on: date) -> None:
        self.person, self.year, self.on = person, year, on
        rows = Payment.objects.filter(LIVE, person=person).order_by("month")
        self.payments = {row.month: row for row in rows}
        self.payer = Payer.objects.on(first_of(on)).filter(person=person).first()
        self.exemption = Exemption.objects.on(first_of(on)).filter(person=person).first()
        self.lines = list(self._lines())

    def _lines(self) -> Iterator[MonthLine]:
        for number in range(1, 13):
            month = date(self.year, number, 1)
            if month < FIRST_MONTH:
                continue
            payment = self.payments.get(month)
            if month > self.on and payment is None:
                continue
            line = roster.of_people([self.person.pk], month, self.on).get(self.person.pk)
            found = due(line.facts, rulebook.at(month, line.unit), month) if line else None
            yield MonthLine(month, _state(line, found, payment), found, payment)

    @property
    def now(self) -> MonthLine | None:
        """The month of the day."""
        return next((line for line in self.lines if line.month == first_of(self.on)), None)

    @property
    def open(self) -> list[date]:
        """Months that are past or running, for which something is due and nothing was paid; none before anything was
        known of the member's dues."""
        first = self.known_from
        return [
            line.month for line in self.lines
            if first is not None and line.state == "open" and line.month >= first and line.month <= self.on
        ]  # fmt: skip

    @property
    def known_from(self) -> date | None:
        """The first month of which it is known how, or that, the member pays."""
        rows = Payer.objects.unvoided().filter(person=self.person).order_by("valid_from")
        begun = rows.values_list("valid_from", flat=True).first()
        return min((day for day in (begun, min(self.payments, default=None)) if day), default=None)

    @property
    def status(self) -> tuple[str, str]:
        """How it stands, in words, and its colour."""
        return status(self.now.due if self.now else None, max(self.payments, default=None), self.open, self.on)

    @property
    def sources(self) -> list[Source]:
        """The rules by which this month's amount was worked out."""
        return [Source(rulebook.sentence(rule), address_of(rule.reference)) for rule in self._rules()]

    def _rules(self) -> tuple[Rule, ...]:
        return self.now.due.rules if self.now and self.now.due else ()

    @property
    def amount(self) -> str:
        """What this month costs; empty where it cannot be said."""
        found = self.now.due if self.now else None
        return num(found.amount) if found and found.amount else ""


def _state(line: Line | None, found: Due | None, payment: Payment | None) -> str:
    if payment is not None:
        return "paid"
    if line is None or found is None:
        return "none"
    if found.lacks == "elsewhere":
        return "elsewhere"
    return "exempt" if found.exempt else "unknown" if found.amount is None else "open"


def status(found: Due | None, paid_to: date | None, unpaid: list[date], on: date) -> tuple[str, str]:
    """How somebody's dues stand on a day, in the words of the field, and a colour for what needs a look."""
    if unpaid:
        return _("Chưa đóng tháng %(months)s") % {"months": in_words(unpaid)}, "warn"
    if paid_to is not None and paid_to > on:
        return _("Đóng trước đến tháng %(month)s") % {"month": month_name(paid_to)}, ""
    if found is not None and found.exempt:
        return _("Được miễn"), ""
    if paid_to is not None:
        return _("Đã đóng đến tháng %(month)s") % {"month": month_name(paid_to)}, ""
    if found is not None and found.amount is None:
        return _("Chưa xếp loại mức đóng"), "warn"
    return _("Chưa có lần đóng nào được ghi"), ""


def next_month(on: date) -> date:
    """The month after that of a day."""
    return after(first_of(on))
