"""Who is who: the rows of a list held against the people of the installation, a batch of rows in a few queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement
from hatnhan.kernel.secrets import digest
from hatnhan.members.choices import NUMBER_KINDS
from hatnhan.members.models import Membership, Participation, Person, PersonNumber, Question, Standing, Tenure

from .judging import Judgement, Number, in_row
from .places import Cells
from .spelling import apart, spelled

BATCH = 900


@dataclass(slots=True)
class Held:
    """A person of the installation as far as a list is compared with it. `unit_id` is the home on the day, else the
    next one after it; None when there is none. `since` is when the standing of the day began."""

    id: int
    person: Person
    unit_id: int | None = None
    last_unit: int | None = None
    numbers: dict[str, str] = field(default_factory=dict)
    standing: str = ""
    since: date | None = None
    participation: str = "active"
    offices: dict[str, None] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    """What was answered to earlier questions about this person, by the key of the row that asked."""


@dataclass(slots=True)
class Match:
    """Whom a row means: a known person, nobody, a doubt, or somebody who may not be named here. `ignores` are the
    fields in which a former answer said that the record is right."""

    person: Held | None = None
    doubt: str = ""
    problem: str = ""
    question: dict[str, Any] = field(default_factory=dict)
    ignores: tuple[str, ...] = ()


def row_key(one: Judgement) -> str:
    """What tells a row from others when a question about it was answered: its name, birth date and numbers, hashed."""
    numbers = " ".join(sorted(number.digest for number in one.numbers))
    return digest("row", f"{one.key} {one.birth} {numbers}")[:24]


class People:
    """People whom a batch of rows might mean: by number anywhere, by name within the scope."""

    def __init__(self, cells: Cells, rows: Sequence[Judgement]) -> None:
        self.cells, self.on = cells, cells.on
        self.people: dict[int, Held] = {}
        self.by_digest: dict[str, int] = {}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self._numbers(rows)
        self._names(rows)
        self._complete()

    def match(self, one: Judgement, unit_id: int | None) -> Match:
        """Find the person of a row."""
        bearers: dict[int, Number] = {}
        for number in one.numbers:
            for value in number.digests:
                if (pk := self.by_digest.get(value)) is not None:
                    bearers.setdefault(pk, number)
        if len(bearers) > 1:
            return Match(problem=in_row(one.row, _("các số của dòng này thuộc về hai đồng chí khác nhau đã ghi.")))
        for pk, number in bearers.items():
            return self._by_number(self.people[pk], number, one, unit_id)
        return self._by_name(one, unit_id) if one.key else Match()

    # --- by number ---

    def _by_number(self, found: Held, number: Number, one: Judgement, unit_id: int | None) -> Match:
        label = str(NUMBER_KINDS[number.kind])
        if found.answers and found.answers.get(row_key(one)) in ("different", "wrong"):
            text = _("%(label)s này đã được xác nhận là của một đồng chí khác; hãy sửa hoặc bỏ số ở dòng này.")
            return Match(problem=in_row(one.row, text % {"label": label}))
        if (found.unit_id or found.last_unit) not in self.cells.inside:
            text = _(
                "%(label)s này đang thuộc về một đồng chí ở tổ chức khác. Khi ghi danh sách, câu hỏi được gửi lên "
                "cấp trên chung; nếu gõ nhầm thì hãy sửa số."
            )
            return Match(
                problem=in_row(one.row, text % {"label": label}), question=self._asks("number_elsewhere", found, one)
            )
        if one.key and found.person.name_key != one.key and not _same_day(one.born, found.person.birth):
            text = _("%(label)s này đã ghi cho đồng chí %(name)s%(born)s; một số chỉ thuộc về một người.")
            born = _(", sinh %(day)s") % {"day": found.person.birth} if found.person.birth else ""
            named = {"label": label, "name": found.person.name, "born": born}
            return Match(problem=in_row(one.row, text % named))
        return self._at_home(found, one, unit_id)

    def _at_home(self, found: Held, one: Judgement, unit_id: int | None) -> Match:
        """The person is known; only the place may speak against it."""
        if found.unit_id is None:
            text = _(
                "Đồng chí %(name)s đã có hồ sơ nhưng nay không thuộc chi bộ nào. Có phải đồng chí ấy trở lại không?"
            )
            return Match(doubt=text % {"name": found.person.name}, question=self._asks("left", found, one))
        if unit_id is not None and found.unit_id != unit_id:
            if found.answers.get(row_key(one)) == "keep":
                return self._known(found, one)
            text = _("Đồng chí %(name)s đang thuộc %(unit)s, danh sách ghi %(other)s. Có phải đã chuyển không?")
            named = {
                "name": found.person.name, "unit": self.cells.called.get(found.unit_id, "…"),
                "other": self.cells.called.get(unit_id, "…"),
            }  # fmt: skip
            return Match(doubt=text % named, question=self._asks("moved", found, one) | {"unit": unit_id})
        return self._known(found, one)

    def _known(self, found: Held, one: Judgement) -> Match:
        answer = found.answers.get(row_key(one)) if found.answers else None
        if answer == "keep":
            return Match(person=found, ignores=("birth", "numbers"))
        for number in one.numbers:
            held = found.numbers.get(number.kind)
            if held is not None and held != number.digest and number.kind != "old_card":
                text = _("Đồng chí %(name)s đã ghi %(label)s khác với số trong danh sách. Số nào đúng?")
                named = {"name": found.person.name, "label": str(NUMBER_KINDS[number.kind]).lower()}
                question = self._asks("number_differs", found, one) | {"number": [number.kind, number.digits]}
                return Match(doubt=text % named, question=question)
        return Match(person=found)

    # --- by name ---

    def _by_name(self, one: Judgement, unit_id: int | None) -> Match:
        key = row_key(one) if self.by_name.get(one.key) else ""
        same = [self.people[pk] for pk in self.by_name.get(one.key, ())]
        same = [known for known in same if known.answers.get(key) != "different"]
        here = [known for known in same if known.unit_id == unit_id and _may_be(one.born, known.person.birth)]
        told = [known for known in here if known.answers.get(key) in ("same", "keep")]
        alike = _spelled_like(one.name, here)
        here = alike or here
        # Where neither knows a day, the same list read again must find the same people.
        sure = told or [known for known in here if one.born == known.person.birth and (alike or _to_the_day(one.born))]
        if len(sure) == 1:
            return self._known(sure[0], one)
        if sure or here:
            if not sure and len(alike) == 1 and one.born is not None and here[0].person.birth is not None:
                return self._known(here[0], one)
            text = _("Chi bộ đã có đồng chí %(name)s nhưng chưa đủ ngày sinh hoặc số để biết có phải cùng một người.")
            return Match(doubt=text % {"name": here[0].person.name}, question=self._asks("same_name", here[0], one))
        elsewhere = [known for known in same if known.unit_id != unit_id and _same_day(one.born, known.person.birth)]
        return self._at_home(elsewhere[0], one, unit_id) if elsewhere else Match()

    def _asks(self, kind: str, found: Held, one: Judgement) -> dict[str, Any]:
        return {"kind": kind, "person": found.id, "key": row_key(one)}

    # --- loading ---

    def _numbers(self, rows: Sequence[Judgement]) -> None:
        wanted = {value for one in rows for number in one.numbers for value in number.digests}
        for batch in _batches(wanted):
            held = PersonNumber.objects.unvoided().filter(digest__in=batch).select_related("person")
            for row in held:
                self.by_digest[row.digest] = row.person_id
                self.people.setdefault(row.person_id, Held(row.person_id, row.person))

    def _names(self, rows: Sequence[Judgement]) -> None:
        """Homes on the day or after it, so that a list of an earlier day finds who came since."""
        scope = Placement.objects.under(self.cells.unit, self.on).values("unit")
        seen: set[int] = set()
        for batch in _batches({one.key for one in rows if one.key}):
            homes = Membership.objects.unvoided().filter(kind="home", valid_to__gt=self.on, unit__in=scope)
            for row in homes.filter(person__name_key__in=batch).select_related("person"):
                known = self.people.setdefault(row.person_id, Held(row.person_id, row.person))
                if known.id not in seen:
                    seen.add(known.id)
                    self.by_name[known.person.name_key].append(known.id)

    def _complete(self) -> None:
        for batch in _batches(self.people):
            homes = Membership.objects.unvoided().filter(kind="home", person__in=batch).order_by("-valid_from")
            for pk, unit, end in homes.values_list("person_id", "unit_id", "valid_to"):
                known = self.people[pk]
                known.last_unit = known.last_unit or unit
                if end > self.on:  # of several the earliest wins: the rows come from the latest on
                    known.unit_id = unit
            numbers = PersonNumber.objects.unvoided().filter(person__in=batch, valid_to=FAR)
            for pk, kind, value in numbers.values_list("person_id", "kind", "digest"):
                self.people[pk].numbers[kind] = value
            standings = Standing.objects.on(self.on).filter(person__in=batch)
            for pk, kind, start in standings.values_list("person_id", "kind", "valid_from"):
                self.people[pk].standing, self.people[pk].since = kind, start
            tenures = Tenure.objects.on(self.on).filter(person__in=batch, body__isnull=True)
            for pk, unit, office in tenures.values_list("person_id", "unit_id", "office"):
                if unit == self.people[pk].unit_id:
                    self.people[pk].offices[office] = None
            taking = Participation.objects.on(self.on).filter(person__in=batch)
            for pk, kind in taking.values_list("person_id", "kind"):
                self.people[pk].participation = kind
            answered = Question.objects.filter(person__in=batch, closed_at__isnull=False).exclude(answer="")
            for pk, values, answer in answered.order_by("pk").values_list("person_id", "values", "answer"):
                self.people[pk].answers[str(values.get("key", ""))] = answer


def _spelled_like(name: str, people: list[Held]) -> list[Held]:
    """Those whose name has the same marks, else those of whose marks the one or the other side says nothing."""
    same = [known for known in people if spelled(known.person.name) == spelled(name)]
    return same or [known for known in people if not apart(known.person.name, name)]


def _to_the_day(one: Known | None) -> bool:
    return one is not None and one.precision == "day"


def _may_be(one: Known | None, other: Known | None) -> bool:
    """Two dates that can be the same day, whatever is not known of them."""
    return one is None or other is None or one.agrees(other)


def _same_day(one: Known | None, other: Known | None) -> bool:
    """Both are known, to the same precision, and the same."""
    return one is not None and one == other


def _batches(items: Iterable[Any]) -> Iterable[list[Any]]:
    unique = list(items)
    for start in range(0, len(unique), BATCH):
        yield unique[start : start + BATCH]
