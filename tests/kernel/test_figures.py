"""Figures by hand: what a question may be, what a figure may be, borders, frames, months, knowledge."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db.models import Q
from django.utils import timezone, translation

from hatnhan.kernel import figures
from hatnhan.kernel.days import FAR
from hatnhan.kernel.figures import (
    OWN,
    REGISTRY,
    BadQuestion,
    Figure,
    On,
    Part,
    Source,
    Sum,
    UnknownFigure,
    Window,
    register,
)
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.members import actions as members
from hatnhan.members.figures import AGES, PARTY_AGES
from hatnhan.members.models import Membership, Person
from hatnhan.units import actions as units
from tests.units.ground import START, TODAY, Ground, boss, ground

pytestmark = pytest.mark.django_db

YEAR = Window(date(2026, 1, 1), date(2027, 1, 1))


@pytest.fixture
def land() -> Ground:
    return ground()


@pytest.fixture
def registry() -> Iterator[None]:
    """What a test registers is forgotten."""
    before = dict(REGISTRY)
    yield
    REGISTRY.clear()
    REGISTRY.update(before)


def receive(unit: Unit, name: str, on: date = START, came: str = "loaded", **fields: Any) -> Person:
    return members.receive(actor=boss(), unit=unit, on=on, name=name, came=came, **fields)


def transfer(person: Person, to: Unit | None, on: date) -> None:
    members.transfer(actor=boss(), person=person, to=to, on=on)


# --- questions ----------------------------------------------------------------------------------------------------


def test_an_unknown_code_is_named_in_a_sentence() -> None:
    with pytest.raises(UnknownFigure) as caught:
        figures.named("members.giants")
    assert str(caught.value) == "Không có số liệu mang mã “members.giants”."
    assert isinstance(caught.value, KeyError)


def test_a_flow_needs_a_window(land: Ground) -> None:
    with pytest.raises(BadQuestion, match="Kết nạp"):
        figures.value("members.admitted", land.lim, On(TODAY))
    with pytest.raises(BadQuestion, match="Kết nạp"):
        figures.rows("members.admitted", land.lim, On(TODAY))


def test_a_frame_is_not_older_than_what_it_shows(land: Ground) -> None:
    with pytest.raises(BadQuestion):
        figures.value("members", land.lim, On(TODAY), TODAY - timedelta(1))
    assert figures.value("members", land.lim, On(TODAY), TODAY) == 0


@pytest.mark.parametrize(("start", "end"), [(TODAY, TODAY), (TODAY, START), (date(1, 1, 1), TODAY), (TODAY, FAR)])
def test_a_window_has_days_and_they_are_near(start: date, end: date) -> None:
    with pytest.raises(BadQuestion):
        Window(start, end)


def test_a_course_of_centuries_is_refused(land: Ground) -> None:
    with pytest.raises(BadQuestion, match="20 năm"):
        figures.series("members", land.lim, Window(date(1950, 1, 1), TODAY))


def test_a_ratio_is_no_number_and_a_figure_no_ratio(land: Ground) -> None:
    with pytest.raises(BadQuestion):
        figures.value("members.women_share", land.lim, On(TODAY))
    with pytest.raises(TypeError):
        figures.quotient("members", land.lim, On(TODAY))


def test_children_that_do_not_add_up_have_no_shares(land: Ground) -> None:
    with pytest.raises(BadQuestion):
        figures.share("members.in", land.lim, YEAR)


def test_before_its_founding_and_after_its_end_a_unit_has_nothing(land: Ground) -> None:
    receive(land.one, "Lê Văn Một")
    assert figures.value("members", land.one, On(START - timedelta(1))) == 0
    units.merge(actor=boss(), units=[land.one], into=land.two, on=TODAY)
    assert figures.value("members", land.one, On(TODAY)) == 0
    assert figures.value("members", land.two, On(TODAY)) == 1
    assert figures.table(["members", "members.in"], land.one, YEAR, TODAY + timedelta(400)).total == {
        "members": 0, "members.in": 0,
    }  # fmt: skip


# --- definitions --------------------------------------------------------------------------------------------------


def figure(code: str, **changes: Any) -> Figure:
    given: dict[str, Any] = {"label": code, "meaning": "", "noun": "", "source": Source("all", Membership.objects.all)}
    return Figure(code, **{**given, **changes})


def test_codes_are_given_once(registry: None) -> None:
    with pytest.raises(RuntimeError):
        register(figure("members"))


def test_what_cannot_be_counted_is_not_registered(registry: None) -> None:
    flow = Source("flow", Membership.objects.all, day="valid_from")
    with pytest.raises(RuntimeError, match="may not depend on a day"):
        register(figure("x", source=flow, where=lambda day, known_at: Q(valid_from=day)))
    with pytest.raises(RuntimeError, match="two units"):
        register(figure("x", source=flow, border=True))
    with pytest.raises(RuntimeError, match="of its source"):
        register(figure("x", uses=("standing",)))


def test_every_figure_of_the_installation_can_be_asked_in_both_languages(land: Ground) -> None:
    receive(land.one, "Lê Văn Một", sex="m")
    found = figures.table(REGISTRY, land.province, YEAR).total
    assert found["members"] == found["members.men"] == found["members.full"] == 1
    for language in ("vi", "en"):
        with translation.override(language):
            assert all(str(one.label) and str(one.meaning) for one in REGISTRY.values())


def test_bands_of_age_and_party_age_part_the_members(land: Ground) -> None:
    for i, birth in enumerate((None, "1957", "1957-05", "1995-10-23", "1995-10-24", "2003-01-01")):
        receive(land.one, f"Lê Văn {i}", sex="mf"[i % 2], birth=Known(birth) if birth else None)
    receive(land.one, "Lê Thị Xuân", decision_date=Known("1990-02-03"))
    total = figures.table(REGISTRY, land.one, YEAR).total
    assert sum(total[f"members.age.{code}"] for code in [*AGES, "unknown"]) == 7
    assert sum(total[f"members.party_age.{code}"] for code in [*PARTY_AGES, "unknown"]) == 7
    assert total["members.women"] + total["members.men"] + total["members.sex_unknown"] == 7
    assert total["members.party_age.30_40"] == 1


def test_somebody_born_in_a_month_or_year_counts_as_born_on_its_first_day(land: Ground) -> None:
    receive(land.one, "Lê Văn Một", birth=Known("1995"))
    receive(land.one, "Lê Văn Hai", birth=Known("1995-10"))
    on = On(date(2026, 9, 30))
    assert figures.value("members.age.31_35", land.one, on) == 1
    assert figures.value("members.age.31_35", land.one, On(date(2026, 10, 1))) == 2
    assert figures.value("members.age.18_30", land.one, on) == 1


def test_a_sum_adds_a_column_up(land: Ground, registry: None) -> None:
    register(figure("test.versions", measure=Sum("person__version")))
    person = receive(land.one, "Lê Văn Một")
    members.change(actor=boss(), person=person, on=TODAY, sex="m")
    members.change(actor=boss(), person=person, on=TODAY, note="…")
    assert figures.by_child("test.versions", land.lim, On(TODAY)) == {land.one.pk: person.version}
    assert figures.value("test.versions", land.che, On(TODAY)) == 0


def test_a_condition_on_a_column_that_does_not_exist_fails_loudly(land: Ground, registry: None) -> None:
    register(figure("test.wrong", where=Q(height__gt=2)))
    with pytest.raises(FieldError):
        figures.value("test.wrong", land.lim, On(TODAY))


# --- answers ------------------------------------------------------------------------------------------------------


def test_rows_at_the_unit_itself_have_a_key_of_their_own(land: Ground) -> None:
    receive(land.lim, "Lê Văn Một")
    receive(land.one, "Lê Văn Hai")
    receive(land.one, "Lê Văn Ba", sex="f")
    assert figures.by_child("members", land.lim, On(TODAY)) == {OWN: 1, land.one.pk: 2}
    assert figures.share("members", land.lim, On(TODAY)) == {OWN: Part(1, 3), land.one.pk: Part(2, 3)}
    women = figures.quotient("members.women_share", land.lim, On(TODAY))
    assert women == Part(1, 3)
    assert women.share == pytest.approx(1 / 3)
    assert figures.quotient("members.women_share", land.che, On(TODAY)).share is None


def test_a_transfer_inside_a_commune_is_no_arrival_of_the_commune(land: Ground) -> None:
    inside, across = receive(land.one, "Lê Văn Một"), receive(land.two, "Lê Văn Hai")
    transfer(inside, land.two, date(2026, 3, 1))
    transfer(across, land.far_cell, date(2026, 3, 1))
    receive(land.one, "Lê Văn Ba", date(2026, 4, 1), "transferred")
    assert figures.value("members.in", land.lim, YEAR) == 1
    assert figures.value("members.out", land.lim, YEAR) == 1
    assert figures.by_child("members.in", land.lim, YEAR) == {land.one.pk: 1, land.two.pk: 1}
    assert figures.by_child("members.out", land.lim, YEAR) == {land.one.pk: 1, land.two.pk: 1}
    assert figures.value("members.out", land.province, YEAR) == 0
    assert [row.person.name for row in figures.rows("members.in", land.lim, YEAR)] == ["Lê Văn Ba"]
    assert figures.series("members.in", land.lim, Window(date(2026, 3, 1), date(2026, 5, 1))) == [
        (date(2026, 3, 1), 0), (date(2026, 4, 1), 1),
    ]  # fmt: skip


def test_a_figure_then_and_in_the_tree_of_today(land: Ground) -> None:
    receive(land.class_cell, "Lê Văn Một")
    moved = date(2026, 6, 1)
    units.move(actor=boss(), unit=land.school, to=land.che, on=moved)
    before = On(moved - timedelta(1))
    assert figures.value("members", land.lim, before) == 1
    assert figures.value("members", land.lim, before, TODAY) == 0
    assert figures.by_child("members", land.che, before, TODAY) == {land.school.pk: 1}
    admitted = receive(land.class_cell, "Lê Văn Hai", date(2026, 5, 20), "admitted")
    assert figures.value("members.admitted", land.lim, YEAR) == 1
    assert figures.value("members.admitted", land.lim, YEAR, date(2026, 12, 31)) == 0
    assert figures.rows("members.admitted", land.che, YEAR, date(2026, 12, 31)).get().person == admitted


def test_a_departure_counts_on_the_day_after_the_last_one(land: Ground) -> None:
    person = receive(land.one, "Lê Văn Một")
    gone = date(2026, 7, 1)
    members.leave(actor=boss(), person=person, how="deceased", on=gone)
    assert figures.value("members", land.one, On(gone - timedelta(1))) == 1
    assert figures.value("members", land.one, On(gone)) == 0
    assert figures.value("members.left", land.one, Window(date(2026, 6, 1), gone)) == 0
    assert figures.value("members.left.deceased", land.one, Window(gone, gone + timedelta(1))) == 1


def test_a_course_shows_a_stock_at_the_ends_of_months_and_on_the_last_day(land: Ground) -> None:
    receive(land.one, "Lê Văn Một")
    receive(land.one, "Lê Văn Hai", date(2026, 3, 31))
    receive(land.one, "Lê Văn Ba", date(2026, 4, 20))
    window = Window(date(2026, 2, 10), date(2026, 4, 16))
    assert figures.series("members", land.one, window) == [
        (date(2026, 2, 1), 1), (date(2026, 3, 1), 2), (date(2026, 4, 1), 2),
    ]  # fmt: skip
    by_month = figures.table(["members", "members.loaded"], land.one, window, by="month")
    assert by_month.part(date(2026, 3, 1), "members.loaded") == 1
    assert by_month.total == {"members": 2, "members.loaded": 1}


def test_a_long_course_is_asked_in_several_queries(land: Ground) -> None:
    receive(land.one, "Lê Văn Một")
    window = Window(date(2016, 1, 1), date(2036, 1, 1))
    codes = ["members", "members.men", "members.sex_unknown"]
    found = figures.table(codes, land.one, window, by="month")
    assert len(found.parts) == 240
    assert found.part(date(2035, 12, 1), "members.sex_unknown") == found.part(date(2026, 9, 1), "members") == 1


def test_what_was_known_before_a_correction_is_still_answered(land: Ground) -> None:
    person = receive(land.one, "Lê Văn Một", standing="probationary")
    before = timezone.now()
    members.leave(actor=boss(), person=person, how="expelled", on=date(2026, 3, 1))
    on = On(TODAY)
    assert figures.value("members", land.one, on) == 0
    assert figures.value("members", land.one, on, known_at=before) == 1
    assert figures.value("members.probationary", land.one, on, known_at=before) == 1
    assert figures.by_child("members", land.lim, on, known_at=before) == {land.one.pk: 1}
    assert figures.series("members", land.one, Window(TODAY, TODAY + timedelta(1)), known_at=before)[-1][1] == 1
    assert figures.rows("members", land.one, on, known_at=before).count() == 1


def test_a_person_who_came_twice_is_two_entries_and_one_person(land: Ground) -> None:
    person = receive(land.one, "Lê Văn Một")
    for month, to in ((2, land.far_cell), (3, land.two), (4, land.far_cell), (5, land.one)):
        transfer(person, to, date(2026, month, 1))
    assert figures.value("members.in", land.lim, YEAR) == 2
    assert figures.value("members.in_persons", land.lim, YEAR) == 1
    assert figures.by_child("members.in_persons", land.lim, YEAR) == {land.one.pk: 1, land.two.pk: 1}
