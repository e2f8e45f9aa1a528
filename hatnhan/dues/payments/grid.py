"""What the cell's page of a month shows: every member with what is due, who is exempt and why, who has paid."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.kernel.ui.text import day, num

from .. import roster
from ..choices import CHANNELS
from ..roster import Line
from ..rules import Due
from .actions import Paid

NAMED = "amount."


@dataclass(frozen=True)
class Row:
    """A member in the grid. `state` is paid, exempt, elsewhere, unknown or open; `small` says why."""

    line: Line
    due: Due
    state: str
    small: str
    amount: str = ""
    ticked: bool = False
    wrong: str = ""

    @property
    def open(self) -> bool:
        """True for whoever can be ticked."""
        return self.state in {"open", "unknown", "exempt"}


class Grid:
    """The grid of a cell and month; after a refusal with what was typed and what is wrong with it."""

    def __init__(self, unit: Unit, month: date, on: date, given: QueryDict | None = None) -> None:
        self.unit, self.month, self.on, self.given = unit, month, on, given
        self.book = rulebook.at(month, unit)
        self.lines = roster.of_unit(unit, month, on)
        self.wrong: dict[int, str] = {}
        self.refused: list[Reason] = []

    def explain(self, refused: Refused) -> None:
        """Put reasons at the members they name, the others above the grid."""
        for reason in refused.reasons:
            name = (reason.field or "").removeprefix(NAMED)
            if name.isdigit():
                self.wrong[int(name)] = str(reason.message)
            self.refused.append(reason)

    @property
    def rows(self) -> list[Row]:
        """Those who pay here, by name."""
        return [self._row(line) for line in self.lines if line.facts.where == "here"]

    @property
    def elsewhere(self) -> list[str]:
        """Names of the cell's members who pay at another place this month."""
        return [line.name for line in self.lines if line.facts.where != "here"]

    def _row(self, line: Line) -> Row:
        found = line.due(self.book, self.month)
        if line.payment is not None:
            said = _("%(amount)s đồng, ngày %(day)s, phiếu thu số %(n)s") % {
                "amount": num(line.paid), "day": day(line.paid_on), "n": num(line.number),
            }  # fmt: skip
            said += "" if line.channel == "cash" else f" · {CHANNELS[line.channel]}"
            return Row(line, found, "paid", said)
        state = "exempt" if found.exempt else "unknown" if found.amount is None else "open"
        return Row(
            line, found, state, self._small(line, found), self._typed(line, found), self._ticked(line),
            self.wrong.get(line.person, ""),
        )  # fmt: skip

    def _small(self, line: Line, found: Due) -> str:
        """Exempt says why by itself; how an amount was worked out stays on the member's own page."""
        if found.exempt or found.amount is None:
            return found.words
        return _("sinh hoạt tạm thời đến") if line.guest else ""

    def _typed(self, line: Line, found: Due) -> str:
        if self.given is not None:
            return self.given.get(f"{NAMED}{line.person}", "")
        return num(found.amount) if found.amount else ""

    def _ticked(self, line: Line) -> bool:
        return self.given is not None and str(line.person) in self.given.getlist("paid")

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """How many have paid of how many who must, how much came in, how many are exempt."""
        rows = self.rows
        obliged = [row for row in rows if row.due.obliged or row.state == "paid"]
        paid = [row for row in rows if row.state == "paid"]
        total = sum(row.line.paid or 0 for row in paid)
        return [
            (f"{num(len(paid))}/{num(len(obliged))}", _("đã đóng trên số phải đóng")),
            (num(total), _("đồng đã thu của tháng")),
            (num(sum(row.state == "exempt" for row in rows)), _("được miễn")),
        ]

    @property
    def left(self) -> int:
        """How many are still to pay an amount that is known."""
        return sum(row.state == "open" for row in self.rows)

    def given_paid(self) -> list[Paid]:
        """Who was ticked with how much; all who owe a known amount where "all" was pressed. Raises `Refused` for an
        amount that is no number."""
        given, found, wrong = self.given or QueryDict(), [], []
        everybody = "all" in given
        for row in self.rows:
            if not row.open or not (row.ticked or (everybody and row.state == "open")):
                continue
            amount = whole(row.amount) if row.amount.strip() else row.due.amount
            if amount is None:
                text = _("%(name)s: hãy ghi số tiền bằng chữ số.") % {"name": row.line.name}
                wrong.append(Reason("amount", text, field=f"{NAMED}{row.line.person}"))
            else:
                found.append(Paid(row.line.person, amount))
        if wrong:
            raise Refused(wrong)
        return found


def whole(text: str) -> int | None:
    """An amount as people type it, `55.000` or `55 000`; None for what is no whole number."""
    bare = text.replace(".", "").replace(",", "").replace("\u00a0", "").replace(" ", "").removesuffix("đ")
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 13 else None
