"""Which unit, and which body of it, decides an act: by the regime in force on the day, never by the unit's parent."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.rulebook import Book, Rule, sentence
from hatnhan.rulebook.authority import seat_holder
from hatnhan.rulebook.shapes import Kind

from .held import Held
from .models import Body


@dataclass(frozen=True)
class Competence:
    """Who decides: the unit, its body (code of the rulebook, label, and the name that this unit's own body bears), and
    the rule that says so. `unsure` while the rule was not checked against its text."""

    unit_id: int
    unit_name: str
    body: str
    body_label: str
    regime: str
    rule: Rule

    @property
    def unsure(self) -> bool:
        return not self.rule.verified

    @property
    def source(self) -> str:
        """Where the rule comes from, with its doubt."""
        return sentence(self.rule)


def authority(act: str, unit: Unit | int, on: date, held: Held | None = None) -> Competence:
    """The unit and body that decide `act` (a code of the rulebook's acts) for a unit on a day. Of a unit that has
    ended, those of the unit that answers for it. Raises `Refused` when nobody in the line takes that seat, and
    `RuleMissingError` for an unknown act. `held` are the unit's dated rows when they are loaded already."""
    book, pk = rulebook.at(on), unit.pk if isinstance(unit, Unit) else unit
    held = held or Held([pk])
    row = held.placement(pk, on)
    if row is None:
        text = _("Tổ chức chưa thành lập vào ngày %(day)s.")
        raise Refused(Reason("not_standing", text % {"day": Known.of(on)}, field="on"))
    line = [unit_of(part) for part in reversed(segments(row.path))]
    regimes = _regimes(book, line, on, held)
    regime = regimes[0]
    rule = book.authority(act, regime)
    position = seat_holder(rule.seat, _kinds(book, line, regimes, on, held))
    if position is None:
        text = _("Không có cấp nào trong hệ thống này có thẩm quyền %(act)s vào ngày %(day)s.")
        raise Refused(
            Reason(
                "no_authority",
                text % {"act": book.acts()[act].label, "day": Known.of(on)},
                source=sentence(rule.rule),
                rule=rule.rule.reference,
            )
        )
    holder = line[position]
    label = _body_name(book, holder, rule.body, on, held)
    return Competence(holder, held.called.on(holder, on), rule.body, label, regime, rule.rule)


def _regimes(book: Book, line: list[int], on: date, held: Held) -> list[str]:
    """The regime of each unit in the line: that of the nearest switch at or above it."""
    found, above = [], book.default_regime.code
    for pk in reversed(line):
        code = held.set_to(pk, on)
        above = code if code in book.regimes() else above
        found.append(above)
    return found[::-1]


def _kinds(book: Book, line: list[int], regimes: list[str], on: date, held: Held) -> list[Kind]:
    """The kinds of the units in the line, each as the regime where it hangs has it."""
    rows = {pk: row.kind for pk in line if (row := held.placement(pk, on)) is not None}
    return [book.kinds(regime).get(rows[pk]) or book.kind(rows[pk]) for pk, regime in zip(line, regimes, strict=True)]


def _body_name(book: Book, unit: int, body: str, on: date, held: Held) -> str:
    """As the unit calls it, else as the rulebook does; the committee by its kind: đảng ủy, chi ủy, tỉnh ủy."""
    own = Body.objects.on(on).filter(unit=unit, kind=body).values_list("name", flat=True).first()
    row = held.placement(unit, on)
    if own:
        return own
    if body == "committee" and row is not None:
        return str(book.kind(row.kind).committee_label)
    return str(book.body(body).label)
