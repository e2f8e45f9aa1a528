"""Check sheets: what is recorded of each member, cell by cell, to be corrected with a pen."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _

from hatnhan.documents.papers import CellSheet, CheckedMember, CheckSheetPaper, Fact, Letterhead, Printed
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.ui.text import day
from hatnhan.members.choices import FIELDS, MEMBER_STANDINGS, SEX
from hatnhan.members.models import Membership, Person, PersonNumber, Standing
from hatnhan.units.queries import cards, name_of, names, natural

SHOWN = ("hometown", "residence", "occupation", "phone")


def cells_of(unit: Unit, on: date) -> list[tuple[int, str, int]]:
    """(id, name, number of members) of the cells of a scope that have members on the day, by name."""
    scope = Placement.objects.under(unit, on)
    rows = (
        Membership.objects.on(on).filter(kind="home", unit__in=scope.values("unit")).values_list("unit_id", flat=True)
    )
    counted: dict[int, int] = {}
    for pk in rows:
        counted[pk] = counted.get(pk, 0) + 1
    there = sorted(cards(scope.filter(unit__in=counted), on), key=natural)
    return [(card.id, card.name, counted[card.id]) for card in there]


def check_sheets(
    unit: Unit, cells: Iterable[int], on: date, *, who: str, at: datetime, watermark: str = ""
) -> CheckSheetPaper:
    """The sheets of some cells of a scope, one cell after the other."""
    wanted = list(cells)
    called = names(wanted, on)
    own = wanted == [unit.pk]  # a cell by itself: its committee stands above
    return CheckSheetPaper(
        letterhead=Letterhead("" if own else _above(unit, on), _above(unit, on) if own else name_of(unit, on)),
        title=_("Phiếu đối khớp thông tin đảng viên"),
        subtitle=_("Số liệu ngày %(day)s") % {"day": day(on)},
        printed=Printed(who, at, watermark),
        cells=[CellSheet(called.get(pk, ""), list(_members(pk, on))) for pk in wanted],
    )


def _above(unit: Unit, on: date) -> str:
    row = Placement.objects.on(on).filter(unit=unit).first()
    return name_of(row.parent_id, on) if row is not None and row.parent_id else ""


def _members(cell: int, on: date) -> Iterator[CheckedMember]:
    rows = Membership.objects.on(on).filter(unit=cell, kind="home").select_related("person")
    people = [row.person for row in rows.order_by("person__sort_key", "person_id")]
    keys = [person.pk for person in people]
    standings = dict(Standing.objects.on(on).filter(person__in=keys).values_list("person_id", "kind"))
    tails: dict[int, dict[str, str]] = {}
    numbers = PersonNumber.objects.on(on).filter(person__in=keys)
    for pk, kind, tail in numbers.values_list("person_id", "kind", "tail"):
        tails.setdefault(pk, {})[kind] = tail
    for person in people:
        yield CheckedMember(person.name, _facts(person, standings.get(person.pk, ""), tails.get(person.pk, {})))


def _facts(person: Person, standing: str, tails: dict[str, str]) -> list[Fact]:
    """Few lines, so that two people fit on a page."""
    sex = str(SEX[person.sex]) if person.sex else ""
    facts = [Fact(_("Giới tính; sinh"), _both(sex, person.birth))]
    facts += [Fact(str(FIELDS[name]), str(getattr(person, name) or "")) for name in SHOWN]
    facts.append(Fact(_("QĐ kết nạp"), str(person.decision_date or "")))
    facts.append(Fact(_("Vào Đảng; c/thức"), _both(person.ceremony_date, person.official_date)))
    facts.append(Fact(_("Tình trạng"), str(MEMBER_STANDINGS.get(standing, ""))))
    facts.append(Fact(_("Thẻ; định danh"), _both(tails.get("card"), tails.get("national_id"))))
    return facts


def _both(one: object, other: object) -> str:
    return "; ".join(str(value) if value else "…" for value in (one, other)) if one or other else ""
