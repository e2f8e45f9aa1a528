"""Who issues a paper: the head of a unit's papers on a day, with the symbol of the body and the place."""

from dataclasses import dataclass
from datetime import date

from hatnhan import rulebook
from hatnhan.kernel.models import Placement, Unit
from hatnhan.units.queries import line_of, names

from . import numbering
from .content import Issuer


@dataclass(frozen=True)
class Head:
    """The head of a body's papers: `name` is the body as a sentence names it, `symbol` its part of the number, `digits`
    the least length of a number."""

    unit: int
    body: str
    name: str
    issuer: Issuer
    place: str
    symbol: str
    digits: int

    def number(self, number: int | None, kind_symbol: str) -> str:
        """Number and symbol as printed."""
        return numbering.number_of(number, kind_symbol, self.symbol, self.digits)

    def short(self, number: int | None, kind_symbol: str) -> str:
        """Number and symbol as quoted."""
        return numbering.short(number, kind_symbol, self.symbol, self.digits)

    @property
    def on_behalf(self) -> str:
        """On whose behalf its papers are signed."""
        return numbering.on_behalf(self.body, self.issuer.name)


def body_of(unit: Unit | int, on: date) -> str:
    """What issues papers at a unit: a cell, a committee, or a provincial committee."""
    key = unit.pk if isinstance(unit, Unit) else unit
    row = Placement.objects.on(on).filter(unit=key).values_list("kind", flat=True).first()
    kinds = rulebook.at(on).kinds()
    kind = kinds.get(row or "")
    if kind is None or kind.cell:
        return "cell"
    return "province" if "province" in kind.seats else "committee"


def head_of(unit: Unit | int, on: date, body: str = "") -> Head:
    """The head of the papers of a unit's body on a day; without a body that of its committee or of the cell itself."""
    key = unit.pk if isinstance(unit, Unit) else unit
    book = rulebook.at(on)
    body = body or body_of(key, on)
    line = line_of(key, on)
    called = names({key, *line}, on)
    own = called.get(key, "")
    above = next((called.get(pk, "") for pk in line if pk != key), "")
    name = numbering.committee_name(own, body)
    return Head(
        unit=key, body=body, name=name, issuer=Issuer(above.upper(), name.upper()),
        place=numbering.place_of([called.get(pk, "") for pk in dict.fromkeys([key, *line])]),
        symbol=book[f"paper.symbol.{body}"].value, digits=book["paper.number.digits"].value,
    )  # fmt: skip
