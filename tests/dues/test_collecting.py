"""The collector's evening: the grid of a month over HTTP, one member's months, receipts, what is refused and why."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.dues.models import Payment
from hatnhan.dues.payments.actions import Paid, pay, reverse, save_month
from hatnhan.kernel.models import Entry
from hatnhan.members import actions as members
from hatnhan.members.models import Person
from tests.units.ground import TODAY
from tests.world import World, boss, last_entry, refused

pytestmark = pytest.mark.django_db

NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)
GRID_QUERIES = 34


def live(world: World, name: str, month: date = NOVEMBER) -> Payment | None:
    return Payment.objects.filter(
        person=world.people[name], month=month, reverses=None, reversed_in=None
    ).first()  # fmt: skip


def test_a_secretary_ticks_the_cell_and_saves_once(paying: World) -> None:
    browser = paying.browser("thuy")
    page = browser.get("/dues/month/?month=2026-11").content.decode()
    assert "80.000" in page
    assert "Chưa xếp loại" in page  # Liên has no class yet
    assert "8.000.000" not in page  # no income on the grid
    sent = {"paid_on": "22/11/2026", "channel": "cash", "all": "1", f"amount.{paying.people['thuy']}": "80.000"}
    assert browser.post("/dues/month/?month=2026-11", sent).status_code == 302
    assert {(row.person.name, row.amount) for row in Payment.objects.all()} == {
        ("Lê Thị Thủy", 80_000), ("Nguyễn Văn An", 30_000), ("Trần Thị Ánh", 11_100), ("Phạm Văn Bình", 7_400),
        ("Vũ Sáu", 7_400),
    }  # fmt: skip
    assert set(Payment.objects.values_list("receipt", flat=True)) == {1, 2, 3, 4, 5}
    entry = last_entry()
    assert entry.code == "dues.save_month"
    assert entry.payload.values["count"] == 5
    again = browser.get("/dues/month/?month=2026-11").content.decode()
    assert "5/6" in again


def test_an_amount_that_is_no_number_comes_back_as_it_was_typed(paying: World) -> None:
    an = paying.people["an"]
    sent = {"paid_on": "22/11/2026", "channel": "cash", "paid": [an], f"amount.{an}": "ba mươi"}
    answer = paying.browser("thuy").post("/dues/month/?month=2026-11", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "ba mươi" in page
    assert "hãy ghi số tiền bằng chữ số" in page
    assert not Payment.objects.exists()


def test_the_grid_is_saved_in_six_statements_whatever_the_size_of_the_cell(paying: World) -> None:
    land = paying.land
    for number in range(40):
        members.receive(actor=boss(), name=f"Trần Văn {number}", unit=land.three, on=date(2026, 1, 1))
    for unit, people in ((land.one, [paying.people[name] for name in ("an", "anh")]), (land.three, None)):
        keys = people or list(Person.objects.filter(memberships__unit=unit).values_list("pk", flat=True))
        actor = boss() if unit == land.three else paying.actor("thuy")
        with CaptureQueriesContext(connection) as queries:
            save_month(
                actor=actor, unit=unit, month=NOVEMBER, paid=[Paid(key, 20_000) for key in keys], paid_on=TODAY
            )  # fmt: skip
        asked = [one["sql"] for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        assert len(asked) <= 6, "\n".join(one[:90] for one in asked)


def test_the_page_of_the_grid_keeps_its_budget(paying: World) -> None:
    browser = paying.browser("thuy")
    browser.get("/dues/month/")
    with CaptureQueriesContext(connection) as queries:
        assert browser.get("/dues/month/").status_code == 200
    assert len(queries) <= GRID_QUERIES


def test_what_cannot_be_paid_is_refused_with_reason_and_source(paying: World) -> None:
    thuy, one = paying.actor("thuy"), paying.land.one
    an, chi = paying.people["an"], paying.people["chi"]
    given: dict[str, Any] = {"actor": thuy, "unit": one, "paid_on": TODAY}
    with refused("ahead"):
        save_month(month=date(2028, 3, 1), paid=[Paid(an, 30_000)], **given)
    with refused("month"):
        save_month(month=date(2011, 1, 1), paid=[Paid(an, 30_000)], **given)
    with refused("not_here"):
        save_month(month=NOVEMBER, paid=[Paid(chi, 30_000)], **given)
    with refused("not_here"):  # Liên was admitted in February
        save_month(month=date(2026, 1, 1), paid=[Paid(paying.people["lien"], 30_000)], **given)
    with refused("amount"):
        save_month(month=NOVEMBER, paid=[Paid(an, 0)], **given)
    with refused("paid_on"):
        save_month(actor=thuy, unit=one, month=NOVEMBER, paid=[Paid(an, 1)], paid_on=date(2026, 11, 30))
    with refused("channel"):
        save_month(month=NOVEMBER, paid=[Paid(an, 1)], channel="gold", **given)
    save_month(month=NOVEMBER, paid=[Paid(an, 30_000)], **given)
    with pytest.raises(Exception, match="đã đóng tháng 11/2026, phiếu thu số 1") as caught:
        save_month(month=NOVEMBER, paid=[Paid(an, 30_000), Paid(paying.people["anh"], 11_100)], **given)
    assert caught.value.reasons[0].source  # type: ignore[attr-defined]
    assert Payment.objects.count() == 1


def test_several_months_at_once_late_and_ahead(paying: World) -> None:
    an, thuy = paying.person("an"), paying.actor("thuy")
    assert pay(
        actor=thuy, person=an, first=OCTOBER, last=date(2027, 3, 1), amount=30_000, paid_on=TODAY, channel="portal",
        reference="DVC-77",
    ) == 6  # fmt: skip
    page = paying.browser("thuy").get(f"/dues/members/{an.pk}/").content.decode()
    assert "Chưa đóng tháng 2–9/2026" in page
    pay(actor=thuy, person=an, first=date(2026, 2, 1), last=date(2026, 9, 1), amount=30_000, paid_on=TODAY)
    page = paying.browser("thuy").get(f"/dues/members/{an.pk}/").content.decode()
    assert "Đóng trước đến tháng 3/2027" in page
    with refused("twice"):
        pay(actor=thuy, person=an, first=date(2027, 3, 1), last=date(2027, 4, 1), amount=30_000, paid_on=TODAY)


def test_a_mistake_is_reversed_and_collected_anew(paying: World) -> None:
    an, thuy = paying.people["an"], paying.actor("thuy")
    save_month(actor=thuy, unit=paying.land.one, month=NOVEMBER, paid=[Paid(an, 3_000)], paid_on=TODAY)
    first = Payment.objects.get()
    with refused("reason"):
        reverse(actor=thuy, payment=first, reason=" ")
    answer = paying.browser("thuy").post(f"/dues/receipts/{first.pk}/reverse/", {"reason": "Ghi thiếu một số không"})
    assert answer.status_code == 302
    first.refresh_from_db()
    with refused("reversed"):
        reverse(actor=thuy, payment=first, reason="Lần nữa")
    save_month(actor=thuy, unit=paying.land.one, month=NOVEMBER, paid=[Paid(an, 30_000)], paid_on=TODAY)
    assert sum(Payment.objects.values_list("amount", flat=True)) == 30_000
    found = live(paying, "an")
    assert found is not None
    assert found.receipt == 2
    assert not Entry.objects.filter(payload__values__icontains="30.000").exists()  # what one pays stays out of the log


def test_who_may_see_what(paying: World) -> None:
    an = paying.people["an"]
    save_month(
        actor=paying.actor("thuy"), unit=paying.land.one, month=NOVEMBER, paid=[Paid(an, 30_000)], paid_on=TODAY
    )  # fmt: skip
    receipt = f"/dues/receipts/{Payment.objects.get().pk}/"
    expected = {"ha": (403, 403, 404), "dung": (403, 403, 404), "an": (403, 403, 404), "binh": (200, 200, 200)}
    for name, answers in expected.items():
        browser = paying.browser(name)
        asked = (f"/dues/members/{an}/", "/dues/month/", receipt)
        assert tuple(browser.get(path).status_code for path in asked) == answers, name
    assert paying.browser("thuy").get(f"/dues/members/{paying.people['chi']}/").status_code == 404


def test_the_member_reads_the_own_dues_and_who_looked_at_the_income(paying: World) -> None:
    an = paying.person("an")
    an.account = paying.account("an")
    an.save(update_fields=["account"])
    page = paying.browser("an").get("/me/dues/").content.decode()
    assert "0,5 % × 6.000.000" in page
    assert "01-QĐ/TW" in page
    shown = paying.browser("thuy").get(f"/dues/members/{an.pk}/").content.decode()
    assert "6.000.000" not in shown
    looked = paying.browser("thuy").post(f"/dues/members/{an.pk}/").content.decode()
    assert "6.000.000" in looked
    assert "mức làm căn cứ" in paying.browser("an").get("/me/looks/").content.decode()


def test_receipts_are_papers(paying: World) -> None:
    an = paying.people["an"]
    save_month(
        actor=paying.actor("thuy"), unit=paying.land.one, month=NOVEMBER, paid=[Paid(an, 30_000)], paid_on=TODAY
    )  # fmt: skip
    path = f"/dues/receipts/{Payment.objects.get().pk}/paper/"
    browser = paying.browser("thuy")
    assert browser.get(f"{path}?form=pdf").content.startswith(b"%PDF")
    assert browser.get(f"{path}?form=docx").content.startswith(b"PK")
