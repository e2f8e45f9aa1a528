"""One row judged by itself: what it says of a person, and by which rules it cannot be taken."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.known import Known
from hatnhan.kernel.secrets import digest
from hatnhan.kernel.vietnamese import plain
from hatnhan.members import rules
from hatnhan.members.actions.loading import FIELDS, Newcomer
from hatnhan.members.choices import FIELDS as LABELS
from hatnhan.members.choices import LEFT_STANDINGS, MEMBER_STANDINGS
from hatnhan.members.models import Person
from hatnhan.members.recognise import Entry

from .offices import offices_in

NUMBERS = {"card_no": "card", "old_card_no": "old_card", "national_id": "national_id"}
SEALED = "ethnicity_religion_sealed"
# Both are the citizen's number since 2/9/2025 (347-QĐ/TW), so one is looked for among the other as well.
SAME_DIGITS = {"card": ("card", "national_id"), "national_id": ("national_id", "card"), "old_card": ("old_card",)}
TWELVE = 12
ADULT = 18
OLDEST = rules.OLDEST_BIRTH.isoformat()
PROBATION_DAYS = 366

_LONGEST = {
    name: length for name in (*FIELDS, "name") if (length := getattr(Person._meta.get_field(name), "max_length", None))
}
_NOTHING = " .,-–—_…*/?•"
_COMPUTED = ("=", "+", "-", "@")
_ODD = frozenset(_NOTHING + "'")
_THEORY_TAIL = (" lý luận chính trị", " lý luận", " llct", " chính trị")


@dataclass(slots=True)
class Number:
    """A number of a row: its kind, its digits, and the hashes under which somebody may bear it already."""

    kind: str
    digits: str
    digests: tuple[str, ...]

    @property
    def digest(self) -> str:
        return self.digests[0]


@dataclass(slots=True)
class Judgement:
    """A row's person: cleaned values, numbers, standing and participation where the row says them."""

    row: int
    name: str
    key: str
    """The name as it is searched for."""
    values: dict[str, Any] = field(default_factory=dict)
    numbers: list[Number] = field(default_factory=list)
    standing: str = ""
    participation: str = ""
    offices: tuple[str, ...] = ()
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def born(self) -> Known | None:
        """The birth date as known."""
        known: Known | None = self.values.get("birth")
        return known

    @property
    def birth(self) -> str:
        """The birth date as known, or an empty text."""
        return self.born.iso if self.born else ""

    def newcomer(self, unit_id: int, on: date) -> Newcomer:
        """The row as somebody who is not here yet. Without a standing in the row, an official date or none at all
        makes a full member, a ceremony within the last year without an official date a probationary one."""
        return Newcomer(
            unit_id=unit_id, on=on, name=self.name, standing=self.standing or self._standing(on), values=self.values,
            numbers={number.kind: number.digits for number in self.numbers},
            participation=self.participation if self.participation != "active" else "",
            key=self.key, digests={number.kind: number.digest for number in self.numbers},
        )  # fmt: skip

    def _standing(self, on: date) -> str:
        ceremony: Known | None = self.values.get("ceremony_date")
        official: Known | None = self.values.get("official_date")
        if official is not None:
            return "probationary" if official.earliest > on else "full"
        recent = ceremony is not None and (on - ceremony.earliest).days <= PROBATION_DAYS
        return "probationary" if recent else "full"


def judged(entry: Entry, on: date) -> Judgement:
    """Apply the rules of members to one row."""
    given = entry.values
    name = str(given.get("name") or "")
    one = Judgement(row=entry.row, name=name, key=plain(name))
    if entry.problems:
        one.problems += [problem.message for problem in entry.problems]
    if entry.notes:
        one.notes += [note.message for note in entry.notes]
    for name in FIELDS:
        if value := given.get(name):
            if value.__class__ is str and value[0] in _ODD:
                value = _as_meant(value)
            if value:
                one.values[name] = value
    if sealed := given.get(SEALED):
        one.values["sealed"] = sealed
    _lengths(one)
    _statuses(one, given, on)
    _dates(one, on)
    _numbers(one, given)
    return one


def _as_meant(text: str) -> str:
    """A text without the apostrophe that our own files put before what spreadsheet programs would compute; empty for a
    dash, dots or stars, which say that nothing is known or that it is masked."""
    if text[0] == "'" and text[1:2] in _COMPUTED:
        return text[1:]
    return text if text.strip(_NOTHING) else ""


def told(row: int, name: str, what: str) -> str:
    """A sentence on one field of one row."""
    return _("Dòng %(row)s, %(field)s: %(what)s") % {"row": row, "field": LABELS[name], "what": what}


def in_row(row: int, what: str) -> str:
    """A sentence on a whole row."""
    return _("Dòng %(row)s: %(what)s") % {"row": row, "what": what}


def _lengths(one: Judgement) -> None:
    if theory := one.values.get("theory"):
        one.values["theory"] = _short_theory(theory)
    for name, value in one.values.items():
        if isinstance(value, str) and len(value) > _LONGEST.get(name, len(value)):
            what = _("dài %(length)s chữ, chỉ nhận đến %(most)s chữ.")
            one.problems.append(told(one.row, name, what % {"length": len(value), "most": _LONGEST[name]}))


def _short_theory(text: str) -> str:
    """ "Cao cấp lý luận chính trị" under the heading of theory says no more than "Cao cấp"."""
    for tail in _THEORY_TAIL:
        if text.lower().endswith(tail):
            return text[: -len(tail)].rstrip(" ,-")
    return text


def _statuses(one: Judgement, given: dict[str, Any], on: date) -> None:
    standing = given.get("standing")
    if standing in MEMBER_STANDINGS:
        one.standing = standing
    elif standing:
        shown = str(LEFT_STANDINGS.get(standing, _("đã chuyển đi"))).lower()
        text = _(
            "Dòng %(row)s ghi “%(shown)s”. Danh sách chỉ nhận đảng viên đang thuộc chi bộ; hãy bỏ dòng này "
            "và ghi việc đó ở hồ sơ của đồng chí đó."
        )
        one.problems.append(text % {"row": one.row, "shown": shown})
    one.participation = given.get("participation") or ""
    if office := given.get("office"):
        one.offices, unknown = offices_in(str(office), rulebook.at(on))
        if unknown:
            note = _("chức vụ “%(text)s” không phải của chi bộ nên không ghi từ danh sách này.")
            one.notes.append(in_row(one.row, note % {"text": unknown}))


def _dates(one: Judgement, on: date) -> None:
    get = one.values.get
    birth, decision, ceremony = get("birth"), get("decision_date"), get("ceremony_date")
    if not _in_order(birth, decision, ceremony, get("official_date"), on):
        one.problems += date_problems(one.row, one.values, on)
    if birth is not None and ceremony is not None and ceremony.year - birth.year <= ADULT:
        warnings = rules.date_warnings(rules.Dates(birth, decision, ceremony, get("official_date")))
        one.notes += [told(one.row, reason.field or "name", reason.message) for reason in warnings]


def _in_order(
    birth: Known | None, decision: Known | None, ceremony: Known | None, official: Known | None, on: date
) -> bool:
    """Whether there is surely nothing to say against the dates: the stored texts are in the order of the days."""
    first = birth.iso if birth else OLDEST
    middle = decision.iso if decision else first
    later = ceremony.iso if ceremony else max(first, middle)
    last = official.iso if official else later
    return OLDEST <= first <= later and middle <= later <= last <= on.isoformat()


def date_problems(row: int, values: dict[str, Any], on: date) -> list[str]:
    """Dates of one person that contradict each other, in sentences."""
    get = values.get
    dates = rules.Dates(get("birth"), get("decision_date"), get("ceremony_date"), get("official_date"))
    return [told(row, reason.field or "name", reason.message) for reason in rules.date_blockers(dates, on)]


def _numbers(one: Judgement, given: dict[str, Any]) -> None:
    for column, kind in NUMBERS.items():
        digits = given.get(column)
        if not digits:
            continue
        if kind == "national_id" and len(digits) != TWELVE:
            what = _("số chứng minh nhân dân cũ (%(count)s số) không dùng nữa nên không ghi.")
            one.notes.append(in_row(one.row, what % {"count": len(digits)}))
            continue
        # Twelve digits were compared with birth and sex when they were read.
        refusals = [] if len(digits) == TWELVE else rules.number_blockers(kind, digits, "", None)[0]
        one.problems += [in_row(one.row, str(reason.message)) for reason in refusals]
        if not refusals:
            same = next((number for number in one.numbers if number.digits == digits and len(number.digests) > 1), None)
            if same is not None and kind != "old_card":
                digests = same.digests[::-1]
            else:
                kinds = SAME_DIGITS[kind] if len(digits) == TWELVE else (kind,)
                digests = tuple(digest(other, digits) for other in kinds)
            one.numbers.append(Number(kind, digits, digests))
