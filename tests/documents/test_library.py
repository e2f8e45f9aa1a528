"""The library: who reads what, counted and not named, put aside, confirmed."""

import re
from datetime import date
from typing import Any

from hatnhan.documents import actions
from hatnhan.documents.models import CommitteeTerm, Folder, Paper, Receipt
from hatnhan.kernel.models import Entry
from tests.world import World, boss, refused

TERM = date(2025, 8, 1)


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def published(world: World, where: str = "lim", reach: str = "below", **changes: Any) -> Paper:
    unit = getattr(world.land, where)
    if not CommitteeTerm.objects.filter(unit=unit).exists():
        actions.begin_term(actor=boss(), unit=unit, on=TERM, name="2025–2030")
    about = changes.pop("about", "Kế hoạch làm sạch đường")
    paper = actions.register(actor=boss(), unit=unit, kind="plan", day=date(2026, 11, 2), about=about)
    actions.publish(actor=boss(), paper=paper, reach=reach, **changes)
    return paper


def test_a_paper_of_the_commune_reaches_members_of_its_cells_and_nobody_elsewhere(world: World) -> None:
    one = published(world)
    an = world.browser("an")
    page = said(an.get("/library/"))
    assert "Kế hoạch làm sạch đường" in page
    assert "Chưa đọc" in page
    assert an.get(f"/papers/{one.pk}/").status_code == 200
    assert "Đã đọc" in said(an.get("/library/"))
    assert "Kế hoạch làm sạch đường" not in said(an.get("/library/?show=unread"))
    khoa = world.browser("khoa")
    assert "Kế hoạch làm sạch đường" not in said(khoa.get("/library/"))
    assert khoa.get(f"/papers/{one.pk}/").status_code == 404


def test_a_paper_for_the_unit_itself_stays_there(world: World) -> None:
    published(world, reach="unit")
    assert "Chưa có văn bản nào" in said(world.browser("an").get("/library/"))
    assert "Kế hoạch làm sạch đường" in said(world.browser("ha").get("/library/"))


def test_readers_are_counted_and_never_named_not_even_in_the_log(world: World) -> None:
    one = published(world)
    before = Entry.objects.count()
    for who in ("an", "an", "binh"):
        world.browser(who).get(f"/papers/{one.pk}/")
    assert Receipt.objects.filter(paper=one).count() == 2
    assert Entry.objects.count() == before
    page = said(world.browser("ha").get(f"/papers/{one.pk}/"))
    assert "3 đồng chí đã đọc" in page  # the office opened it, too
    assert "Nguyễn Văn An" not in page
    assert "đồng chí đã đọc" not in said(world.browser("an").get(f"/papers/{one.pk}/"))


def test_a_name_stands_there_only_when_its_holder_pressed_received(world: World) -> None:
    one, an = published(world, confirms=True), world.browser("an")
    assert "Đã nhận văn bản" in said(an.get(f"/papers/{one.pk}/"))
    assert an.post(f"/papers/{one.pk}/confirm/").status_code == 302
    assert "Nguyễn Văn An" in said(world.browser("ha").get(f"/papers/{one.pk}/"))
    with refused("none"):
        actions.confirm(actor=world.actor("an"), paper=published(world, about="Không hỏi"))


def test_papers_are_put_aside_and_found_again_without_marks(world: World) -> None:
    one, an = published(world), world.browser("an")
    published(world, about="Kế hoạch khác")
    an.post(f"/papers/{one.pk}/keep/", {"on": "1"})
    saved = said(an.get("/library/?show=saved"))
    assert "làm sạch đường" in saved
    assert "Kế hoạch khác" not in saved
    an.post(f"/papers/{one.pk}/keep/", {"on": "0"})
    assert "làm sạch đường" not in said(an.get("/library/?show=saved"))
    assert "làm sạch đường" in said(an.get("/library/?q=lam+sach"))
    assert "Không có văn bản phù hợp" in said(an.get("/library/?q=trong+rung"))
    assert an.get("/library/?page=chin").status_code == 200


def test_papers_lie_in_folders_of_their_unit(world: World) -> None:
    ha = world.browser("ha")
    assert ha.post("/library/folders/", {"name": "Nghị quyết"}).status_code == 302
    assert ha.post("/library/folders/", {"name": "Nghị quyết"}).status_code == 422
    folder = Folder.objects.get()
    one = published(world, folder=folder)
    assert "Nghị quyết" in said(world.browser("an").get("/library/"))
    other = actions.add_folder(actor=boss(), unit=world.land.one, name="Của chi bộ")
    with refused("folder"):
        actions.publish(actor=boss(), paper=one, reach="unit", folder=other)
    with refused("reach"):
        actions.publish(actor=boss(), paper=one, reach="nation")
    assert world.browser("an").get("/library/folders/").status_code == 403


def test_a_paper_leaves_the_library_and_stays_in_the_register(world: World) -> None:
    one, ha = published(world), world.browser("ha")
    form = {"reach": "below", "confirms": "on"}
    assert ha.post(f"/papers/{one.pk}/publish/", form).status_code == 302
    assert ha.post(f"/papers/{one.pk}/withdraw/").status_code == 302
    assert world.browser("an").get(f"/papers/{one.pk}/").status_code == 404
    assert ha.get(f"/papers/{one.pk}/").status_code == 200
    with refused("none"):
        actions.withdraw(actor=boss(), paper=Paper.objects.get(pk=one.pk))
    actions.publish(actor=boss(), paper=one, reach="below")
    actions.cancel(actor=boss(), paper=one, reason="In nhầm")
    assert "làm sạch" not in said(world.browser("an").get("/library/"))
    with refused("state"):
        actions.publish(actor=boss(), paper=one, reach="unit")
