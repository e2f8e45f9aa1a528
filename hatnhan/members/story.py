"""A person's life in the Party as a story: one event for each thing that began or ended, the latest first, each with
who recorded it; for those who may correct, also what was recorded wrongly."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.audit import actor_name
from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.models import Entry
from hatnhan.kernel.period import Dated
from hatnhan.kernel.ui.text import day as written
from hatnhan.units.queries import names

from .choices import MEMBERSHIP_KINDS, NUMBER_KINDS, PARTICIPATIONS, STANDINGS
from .models import GroupPlace, Membership, Participation, Person, PersonNumber, Standing, Tenure

# Acts that say a row was wrong; others that void a row let something end.
CORRECTING = ("members.correct", "members.withdraw", "members.merge", "members.unmerge")


@dataclass(frozen=True)
class Event:
    """One thing that happened. `title` is a sentence's head, `text` its circumstances; `by` and `at` say who recorded
    it and when. A `void` one did not happen, `why` says why it is withdrawn. `model` and `row` lead to correcting."""

    day: date
    when: str
    title: str
    text: str = ""
    icon: str = "check"
    main: bool = False
    by: str = ""
    at: datetime | None = None
    void: bool = False
    why: str = ""
    model: str = ""
    row: int = 0


def capital(text: Any) -> str:
    """The text with a capital at its beginning."""
    return str(text)[:1].upper() + str(text)[1:]


def who(entry: Entry | None) -> str:
    """Who did it, as readers know them."""
    return actor_name(entry.actor) if entry is not None else ""


Said = tuple[date, str, str, str, bool]
"""(day, title, text, icon, main) of something that a row tells."""


class Story:
    """Everything dated of one person, read in a handful of queries."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.rows: list[Any] = [row for model, joined in _TABLES for row in _all(model, joined, person)]
        units = {pk for row in self.rows for pk in _units_of(row)}
        self._names = names(units, FAR - ONE) if units else {}
        acts = {row.recorded_in for row in self.rows} | {row.voided_in for row in self.rows if row.voided_in}
        self._acts = {entry.pk: entry for entry in Entry.objects.filter(pk__in=acts)}
        self._by_key = {(type(row), row.pk): row for row in self.rows}

    def events(self, withdrawn: bool = False) -> list[Event]:
        """What happened, the latest first; with `withdrawn` also what was recorded wrongly."""
        found = list(self._of_person())
        for row in self.rows:
            if row.voided_at is None:
                found += [self._event(row, said, first) for said, first in self._told(row)]
            elif withdrawn and self._wrong(row):
                found += [self._withdrawn(row, said) for said, first in self._told(row) if first]
        return sorted(found, key=lambda event: (event.day, event.main is False, event.title), reverse=True)

    def _of_person(self) -> Iterable[Event]:
        decided = self.person.decision_date
        if decided is not None:
            title = _("Quyết định kết nạp vào Đảng")
            yield Event(decided.earliest, str(decided), title, _("Tuổi đảng tính từ ngày này."), "stamp")

    def _told(self, row: Any) -> Iterable[tuple[Said, bool]]:
        """What a row tells, and whether it is of its beginning."""
        begins, ends = _TELLERS[type(row)]
        if said := begins(self, row):
            yield said, True
        if row.valid_to != FAR and (said := ends(self, row)):
            yield said, False

    def _event(self, row: Any, said: Said, first: bool) -> Event:
        day, title, text, icon, main = said
        origin = self._first(row) if first else row
        entry = self._acts.get(origin.recorded_in)
        return Event(
            day, written(day), title, text, icon, main, who(entry), origin.recorded_at,
            model=row._meta.model_name, row=row.pk if first else 0,
        )  # fmt: skip

    def _withdrawn(self, row: Any, said: Said) -> Event:
        day, title, text, icon, _main = said
        entry = self._acts[row.voided_in]
        return Event(day, written(day), title, text, icon, by=who(entry), at=row.voided_at, void=True, why=entry.reason)

    def _wrong(self, row: Any) -> bool:
        entry = self._acts.get(row.voided_in)
        return entry is not None and entry.code in CORRECTING

    def _first(self, row: Any) -> Any:
        """The row that first recorded this beginning: ending a row replaces it."""
        before = self._by_key.get((type(row), row.replaces))
        while before is not None and before.valid_from == row.valid_from and not self._wrong(before):
            row, before = before, self._by_key.get((type(before), before.replaces))
        return row

    def unit(self, pk: int | None) -> str:
        """What the unit is called now."""
        return self._names.get(pk, "") if pk else ""


def _all(model: type[Dated], joined: tuple[str, ...], person: Person) -> list[Any]:
    table: Any = model
    rows = table.objects.filter(person=person)
    return list(rows.select_related(*joined) if joined else rows)


def _units_of(row: Any) -> list[int]:
    found = (getattr(row, name, None) for name in ("unit_id", "origin_id", "destination_id"))
    return [pk for pk in found if pk]


# --- what each kind of row tells ----------------------------------------------------------------------------------


def _came(story: Story, row: Membership) -> Said | None:
    unit, day = story.unit(row.unit_id), row.valid_from
    if row.kind != "home":
        told = {"kind": MEMBERSHIP_KINDS[row.kind], "unit": unit}
        return day, _("Sinh hoạt %(kind)s tại %(unit)s") % told, "", "map-pin", False
    origin = story.unit(row.origin_id)
    said = {
        "loaded": (_("Có tên trong danh sách của %(unit)s"), "", "list-checks"),
        "admitted": (_("Được kết nạp tại %(unit)s"), "", "user-plus"),
        "transferred": (
            _("Chuyển sinh hoạt về %(unit)s"), _("Từ %(unit)s") % {"unit": origin} if origin else "", "arrow-left-right"
        ),
        "reorganised": (
            _("Về %(unit)s theo sắp xếp tổ chức"), _("Từ %(unit)s") % {"unit": origin} if origin else "", "git-merge"
        ),
        "restored": (_("Được phục hồi đảng tịch tại %(unit)s"), "", "undo-2"),
    }  # fmt: skip
    title, text, icon = said.get(row.came, said["loaded"])
    return day, title % {"unit": unit}, text, icon, False


def _went(story: Story, row: Membership) -> Said | None:
    if row.kind != "home":
        title = _("Hết sinh hoạt %(kind)s tại %(unit)s")
        told = {"kind": MEMBERSHIP_KINDS[row.kind], "unit": story.unit(row.unit_id)}
        return row.valid_to, title % told, "", "map-pin", False
    if row.destination_id is None and row.went == "transferred":
        title = _("Chuyển sinh hoạt khỏi %(unit)s") % {"unit": story.unit(row.unit_id)}
        return row.valid_to, title, _("Đến một tổ chức đảng ở nơi khác"), "arrow-up-right", False
    return None


def _stood(_story: Story, row: Standing) -> Said | None:
    titles = {"probationary": _("Vào Đảng, là đảng viên dự bị"), "full": _("Là đảng viên chính thức")}
    title = titles.get(row.kind) or str(STANDINGS.get(row.kind, row.kind))
    icon = {"probationary": "star", "full": "badge-check"}.get(row.kind, "door-open")
    return row.valid_from, title, _decided(row), icon, row.kind == "probationary"


def _nothing(_story: Story, _row: Any) -> Said | None:
    return None


def _took_part(_story: Story, row: Participation) -> Said | None:
    until = _("Đến hết ngày %(day)s") % {"day": written(row.valid_to - ONE)} if row.valid_to != FAR else ""
    text = " · ".join(part for part in (until, _decided(row)) if part)
    return row.valid_from, str(PARTICIPATIONS.get(row.kind, row.kind)), text, "pause", False


def _took_part_again(_story: Story, row: Participation) -> Said | None:
    return row.valid_to, _("Sinh hoạt trở lại"), "", "play", False


def _office(row: Tenure) -> str:
    offices = rulebook.at(row.valid_from).offices()
    return str(offices[row.office].label) if row.office in offices else row.office


def _took_office(story: Story, row: Tenure) -> Said | None:
    place = f"{row.body.name}, {story.unit(row.unit_id)}" if row.body else story.unit(row.unit_id)
    text = " · ".join(part for part in (place, _decided(row)) if part)
    return row.valid_from, _("Giữ chức vụ %(office)s") % {"office": _office(row)}, text, "award", False


def _left_office(story: Story, row: Tenure) -> Said | None:
    title = _("Thôi giữ chức vụ %(office)s") % {"office": _office(row)}
    return row.valid_to, title, story.unit(row.unit_id), "award", False


def _joined_group(_story: Story, row: GroupPlace) -> Said | None:
    return row.valid_from, _("Xếp vào %(group)s") % {"group": row.group.name}, "", "users-round", False


def _got_number(_story: Story, row: PersonNumber) -> Said | None:
    title = _("Ghi %(kind)s %(tail)s") % {"kind": str(NUMBER_KINDS[row.kind]).lower(), "tail": row.tail}
    return row.valid_from, title, "", "id-card", False


def _decided(row: Any) -> str:
    return _("Quyết định số %(number)s") % {"number": row.decision} if row.decision else ""


Teller = Callable[[Story, Any], Said | None]
_TABLES: tuple[tuple[type[Dated], tuple[str, ...]], ...] = (
    (Membership, ()), (Standing, ()), (Participation, ()), (Tenure, ("body",)), (GroupPlace, ("group",)),
    (PersonNumber, ()),
)  # fmt: skip
_TELLERS: dict[type[Dated], tuple[Teller, Teller]] = {
    Membership: (_came, _went),
    Standing: (_stood, _nothing),
    Participation: (_took_part, _took_part_again),
    Tenure: (_took_office, _left_office),
    GroupPlace: (_joined_group, _nothing),
    PersonNumber: (_got_number, _nothing),
}
