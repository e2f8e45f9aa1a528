"""The agenda of a meeting over HTTP and by its acts: template, items, order, two who write at once; and the rules."""

import re
from datetime import date, time
from typing import Any

import pytest

from hatnhan import rulebook
from hatnhan.meetings import actions
from hatnhan.meetings.choices import MATTERS, PARTS
from hatnhan.meetings.minutes.rules import Sheet, TaskSheet
from hatnhan.meetings.models import AgendaItem, Sitting
from hatnhan.meetings.plan import agendas
from hatnhan.meetings.plan.agendas import ItemSheet
from hatnhan.meetings.plan.rules import Plan
from tests.units.ground import TODAY
from tests.world import World, refused

DAY = date(2026, 12, 3)


def planned(world: World) -> Sitting:
    return actions.plan(actor=world.actor("thuy"), unit=world.land.one, plan=Plan("regular", DAY, time(19, 30)))


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def titles(sitting: Sitting) -> list[str]:
    rows = AgendaItem.objects.filter(sitting=sitting)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    return [row.title for row in rows]


def written(**changes: str) -> dict[str, str]:
    return {
        "title": "Làm đường thôn",
        "part": "main",
        "minutes": "20",
        "speaker": "",
        "rule": "",
        "text": "",
        **changes,
    }


# --- the story ----------------------------------------------------------------------------------------------------


def test_a_secretary_makes_the_agenda_without_scripts(world: World) -> None:
    old = Sheet("regular", date(2026, 11, 3), time(19), time(21), tasks=[TaskSheet("Rà soát hộ nghèo", TODAY)])
    actions.record(actor=world.actor("thuy"), unit=world.land.one, sheet=old)
    one, thuy = planned(world), world.browser("thuy")
    page = f"/meetings/sittings/{one.pk}/agenda/"
    offered = said(thuy.get(page))
    assert offered.index("Thôn, bản, tổ dân phố") < offered.index("Trường học")
    assert thuy.post(page + "lay/", {"template": "village"}).status_code == 302
    rows = titles(one)
    assert len(rows) == 12
    assert rows.count("Kiểm điểm việc đã giao ở các kỳ trước") == 1
    assert thuy.post(page + "lay/", {"template": "village"}).status_code == 302
    assert titles(one) == rows  # nothing comes twice
    answer = thuy.post(page + "add/", written(rule="vote.ordinary", text="Dự thảo: mở rộng hai mét."))
    assert answer.status_code == 302, said(answer)
    item = AgendaItem.objects.get(title="Làm đường thôn")
    assert (item.part, item.number, item.minutes, item.origin) == ("main", 10, 20, "own")
    assert thuy.post(f"{page}{item.pk}/move/", {"to": "up"}).status_code == 302
    item.refresh_from_db()
    assert item.number == 9
    changed = written(title="Mở rộng đường thôn", part="closing", seen=str(item.version))
    assert thuy.post(f"{page}{item.pk}/", changed).status_code == 302
    item.refresh_from_db()
    assert (item.part, titles(one)[-1]) == ("closing", "Mở rộng đường thôn")
    assert thuy.post(f"{page}{item.pk}/remove/", {"seen": str(item.version)}).status_code == 302
    assert titles(one) == rows
    assert "có biểu quyết" in said(thuy.get(page))


def test_an_empty_item_keeps_what_was_written(world: World) -> None:
    one, thuy = planned(world), world.browser("thuy")
    answer = thuy.post(f"/meetings/sittings/{one.pk}/agenda/add/", written(title="", text="Nội dung dài"))
    assert answer.status_code == 422
    assert "Nội dung dài" in answer.content.decode()


def test_two_who_change_one_item_lose_nothing_and_are_both_told(world: World) -> None:
    one, thuy, binh = planned(world), world.browser("thuy"), world.browser("binh")
    item = actions.add_item(actor=world.actor("thuy"), sitting=one, item=ItemSheet("Làm đường", text="Bản đầu"))
    page, seen = f"/meetings/sittings/{one.pk}/agenda/{item.pk}/", str(item.version)
    assert binh.post(page, written(text="Bản của Bình", seen=seen)).status_code == 302
    answer = thuy.post(page, written(text="Bản của Thủy", seen=seen))
    assert answer.status_code == 422
    text = said(answer)
    assert "Phạm Văn Bình đã thay đổi buổi này lúc" in text
    assert "Bản của Bình" in text
    assert "Bản của Thủy" in text
    item.refresh_from_db()
    assert item.text == "Bản của Bình"
    again = written(text="Bản của cả hai", seen=str(item.version))
    assert thuy.post(page, again).status_code == 302
    assert "Lê Thị Thủy sửa lần cuối" in said(binh.get(f"/meetings/sittings/{one.pk}/agenda/"))


def test_one_adds_while_the_other_moves_and_both_stay(world: World) -> None:
    one, thuy, binh = planned(world), world.actor("thuy"), world.actor("binh")
    first = actions.add_item(actor=thuy, sitting=Sitting.objects.get(pk=one.pk), item=ItemSheet("Một"))
    actions.add_item(actor=binh, sitting=Sitting.objects.get(pk=one.pk), item=ItemSheet("Hai"))
    actions.move_item(actor=thuy, item=first, up=False)
    assert titles(one) == ["Hai", "Một"]


# --- refusals -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("title", {"title": " "}),
        ("title_long", {"title": "x" * 201}),
        ("text_long", {"text": "x" * 20_001}),
        ("part", {"part": "middle"}),
        ("minutes", {"minutes": 481}),
        ("rule", {"rule": "vote.anything"}),
        ("stranger", {"speaker": -1}),
    ],
)
def test_items_that_cannot_be(world: World, code: str, changes: dict[str, Any]) -> None:
    with refused(code):
        actions.add_item(
            actor=world.actor("thuy"), sitting=planned(world), item=ItemSheet(**{"title": "Một", **changes})
        )


def test_no_agenda_is_changed_once_the_meeting_is_cancelled(world: World) -> None:
    one, thuy = planned(world), world.actor("thuy")
    item = actions.add_item(actor=thuy, sitting=one, item=ItemSheet("Một"))
    with refused("template"):
        actions.lay_template(actor=thuy, sitting=one, template="nothing")
    with refused("end"):
        actions.move_item(actor=thuy, item=item, up=True)
    with refused("stale"):
        actions.remove_item(actor=thuy, item=item, seen=item.version + 1)
    actions.cancel(actor=thuy, sitting=one, reason="Bão")
    with refused("state"):
        actions.add_item(actor=thuy, sitting=one, item=ItemSheet("Hai"))


def test_an_item_of_another_meeting_is_not_found(world: World) -> None:
    one = planned(world)
    two = actions.plan(actor=world.actor("thuy"), unit=world.land.one, plan=Plan("thematic", DAY, time(8)))
    item = actions.add_item(actor=world.actor("thuy"), sitting=two, item=ItemSheet("Một"))
    thuy = world.browser("thuy")
    assert thuy.get(f"/meetings/sittings/{one.pk}/agenda/{item.pk}/").status_code == 404


# --- rules --------------------------------------------------------------------------------------------------------


def test_every_template_of_the_rulebook_can_be_laid() -> None:
    found = agendas.templates(rulebook.at(DAY))
    assert {one.code for one in found} >= {"village", "agency", "school", "enterprise", "thematic", "committee"}
    for template in found:
        for item in template.items:
            assert agendas.item_blockers(item, frozenset()) == []
            assert item.part in PARTS
            assert not item.rule or item.rule in MATTERS
        assert sum(item.minutes for item in template.items) >= 60
        laid = agendas.laid(template, ())
        assert laid == list(template.items)
        assert agendas.laid(template, [one for one in laid if isinstance(one, ItemSheet)]) == laid


def test_what_stood_there_stays_behind_the_tasks() -> None:
    village = next(one for one in agendas.templates(rulebook.at(DAY)) if one.code == "village")
    order = agendas.laid(village, [ItemSheet("Việc để lại"), ItemSheet("Mở", part="opening")])
    words = [one.title for one in order]
    assert words.index("Việc để lại") == words.index("Kiểm điểm việc đã giao ở các kỳ trước") + 1
    assert words.index("Mở") == 3


def test_the_thematic_template_comes_first_for_a_thematic_meeting() -> None:
    found = agendas.templates(rulebook.at(DAY))
    assert agendas.fitting(found, "village_cell", "thematic")[0].code == "thematic"
    assert agendas.fitting(found, "village_cell", "regular")[0].code == "village"
    assert agendas.fitting(found, "commune", "committee")[0].code == "committee"
