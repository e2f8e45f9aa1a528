"""The list of members: who belongs to a unit and below it on a day."""

from collections.abc import Callable
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Listing, Sort
from hatnhan.kernel.models import Placement
from hatnhan.kernel.paths import within
from hatnhan.kernel.ui.text import NOTHING, known
from hatnhan.kernel.vietnamese import SearchTerms, search_terms
from hatnhan.members import permissions
from hatnhan.members.choices import ACTIVE, MEMBER_STANDINGS, MEMBERSHIP_KINDS, PARTICIPATIONS, SEX, STANDINGS
from hatnhan.members.figures import AGES, PARTY_AGES, aged, party_aged
from hatnhan.members.models import GroupPlace, Membership, Participation, PersonNumber, Standing, Tenure
from hatnhan.members.queries import Ground, names_on, placed
from hatnhan.members.rules import completed_years

Rows = QuerySet[Any]
Narrow = Callable[[Rows, list[str], Any], Rows]


# --- what the query adds to a membership --------------------------------------------------------------------------


def of_person(model: Any, field: str, on: date, **only: Any) -> Subquery:
    """A field of the row that holds for the membership's person on the day."""
    return Subquery(model.objects.on(on).filter(person=OuterRef("person_id"), **only).values(field)[:1])


def office_needs(table: "MemberTable") -> dict[str, Any]:
    """The highest office that the person holds on the day, and where."""
    order = [When(office=code, then=Value(i)) for i, code in enumerate(rulebook.at(table.on).offices())]
    held = Tenure.objects.on(table.on).filter(person=OuterRef("person_id"))
    first = held.order_by(Case(*order, default=Value(99), output_field=IntegerField()), "id")
    called = first.annotate(called=Subquery(names_on("unit_id", table.on)))
    return {
        "office": Subquery(first.values("office")[:1]),
        "office_unit": Subquery(first.values("unit_id")[:1]),
        "office_at": Subquery(called.values("called")[:1]),
    }


def tail_needs(table: "MemberTable") -> dict[str, Any]:
    """The last digits of the card number."""
    return {"card_tail": of_person(PersonNumber, "tail", table.on, kind="card")}


def group_needs(table: "MemberTable") -> dict[str, Any]:
    """The Party group of the day."""
    return {"group_name": of_person(GroupPlace, "group__name", table.on)}


def path_needs(table: "MemberTable") -> dict[str, Any]:
    """Where the unit hangs in the tree of the list."""
    rows = Placement.objects.on(table.ground.tree_day).filter(unit=OuterRef("unit_id"))
    return {"path": Subquery(rows.values("path")[:1])}


def parent_needs(table: "MemberTable") -> dict[str, Any]:
    """The unit above the member's own, unless the list stands there."""
    if table.ground.cell:
        return {}
    above = Placement.objects.on(table.ground.tree_day).filter(unit=OuterRef("unit_id")).exclude(
        parent=table.ground.unit_id
    )
    called = above.annotate(called=Subquery(names_on("parent_id", table.on)))
    return {"above_name": Subquery(called.values("called")[:1])}


# --- what stands in the cells -------------------------------------------------------------------------------------


def party_age(row: Any, on: date) -> str:
    """Completed years of Party age; it counts for full members only (294-QĐ/TW, item 4.5)."""
    base = row.person.party_base
    return NOTHING if base is None or row.standing == "probationary" else str(completed_years(base, on))


def office_of(row: Any, on: date) -> str:
    """The office of an annotated row in words; with its place when it is not held in the own unit."""
    if not row.office:
        return ""
    known_office = rulebook.at(on).offices().get(row.office)
    label = str(known_office.label) if known_office else row.office
    label = label[:1].upper() + label[1:]
    return label if row.office_unit == row.unit_id else f"{label}, {row.office_at or ''}".rstrip(", ")


def _name(row: Any, table: "MemberTable") -> Cell:
    person = row.person
    born = _("sinh %(year)s") % {"year": person.birth.year} if person.birth else ""
    said = [str(SEX[person.sex]) if person.sex else "", born, office_of(row, table.on)]
    years = party_age(row, table.on)
    below = [
        "" if table.ground.cell else row.unit_name or "",
        _("%(n)s năm tuổi đảng") % {"n": years} if years != NOTHING else "",
        *(label for label, _kind in _state_words(row)),
    ]
    href = f"/members/{person.pk}/{table.day_query}"
    return Cell(person.name, _joined(said), href, person=True, phone=_joined(below))


def _state_words(row: Any) -> list[tuple[str, str]]:
    """The exceptions in a member's state, with their colour: probation, a deviation, a guest."""
    said = []
    if row.kind != "home":
        said.append((str(MEMBERSHIP_KINDS[row.kind]), "info"))
    if row.standing and row.standing != "full":
        said.append((str(STANDINGS[row.standing]), "warn"))
    if row.participation:
        said.append((str(PARTICIPATIONS[row.participation]), "info"))
    return said


def _state(row: Any, _table: Any) -> Cell:
    said = _state_words(row)
    if not said:
        return Cell(str(STANDINGS[row.standing]) if row.standing else NOTHING)
    first, kind = said[-1]
    return Cell(first, kind=kind, small=_joined(label for label, _kind in said[:-1]))


def _unit(row: Any, _table: Any) -> Cell:
    return Cell(row.unit_name or NOTHING, small=getattr(row, "above_name", "") or "")


def _birth(row: Any, table: "MemberTable") -> Cell:
    birth = row.person.birth
    return Cell(known(birth), small=_("%(n)s tuổi") % {"n": birth.years_on(table.on)} if birth else "")


def _party_age(row: Any, table: "MemberTable") -> Cell:
    years = party_age(row, table.on)
    mark = _("tạm tính") if years != NOTHING and row.person.party_base_provisional else ""
    return Cell(years, small=mark)


def _text(field: str) -> Callable[[Any, Any], Cell]:
    return lambda row, _table: Cell(getattr(row.person, field) or "")


def _date(field: str) -> Callable[[Any, Any], Cell]:
    return lambda row, _table: Cell(known(getattr(row.person, field)))


def _joined(parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)


# --- filters ------------------------------------------------------------------------------------------------------


def _as_asked(rows: Rows, _values: list[str], _table: Any) -> Rows:
    """For what `base` has applied already."""
    return rows


def _any_of(conditions: dict[str, Callable[[date], Q]]) -> Narrow:
    return lambda rows, values, table: rows.filter(reduce(or_, (conditions[value](table.on) for value in values)))


def _has(model: Any, on: date, **only: Any) -> Exists:
    """Asked per row, so that reading along the names stays fast in a list of any length."""
    return Exists(model.objects.on(on).filter(person=OuterRef("person_id"), **only))


def _standing(rows: Rows, values: list[str], table: Any) -> Rows:
    return rows.filter(_has(Standing, table.on, kind__in=values))


def _participation(rows: Rows, values: list[str], table: Any) -> Rows:
    found = Q(_has(Participation, table.on, kind__in=values))
    return rows.filter(found | ~Q(_has(Participation, table.on)) if "active" in values else found)


def _office(rows: Rows, values: list[str], table: Any) -> Rows:
    only = {} if "any" in values else {"office__in": values}
    return rows.filter(_has(Tenure, table.on, **only))


def _group(rows: Rows, values: list[str], table: Any) -> Rows:
    found = Q(_has(GroupPlace, table.on, group__in=[value for value in values if value != "none"]))
    return rows.filter(found | ~Q(_has(GroupPlace, table.on)) if "none" in values else found)


def _offices(table: "MemberTable") -> list[tuple[str, Any]]:
    offices = rulebook.at(table.on).offices()
    return [("any", _("Có chức vụ")), *((code, str(office.label)) for code, office in offices.items())]


def _groups(table: "MemberTable") -> list[tuple[str, Any]]:
    groups = table.ground.groups
    return [*((str(key), name) for key, name in groups), ("none", _("Chưa xếp tổ"))] if groups else []


def _found(table: "MemberTable") -> list[tuple[str, Any]]:
    asked = table.asked.one("person")
    return [(asked, _("Tìm theo số thẻ, số định danh"))] if asked.isdigit() and len(asked) < 19 else []


_AGE_CONDITIONS = {code: aged(low, high) for code, (low, high, _label) in AGES.items()}
_PARTY_AGE_CONDITIONS = {code: party_aged(low, below) for code, (low, below, _label) in PARTY_AGES.items()}


class MemberTable(Listing):
    """Members of the unit of the address and below it, on its day. Home memberships, unless guests are asked for."""

    model = Membership
    label = gettext_lazy("Danh sách đảng viên")
    placeholder = gettext_lazy("Tìm tên, năm sinh, số thẻ (không cần dấu)")
    columns = (
        Column("name", gettext_lazy("Họ và tên"), _name, sort="name", fixed=True, needs=office_needs),
        Column("unit", gettext_lazy("Chi bộ"), _unit, sort="unit", needs=parent_needs),
        Column("party_age", gettext_lazy("Tuổi đảng"), _party_age, sort="party_age", numeric=True),
        Column("state", gettext_lazy("Tình trạng"), _state),
        Column("birth", gettext_lazy("Ngày sinh"), _birth, sort="birth"),
        Column("ceremony", gettext_lazy("Ngày vào Đảng"), _date("ceremony_date"), shown=False),
        Column("official", gettext_lazy("Ngày chính thức"), _date("official_date"), shown=False),
        Column(
            "group", gettext_lazy("Tổ đảng"), lambda row, _table: Cell(row.group_name or ""), shown=False,
            needs=group_needs,
        ),
        Column("occupation", gettext_lazy("Nghề nghiệp"), _text("occupation"), shown=False),
        Column("education", gettext_lazy("Trình độ"), _text("education"), shown=False),
        Column("theory", gettext_lazy("Lý luận chính trị"), _text("theory"), shown=False),
        Column("hometown", gettext_lazy("Quê quán"), _text("hometown"), shown=False),
        Column("residence", gettext_lazy("Nơi cư trú"), _text("residence"), shown=False),
        Column("phone", gettext_lazy("Điện thoại"), _text("phone"), shown=False),
        Column(
            "card", gettext_lazy("Số thẻ"), lambda row, _table: Cell(row.card_tail or ""), shown=False, needs=tail_needs
        ),
    )  # fmt: skip
    filters = (
        Filter(
            "child", gettext_lazy("Tổ chức trực thuộc"),
            lambda table: [(card.id, card.name) for card in table.ground.children], _as_asked,
        ),
        Filter(
            "standing", gettext_lazy("Đảng viên"), lambda _table: list(MEMBER_STANDINGS.items()), _standing,
            quick=("probationary",),
        ),
        Filter(
            "participation", gettext_lazy("Sinh hoạt đảng"),
            lambda _table: [("active", ACTIVE), *PARTICIPATIONS.items()], _participation, quick=("exempt",),
        ),
        Filter(
            "sex", gettext_lazy("Giới tính"), lambda _table: [(code, SEX[code]) for code in ("m", "f")],
            lambda rows, values, _table: rows.filter(person__sex__in=values), quick=("f",),
        ),
        Filter(
            "age", gettext_lazy("Tuổi đời"), lambda _table: [(code, label) for code, (_l, _h, label) in AGES.items()],
            _any_of(_AGE_CONDITIONS), quick=("18_30",),
        ),
        Filter(
            "party_age", gettext_lazy("Tuổi đảng"),
            lambda _table: [(code, label) for code, (_l, _b, label) in PARTY_AGES.items()],
            _any_of(_PARTY_AGE_CONDITIONS),
        ),
        Filter("office", gettext_lazy("Chức vụ"), _offices, _office, quick=("any",)),
        Filter("group", gettext_lazy("Tổ đảng"), _groups, _group),
        Filter(
            "kind", pgettext_lazy("membership", "Sinh hoạt tạm thời, nơi cư trú"),
            lambda _table: [(code, label) for code, label in MEMBERSHIP_KINDS.items() if code != "home"], _as_asked,
        ),
        Filter(
            "person", gettext_lazy("Số thẻ, số định danh"), _found,
            lambda rows, values, _table: rows.filter(person__in=[int(value) for value in values]),
        ),
    )  # fmt: skip
    sorts = (
        Sort("name", gettext_lazy("Họ và tên"), (Key("person__sort_key"), Key("person_id")), through="person"),
        Sort(
            "unit", gettext_lazy("Chi bộ"), (Key("path"), Key("person__sort_key"), Key("person_id")), needs=path_needs
        ),
        Sort("birth", gettext_lazy("Ngày sinh"), (Key("person__birth", empty="9999"), Key("person__sort_key"))),
        Sort(
            "party_age", gettext_lazy("Tuổi đảng"), (Key("person__party_base", empty=FAR), Key("person__sort_key")),
            falls=True,
        ),
    )  # fmt: skip

    def __init__(self, request: HttpRequest, actor: Actor, ground: Ground) -> None:
        super().__init__(request)
        self.actor, self.ground, self.on = actor, ground, ground.on

    @property
    def day_query(self) -> str:
        """What links to a profile carry along of another day."""
        return "" if self.on == self.actor.on else f"?on={self.on.isoformat()}"

    @cached_property
    def kinds(self) -> list[str]:
        """The kinds of membership that are listed."""
        return self.chosen.get("kind", ["home"])

    def base(self) -> Rows:
        """Scope and unit come first, in SQL: the path of the unit in the tree of the list, and, where that is not the
        actor's own day, the actor's scope as well."""
        under = [card.path for card in self.ground.children if str(card.id) in self.chosen.get("child", [])]
        ranges = [Q(**within(path, "unit__placements__path")) for path in under or [self.ground.path]]
        day = self.ground.tree_day
        rows = Membership.objects.on(self.on).filter(reduce(or_, ranges), kind__in=self.kinds, **placed("unit__", day))
        return rows if day == self.actor.on else self.actor.scope(permissions.VIEW).filter(rows)

    def search(self, rows: Rows, text: str) -> Rows:
        """Words of the name in any order, initials, a year of birth. A number finds nobody here: see `number_look`."""
        return by_name(rows, search_terms(text))

    def detail(self, rows: Rows) -> Rows:
        """The person and what nearly every cell says."""
        return rows.select_related("person").annotate(
            unit_name=Subquery(names_on("unit_id", self.on)),
            standing=of_person(Standing, "kind", self.on),
            participation=of_person(Participation, "kind", self.on),
        )

    def counted(self, count: int) -> str:
        return ngettext("%(n)s người", "%(n)s người", count) % {"n": self.written(count)}

    def walks(self, sort: Sort) -> bool:
        return bool(sort.through) and self.kinds == ["home"]


def by_name(rows: Rows, terms: SearchTerms, person: str = "person__") -> Rows:
    """Rows of people whose name holds each word at the beginning of one of its words, or has these initials; and the
    year of birth. Of a number nobody: it is only looked up exactly, by an act that is logged."""
    if terms.digits:
        return rows.none()
    key = f"{person}name_key"
    meant = Q()
    for word in terms.words:
        meant &= Q(**{f"{key}__startswith": word}) | Q(**{f"{key}__contains": f" {word}"})
    if terms.initials:
        pattern = "^" + " ".join(f"{letter}[^ ]*" for letter in terms.initials)
        meant |= Q(**{f"{key}__startswith": terms.initials[0], f"{key}__regex": pattern})
    if terms.year is not None:
        meant &= Q(**{f"{person}birth__gte": str(terms.year), f"{person}birth__lt": f"{terms.year}~"})
    return rows.filter(meant)
