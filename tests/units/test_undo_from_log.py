"""The log of an organisation says what can still be undone, and undoes it."""

from datetime import date

import pytest
from django.test import Client

from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.kernel.models import Entry
from hatnhan.units import actions
from hatnhan.units.queries import name_of
from tests.access.cast import Cast, boss, browser, cast
from tests.units.ground import TODAY, tables

DAY = date(2026, 10, 1)


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


def last() -> Entry:
    return Entry.objects.select_related("payload").filter(refers_to=None).latest("id")


def page(people: Cast, entry: Entry | None = None) -> str:
    return f"/units/{people.ground.one.pk}/log/" + (f"{entry.pk}/" if entry else "")


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_name_is_taken_back_by_whoever_may_give_it(people: Cast) -> None:
    before = tables()
    actions.rename(actor=people.actor(people.ha), unit=people.ground.one, name="Chi bộ thôn Nhất", on=DAY)
    entry, ha = last(), browser(people.ha)
    assert "Đổi tên Chi bộ thôn Một thành Chi bộ thôn Nhất" in text(ha, page(people))
    assert "Hoàn tác việc này" in text(ha, page(people, entry))
    assert ha.post(page(people, entry), {"reason": " "}).status_code == 422
    assert ha.post(page(people, entry), {"reason": "Nhầm tên"}).status_code == 302
    assert name_of(people.ground.one, TODAY) == "Chi bộ thôn Một"
    assert tables() == before
    assert (last().code, last().reason) == ("units.undo_act", "Nhầm tên")


def test_what_was_built_on_says_why_it_stays(people: Cast) -> None:
    actions.rename(actor=boss(), unit=people.ground.one, name="Chi bộ thôn Nhất", on=DAY)
    entry = last()
    actions.rename(actor=boss(), unit=people.ground.one, name="Chi bộ thôn Cả", on=DAY)
    assert "Không hoàn tác được" in text(browser(people.ha), page(people, entry))


def test_a_reorganisation_leads_to_its_own_page(people: Cast) -> None:
    actions.move(actor=boss(), unit=people.ground.three, to=people.ground.school, on=TODAY)
    entry = last()
    shown = text(browser(people.dung), f"/units/{people.ground.three.pk}/log/{entry.pk}/")
    assert "trang của việc sắp xếp" in shown
    assert "Hoàn tác việc này" not in shown


def test_others_neither_see_it_nor_undo_it(people: Cast) -> None:
    actions.rename(actor=boss(), unit=people.ground.one, name="Chi bộ thôn Nhất", on=DAY)
    entry = last()
    assert browser(people.thuy).get(page(people)).status_code == 403
    assert browser(people.khoa).get(page(people, entry)).status_code == 404
    for account, error in ((people.thuy, Forbidden), (people.khoa, NotFound)):
        with pytest.raises(error):
            actions.undo_act(actor=people.actor(account), unit=people.ground.one, entry=entry, reason="x")


def test_an_entry_of_another_unit_is_not_found(people: Cast) -> None:
    actions.rename(actor=boss(), unit=people.ground.far_cell, name="Chi bộ thôn Xa", on=DAY)
    assert browser(people.ha).get(page(people, last())).status_code == 404
