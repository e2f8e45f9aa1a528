"""What stands around collecting: statements of the portal compared, who is asked first, cards and bars elsewhere,
figures and their rows, mergers."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hatnhan.dues.arrears.actions import ask
from hatnhan.dues.arrears.queries import Watch
from hatnhan.dues.books.actions import close_month, hand_up, open_fund, spend
from hatnhan.dues.books.statements import balance
from hatnhan.dues.cards import beside_the_roll
from hatnhan.dues.models import Asked, Payment, StatementLine
from hatnhan.dues.payers.actions import exempt
from hatnhan.dues.payments.actions import Paid, pay, save_month
from hatnhan.kernel.figures import Window, value
from hatnhan.kernel.registries import ask as bars
from hatnhan.meetings import actions as meetings
from hatnhan.members.slots import cards
from hatnhan.units import actions as units
from hatnhan.units.models import UnitEvent
from tests.units.ground import TODAY
from tests.world import World, boss, refused

pytestmark = pytest.mark.django_db

FEBRUARY, OCTOBER, NOVEMBER, DECEMBER = date(2026, 2, 1), date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)


def collect(world: World, name: str, amount: int, reference: str = "", channel: str = "portal") -> None:
    save_month(
        actor=world.actor("thuy"), unit=world.land.one, month=NOVEMBER, paid=[Paid(world.people[name], amount)],
        paid_on=TODAY, channel=channel, reference=reference,
    )  # fmt: skip


def statement(*lines: str) -> SimpleUploadedFile:
    head = "Mã giao dịch;Ngày nộp;Họ và tên;Kỳ;Số tiền"
    text = "\n".join(["SAO KÊ THÁNG 11", head, *lines, ";;Tổng cộng;;99"])
    return SimpleUploadedFile("sao-ke.csv", text.encode(), content_type="text/csv")


def test_a_portals_statement_is_compared_three_ways(paying: World) -> None:
    collect(paying, "an", 30_000, "DVC1")
    collect(paying, "thuy", 70_000, "DVC2")  # 80,000 was due, and the portal says 75,000
    collect(paying, "binh", 7_400, "DVC9")  # the portal does not know it
    browser = paying.browser("thuy")
    given = statement(
        "DVC1;20/11/2026;Nguyễn Văn An;11/2026;30.000", "DVC2;21/11/2026;Lê Thị Thủy;11/2026;75.000",
        "DVC3;21/11/2026;TRAN THI ANH;11/2026;11.100",
    )  # fmt: skip
    assert browser.post("/dues/match/?month=2026-11", {"channel": "portal", "file": given}).status_code == 302
    assert StatementLine.objects.exclude(payment=None).count() == 2
    page = browser.get("/dues/match/?month=2026-11").content.decode()
    for words in ("Chưa có phiếu thu: DVC3", "Chưa thấy trong sao kê", "sao kê 75.000 đồng, phiếu thu 70.000 đồng",
                  "mức của tháng 80.000 đồng"):  # fmt: skip
        assert words in page, words
    line = StatementLine.objects.get(reference="DVC3")
    assert line.payer != "TRAN THI ANH"
    form = browser.get(f"/dues/match/{line.pk}/receipt/").content.decode()
    assert "Trần Thị Ánh" in form
    sent = {"person": paying.people["anh"], "month": "11/2026"}
    assert browser.post(f"/dues/match/{line.pk}/receipt/", sent).status_code == 302
    made = Payment.objects.get(person=paying.people["anh"])
    assert (made.amount, made.reference, made.channel) == (11_100, "DVC3", "portal")
    again = statement("DVC1;20/11/2026;Nguyễn Văn An;11/2026;31.000")
    answer = browser.post("/dues/match/?month=2026-11", {"channel": "portal", "file": again})
    assert answer.status_code == 422
    assert "Mã DVC1 đã có với số tiền khác" in answer.content.decode()


def test_the_commune_compares_numbers_and_the_cell_finds_its_own(paying: World) -> None:
    collect(paying, "binh", 7_400, "DVC9")
    office = paying.browser("ha")
    given = statement("DVC3;21/11/2026;Tran Thi Anh;11/2026;11.100", "DVC8;21/11/2026;Người Lạ;11/2026;5.000")
    assert office.post("/dues/match/?month=2026-11", {"channel": "portal", "file": given}).status_code == 302
    page = office.get("/dues/match/?month=2026-11").content.decode()
    assert "Phạm Văn Bình" not in page
    assert "7.400" not in page
    cell = paying.browser("thuy").get("/dues/match/?month=2026-11").content.decode()
    assert "DVC3" in cell
    assert "DVC8" not in cell
    stranger = StatementLine.objects.get(reference="DVC8")
    assert paying.browser("thuy").get(f"/dues/match/{stranger.pk}/receipt/").status_code == 404
    assert office.post(f"/dues/match/{stranger.pk}/aside/", {"reason": "Tiền quỹ khác"}).status_code == 302


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"a;b\n1;2"])
def test_a_file_that_is_no_statement_is_told_what_is_missing(paying: World, content: bytes) -> None:
    given = SimpleUploadedFile("x.csv", content)
    answer = paying.browser("thuy").post("/dues/match/?month=2026-11", {"channel": "bank", "file": given})
    assert answer.status_code == 422


def test_exemptions_are_shown_before_anybody_is_named(paying: World) -> None:
    exempt(actor=paying.actor("thuy"), person=paying.person("sau"), kind="household", month=FEBRUARY)
    browser = paying.browser("thuy")
    first = browser.get("/dues/arrears/").content.decode()
    assert "Hộ nghèo, cận nghèo" in first
    assert "Nguyễn Văn An" not in first
    second = browser.get("/dues/arrears/?seen=1").content.decode()
    assert "Nguyễn Văn An" in second
    assert "Vũ Sáu" not in second
    assert "30.000" not in second
    an = paying.person("an")
    browser.post(f"/dues/arrears/{an.pk}/ask/", {"answer": "forgot"})
    assert Asked.objects.get().answer == "forgot"
    watch = Watch(paying.land.one, TODAY)
    assert [one.name for one in watch.long] == ["Nguyễn Văn An"]
    with refused("answer"):
        ask(actor=paying.actor("thuy"), person=an, answer="bị bệnh")
    assert paying.browser("ha").get("/dues/arrears/").status_code == 403


def test_a_transfer_waits_for_dues_through_the_month_of_its_letter(paying: World) -> None:
    an = paying.person("an")
    (reason,) = [one for one in bars("transfer", an, TODAY) if one.code == "dues_unpaid"]
    assert "2–11/2026" in reason.message
    assert "38-HD/BTCTW" in (reason.source or "")
    pay(actor=paying.actor("thuy"), person=an, first=FEBRUARY, last=NOVEMBER, amount=30_000, paid_on=TODAY)
    assert [one for one in bars("transfer", an, TODAY) if one.code == "dues_unpaid"] == []


def test_the_profile_and_the_roll_say_it_to_the_collector_only(paying: World) -> None:
    an = paying.people["an"]
    pay(actor=paying.actor("thuy"), person=paying.person("an"), first=FEBRUARY, last=DECEMBER, amount=30_000,
        paid_on=TODAY)  # fmt: skip
    titles = {name: [card.title for card in cards(paying.actor(name), an, TODAY)] for name in ("thuy", "ha")}
    assert "Đảng phí" in titles["thuy"]
    assert "Đảng phí" not in titles["ha"]
    beside = beside_the_roll(paying.actor("thuy"), [an, paying.people["anh"]], TODAY)
    assert "Đóng trước đến tháng 12/2026" in beside[an]
    assert "Chưa đóng tháng 11/2026" in beside[paying.people["anh"]]
    assert beside_the_roll(paying.actor("ha"), [an], TODAY) == {}


def test_the_open_meeting_shows_dues_beside_each_name(paying: World) -> None:
    sitting = meetings.open_now(actor=paying.actor("thuy"), unit=paying.land.one, place="Nhà văn hóa")
    page = paying.browser("thuy").get(f"/meetings/live/{sitting.pk}/").content.decode()
    assert "Chưa đóng tháng 11/2026" in page


def test_figures_add_up_and_open_their_rows(decided: World) -> None:
    land = decided.land
    collect(decided, "an", 30_000)
    book = close_month(actor=decided.actor("thuy"), unit=land.one, month=NOVEMBER)
    hand_up(actor=decided.actor("thuy"), book=book, sent_on=TODAY, channel="cash")
    found = {}
    for code in ("collected", "kept", "remitted", "payers", "obliged", "paid", "exempt_age"):
        for name, unit in (("cell", land.one), ("commune", land.lim)):
            found[code, name] = value(f"dues.{code}", unit, Window(NOVEMBER, DECEMBER))
    assert (found["collected", "cell"], found["collected", "commune"]) == (30_000, 30_000)
    assert (found["remitted", "cell"], found["remitted", "commune"]) == (9_000, 0)
    assert (found["kept", "commune"], found["payers", "commune"], found["obliged", "cell"]) == (21_000, 1, 6)
    answer = decided.browser("ha").get("/figures/dues.collected/?from=2026-11-01&to=2026-11-30")
    assert answer.status_code == 200


def test_what_a_merged_cell_keeps_goes_along_and_comes_back(decided: World) -> None:
    land, who = decided.land, boss()
    open_fund(actor=who, unit=land.two, day=date(2026, 1, 1), amount=500_000)
    units.merge(actor=who, units=[land.two], into=land.one, on=TODAY)
    assert (balance(land.two), balance(land.one)) == (0, 500_000)
    units.undo_event(actor=who, event=UnitEvent.objects.latest("pk"))
    assert (balance(land.two), balance(land.one)) == (500_000, 0)
    units.merge(actor=who, units=[land.two], into=land.one, on=TODAY)
    spend(actor=who, unit=land.one, day=TODAY, amount=100_000, text="Mua sổ")
    with refused("dues_spent"):
        units.undo_event(actor=who, event=UnitEvent.objects.latest("pk"))
