"""Who is who: the rows of a list held against the people of the installation, in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement
from hatnhan.kernel.secrets import digest
from hatnhan.kernel.vietnamese import plain
from hatnhan.members.models import Membership, Participation, Person, PersonNumber, Standing, Tenure
from hatnhan.members.recognise import Entry

from .judging import NUMBERS, Judgement
from .places import Cells

BATCH = 900


@dataclass
class Held:
    """A person of the installation as far as a list is compared with it."""

    id: int
    person: Person
    unit_id: int | None
    numbers: dict[str, str] = field(default_factory=dict)
    standing: str = ""
    participation: str = "active"
    offices: set[str] = field(default_factory=set)


@dataclass
class Match:
    """Whom a row means: a known person, nobody, a doubt, or somebody who may not be named here."""

    person: Held | None = None
    doubt: str = ""
    problem: str = ""
    question: dict[str, Any] = field(default_factory=dict)


class Index:
    """People whom the rows of a list might mean: by number anywhere, by name within the scope."""

    def __init__(self, rows: Sequence[Entry], cells: Cells, on: date) -> None:
        self.cells, self.on = cells, on
        self.inside = set(Placement.objects.under(cells.unit, on).values_list("unit_id", flat=True))
        self.people: dict[int, Held] = {}
        self.by_digest: dict[str, int] = {}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self._numbers(rows)
        self._names(rows)
        self._complete()

    def match(self, one: Judgement, unit_id: int | None) -> Match:
        """Find the person of a row."""
        for kind, digits in one.numbers.items():
            pk = self.by_digest.get(digest(kind, digits))
            if pk is not None:
                return self._by_number(self.people[pk], one, unit_id)
        return self._by_name(one, unit_id)

    def _by_number(self, found: Held, one: Judgement, unit_id: int | None) -> Match:
        if found.unit_id not in self.inside:
            text = _("Số này đang thuộc về một đồng chí sinh hoạt ở nơi khác. Câu hỏi đã được gửi lên cấp trên chung.")
            return Match(problem=text, question={"kind": "number_elsewhere", "person": found.id})
        return self._at_home(found, unit_id)

    def _at_home(self, found: Held, unit_id: int | None) -> Match:
        if unit_id is not None and found.unit_id != unit_id:
            text = _("Đồng chí %(name)s đang sinh hoạt ở %(unit)s, danh sách ghi nơi khác. Có phải đã chuyển không?")
            where = self.cells.called.get(found.unit_id or 0, "")
            return Match(
                doubt=text % {"name": found.person.name, "unit": where},
                question={"kind": "moved", "person": found.id},
            )
        return Match(person=found)

    def _by_name(self, one: Judgement, unit_id: int | None) -> Match:
        birth: Known | None = one.values.get("birth")
        same = [self.people[pk] for pk in self.by_name.get(plain(one.name), [])]
        here = [known for known in same if known.unit_id == unit_id]
        exact = [known for known in here if _agree(birth, known.person.birth)]
        if len(exact) == 1 and birth is not None and exact[0].person.birth is not None:
            return self._unless_numbers_differ(exact[0], one)
        if len(exact) > 1 or (exact and birth is None) or (exact and exact[0].person.birth is None):
            text = _(
                "Trong chi bộ có đồng chí cùng tên %(name)s nhưng chưa đủ ngày sinh để biết có phải một người không."
            )
            return Match(doubt=text % {"name": one.name}, question={"kind": "same_name", "person": exact[0].id})
        elsewhere = [known for known in same if known.unit_id != unit_id and birth and known.person.birth == birth]
        if elsewhere:
            return self._at_home(elsewhere[0], unit_id)
        return Match()

    def _unless_numbers_differ(self, found: Held, one: Judgement) -> Match:
        for kind, digits in one.numbers.items():
            held = found.numbers.get(kind)
            if held is not None and held != digest(kind, digits) and kind != "old_card":
                text = _("Đồng chí %(name)s đã có số khác với số trong danh sách. Hãy kiểm tra số nào đúng.")
                return Match(
                    doubt=text % {"name": found.person.name}, question={"kind": "number_differs", "person": found.id}
                )
        return Match(person=found)

    # --- loading ---

    def _numbers(self, rows: Sequence[Entry]) -> None:
        wanted = [
            digest(kind, str(entry.values[column]))
            for entry in rows
            for column, kind in NUMBERS.items()
            if entry.values.get(column)
        ]
        for batch in _batches(wanted):
            held = PersonNumber.objects.unvoided().filter(digest__in=batch).select_related("person")
            for row in held:
                self.by_digest[row.digest] = row.person_id
                self.people.setdefault(row.person_id, Held(row.person_id, row.person, None))

    def _names(self, rows: Sequence[Entry]) -> None:
        wanted = sorted({plain(str(entry.values.get("name") or "")) for entry in rows} - {""})
        scope = Placement.objects.under(self.cells.unit, self.on).values("unit")
        for batch in _batches(wanted):
            here = Membership.objects.on(self.on).filter(kind="home", unit__in=scope, person__name_key__in=batch)
            for row in here.select_related("person"):
                known = self.people.setdefault(row.person_id, Held(row.person_id, row.person, None))
                self.by_name[known.person.name_key].append(row.person_id)

    def _complete(self) -> None:
        for batch in _batches(list(self.people)):
            homes = Membership.objects.on(self.on).filter(kind="home", person__in=batch)
            for pk, unit in homes.values_list("person_id", "unit_id"):
                self.people[pk].unit_id = unit
            numbers = PersonNumber.objects.unvoided().filter(person__in=batch)
            for pk, kind, value in numbers.values_list("person_id", "kind", "digest"):
                self.people[pk].numbers[kind] = value
            for pk, kind in Standing.objects.on(self.on).filter(person__in=batch).values_list("person_id", "kind"):
                self.people[pk].standing = kind
            held = Tenure.objects.on(self.on).filter(person__in=batch)
            for pk, unit, office in held.values_list("person_id", "unit_id", "office"):
                if unit == self.people[pk].unit_id:
                    self.people[pk].offices.add(office)
            taking = Participation.objects.on(self.on).filter(person__in=batch)
            for pk, kind in taking.values_list("person_id", "kind"):
                self.people[pk].participation = kind


def _agree(one: Known | None, other: Known | None) -> bool:
    """Two dates that can be the same day, whatever is not known of them."""
    return one is None or other is None or (one.earliest <= other.latest and other.earliest <= one.latest)


def _batches(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    unique = list(dict.fromkeys(items))
    for start in range(0, len(unique), BATCH):
        yield unique[start : start + BATCH]
