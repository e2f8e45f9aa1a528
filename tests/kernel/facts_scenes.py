"""One directed world for each rule by which a write makes kept figures unsound. Each begins with all months kept."""

from collections.abc import Callable
from datetime import date

from django.db.models import Model

from hatnhan.kernel import facts
from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.fact_models import Mark
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.members import actions as members
from hatnhan.members.models import Membership, Person, Standing
from hatnhan.units import actions as units
from hatnhan.units.models import UnitEvent
from tests import worlds

OCTOBER, LATE, NOVEMBER, DECEMBER = date(2025, 10, 15), date(2025, 10, 25), date(2025, 11, 20), date(2025, 12, 10)
WEST_COMMUNE, CELL, OTHER_CELL, SISTER_CELL = 4, 7, 8, 10  # places among the units of `worlds.found_base`
WHO = worlds.actor()
Spans = set[tuple[int, date, date]]
END = FAR - ONE


def unit(place: int) -> Unit:
    """A unit of the base by its place; places count from 0 in the order of founding."""
    return Unit.objects.order_by("pk")[place]


def person(number: int) -> Person:
    return Person.objects.get(name=f"Người số {number}")


def row(model: type[Model], number: int) -> Model:
    return model._default_manager.get(person=person(number), voided_at__isnull=True)


def spans() -> Spans:
    """What is marked of the members' figures, by place of the unit."""
    places = {one.pk: place for place, one in enumerate(Unit.objects.order_by("pk"))}
    found = Mark.objects.filter(sheet="members").values_list("unit", "first", "last")
    return {(places[pk], first, last) for pk, first, last in found}


# --- rule 1: only an end or a beginning changed ---


def a_transfer() -> Spans:
    """Someone goes from one cell to another: two cells from the day on, not the thirty years before."""
    members.transfer(actor=WHO, person=person(0), to=unit(OTHER_CELL), on=OCTOBER)
    return {(CELL, OCTOBER, END), (OTHER_CELL, OCTOBER, END), (CELL, OCTOBER, OCTOBER), (OTHER_CELL, OCTOBER, OCTOBER)}


def a_corrected_beginning() -> Spans:
    """Somebody was there later than recorded: the days between, and the two days on which it began."""
    held = row(Membership, 0)
    members.correct_row(actor=WHO, row=held, valid_from=OCTOBER)
    first = worlds.START
    return {(CELL, first, OCTOBER - ONE), (CELL, first, first), (CELL, OCTOBER, OCTOBER)}


def a_departure_and_another_day() -> Spans:
    """Someone died, and the day was recorded wrongly: the days between the two."""
    members.leave(actor=WHO, person=person(0), how="deceased", on=OCTOBER)
    facts.keep_up(date(2026, 1, 17))
    members.correct_row(actor=WHO, row=row(Membership, 0), valid_to=NOVEMBER)
    return {(CELL, OCTOBER, NOVEMBER - ONE), (CELL, OCTOBER, OCTOBER), (CELL, NOVEMBER, NOVEMBER)}


# --- rule 2: a row is new, withdrawn, or another ---


def a_late_entry() -> Spans:
    """Somebody who came months ago is recorded today: closed months too."""
    worlds._receive(20, unit(CELL), OCTOBER, came="admitted")
    return {(CELL, OCTOBER, END), (CELL, OCTOBER, OCTOBER)}


def a_withdrawn_row() -> Spans:
    """A membership that never was: its whole time."""
    members.withdraw_row(actor=WHO, row=row(Membership, 0))
    first = worlds.START
    return {(CELL, first, END), (CELL, first, first)}


# --- rule 3: a dated event ---


def another_way_of_coming() -> Spans:
    """How somebody came was recorded wrongly: that day alone."""
    members.correct_row(actor=WHO, row=row(Membership, 0), came="admitted", valid_from=OCTOBER)
    facts.keep_up(date(2026, 1, 17))
    members.correct_row(actor=WHO, row=row(Membership, 0), came="restored")
    return {(CELL, OCTOBER, OCTOBER)}


# --- rule 4: what has no dates ---


def another_sex() -> Spans:
    """All that ever counted of the person."""
    members.transfer(actor=WHO, person=person(0), to=unit(OTHER_CELL), on=OCTOBER)
    facts.keep_up(date(2026, 1, 17))
    members.change(actor=WHO, person=person(0), on=NOVEMBER, sex="f")
    return {(CELL, worlds.START, OCTOBER), (OTHER_CELL, OCTOBER, FAR)}


def another_birthday() -> Spans:
    """All that ever counted of the person."""
    members.change(actor=WHO, person=person(0), on=NOVEMBER, birth=Known("1950"))
    return {(CELL, worlds.START, FAR)}


def another_base_of_party_age() -> Spans:
    """It follows from the day of the decision."""
    members.change(actor=WHO, person=person(0), on=NOVEMBER, decision_date=Known("2020-05-03"))
    return {(CELL, worlds.START, FAR)}


def many_at_once() -> Spans:
    """Written by one statement, outside of any act."""
    Person.objects.filter(pk=person(0).pk).update(sex="f")
    return {(CELL, worlds.START, FAR)}


# --- rule 4b: dated rows that counted rows read ---


def a_recognition() -> Spans:
    """Another standing from the day on, at the cell where the person is then."""
    members.recognise(actor=WHO, person=person(2), on=OCTOBER)
    return {(9, OCTOBER, END)}


def an_exemption() -> Spans:
    """Its days alone."""
    members.set_participation(actor=WHO, person=person(0), kind="exempt", on=OCTOBER, until=NOVEMBER)
    return {(CELL, OCTOBER, NOVEMBER - ONE)}


def an_exemption_ends_early() -> Spans:
    """From the new end to the old one."""
    held = members.set_participation(actor=WHO, person=person(0), kind="exempt", on=OCTOBER, until=DECEMBER)
    facts.keep_up(date(2026, 1, 17))
    members.end_participation(actor=WHO, row=held, on=NOVEMBER)
    return {(CELL, NOVEMBER, DECEMBER - ONE)}


def a_withdrawn_standing() -> Spans:
    """Somebody is of no standing any more."""
    held = Standing.objects.get(person=person(2), voided_at__isnull=True)
    members.withdraw_row(actor=WHO, row=held)
    return {(9, worlds.START + 2 * ONE, END)}


# --- rule 5: the tree ---


def a_cell_moves_within_a_month() -> Spans:
    """What happened before the day stays with the old commune."""
    worlds._receive(20, unit(CELL), date(2025, 10, 5), came="admitted")
    worlds._receive(21, unit(CELL), LATE, came="admitted")
    facts.keep_up(date(2026, 1, 17))
    units.move(actor=WHO, unit=unit(CELL), to=unit(WEST_COMMUNE), on=OCTOBER)
    return {(CELL, OCTOBER, FAR)}


def the_other_side_moves() -> Spans:
    """Someone went from one commune to another, and now they were one by then: the cell that was left, on that day."""
    members.transfer(actor=WHO, person=person(0), to=unit(OTHER_CELL), on=NOVEMBER)
    facts.keep_up(date(2026, 1, 17))
    units.move(actor=WHO, unit=unit(OTHER_CELL), to=unit(WEST_COMMUNE - 1), on=OCTOBER)
    return {(OTHER_CELL, OCTOBER, FAR), (CELL, NOVEMBER, NOVEMBER)}


def a_commune_moves() -> Spans:
    """With all that hang under it, and nobody else."""
    units.move(actor=WHO, unit=unit(WEST_COMMUNE), to=unit(1), on=OCTOBER)
    return {(place, OCTOBER, FAR) for place in (WEST_COMMUNE, OTHER_CELL)}


def a_merge() -> Spans:
    """The cell that ends hangs under its heir, to whom its members go."""
    units.merge(actor=WHO, units=[unit(CELL)], into=unit(SISTER_CELL), on=OCTOBER)
    both = {(place, OCTOBER, last) for place in (CELL, SISTER_CELL) for last in (OCTOBER, END)}
    return both | {(CELL, OCTOBER, FAR)}


def an_undone_merge() -> Spans:
    """Everything comes back; the cell that stands again is marked for all its time."""
    marked = a_merge()
    facts.keep_up(date(2026, 1, 17))
    units.undo_event(actor=WHO, event=UnitEvent.objects.latest("pk"))
    return marked - {(CELL, OCTOBER, FAR)} | {(CELL, worlds.START, FAR)}


def a_founding() -> Spans:
    """A new unit has a path that it had not."""
    units.found(actor=WHO, name="Chi bộ mới", kind="village_cell", parent=unit(WEST_COMMUNE), on=OCTOBER)
    return {(12, OCTOBER, FAR)}


# --- rule 6: a month opens ---


def written_before_the_month_opens() -> Spans:
    """A transfer of a later month is known when that month is first counted."""
    members.transfer(actor=WHO, person=person(0), to=unit(OTHER_CELL), on=date(2026, 2, 3))
    marked = spans()
    facts.keep_up(date(2026, 2, 20))
    assert {first for _place, first, _last in marked} == {date(2026, 2, 3)}
    return set()


# --- rule 8: what only a live figure reads ---


def a_note() -> Spans:
    """Nothing."""
    members.change(actor=WHO, person=person(0), on=NOVEMBER, occupation="Giáo viên")
    return set()


SCENES: list[Callable[[], Spans]] = [
    a_transfer, a_corrected_beginning, a_departure_and_another_day, a_late_entry, a_withdrawn_row,
    another_way_of_coming, another_sex, another_birthday, another_base_of_party_age, many_at_once, a_recognition,
    an_exemption, an_exemption_ends_early, a_withdrawn_standing, a_cell_moves_within_a_month,
    a_commune_moves, a_merge, an_undone_merge, a_founding, written_before_the_month_opens, a_note, the_other_side_moves,
]  # fmt: skip
