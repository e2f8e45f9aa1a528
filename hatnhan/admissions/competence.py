"""Who acts in a case on a day: the body that appraises, the grassroots committee that resolves, the level that decides.
Read from the rulebook's authority of the day, never from the cell's parent."""

from dataclasses import dataclass
from datetime import date

from hatnhan import rulebook
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Refused
from hatnhan.rulebook import Rule
from hatnhan.units.authority import authority
from hatnhan.units.queries import line_of, name_of

from .models import Delegation


@dataclass(frozen=True)
class Body:
    """A unit and the body of it that acts: what it is called, and its code in the rulebook where it is not simply the
    committee."""

    unit: int
    unit_name: str
    body: str
    rule: Rule
    code: str = ""

    @property
    def words(self) -> str:
        return f"{self.body}, {self.unit_name}" if self.body else self.unit_name


@dataclass(frozen=True)
class Way:
    """The levels that a case passes after the cell: `section` appraises if there is one, `base` resolves unless it is
    the cell itself or the one that decides, `decider` decides; with `delegated` the grassroots committee does, by two
    thirds. Where there is no base committee, `appraiser` (the deciding level's own body) appraises first."""

    section: Body | None
    base: Body | None
    decider: Body
    vote: Rule
    delegated: bool


def way_of(unit: Unit | int, on: date, act: str = "admission_decide") -> Way:
    """The way of a case of a cell on a day (294-QĐ/TW, items 4.3, 9.3; 06-HD/TW, items 3.6, 3.7). Raises `Refused`
    when nobody in the line takes the seat of who decides."""
    book = rulebook.at(on)
    found = authority(act, unit, on)
    decider = Body(found.unit_id, found.unit_name, found.body_label, found.rule, found.body)
    base_unit = _grassroots(unit, on)
    given = Delegation.objects.on(on).filter(unit=base_unit).exists() if base_unit is not None else False
    base = None
    if base_unit is not None and base_unit != found.unit_id:
        base = Body(base_unit, name_of(base_unit, on), _committee(base_unit, on), book["vote.admission.propose"])
    if given and base is not None:
        return Way(_section(unit, on), None, base, book["vote.decide_delegated"], True)
    return Way(_section(unit, on), base, decider, book["vote.decide"], False)


def _section(unit: Unit | int, on: date) -> Body | None:
    """The sectional committee, if there is one."""
    try:
        found = authority("resolution_appraise", unit, on)
    except Refused:
        return None
    return Body(found.unit_id, found.unit_name, found.body_label, found.rule)


def _grassroots(unit: Unit | int, on: date) -> int | None:
    """The grassroots organisation above the cell; none for a cell that is one itself, or that stands directly under
    the level above the grassroots."""
    line = line_of(unit, on)
    kinds = dict(Placement.objects.on(on).filter(unit__in=line).values_list("unit_id", "kind"))
    known = rulebook.at(on).kinds()
    for pk in line[1:]:
        kind = known.get(kinds.get(pk, ""))
        if kind is not None and kind.grassroots:
            return None if "grassroots" in _seats(known, kinds, line[0]) else pk
        if kind is not None and "direct_superior" in kind.seats:
            return None
    return None


def _seats(known: object, kinds: dict[int, str], unit: int) -> tuple[str, ...]:
    kind = known.get(kinds.get(unit, ""))  # type: ignore[attr-defined]
    return kind.seats if kind is not None else ()


def _committee(unit: int, on: date) -> str:
    row = Placement.objects.on(on).filter(unit=unit).values_list("kind", flat=True).first()
    kind = rulebook.at(on).kinds().get(row or "")
    return str(kind.committee_label) if kind is not None else ""


BASE_VERBS = ("base_review", "base_reject", "base_recognition", "base_strike", "allow_dossier", "return_dossier")


def body_for(verb: str, way: Way) -> Body | None:
    """Which body takes a step; None: the cell."""
    if verb in ("appraise", "appraise_recognition"):
        return way.section or way.decider
    if verb in BASE_VERBS:
        return way.base or way.decider
    return None if verb == "consent" else way.decider


def next_verb(state: str, way: Way, received: bool) -> str:
    """The usual next step of a case; nothing when it has ended."""
    if state in ("cell_resolved", "recognition_cell") and way.section is not None:
        return "appraise" if state == "cell_resolved" else "appraise_recognition"
    if state in ("cell_resolved", "section_appraised"):
        return "base_review" if way.base is not None else "decide"
    if state in ("recognition_cell", "recognition_appraised"):
        return "base_recognition" if way.base is not None else "recognise"
    if state == "strike_cell":
        return "base_strike" if way.base is not None else "strike_off"
    if state == "decided":
        return "hold_ceremony" if received else "receive_decision"
    return {
        "listed": "propose_class", "sympathiser": "record_class", "class_done": "allow_dossier", "allowed": "apply",
        "applied": "declare", "declared": "begin_vetting", "vetting": "gather_opinions", "opinions": "review",
        "base_resolved": "decide", "probationary": "propose_recognition", "recognition_base": "recognise",
        "sent_up": "recognise", "strike_base": "strike_off", "rejected": "reconsider",
    }.get(state, "")  # fmt: skip
