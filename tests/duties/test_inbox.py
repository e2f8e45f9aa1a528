"""The inbox as people use it: days, numbers, takeovers, a stand-in, what was told to the superior, the own calendar."""

from datetime import timedelta
from typing import Any

import pytest

from hatnhan.access import actions as access
from hatnhan.access.models import Grant
from hatnhan.duties import actions, queries
from hatnhan.duties.jobs import escalate
from hatnhan.duties.models import Duty
from hatnhan.kernel.actor import Forbidden
from hatnhan.kernel.days import today
from hatnhan.kernel.jobs import JobContext
from hatnhan.kernel.models import Unit
from tests.access.cast import opened
from tests.world import World, boss, last_entry, refused

pytestmark = pytest.mark.django_db

JOB = JobContext(job_id=1, account_id=None, worker="w", attempt=1)


def owe(unit: Unit, about: int, days: int = 0, **more: Any) -> Duty:
    """Ten days after a day that lies some days back."""
    given: dict[str, Any] = {"role": "cell_secretary", **more}
    return actions.open_duty(
        actor=boss(), kind="tests.thing", about=about, deadline="correct", on=today() - timedelta(days=days), unit=unit,
        **given,
    )  # fmt: skip


def text(world: World, name: str, path: str = "/duties/") -> str:
    return str(world.browser(name).get(path).content.decode())


def test_duties_stand_under_their_days_and_the_numbers_open_the_same_lists(world: World) -> None:
    for about, days in enumerate((30, 12, 10, 9, 0), start=1):
        owe(world.land.one, about, days)
    page = text(world, "thuy")
    first, second, third = (page.index(words) for words in (">Quá hạn</th>", ">Hôm nay, ", ">Ngày mai, "))
    assert page.index("Việc số 2") < second < page.index("Việc số 3") < third < page.index("Việc số 4")
    assert first < page.index("Việc số 1")
    tally = queries.tally(queries.mine(world.actor("thuy", today())), today())
    assert (tally.waiting, tally.overdue, tally.soon, tally.escalated) == (5, 2, 2, 0)
    for state, count in (("overdue", 2), ("soon", 2)):
        assert f"{count} việc phù hợp" in text(world, "thuy", f"/duties/?state={state}")
    assert 'scope="rowgroup"' not in text(world, "thuy", "/duties/?sort=-due")


def test_a_duty_says_who_holds_its_office_and_who_stands_in(world: World) -> None:
    duty, now = owe(world.land.one, 1), today()
    path = f"/duties/{duty.pk}/"
    assert "Hiện do: Lê Thị Thủy. Bàn giao chức vụ thì việc này đi theo." in _squeezed(text(world, "thuy", path))
    grant = Grant.objects.on(now).get(account=world.account("thuy"))
    last = now + timedelta(days=6)
    access.stand_in(
        actor=world.actor("thuy", now),
        grant=grant,
        deputy=world.account("binh"),
        on=now,
        until=last + timedelta(days=1),
        reason="đi vắng",
    )
    assert "Việc số 1" in text(world, "binh")
    assert f"Phạm Văn Bình (làm thay đến {last.day}/{last.month}/{last.year})" in _squeezed(text(world, "thuy", path))


def test_with_the_office_passes_its_inbox(world: World) -> None:
    duty, now = owe(world.land.one, 1), today()
    world.accounts["mo"] = opened("Cao Thị Mơ", "member", world.land.one).pk
    access.hand_over(actor=boss(), old=world.account("thuy"), new=world.account("mo"), unit=world.land.one, on=now)
    assert "Việc số 1" in text(world, "mo")
    assert "Hiện do: Cao Thị Mơ" in _squeezed(text(world, "mo", f"/duties/{duty.pk}/"))
    assert queries.mine(world.actor("thuy", now)).count() == 0


def test_an_office_that_nobody_holds_is_said_to_the_superior(world: World) -> None:
    duty = owe(world.land.two, 1)
    assert "Chưa ai có tài khoản giữ chức vụ này" in text(world, "ha", f"/duties/{duty.pk}/")


def test_what_was_told_to_the_superior_is_said_in_words_with_the_history(world: World) -> None:
    duty, now = owe(world.land.one, 1, 15), today()
    escalate(JOB)
    page = _squeezed(text(world, "thuy", f"/duties/{duty.pk}/"))
    day = f"{now.day}/{now.month}/{now.year}"
    assert f"Ngày {day} chương trình đã báo lên Đảng bộ xã Lim Thượng; nơi phải làm vẫn như cũ." in page
    assert "Quá hạn, báo lên Đảng bộ xã Lim Thượng" in page
    assert "Giao cho Bí thư chi bộ, Chi bộ thôn Một" in page


def test_a_superior_reminds_once_a_day_and_only_within_the_scope(world: World) -> None:
    land, now = world.land, today()
    near, far = owe(land.one, 1), owe(land.far_cell, 2)
    ha = world.actor("ha", now)
    assert actions.remind(actor=ha, duties=[near, far], on=now) == 1
    far.refresh_from_db()
    near.refresh_from_db()
    assert (near.reminded_on, far.reminded_on) == (now, None)
    assert "Cấp trên đã nhắc" in text(world, "thuy")
    assert last_entry().payload.sentence.startswith("Nhắc %(count)s việc")
    with refused("none"):
        actions.remind(actor=ha, duties=[near], on=now)
    with pytest.raises(Forbidden):
        actions.remind(actor=world.actor("an", now), duties=[near], on=now)


def test_what_ends_by_an_act_of_its_own_is_not_marked_by_hand(world: World) -> None:
    duty = owe(world.land.one, 1)
    with refused("kind"):
        actions.finish(actor=world.actor("thuy", today()), duty=duty, on=today())
    assert "Ghi là đã xong" not in text(world, "thuy", f"/duties/{duty.pk}/")


def test_the_own_calendar_holds_days_and_nothing_of_what_they_are_about(world: World) -> None:
    duty = owe(world.land.one, 1)
    answer = world.browser("thuy").get("/duties/mine.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    said = answer.content.decode()
    assert f"DTSTART;VALUE=DATE:{duty.due:%Y%m%d}" in said
    assert "SUMMARY:Đến hạn một việc" in said
    assert "Việc số 1" not in said
    assert world.browser("an").get("/duties/mine.ics").content.count(b"VEVENT") == 0


def _squeezed(page: str) -> str:
    """Without the line breaks of the template."""
    return " ".join(page.split()).replace(" .", ".").replace(" ,", ",")
