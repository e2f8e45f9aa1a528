"""What else programs may do: rows corrected, records taken apart, requests, accounts, imports, files, meetings."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hatnhan.access.models import Account, Grant
from hatnhan.kernel.job_models import Job
from hatnhan.kernel.worker import run_all
from hatnhan.meetings.models import Meeting
from hatnhan.members.corrections.actions import ask_correction
from hatnhan.members.models import Membership, Person, PersonMerge, PersonNumber, Tenure
from hatnhan.members.queries import last_home
from tests.api.program import V1, Program, program
from tests.world import World, last_entry

DAY = "2026-11-22"
SHEET = {"kind": "regular", "held_on": "2026-11-03", "started": "19:00", "ended": "20:45", "place": "Nhà văn hóa"}


# --- rows -----------------------------------------------------------------------------------------------------------


def test_a_row_is_corrected_and_withdrawn_like_on_the_page(world: World) -> None:
    caller, person = program(world, "ha"), world.people["thuy"]
    rows = caller.get(f"/members/{person}/rows").said["rows"]
    office = next(row for row in rows if row["table"] == "tenure")
    answer = caller.post(f"/offices/{office['id']}/correct", {"decision": "12-QĐ/ĐU", "reason": "Ghi thiếu số"})
    assert answer.status == 200, answer.said
    assert Tenure.objects.unvoided().get(person=person).decision == "12-QĐ/ĐU"
    assert last_entry().code == "members.correct"
    same = caller.post(f"/offices/{answer.said['id']}/correct", {"decision": "12-QĐ/ĐU", "reason": "x"})
    assert same.codes == ["same"]
    gone = caller.post(f"/offices/{answer.said['id']}/withdraw", {"reason": "Không giữ chức vụ"})
    assert gone.status == 200, gone.said
    assert not Tenure.objects.unvoided().filter(person=person).exists()


def test_an_end_is_taken_away_by_null_and_a_reason_is_needed(world: World) -> None:
    caller, row = program(world, "ha"), Membership.objects.unvoided().get(person=world.people["long"])
    assert caller.post(f"/memberships/{row.pk}/correct", {"valid_from": "2025-09-01"}).fields == ["reason"]
    body = {"valid_from": "2025-09-01", "valid_to": None, "reason": "Ghi nhầm ngày"}
    assert caller.post(f"/memberships/{row.pk}/correct", body).status == 200
    far = Membership.objects.unvoided().get(person=world.people["khanh"])
    assert caller.post(f"/memberships/{far.pk}/withdraw", {"reason": "x"}).status == 404
    number = PersonNumber.objects.unvoided().get(person=world.people["an"])
    assert caller.post(f"/numbers/{number.pk}/withdraw", {"reason": "Nhầm người"}).status == 200


def test_merged_records_are_taken_apart_again(world: World) -> None:
    caller, kept, gone = program(world, "ha"), world.people["chi"], world.people["long"]
    assert caller.post(f"/members/{kept}/merge/{gone}", {"reason": "Một người"}).status == 200
    merges = caller.get(f"/members/{kept}/rows").said["merges"]
    assert caller.post(f"/merges/{merges[0]}/undo").status == 200
    assert PersonMerge.objects.get().undone_in is not None
    assert Person.objects.get(pk=gone).merged_into_id is None


def test_an_act_upon_one_person_is_taken_back(world: World) -> None:
    caller, person = program(world, "ha"), world.people["an"]
    done = caller.post(f"/members/{person}/transfer", {"to": world.land.two.pk, "on": DAY})
    answer = caller.post(f"/members/{person}/log/{done.said['entry']}/undo", {"reason": "Nhầm chi bộ"})
    assert answer.status == 200, answer.said
    home = last_home(Person.objects.get(pk=person))
    assert home is not None
    assert home.unit_id == world.land.one.pk


# --- cells ----------------------------------------------------------------------------------------------------------


def test_cells_are_merged_with_their_new_posts(world: World) -> None:
    caller = program(world, "ha")
    body = {
        "merging": [world.land.two.pk, world.land.three.pk], "into": world.land.two.pk, "on": DAY,
        "decision": "5-QĐ/ĐU", "posts": {"secretary": world.people["chi"], "deputies": [world.people["long"]]},
    }  # fmt: skip
    answer = caller.post("/cells/merge", body)
    assert answer.status == 200, answer.said
    held = Tenure.objects.unvoided().filter(unit=world.land.two).values_list("person_id", "office")
    assert set(held) == {(world.people["chi"], "secretary"), (world.people["long"], "deputy_secretary")}
    body["posts"] = {"secretary": world.people["khanh"]}
    assert caller.post("/cells/merge", body).codes == ["not_found"]


def test_a_cell_is_split_with_posts_on_both_sides(world: World) -> None:
    body = {
        "people": [world.people["an"], world.people["anh"]], "on": DAY, "name": "Chi bộ thôn Một B", "code": "T.9",
        "posts": {"secretary": world.people["an"]}, "staying": {"secretary": world.people["binh"]},
    }  # fmt: skip
    answer = program(world, "ha").post(f"/cells/{world.land.one.pk}/split", body)
    assert answer.status == 200, answer.said
    assert Tenure.objects.on(last_entry().at.date()).filter(person=world.people["binh"], office="secretary").exists()


# --- requests for correction ----------------------------------------------------------------------------------------


def test_a_request_is_asked_by_its_member_and_answered_by_the_office(world: World) -> None:
    Person.objects.filter(pk=world.people["an"]).update(account=world.accounts["an"])
    row = ask_correction(
        actor=world.actor("an"), person=world.person("an"), field="hometown", right="Xã Lim Hạ", why="Giấy khai sinh"
    )
    caller = program(world, "ha")
    listed = caller.get(f"/members/{world.people['an']}/corrections").said
    assert [(one["field"], one["right"], one["state"]) for one in listed] == [("hometown", "Xã Lim Hạ", "asked")]
    assert caller.post(f"/corrections/{row.pk}/acknowledge").status == 200
    assert caller.post(f"/corrections/{row.pk}/accept", {"answer": "Đã sửa"}).status == 200
    assert world.person("an").hometown == "Xã Lim Hạ"
    assert caller.post(f"/corrections/{row.pk}/refuse", {"answer": "x"}).status == 422
    ask = f"/members/{world.people['an']}/corrections"
    assert caller.post(ask, {"field": "birth", "right": "1958", "why": "x"}).status == 404


# --- accounts -------------------------------------------------------------------------------------------------------


def test_accounts_are_opened_given_roles_and_locked_and_no_password_is_told(world: World) -> None:
    caller = program(world, "ha")
    made = caller.post(
        "/accounts/open", {"label": "Hoàng Thị Chi", "role": "member", "unit": world.land.two.pk, "on": DAY}
    )
    assert made.status == 200, made.said
    assert "password" not in json.dumps(made.said)
    key = made.said["id"]
    given = caller.post(f"/accounts/{key}/roles", {"role": "cell_deputy", "unit": world.land.two.pk, "on": DAY})
    assert given.status == 200, given.said
    assert caller.post(f"/roles/{given.said['id']}/end", {"on": "2026-12-01"}).status == 200
    assert caller.post(f"/accounts/{key}/lock", {"why": "left", "on": DAY}).status == 200
    assert not Account.objects.get(pk=key).is_active
    far = Grant.objects.unvoided().get(account=world.accounts["khoa"])
    assert caller.post(f"/roles/{far.pk}/end", {"on": DAY}).status == 404
    higher = caller.post(f"/accounts/{key}/roles", {"role": "provincial", "unit": world.land.lim.pk, "on": DAY})
    assert higher.status in {403, 422}


# --- imports and files ----------------------------------------------------------------------------------------------

LIST = "STT,Họ và tên,Ngày sinh,Ngày vào Đảng\n1,Ngô Văn Mới,12/03/1990,19/05/2015\n".encode()


def sent_file(caller: Program, body: bytes = LIST, name: str = "ds.csv", **query: Any) -> Any:
    asked = "&".join(f"{one}={value}" for one, value in query.items())
    answer = Client().post(
        f"{V1}/imports?{asked}", {"file": SimpleUploadedFile(name, body)},
        headers={"Authorization": f"Bearer {caller.key}"},
    )  # fmt: skip
    return answer


def test_a_list_is_handed_over_looked_through_applied_by_the_worker_and_taken_back(
    world: World, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    caller = program(world, "ha")
    answer = sent_file(caller, unit=world.land.two.pk)
    assert answer.status_code == 200, answer.content
    run = answer.json()
    assert (run["state"], run["counts"]["new"]) == ("ready", 1)
    lines = caller.get(f"/imports/{run['id']}/lines").said
    assert [(line["outcome"], line["name"]) for line in lines] == [("new", "Ngô Văn Mới")]
    assert not Person.objects.filter(name="Ngô Văn Mới").exists()
    assert caller.post(f"/imports/{run['id']}/apply").said["state"] == "applying"
    run_all()
    assert caller.get(f"/imports/{run['id']}").said["state"] == "applied", Job.objects.values()
    assert Person.objects.filter(name="Ngô Văn Mới", voided_at=None).exists()
    assert caller.post(f"/imports/{run['id']}/apply").codes == ["state"]
    assert caller.post(f"/imports/{run['id']}/undo").said["state"] == "undone"
    assert program(world, "khoa").get(f"/imports/{run['id']}").status == 404


@pytest.mark.parametrize(
    ("body", "name", "code"),
    [(b"", "ds.csv", "file"), (b"\x00\x01", "ds.xlsx", "file"), (b"khong co tieu de", "ds.csv", "file")],
)
def test_a_file_that_is_no_list_is_refused_in_words(
    world: World, settings: Any, tmp_path: Any, body: bytes, name: str, code: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    answer = sent_file(program(world, "ha"), body, name, unit=world.land.two.pk)
    assert answer.status_code in {200, 422}
    said = answer.json()
    assert said["problem"] if answer.status_code == 200 else said["reasons"][0]["code"] in {code, "missing"}


def test_a_file_of_one_cell_comes_at_once_and_of_more_after_a_second_person(world: World) -> None:
    caller = program(world, "ha")
    raw = raw_post(caller, f"/members/file?unit={world.land.two.pk}", {"form": "csv"})
    assert raw.status_code == 200
    assert "Hoàng Thị Chi" in raw.content.decode("utf-8-sig")
    assert last_entry().code == "members.export"
    assert caller.post("/members/file").codes == ["reason"]
    asked = caller.post("/members/file", {"reason": "Báo cáo phụ nữ"}, sex="f")
    assert (asked.status, asked.said["state"], asked.said["count"]) == (200, "waiting", 4)
    number = asked.said["id"]
    assert caller.post(f"/exports/{number}/file").codes == ["not_approved"]
    assert caller.post(f"/exports/{number}/answer", {"approved": True}).codes == ["own"]
    assert program(world, "dung").post(f"/exports/{number}/answer", {"approved": True}).status == 200
    file = raw_post(caller, f"/exports/{number}/file", {"form": "csv"})
    assert "Đặng Thị Liên" in file.content.decode("utf-8-sig")
    assert program(world, "khoa").get(f"/exports/{number}").status == 404


def raw_post(caller: Program, path: str, body: dict[str, Any]) -> Any:
    return Client().post(
        f"{V1}{path}", json.dumps(body), content_type="application/json",
        headers={"Authorization": f"Bearer {caller.key}"},
    )  # fmt: skip


# --- meetings -------------------------------------------------------------------------------------------------------


def test_a_meeting_is_recorded_read_adopted_and_added_to(world: World) -> None:
    caller, people = program(world, "thuy"), world.people
    sheet = SHEET | {
        "marks": [{"person": people["an"], "mark": "excused"}], "outcome": "conclusion", "outcome_text": "Kết luận",
        "motions": [{"text": "Kết luận tháng 11", "in_favour": 3}],
        "tasks": [{"text": "Dọn nhà văn hóa", "due_on": "2026-12-01", "leader": people["binh"]}],
    }  # fmt: skip
    made = caller.post(f"/units/{world.land.one.pk}/meetings", {"sheet": sheet})
    assert made.status == 200, made.said
    key = made.said["id"]
    told = caller.get(f"/meetings/{key}").said
    assert (told["state"], told["excused"], told["motions"][0]["rule"]) == ("recorded", 1, "vote.ordinary")
    assert told["steps"] == ["meetings.change", "meetings.adopt", "meetings.withdraw"]
    assert caller.post(f"/tasks/{told['tasks'][0]['id']}/report", {"state": "done", "on": DAY}).status == 200
    changed = caller.post(f"/meetings/{key}/change", {"sheet": SHEET, "seen": 0})
    assert changed.status == 200, changed.said
    assert caller.post(f"/meetings/{key}/change", {"sheet": SHEET, "seen": 0}).status == 409
    assert caller.post(f"/meetings/{key}/adopt").status == 200
    assert caller.post(f"/meetings/{key}/adopt").codes == ["adopted"]
    assert caller.post(f"/meetings/{key}/addenda", {"text": "Thiếu tên khách"}).status == 200
    assert caller.post(f"/meetings/{key}/withdraw", {"reason": "nhầm"}).status == 422
    assert program(world, "ha").post(f"/meetings/{key}/adopt").status == 403
    assert program(world, "khoa").get(f"/meetings/{key}").status == 404
    assert Meeting.objects.get(pk=key).state == "adopted"


def test_a_meeting_that_cannot_be_true_is_refused_with_the_field(world: World) -> None:
    caller = program(world, "thuy")
    path = f"/units/{world.land.one.pk}/meetings"
    late = caller.post(path, {"sheet": SHEET | {"ended": "18:00", "form": "by_post"}})
    assert set(late.fields) == {"ended", "form"}
    assert caller.post(path, {"sheet": SHEET | {"started": "25:00"}}).codes == ["clock"]
    assert caller.post(path, {"sheet": SHEET | {"chair": world.people["khanh"]}}).codes == ["strangers"]
