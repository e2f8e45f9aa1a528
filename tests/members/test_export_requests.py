"""A list over more than one cell needs a second person: asked for, approved or refused, fetched within a set time."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hatnhan.access import actions as access
from hatnhan.access.models import Grant
from hatnhan.kernel.actor import NotFound
from hatnhan.kernel.audit import in_words
from hatnhan.members import actions
from hatnhan.members.actions.exporting import FETCH_WITHIN
from hatnhan.members.models import ExportRequest
from tests.members.taking import asked, second, taken
from tests.units.ground import TODAY
from tests.world import World, boss, last_entry, refused


def page(row: ExportRequest) -> str:
    return f"/members/exports/{row.pk}/"


def approve(world: World, row: ExportRequest, who: str = "dung") -> None:
    actions.answer_export(actor=world.actor(who), asked=row, approved=True)


def fetched(world: World, who: str, row: ExportRequest, form: str = "csv") -> Any:
    return world.browser(who).post(f"{page(row)}file/", {"form": form})


def test_the_story_over_two_desks(world: World) -> None:
    row = asked(world, "ha", "?sex=f&sort=-name", reason="Báo cáo công tác nữ")
    assert f"/members/exports/{row.pk}/" in world.browser("dung").get("/members/exports/").content.decode()
    seen = world.browser("dung").get(page(row)).content.decode()
    for said in ("Trần Thu Hà", "Báo cáo công tác nữ", "Đảng bộ xã Lim Thượng", "4 đảng viên", "Nữ"):
        assert said in seen, said
    assert world.browser("dung").post(page(row), {"act": "approve", "reason": "Đúng việc"}).status_code == 302
    rows = list(csv.reader(io.StringIO(fetched(world, "ha", row).content.decode("utf-8-sig"))))
    assert [one[0] for one in rows[1:-1]] == ["Lê Thị Thủy", "Đặng Thị Liên", "Hoàng Thị Chi", "Trần Thị Ánh"]
    assert rows[-1][0] == f"Ghi chú: yêu cầu số {row.pk}"
    assert "Trần Thu Hà" in rows[-1][1]
    assert rows[-1][2] == "Đảng bộ xã Lim Thượng"
    entry = last_entry()
    assert (entry.code, entry.reason) == ("members.fetch_export", "Báo cáo công tác nữ")
    people = {world.people[name] for name in ("thuy", "lien", "chi", "anh")}
    assert set(entry.subjects.values_list("key", flat=True)) == people


def test_a_paper_carries_who_when_of_what_and_by_which_request(world: World) -> None:
    seen: list[str] = []

    def keep(self: Any) -> bytes:
        seen.append(self.printed.watermark)
        return b"%PDF-"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hatnhan.members.papers.MemberListPaper.pdf", keep)
        taken(world, "ha", "pdf")
        taken(world, "thuy", "pdf")
    number = ExportRequest.objects.latest("pk").pk
    assert seen[0].startswith("Trần Thu Hà · ")
    assert seen[0].endswith(f"Đảng bộ xã Lim Thượng · yêu cầu số {number}")
    assert seen[1].endswith("Chi bộ thôn Một")


def test_before_the_answer_and_after_a_refusal_there_is_no_file(world: World) -> None:
    row = asked(world, "ha")
    assert fetched(world, "ha", row).headers["Location"] == page(row)
    assert "Yêu cầu này chưa được duyệt." in world.browser("ha").post(
        f"{page(row)}file/", {"form": "csv"}, follow=True
    ).content.decode()  # fmt: skip
    answer = world.browser("dung").post(page(row), {"act": "refuse", "reason": " "})
    assert (answer.status_code, "Hãy ghi lý do không duyệt." in answer.content.decode()) == (422, True)
    world.browser("dung").post(page(row), {"act": "refuse", "reason": "Chưa rõ dùng vào việc gì"})
    assert "Chưa rõ dùng vào việc gì" in world.browser("ha").get(page(row)).content.decode()
    with refused("not_approved"):
        actions.fetch_export(actor=world.actor("ha"), asked=row, people=[], form="csv")


def test_nobody_answers_the_own_request(world: World) -> None:
    row = asked(world, "ha")
    with refused("own"):
        approve(world, row, "ha")
    with refused("own"):
        actions.answer_export(actor=boss(), asked=row, approved=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExportRequest.objects.filter(pk=row.pk).update(answered_by=row.account)


def test_a_request_is_answered_once(world: World) -> None:
    row = asked(world, "ha")
    approve(world, row)
    with refused("answered"):
        actions.answer_export(actor=world.actor("dung"), asked=row, approved=False, reason="Đổi ý")


def test_only_the_one_who_asked_fetches_and_only_in_time(world: World) -> None:
    row = asked(world, "ha")
    approve(world, row)
    with refused("own"):
        actions.fetch_export(actor=world.actor(second(world)), asked=row, people=[], form="csv")
    row.refresh_from_db()
    assert row.until is not None
    assert row.answered_at is not None
    assert row.until - row.answered_at == FETCH_WITHIN
    ExportRequest.objects.filter(pk=row.pk).update(until=timezone.now() - timedelta(seconds=1))
    with refused("late"):
        actions.fetch_export(actor=world.actor("ha"), asked=row, people=[], form="csv")
    assert "Quá hạn, chưa lấy" in world.browser("ha").get(page(row)).content.decode()


def test_the_one_who_asked_may_withdraw_until_the_file_is_fetched(world: World) -> None:
    row = asked(world, "ha")
    with refused("own"):
        actions.withdraw_export(actor=world.actor("dung"), asked=row)
    world.browser("ha").post(page(row), {"act": "withdraw", "reason": ""})
    row.refresh_from_db()
    assert row.state == "withdrawn"
    other = asked(world, "ha")
    approve(world, other)
    assert fetched(world, "ha", other).status_code == 200
    with refused("answered"):
        actions.withdraw_export(actor=world.actor("ha"), asked=other)


def test_requests_of_elsewhere_do_not_exist(world: World) -> None:
    row = asked(world, "khoa")
    assert world.browser("ha").get(page(row)).status_code == 404
    assert world.browser("thuy").get(page(row)).status_code == 404
    assert fetched(world, "ha", row).status_code == 404
    assert "Đảng bộ xã Chè Đông" not in world.browser("ha").get("/members/exports/").content.decode()
    with pytest.raises(NotFound):
        approve(world, row, "ha")
    with pytest.raises(NotFound):
        approve(world, asked(world, "ha"), "thuy")


def test_a_right_lost_meanwhile_is_lost(world: World) -> None:
    row = asked(world, "ha")
    approve(world, row)
    grant = Grant.objects.unvoided().get(account=world.accounts["ha"])
    access.end_grant(actor=boss(), grant=grant, on=TODAY)
    assert fetched(world, "ha", row).status_code == 404


def test_where_there_is_no_second_account_one_is_told_what_to_do(world: World) -> None:
    ha = world.browser("ha")
    assert "Cơ quan của cấp ủy cấp trên, Đảng bộ tỉnh Sơn Vân" in ha.get("/members/export/").content.decode()
    access.lock(actor=boss(), account=world.account("dung"), why="misuse", on=TODAY)
    alone = ha.get("/members/export/").content.decode()
    assert "chưa có tài khoản nào khác được duyệt" in alone
    assert "Đề nghị cấp ủy cấp trên cử một đồng chí" in alone
    row = asked(world, "ha")
    assert "Đề nghị cấp ủy cấp trên" in ha.get(page(row)).content.decode()


def test_everything_is_told_in_words(world: World) -> None:
    row = asked(world, "ha")
    assert in_words(last_entry()) == [
        f"Yêu cầu lấy danh sách 9 đảng viên của Đảng bộ xã Lim Thượng, yêu cầu số {row.pk}."
    ]
    approve(world, row)
    assert in_words(last_entry()) == [
        f"Duyệt yêu cầu số {row.pk}: lấy danh sách 9 đảng viên của Đảng bộ xã Lim Thượng."
    ]
