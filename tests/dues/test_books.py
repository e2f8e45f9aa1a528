"""Closing months, handing up, acknowledging: the story over HTTP, what blocks, and that every đồng is somewhere."""

from datetime import date
from random import Random

import pytest

from hatnhan.dues.books import statements
from hatnhan.dues.books.actions import acknowledge, close_month, hand_up, open_fund, reopen_month, reverse_entry, spend
from hatnhan.dues.books.reckoning import blockers, reckon
from hatnhan.dues.models import FundEntry, MonthBook, Payment
from hatnhan.dues.payments.actions import Paid, reverse, save_month
from hatnhan.kernel.models import Unit
from hatnhan.rulebook.actions import set_local
from tests.units.ground import TODAY
from tests.world import World, boss, refused

pytestmark = pytest.mark.django_db

SEPTEMBER, OCTOBER, NOVEMBER = (date(2026, n, 1) for n in (9, 10, 11))


def collect(world: World, unit: Unit, month: date, amounts: dict[str, int], paid_on: date) -> None:
    paid = [Paid(world.people[name], amount) for name, amount in amounts.items()]
    save_month(actor=boss(), unit=unit, month=month, paid=paid, paid_on=paid_on)


def test_a_share_nobody_has_confirmed_blocks_and_says_so(paying: World) -> None:
    collect(paying, paying.land.one, NOVEMBER, {"an": 30_000}, TODAY)
    browser = paying.browser("thuy")
    page = browser.get("/dues/close/?month=2026-11").content.decode()
    assert "chưa được xác nhận" in page
    assert "chưa đối chiếu với văn bản gốc" in page
    assert browser.post("/dues/close/?month=2026-11").status_code == 422
    assert not MonthBook.objects.exists()
    with refused("split"):
        close_month(actor=paying.actor("thuy"), unit=paying.land.one, month=NOVEMBER)


def test_a_month_goes_from_the_cell_to_the_commune(decided: World) -> None:
    land = decided.land
    collect(decided, land.one, NOVEMBER, {"an": 30_000, "thuy": 80_000}, TODAY)
    secretary, office = decided.browser("thuy"), decided.browser("ha")
    assert secretary.post("/dues/close/?month=2026-11").status_code == 302
    book = MonthBook.objects.get()
    assert (book.collected, book.kept, book.remitted, book.upper) == (110_000, 77_000, 33_000, land.lim)
    assert (book.members, book.obliged, book.paid, book.unplaced) == (6, 6, 2, 1)
    sent = {"sent_on": "22/11/2026", "channel": "bank", "voucher": "UNC 15"}
    assert secretary.post(f"/dues/books/{book.pk}/hand-up/", sent).status_code == 302
    board = office.get("/dues/units/?month=2026-11").content.decode()
    assert "UNC 15" in board
    assert "Nguyễn Văn An" not in board
    answer = office.post("/dues/units/?month=2026-11", {"received_on": "22/11/2026", "book": [book.pk]})
    assert answer.status_code == 302
    assert office.post("/dues/close/?month=2026-11").status_code == 302
    upper = MonthBook.objects.get(unit=land.lim)
    assert (upper.received, upper.kept, upper.remitted) == (33_000, 26_400, 6_600)
    one = statements.statement(land.lim, NOVEMBER, NOVEMBER, TODAY)
    assert (one.collected, one.kept, one.left, one.on_the_way, one.balanced) == (110_000, 103_400, 6_600, 0, True)
    page = office.get("/dues/statement/?first=2026-11&last=2026-11").content.decode()
    assert "Khớp đến từng đồng" in page
    paper = office.get("/dues/statement/paper/?first=2026-11&last=2026-11&form=docx").content
    assert paper.startswith(b"PK")
    assert office.get("/dues/statement/paper/?form=pdf").content.startswith(b"%PDF")


def test_what_is_paid_after_closing_stands_in_the_next_book(decided: World) -> None:
    one, thuy = decided.land.one, decided.actor("thuy")
    collect(decided, one, OCTOBER, {"an": 30_000}, date(2026, 10, 5))
    close_month(actor=thuy, unit=one, month=OCTOBER)
    with refused("closed"):
        close_month(actor=thuy, unit=one, month=OCTOBER)
    collect(decided, one, OCTOBER, {"anh": 11_100}, date(2026, 10, 20))
    reverse(actor=thuy, payment=Payment.objects.get(person=decided.people["an"]), reason="Ghi nhầm tên")
    with refused("below_nothing"):
        close_month(actor=thuy, unit=one, month=NOVEMBER)
    collect(decided, one, NOVEMBER, {"thuy": 80_000}, TODAY)
    book = close_month(actor=thuy, unit=one, month=NOVEMBER)
    assert book.collected == 11_100 - 30_000 + 80_000


def test_months_are_closed_in_order_and_the_last_can_be_opened_again(decided: World) -> None:
    one, thuy = decided.land.one, decided.actor("thuy")
    collect(decided, one, OCTOBER, {"an": 30_000}, date(2026, 10, 5))
    with refused("earlier"):
        close_month(actor=thuy, unit=one, month=NOVEMBER)
    with refused("ahead", "earlier"):
        close_month(actor=thuy, unit=one, month=date(2026, 12, 1))
    book = close_month(actor=thuy, unit=one, month=OCTOBER)
    assert statements.balance(one) == 21_000
    reopen_month(actor=thuy, book=book, reason="Thiếu một đồng chí")
    assert statements.balance(one) == 0
    book = close_month(actor=thuy, unit=one, month=OCTOBER)
    hand_up(actor=thuy, book=book, sent_on=TODAY, channel="cash")
    with refused("sent"):
        hand_up(actor=thuy, book=book, sent_on=TODAY, channel="cash")
    ha = decided.actor("ha")
    with refused("received_on"):
        acknowledge(actor=ha, unit=decided.land.lim, books=[book.pk], received_on=date(2026, 11, 1))
    acknowledge(actor=ha, unit=decided.land.lim, books=[book.pk], received_on=TODAY)
    with refused("not_sent"):
        acknowledge(actor=ha, unit=decided.land.lim, books=[book.pk], received_on=TODAY)
    book.refresh_from_db()
    with refused("received"):
        reopen_month(actor=thuy, book=book, reason="Muộn rồi")


def test_example_27_another_grassroots_organisation_before_the_new_rule(world: World) -> None:
    school, december = world.land.school, date(2025, 12, 1)
    collect(world, world.land.class_cell, december, {"hai": 2_000_000}, date(2025, 12, 5))
    low = close_month(actor=boss(), unit=world.land.class_cell, month=december)
    assert (low.kept, low.remitted) == (1_000_000, 1_000_000)
    hand_up(actor=boss(), book=low, sent_on=date(2025, 12, 20), channel="cash")
    acknowledge(actor=boss(), unit=school, books=[low.pk], received_on=date(2025, 12, 20))
    book = close_month(actor=boss(), unit=school, month=december)
    assert (book.received, book.kept, book.remitted) == (1_000_000, 700_000, 300_000)


def test_what_is_kept_is_spent_only_while_it_is_there(decided: World) -> None:
    one, thuy = decided.land.one, decided.actor("thuy")
    open_fund(actor=thuy, unit=one, day=date(2026, 1, 1), amount=100_000)
    with refused("opened"):
        open_fund(actor=thuy, unit=one, day=date(2026, 1, 1), amount=100_000)
    with refused("balance"):
        spend(actor=thuy, unit=one, day=TODAY, amount=100_001, text="Mua sổ họp")
    line = spend(actor=thuy, unit=one, day=TODAY, amount=40_000, text="Mua sổ họp")
    assert statements.balance(one) == 60_000
    reverse_entry(actor=thuy, entry=line, reason="Chưa mua")
    assert statements.balance(one) == 100_000
    page = decided.browser("thuy").get("/dues/fund/").content.decode()
    assert "Mua sổ họp" in page
    assert FundEntry.objects.count() == 3


def test_every_dong_is_somewhere_at_every_level(decided: World) -> None:
    """At random: cells collect, close, hand up late or not at all; communes take in what came; every statement of every
    unit and span balances, and the children's sums are their parent's."""
    land, die = decided.land, Random(7)
    set_local(
        actor=boss(), unit=land.lim, key="dues.split.cell", value=63, decision="05-QĐ/ĐU", on=date(2026, 2, 1)
    )  # fmt: skip
    cells = {land.one: ("an", "anh", "thuy", "binh"), land.two: ("chi", "long"), land.far_cell: ("khanh",),
             land.class_cell: ("hai",)}  # fmt: skip
    for month in (SEPTEMBER, OCTOBER, NOVEMBER):
        for cell, people in cells.items():
            paid = {name: die.randrange(1, 200_000) for name in people if die.random() < 0.8}
            if paid:
                collect(decided, cell, month, paid, month.replace(day=5))
            for row in Payment.objects.filter(unit=cell, book=None, reverses=None, reversed_in=None):
                if die.random() < 0.1 and len(paid) > 2:
                    reverse(actor=boss(), payment=row, reason="Thử")
        for unit in (*cells, land.school, land.lim, land.che, land.province):
            if unit not in cells or die.random() < 0.8:
                _close(unit, month, die)
    everybody = [land.province, land.lim, land.che, land.school, *cells]
    for unit in everybody:
        for first, last in ((SEPTEMBER, SEPTEMBER), (OCTOBER, NOVEMBER), (SEPTEMBER, NOVEMBER)):
            one = statements.statement(unit, first, last, TODAY)
            assert one.balanced, (unit, first, last, one)
    whole = statements.statement(land.province, SEPTEMBER, NOVEMBER, TODAY)
    lines = statements.by_child(land.province, SEPTEMBER, NOVEMBER, TODAY)
    assert sum(line.collected for line in lines) == whole.collected
    assert whole.collected == sum(
        row.collected for row in MonthBook.objects.filter(voided_at=None)
    ) == sum(Payment.objects.exclude(book=None).values_list("amount", flat=True))  # fmt: skip


def _close(unit: Unit, month: date, die: Random) -> None:
    one = reckon(unit, month, TODAY)
    if {reason.code for reason in blockers(one, TODAY)} & {"earlier", "below_nothing"}:
        return
    book = close_month(actor=boss(), unit=unit, month=month)
    if die.random() < 0.8:
        hand_up(actor=boss(), book=book, sent_on=TODAY, channel="cash")
        if book.upper is not None and die.random() < 0.8:
            acknowledge(actor=boss(), unit=book.upper, books=[book.pk], received_on=TODAY)
