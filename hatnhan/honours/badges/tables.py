"""Two lists: who falls due in a batch and how far that is, and the cases by stage."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Listing, Sort
from hatnhan.kernel.ui.text import day
from hatnhan.kernel.vietnamese import plain
from hatnhan.members.models import Membership
from hatnhan.units.queries import names

from ..models import Badge, BadgeCase, BadgeStep
from . import queries
from .choices import KINDS, STANDS
from .flows import BADGE, UNDER_WAY

Rows = QuerySet[Any]
COLOURS = {"none": "warn", "open": "info", "decided": "ok", "awarded": "", "closed": ""}


def by_name(rows: Rows, text: str) -> Rows:
    """Rows whose person's name holds every word, marks or none."""
    return rows.filter(*(Q(person__name_key__contains=word) for word in plain(text).split()))


# --- who falls due --------------------------------------------------------------------------------------------------


def _who(row: Any, table: "DueTable") -> Cell:
    level, when = table.reached(row)
    said = _("%(level)s năm · %(day)s") % {"level": level, "day": day(when)}
    return Cell(row.person__name, href=reverse("honours.person", args=[row.person_id]), person=True, phone=said)


def _cell(row: Any, table: "DueTable") -> Cell:
    return Cell(table.units.get(row.unit_id, ""))


def _level(row: Any, table: "DueTable") -> Cell:
    return Cell(_("%(level)s năm") % {"level": table.reached(row)[0]})


def _due(row: Any, table: "DueTable") -> Cell:
    unsure = _("tạm tính") if row.person__party_base_provisional else ""
    return Cell(day(table.reached(row)[1]), small=unsure)


def _stand(row: Any, table: "DueTable") -> Cell:
    stand, state, case, lacking = table.stand(row)
    label = str(BADGE.states[state]) if state else str(STANDS[stand])
    href = reverse("honours.badge_case", args=[case]) if case else ""
    return Cell(label, small=lacking, href=href, kind=COLOURS[stand])


def _stands(rows: Rows, chosen: list[str], table: "DueTable") -> Rows:
    return rows.filter(pk__in=[pk for pk, stand in table.by_stand.items() if stand in chosen])


def _levels(table: "DueTable") -> list[tuple[str, Any]]:
    return [(str(one), _("%(level)s năm") % {"level": one}) for one in table.levels]


def _of_level(rows: Rows, chosen: list[str], table: "DueTable") -> Rows:
    return rows.filter(queries.reaching(table.first, table.last, [int(one) for one in chosen]))


class DueTable(Listing):
    """Those at and below a unit who reach a level in `[first, last)` and were not awarded it before."""

    model = Membership
    label = gettext_lazy("Đảng viên đến hạn tặng Huy hiệu Đảng")
    placeholder = gettext_lazy("Tìm họ tên (không cần dấu)")
    fields = ("person_id", "unit_id", "person__name", "person__party_base", "person__party_base_provisional")
    columns = (
        Column("name", gettext_lazy("Họ và tên"), _who, sort="name", fixed=True),
        Column("unit", gettext_lazy("Chi bộ"), _cell),
        Column("level", gettext_lazy("Mức"), _level),
        Column("due", gettext_lazy("Đủ tuổi đảng"), _due),
        Column("stand", gettext_lazy("Tình trạng"), _stand),
    )
    filters = (
        Filter("stand", gettext_lazy("Tình trạng"), tuple(STANDS.items()), _stands, quick=("none", "open")),
        Filter("level", gettext_lazy("Mức"), _levels, _of_level),
    )
    sorts = (Sort("name", gettext_lazy("Họ và tên"), (Key("person__sort_key"),)),)
    exact = 20_000

    def __init__(self, request: HttpRequest, actor: Actor, unit: int, first: date, last: date) -> None:
        super().__init__(request)
        self.actor, self.on, self.unit, self.first, self.last = actor, actor.on, unit, first, last
        self.levels: tuple[int, ...] = rulebook.at(self.on)["party_age.marks"].value

    @cached_property
    def eligible(self) -> list[queries.Due]:
        """All of them, worked out once."""
        return queries.eligible(self.unit, self.on, self.first, self.last)

    def base(self) -> Rows:
        """Those whom the actor may see: the unit lies in scope already."""
        return Membership.objects.filter(pk__in=[one.membership for one in self.eligible])

    def search(self, rows: Rows, text: str) -> Rows:
        return by_name(rows, text)

    def counted(self, count: int) -> str:
        return ngettext("%(n)s đồng chí", "%(n)s đồng chí", count) % {"n": self.written(count)}

    def reached(self, row: Any) -> tuple[int, date]:
        """(level, day) of a row."""
        return self._reached[row.pk]

    @cached_property
    def _reached(self) -> dict[int, tuple[int, date]]:
        return {one.membership: (one.level, one.day) for one in self.eligible}

    @cached_property
    def _cases(self) -> dict[tuple[int, int], tuple[int, str, str]]:
        people = [one.person for one in self.eligible]
        rows = BadgeCase.objects.filter(person__in=people).order_by("pk")
        return {
            (person, level): (pk, state, kind)
            for pk, person, level, state, kind in rows.values_list("pk", "person_id", "level", "state", "kind")
        }

    @cached_property
    def _waiting(self) -> dict[int, date]:
        return queries.postponed([one.person for one in self.eligible], self.on)

    def stand(self, row: Any) -> tuple[str, str, int, str]:
        """(how it stands, state of the case, the case, what is missing or in the way)."""
        return self._stand(row.person_id, self.reached(row)[0])

    def _stand(self, person: int, level: int) -> tuple[str, str, int, str]:
        lacking = _("chưa xét được, hỏi nơi giữ hồ sơ") if person in self._waiting else ""
        found = self._cases.get((person, level))
        if found is None:
            return "none", "", 0, lacking
        pk, state, _kind = found
        if state in ("decided", "awarded"):
            return state, state, pk, ""
        if state not in UNDER_WAY:
            return "closed", state, pk, ""
        return "open", state, pk, lacking

    @cached_property
    def by_stand(self) -> dict[int, str]:
        """How everybody stands, by the row."""
        return {one.membership: self._stand(one.person, one.level)[0] for one in self.eligible}

    @cached_property
    def units(self) -> dict[int, str]:
        """The names of the page's units."""
        return names({row.unit_id for row in self.rows}, self.on)


# --- cases ----------------------------------------------------------------------------------------------------------


def _case_who(row: Any, table: "CaseTable") -> Cell:
    said = f"{row.level} · {BADGE.states[row.state]}"
    return Cell(row.person__name, href=reverse("honours.badge_case", args=[row.pk]), person=True, phone=said)


def _case_unit(row: Any, table: "CaseTable") -> Cell:
    return Cell(table.units.get(row.unit_id, ""))


def _case_level(row: Any, _table: Any) -> Cell:
    return Cell(_("%(level)s năm") % {"level": row.level}, small=str(KINDS[row.kind]))


def _case_batch(row: Any, _table: Any) -> Cell:
    return Cell(day(row.batch_day) if row.batch_day else str(_("ngoài đợt")))


def _case_state(row: Any, table: "CaseTable") -> Cell:
    kind = {"returned": "warn", "postponed": "warn", "decided": "ok"}.get(row.state, "")
    return Cell(str(BADGE.states[row.state]), small=table.age(row), kind=kind)


class CaseTable(Listing):
    """The cases of the reader's scope, those that wait longest first."""

    model = BadgeCase
    label = gettext_lazy("Đề nghị tặng Huy hiệu Đảng")
    placeholder = gettext_lazy("Tìm họ tên (không cần dấu)")
    fields = ("person_id", "person__name", "unit_id", "level", "kind", "state", "batch_day", "declared_on")
    columns = (
        Column("name", gettext_lazy("Họ và tên"), _case_who, sort="name", fixed=True),
        Column("unit", gettext_lazy("Chi bộ"), _case_unit),
        Column("level", gettext_lazy("Mức"), _case_level),
        Column("batch", gettext_lazy("Đợt"), _case_batch),
        Column("state", gettext_lazy("Bước"), _case_state, sort="declared"),
    )
    filters = (
        Filter(
            "state", gettext_lazy("Bước"), tuple(BADGE.states.items()),
            lambda rows, chosen, _table: rows.filter(state__in=chosen),
        ),
        Filter(
            "kind", gettext_lazy("Trường hợp"), tuple(KINDS.items()),
            lambda rows, chosen, _table: rows.filter(kind__in=chosen),
        ),
    )  # fmt: skip
    sorts = (
        Sort("declared", gettext_lazy("Ngày khai"), (Key("declared_on"),)),
        Sort("name", gettext_lazy("Họ và tên"), (Key("person__sort_key"),)),
    )
    exact = 20_000

    def __init__(self, request: HttpRequest, actor: Actor, rows: "QuerySet[BadgeCase]") -> None:
        super().__init__(request)
        self.actor, self.on, self._given = actor, actor.on, rows

    def base(self) -> Rows:
        """In scope already; without a chosen step those that are under way."""
        return self._given if self.asked.many("state") else self._given.filter(state__in=UNDER_WAY)

    def search(self, rows: Rows, text: str) -> Rows:
        return by_name(rows, text)

    def counted(self, count: int) -> str:
        return ngettext("%(n)s đề nghị", "%(n)s đề nghị", count) % {"n": self.written(count)}

    @cached_property
    def units(self) -> dict[int, str]:
        """The names of the page's units."""
        return names({row.unit_id for row in self.rows}, self.on)

    @cached_property
    def _last(self) -> dict[int, date]:
        steps = BadgeStep.objects.filter(case__in=[row.pk for row in self.rows]).order_by("on", "pk")
        return dict(steps.values_list("case_id", "on"))

    def age(self, row: Any) -> str:
        """How long it has stood at its step."""
        if row.state not in UNDER_WAY:
            return ""
        days = (self.on - self._last.get(row.pk, row.declared_on)).days
        return ngettext("%(n)s ngày ở bước này", "%(n)s ngày ở bước này", days) % {"n": days}


# --- badges that are borne ------------------------------------------------------------------------------------------


class BadgeTable(Listing):
    """Badges as things, the latest first."""

    model = Badge
    label = gettext_lazy("Huy hiệu Đảng đã tặng")
    placeholder = gettext_lazy("Tìm họ tên (không cần dấu)")
    fields = ("person_id", "person__name", "unit_id", "level", "number", "decision", "valid_from", "state")
    columns = (
        Column(
            "name", gettext_lazy("Họ và tên"),
            lambda row, _table: Cell(
                row.person__name, href=reverse("honours.person", args=[row.person_id]), person=True,
                phone=f"{row.level} · {row.number}",
            ),
            sort="name", fixed=True,
        ),
        Column("unit", gettext_lazy("Chi bộ"), lambda row, table: Cell(table.units.get(row.unit_id, ""))),
        Column("level", gettext_lazy("Mức"), lambda row, _table: Cell(_("%(level)s năm") % {"level": row.level})),
        Column("number", gettext_lazy("Số"), lambda row, _table: Cell(row.number)),
        Column("day", gettext_lazy("Ngày quyết định"), lambda row, _table: Cell(day(row.valid_from)), sort="day"),
    )  # fmt: skip
    filters = (
        Filter(
            "level", gettext_lazy("Mức"),
            lambda table: [(str(one), _("%(level)s năm") % {"level": one}) for one in table.levels],
            lambda rows, chosen, _table: rows.filter(level__in=[int(one) for one in chosen]),
        ),
    )  # fmt: skip
    sorts = (
        Sort("day", gettext_lazy("Ngày quyết định"), (Key("valid_from", empty=FAR),)),
        Sort("name", gettext_lazy("Họ và tên"), (Key("person__sort_key"),)),
    )
    exact = 20_000

    def __init__(self, request: HttpRequest, actor: Actor, rows: "QuerySet[Badge]") -> None:
        super().__init__(request)
        self.actor, self.on, self._given = actor, actor.on, rows
        self.levels: tuple[int, ...] = rulebook.at(self.on)["party_age.marks"].value

    def base(self) -> Rows:
        return self._given

    def search(self, rows: Rows, text: str) -> Rows:
        return by_name(rows, text)

    def counted(self, count: int) -> str:
        return ngettext("%(n)s huy hiệu", "%(n)s huy hiệu", count) % {"n": self.written(count)}

    @cached_property
    def units(self) -> dict[int, str]:
        """The names of the page's units."""
        return names({row.unit_id for row in self.rows}, self.on)
