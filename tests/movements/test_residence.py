"""Working members and where they live: registered, commented on in one evening, never counted."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.duties.models import Duty
from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.kernel.days import today
from hatnhan.kernel.figures import On, table
from hatnhan.members.models import Membership
from hatnhan.movements.models import ResidenceComment, ResidenceGathering, ResidenceLink
from hatnhan.movements.residence import actions, queries
from hatnhan.movements.residence.actions import Line
from hatnhan.movements.residence.choices import SENTENCES
from tests.api.program import program
from tests.units.ground import START, TODAY
from tests.world import World, refused

pytestmark = pytest.mark.django_db


def guests(world: World, n: int, called: str = "Khách Số", **more: Any) -> list[ResidenceLink]:
    given = {"workplace_text": "Sở Nông nghiệp", "on": START, "phone": "0900000200", **more}
    return [
        actions.register_guest(
            actor=world.actor("thuy"), unit=world.land.one, name=f"{called} {i}", born=1970 + i % 30, **given
        )
        for i in range(n)
    ]


def test_an_own_member_is_introduced_to_the_other_commune_and_both_sides_see_it(world: World) -> None:
    link = actions.introduce(actor=world.actor("thuy"), person=world.person("an"), on=TODAY, to_code="91.002.101")
    assert (link.workplace, link.unit, link.born) == (world.land.one, world.land.far_cell, 1957)
    assert queries.find(world.actor("khoa"), link.pk) == link
    assert world.browser("khoa").get(world.page("an")).status_code == 404
    assert "Nơi cư trú (213)" in world.browser("ha").get(world.page("an")).content.decode()
    with refused("twice"):
        actions.introduce(actor=world.actor("thuy"), person=world.person("an"), on=TODAY, place="Xã Thử")
    with refused("already_there"):
        actions.introduce(actor=world.actor("ha"), person=world.person("anh"), on=TODAY, to=world.land.one)
    with refused("not_introduced"):
        actions.introduce(actor=world.actor("ha"), person=world.person("anh"), on=TODAY, place="X", group="special")


def test_guests_are_never_counted(world: World) -> None:
    before = table(["members"], world.land.one, On(TODAY)).total["members"]
    guests(world, 3)
    found = table(["members", "movements.guests"], world.land.one, On(TODAY)).total
    assert found == {"members": before, "movements.guests": 3}
    assert not Membership.objects.filter(kind="residence").exists()
    assert program(world, "ha").get("/members").said["count"] == 9


def test_one_evening_settles_160_comments_in_few_queries(world: World) -> None:
    rows = guests(world, 158) + guests(world, 2, "Người Xa", group="far", workplace_text="Công ty Vận tải")
    browser, year = world.browser("thuy"), today().year
    address = f"/residence/desk/?unit={world.land.one.pk}&year={year}"
    page = browser.get(address).content.decode()
    assert page.count('<fieldset class="field grow"') == 158
    assert "Chỉ nhận xét khi có yêu cầu" in page
    sent = {f"level_{row.key}": "done" for row in rows[:158]}
    sent[f"level_{rows[0].key}"], sent[f"text_{rows[1].key}"] = "good", "Lời riêng của chi bộ."
    with CaptureQueriesContext(connection) as asked:
        answer = browser.post(address, sent)
    assert answer.status_code == 302
    assert len(asked) <= 45, len(asked)
    assert ResidenceComment.objects.filter(year=year).count() == 158
    text = dict(ResidenceComment.objects.values_list("link", "text"))
    assert text[rows[0].key] == SENTENCES["good"]
    assert text[rows[1].key] == "Lời riêng của chi bộ."
    for form in ("pdf", "docx"):
        assert browser.get(f"/residence/desk/{world.land.one.pk}/{year}/comments.{form}").status_code == 200


def test_comments_may_be_written_again_until_they_are_sent(world: World) -> None:
    thuy, (one, two) = world.actor("thuy"), guests(world, 2)
    given: dict[str, Any] = {"actor": thuy, "unit": world.land.one, "year": 2026, "on": TODAY}
    with refused("nothing"):
        actions.comment_guests(**given, lines=[])
    with refused("level"):
        actions.comment_guests(**given, lines=[Line(one.key, "best", "x"), Line(two.key, "good", "x")])
    with refused("text"):
        actions.comment_guests(**given, lines=[Line(one.key, "good", " ")])
    with refused("guest"):
        actions.comment_guests(**given, lines=[Line(7, "good", "x")])
    assert not ResidenceComment.objects.exists()
    assert actions.comment_guests(**given, lines=[Line(one.key, "good", "Tốt"), Line(two.key, "done", "Đủ")]) == 2
    actions.comment_guests(**given, lines=[Line(one.key, "partly", "Chưa đủ", 1)])
    assert ResidenceComment.objects.get(link=one.key).level == "partly"
    assert actions.send_comments(actor=thuy, unit=world.land.one, year=2026, on=TODAY, paper="3-CV") == 2
    with refused("sent"):
        actions.comment_guests(**given, lines=[Line(one.key, "good", "Tốt")])


def test_what_is_not_needed_is_not_kept_once_the_link_has_ended(world: World) -> None:
    (link,) = guests(world, 1, address="Ngõ 3")
    actions.end_residence(actor=world.actor("thuy"), link=link, on=TODAY, why="moved")
    assert set(ResidenceLink.objects.filter(key=link.key).values_list("phone", "address")) == {("", "")}
    assert queries.guests_of(world.land.one, TODAY) == []


def test_the_gathering_keeps_numbers_only(world: World) -> None:
    thuy = world.actor("thuy")
    with refused("came"):
        actions.record_gathering(actor=thuy, unit=world.land.one, on=TODAY, asked=3, came=4)
    actions.record_gathering(actor=thuy, unit=world.land.one, on=TODAY, asked=12, came=9, place="Nhà văn hóa")
    row = ResidenceGathering.objects.get()
    assert (row.asked, row.came) == (12, 9)
    assert not Duty.objects.filter(about=row.pk, kind__startswith="movements.res").exists()


def test_each_cell_only_its_own(world: World) -> None:
    (link,) = guests(world, 1)
    with pytest.raises(NotFound):
        queries.find(world.actor("khoa"), link.pk)
    with pytest.raises((Forbidden, NotFound)):
        actions.register_guest(
            actor=world.actor("khoa"), unit=world.land.one, name="X", workplace_text="Y", on=date(2026, 1, 1)
        )
    with refused("twice"):
        guests(world, 1)


def test_over_the_api(world: World) -> None:
    thuy = program(world, "thuy")
    body = {"unit": world.land.one.pk, "name": "Mai Thị Hoa", "workplace_text": "Sở Y tế", "on": "2026-01-05"}
    assert thuy.post("/residence/guests", body).status == 200
    (row,) = thuy.get("/residence").said["rows"]
    lines = [{"link": row["key"], "level": "good", "text": "Tốt"}]
    answer = thuy.post(
        "/residence/comments", {"unit": world.land.one.pk, "year": 2026, "on": "2026-11-20", "lines": lines}
    )
    assert answer.status == 200, answer.said
    assert program(world, "khoa").get("/residence").said["count"] == 0
