"""The list of members: who belongs to a unit and below it on a day."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, reduce
from operator import or_
from types import SimpleNamespace
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Laid, Listing, Sort
from hatnhan.kernel.models import Placement
from hatnhan.kernel.paths import within
from hatnhan.kernel.ui.text import NOTHING, known
from hatnhan.kernel.vietnamese import SearchTerms, search_terms
from hatnhan.members import permissions, tiers
from hatnhan.members.choices import ACTIVE, MEMBER_STANDINGS, MEMBERSHIP_KINDS, PARTICIPATIONS, SEX, STANDINGS
from hatnhan.members.figures import AGES, PARTY_AGES, Condition, aged, party_aged
from hatnhan.members.models import GroupPlace, Membership, Participation, Person, PersonNumber, Standing, Tenure
from hatnhan.members.queries import Ground, Lines, names_on, placed
from hatnhan.members.rules import completed_years
from hatnhan.members.story import capital

Rows = QuerySet[Any]
Narrow = Callable[[Rows, list[str], Any], Rows]


# --- what the query adds to a membership --------------------------------------------------------------------------


def of_person(model: Any, field: str, on: date, **only: Any) -> Subquery:
    """A field of the row that holds for the membership's person on the day."""
    return Subquery(model.objects.on(on).filter(person=OuterRef("person_id"), **only).values(field)[:1])


def office_needs(at: Any) -> dict[str, Any]:
    """The offices that the person holds on the day, as lines "code@unit id@unit name"."""
    held = Tenure.objects.on(at.on).filter(person=OuterRef("person_id")).order_by().values("person")
    called = Subquery(names_on("unit_id", at.on))
    line = Concat(
        "office", Value("@"), Cast("unit_id", TextField()), Value("@"), Coalesce(called, Value("")),
        output_field=TextField(),
    )  # fmt: skip
    return {"offices": Subquery(held.annotate(lines=Lines(line)).values("lines"))}


def tail_needs(at: Any) -> dict[str, Any]:
    """The last digits of the card number."""
    return {"card_tail": of_person(PersonNumber, "tail", at.on, kind="card")}


def group_needs(at: Any) -> dict[str, Any]:
    """The Party group of the day."""
    return {"group_name": of_person(GroupPlace, "group__name", at.on)}


def state_needs(at: Any) -> dict[str, Any]:
    """Standing and participation of the day."""
    return {
        "standing": of_person(Standing, "kind", at.on),
        "participation": of_person(Participation, "kind", at.on),
    }


def path_needs(at: Any) -> dict[str, Any]:
    """Where the unit hangs in the tree of the list."""
    rows = Placement.objects.on(at.tree_day).filter(unit=OuterRef("unit_id"))
    return {"path": Subquery(rows.values("path")[:1])}


def unit_needs(at: Any) -> dict[str, Any]:
    """What the unit is called on the day."""
    return {"unit_name": Subquery(names_on("unit_id", at.on))}


def above_needs(at: Any) -> dict[str, Any]:
    """The unit above the member's own, unless the list stands there."""
    above = Placement.objects.on(at.tree_day).filter(unit=OuterRef("unit_id")).exclude(parent=at.unit)
    called = above.annotate(called=Subquery(names_on("parent_id", at.on)))
    return unit_needs(at) | {"above_name": Subquery(called.values("called")[:1])}


# --- what stands in the cells -------------------------------------------------------------------------------------


def party_age(row: Any, on: date) -> str:
    """Completed years of Party age; it counts for full members only (294-QĐ/TW, item 4.5)."""
    base = row.person__party_base
    return NOTHING if base is None or row.standing == "probationary" else str(completed_years(base, on))


def offices_of(row: Any, on: date) -> list[str]:
    """The offices of a row in words, the highest first; with their place when it is not the member's own unit."""
    if not row.offices:
        return []
    known_ones = rulebook.at(on).offices()
    order = list(known_ones)
    held = [line.split("@", 2) for line in row.offices.split("\n")]
    held.sort(key=lambda one: order.index(one[0]) if one[0] in known_ones else len(order))
    words = []
    for code, unit, name in held:
        label = capital(known_ones[code].label if code in known_ones else code)
        words.append(label if unit == str(row.unit_id) or not name else f"{label}, {name}")
    return words


def _name(row: Any, table: "MemberTable") -> Cell:
    words = table.words
    birth = row.person__birth
    offices = offices_of(row, table.on)[:1]
    said = [words.sex[row.person__sex], words.born % {"year": birth.year} if birth else "", *offices]
    years = party_age(row, table.on) if table.core else NOTHING
    below = [
        "" if table.ground.cell else row.unit_name or "",
        words.years % {"n": years} if years != NOTHING else "",
        *(label for label, _kind in _state_words(row, table)),
    ]
    href = f"{table.profiles}{row.person_id}/{table.day_query}"
    return Cell(row.person__name, _joined(said), href, person=True, phone=_joined(below))


def _state_words(row: Any, table: "MemberTable") -> list[tuple[str, str]]:
    """The exceptions in a member's state, with their colour: probation, a deviation, a guest."""
    said = []
    if row.kind != "home":
        said.append((capital(MEMBERSHIP_KINDS[row.kind]), "info"))
    if row.standing and row.standing != "full":
        said.append((str(STANDINGS[row.standing]), "warn"))
    if row.participation and table.core:
        said.append((str(PARTICIPATIONS.get(row.participation, row.participation)), "info"))
    return said


def _state(row: Any, table: "MemberTable") -> Cell:
    said = _state_words(row, table)
    if not said:
        return Cell(table.words.full if row.standing else NOTHING)
    first, kind = said[-1]
    return Cell(first, kind=kind, small=_joined(label for label, _kind in said[:-1]))


def _unit(row: Any, _table: Any) -> Cell:
    return Cell(row.unit_name or NOTHING, small=row.above_name or "")


def _birth(row: Any, table: "MemberTable") -> Cell:
    birth = row.person__birth
    return Cell(known(birth), small=table.words.old % {"n": birth.years_on(table.on)} if birth else "")


def _party_age(row: Any, table: "MemberTable") -> Cell:
    years = party_age(row, table.on)
    return Cell(years, small=table.words.provisional if years != NOTHING and row.person__party_base_provisional else "")


def _text(code: str, label: Any) -> Column:
    path = f"person__{code}"
    return Column(code, label, lambda row, _table: Cell(getattr(row, path) or ""), (path,), shown=False)


def _date(code: str, label: Any) -> Column:
    path = f"person__{code}"
    return Column(code, label, lambda row, _table: Cell(known(getattr(row, path))), (path,), shown=False)


def _joined(parts: Any) -> str:
    return " · ".join(part for part in parts if part)


# --- filters ------------------------------------------------------------------------------------------------------


def _as_asked(rows: Rows, _values: list[str], _table: Any) -> Rows:
    """For what `base` has applied already."""
    return rows


def _any_of(conditions: dict[str, Condition]) -> Narrow:
    return lambda rows, values, table: rows.filter(reduce(or_, (conditions[value](table.on, None) for value in values)))


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


def _at_home(at: Any) -> Rows:
    top = {"unit__placements__path__gte": at.top__gte, "unit__placements__path__lt": at.top__lt}
    return Membership.objects.on(at.on).filter(kind="home", **top, **placed("unit__", at.tree_day))


class MemberTable(Listing):
    """Members of the unit of the address and below it, on its day. Home memberships, unless guests are asked for."""

    model = Membership
    label = gettext_lazy("Danh sách đảng viên")
    placeholder = gettext_lazy("Tìm tên, năm sinh, số thẻ (không cần dấu)")
    fields = ("person_id", "unit_id", "kind")
    columns: Sequence[Column] = (
        Column(
            "name", gettext_lazy("Họ và tên"), _name,
            ("person__name", "person__sex", "person__birth", "person__party_base"), sort="name", fixed=True,
            needs=lambda at: state_needs(at) | office_needs(at) | unit_needs(at),
        ),
        Column("unit", gettext_lazy("Chi bộ"), _unit, sort="unit", needs=above_needs),
        Column("group", gettext_lazy("Tổ đảng"), lambda row, _table: Cell(row.group_name or ""), needs=group_needs),
        Column(
            "party_age", gettext_lazy("Tuổi đảng"), _party_age,
            ("person__party_base", "person__party_base_provisional"), sort="party_age", numeric=True,
            needs=state_needs,
        ),
        Column("state", gettext_lazy("Tình trạng"), _state, needs=state_needs),
        Column("birth", gettext_lazy("Ngày sinh"), _birth, ("person__birth",), sort="birth"),
        _date("ceremony_date", gettext_lazy("Ngày vào Đảng")),
        _date("official_date", gettext_lazy("Ngày chính thức")),
        _text("occupation", gettext_lazy("Nghề nghiệp")),
        _text("education", gettext_lazy("Trình độ")),
        _text("theory", gettext_lazy("Lý luận chính trị")),
        _text("hometown", gettext_lazy("Quê quán")),
        _text("residence", gettext_lazy("Nơi cư trú")),
        _text("phone", gettext_lazy("Điện thoại")),
        Column(
            "card", gettext_lazy("Số thẻ"), lambda row, _table: Cell(row.card_tail or ""), shown=False, needs=tail_needs
        ),
    )  # fmt: skip
    filters: Sequence[Filter] = (
        Filter(
            "child", gettext_lazy("Tổ chức trực thuộc"),
            lambda table: [(card.id, card.name) for card in table.ground.children], _as_asked,
        ),
        Filter(
            "standing", gettext_lazy("Đảng viên"), tuple(MEMBER_STANDINGS.items()), _standing,
            quick=("probationary",),
        ),
        Filter(
            "participation", gettext_lazy("Sinh hoạt đảng"),
            (("active", ACTIVE), *PARTICIPATIONS.items()), _participation, quick=("exempt",),
        ),
        Filter(
            "sex", gettext_lazy("Giới tính"), (("m", SEX["m"]), ("f", SEX["f"])),
            lambda rows, values, _table: rows.filter(person__sex__in=values), quick=("f",),
        ),
        Filter(
            "age", gettext_lazy("Tuổi đời"), tuple((code, label) for code, (_l, _h, label) in AGES.items()),
            _any_of(_AGE_CONDITIONS), quick=("18_30",),
        ),
        Filter(
            "party_age", gettext_lazy("Tuổi đảng"),
            tuple((code, label) for code, (_l, _b, label) in PARTY_AGES.items()),
            _any_of(_PARTY_AGE_CONDITIONS),
        ),
        Filter("office", gettext_lazy("Chức vụ"), _offices, _office, quick=("any",)),
        Filter("group", gettext_lazy("Tổ đảng"), _groups, _group),
        Filter(
            "kind", pgettext_lazy("membership", "Sinh hoạt tạm thời, nơi cư trú"),
            tuple((code, label) for code, label in MEMBERSHIP_KINDS.items() if code != "home"), _as_asked,
        ),
        Filter(
            "person", gettext_lazy("Số thẻ, số định danh"), _found,
            lambda rows, values, _table: rows.filter(person__in=[int(value) for value in values]),
        ),
    )  # fmt: skip
    sorts: Sequence[Sort] = (
        Sort("name", gettext_lazy("Họ và tên"), (Key("person__sort_key"), Key("person_id")), through="person"),
        Sort(
            "unit", gettext_lazy("Chi bộ"), (Key("path"), Key("person__sort_key"), Key("person_id")),
            needs=path_needs, joined=lambda _at: {"path": F("unit__placements__path")},
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
        self.seen = tiers.seen_over(actor, ground.path, ground.tree_day)
        self.core = tiers.CORE in self.seen
        self.columns = tiers.open_to(self.seen, self.columns)
        self.filters = tiers.open_to(self.seen, self.filters)
        self.sorts = tiers.open_to(self.seen, self.sorts)
        self.profiles = reverse("members.list")
        self.exact = self.cap if ground.wide else 20_000

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

    def laid(self) -> Laid | None:
        """The same for home members on the actor's own day."""
        return _at_home if self.ground.tree_day == self.actor.on else None

    def search(self, rows: Rows, text: str) -> Rows:
        """Words of the name in any order, initials, a year of birth. A number finds nobody here: it is looked up by an
        act. In a large scope the names are read first, in a small one its members."""
        terms = search_terms(text)
        if not self.ground.wide:
            return by_name(rows, terms, "person__")
        return rows.filter(person__in=by_name(Person.objects.all(), terms).values("pk"))

    def values(self) -> dict[str, Any]:
        land = self.ground
        return {"on": self.on, "tree_day": land.tree_day, "unit": land.unit_id, **within(land.path, "top")}

    def usual(self) -> list[Column]:
        """In a cell its name need not be said, and outside a cell with Party groups they are not."""
        left_out = {"unit" if self.ground.cell else "", "" if self.ground.groups else "group"}
        return [column for column in super().usual() if column.code not in left_out]

    @cached_property
    def words(self) -> Any:
        """What every row says, in the reader's language."""
        return SimpleNamespace(
            sex={code: str(label) if code else "" for code, label in SEX.items()}, full=str(STANDINGS["full"]),
            born=_("sinh %(year)s"), years=_("%(n)s năm tuổi đảng"), old=_("%(n)s tuổi"), provisional=_("tạm tính"),
        )  # fmt: skip

    def counted(self, count: int) -> str:
        return ngettext("%(n)s người", "%(n)s người", count) % {"n": self.written(count)}

    def walks(self, sort: Sort) -> bool:
        return bool(sort.through) and self.kinds == ["home"]


def by_name(rows: Rows, terms: SearchTerms, person: str = "") -> Rows:
    """Rows of people whose name holds each word at the beginning of one of its words, or has these initials; and the
    year of birth. Of a number nobody: it is only looked up exactly, by an act that is logged."""
    if terms.digits:
        return rows.none()
    key = f"{person}name_key"
    meant = Q()
    for word in terms.words:
        meant &= Q(**{f"{key}__startswith": word}) | Q(**{f"{key}__contains": f" {word}"})
    if terms.initials:
        begins = Q(**{f"{key}__startswith": terms.initials[0]})
        for letter in terms.initials[1:]:
            begins &= Q(**{f"{key}__contains": f" {letter}"})
        pattern = "^" + " ".join(f"{letter}[^ ]*" for letter in terms.initials)
        meant |= begins & Q(**{f"{key}__regex": pattern})
    if terms.year is not None:
        meant &= Q(**{f"{person}birth__gte": str(terms.year), f"{person}birth__lt": f"{terms.year}~"})
    return rows.filter(meant)
