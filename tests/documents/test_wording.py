"""A committee adapts the wording of papers from a day on; unknown fields are refused by name; cells below follow."""

import re
from datetime import date
from typing import Any

from hatnhan.documents.actions.wording import adapt, give_back
from hatnhan.documents.models import PassageText
from hatnhan.documents.wording import filled, unknown
from hatnhan.documents.wording_in_force import wording_of
from hatnhan.meetings.papers import content as papers
from hatnhan.meetings.papers.wording import MINUTES
from tests.units.ground import TODAY
from tests.world import World, boss, last_entry, refused

from .test_meeting_papers import held


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_what_is_typed_into_a_field_is_never_a_field() -> None:
    assert filled("{{tên}} và {{ngày}}", {"tên": "{{ngày}}", "ngày": "3/11"}) == "{{ngày}} và 3/11"
    assert filled("{{lạ}}.", {}) == "."
    assert unknown("{{có mặt}} {{lạ}} {{ lạ }} {{khác}}", ["có mặt"]) == ["lạ", "khác"]


def test_an_office_changes_a_passage_with_preview_and_its_cells_follow(world: World) -> None:
    ha, lim = world.browser("ha"), world.land.lim
    assert "Biên bản sinh hoạt" in said(ha.get("/papers/wording/"))
    page = said(ha.get(f"/papers/wording/{MINUTES}/"))
    assert "Trường dùng được" in page
    form = {one.code: one.text for one in wording_of(MINUTES, lim.pk, TODAY).template.passages}
    form |= {"spoke": "Đã có {{phát biểu}} ý kiến tại chỗ.", "on": "1/11/2026"}
    assert ha.post(f"/papers/wording/{MINUTES}/preview/", form).content[:5] == b"%PDF-"
    assert not PassageText.objects.exists()
    assert ha.post(f"/papers/wording/{MINUTES}/", form).status_code == 302
    assert PassageText.objects.get().passage == "spoke"
    assert last_entry().code == "documents.adapt"
    text = papers.minutes(held(world)).text()
    assert "Đã có 3 ý kiến tại chỗ." in text
    before = papers.minutes(held(world, held_on=date(2026, 10, 3))).text()
    assert "có 3 đồng chí phát biểu" in before  # the wording of its day


def test_an_unknown_field_is_refused_by_its_name_and_what_was_typed_stays(world: World) -> None:
    ha = world.browser("ha")
    form = {one.code: one.text for one in wording_of(MINUTES, world.land.lim.pk, TODAY).template.passages}
    answer = ha.post(f"/papers/wording/{MINUTES}/", {**form, "spoke": "Có {{số người}} nói.", "on": "1/11/2026"})
    assert answer.status_code == 422
    assert "Đoạn này không có trường: số người. Các trường dùng được: phát biểu." in said(answer)
    assert "Có {{số người}} nói." in answer.content.decode()


def test_the_nearest_text_holds_and_is_given_back(world: World) -> None:
    one, lim = world.land.one, world.land.lim
    given: dict[str, Any] = {"template": MINUTES, "passage": "spoke", "on": date(2026, 11, 1)}
    adapt(actor=boss(), unit=lim, text="Của xã.", **given)
    adapt(actor=boss(), unit=one, text="Của chi bộ.", **given)
    assert wording_of(MINUTES, one.pk, TODAY).say("spoke") == "Của chi bộ."
    assert wording_of(MINUTES, world.land.two.pk, TODAY).say("spoke") == "Của xã."
    adapt(actor=boss(), unit=one, text="Sửa trong ngày.", **given)
    assert wording_of(MINUTES, one.pk, TODAY).say("spoke") == "Sửa trong ngày."
    assert world.browser("thuy").post(f"/papers/wording/{MINUTES}/spoke/give-back/").status_code == 302
    assert wording_of(MINUTES, one.pk, TODAY).say("spoke") == "Của xã."
    with refused("none"):
        give_back(actor=boss(), unit=one, template=MINUTES, passage="spoke", on=TODAY)
    with refused("unknown"):
        adapt(actor=boss(), unit=one, template=MINUTES, passage="nothing", text="x", on=TODAY)
    with refused("order"):
        adapt(actor=boss(), unit=lim, text="Lùi ngày.", template=MINUTES, passage="spoke", on=date(2026, 10, 1))


def test_an_emptied_passage_is_left_out(world: World) -> None:
    adapt(
        actor=boss(), unit=world.land.one, template="meetings.outcome", passage="carrying_out", text="",
        on=date(2026, 11, 1),
    )  # fmt: skip
    assert "chủ động thực hiện" not in papers.outcome(held(world)).text()


def test_members_and_neighbours_adapt_nothing(world: World) -> None:
    assert world.browser("an").get("/papers/wording/").status_code == 403
    assert world.browser("khoa").get(f"/papers/wording/?unit={world.land.one.pk}").status_code == 404
    assert world.browser("ha").get("/papers/wording/nothing/").status_code == 404
