"""Acts over the API: the same functions as the pages, the same refusals, each written to the log."""

from datetime import date

import pytest

from hatnhan.members.models import Membership, Person
from hatnhan.members.queries import last_home, standing
from hatnhan.units.models import UnitEvent
from hatnhan.units.queries import name_of
from tests.api.program import Program, program
from tests.world import World, last_entry

DAY = "2026-11-22"


def test_a_transfer_moves_the_member_and_is_in_the_log(world: World) -> None:
    caller, person = program(world, "ha"), world.people["an"]
    seen = caller.get(f"/members/{person}").said["version"]
    answer = caller.post(
        f"/members/{person}/transfer",
        {"to": world.land.two.pk, "on": DAY, "seen": seen, "reason": "Giấy giới thiệu số 12"},
    )
    assert answer.status == 200, answer.said
    home = last_home(Person.objects.get(pk=person))
    assert home is not None
    assert home.unit_id == world.land.two.pk
    entry = last_entry()
    assert answer.said == {
        "done": True, "entry": entry.pk, "id": home.pk, "version": seen + 1, "warnings": [],
        "said": [
            "Chuyển sinh hoạt của đồng chí Nguyễn Văn An từ Chi bộ thôn Một đến Chi bộ thôn Hai từ ngày 22/11/2026."
        ],
    }  # fmt: skip
    assert (entry.code, entry.account, entry.reason) == (
        "members.transfer",
        world.accounts["ha"],
        "Giấy giới thiệu số 12",
    )
    assert entry.actor == "Trần Thu Hà · Phần mềm thử"
    assert answer.headers["X-Request-ID"] == entry.request_id


def test_a_record_that_somebody_else_has_changed_is_not_overwritten(world: World) -> None:
    caller, path = program(world, "ha"), f"/members/{world.people['an']}/change"
    seen = caller.get(f"/members/{world.people['an']}").said["version"]
    assert caller.post(path, {"occupation": "Giáo viên", "seen": seen}).status == 200
    late = caller.post(path, {"occupation": "Nông dân", "seen": seen})
    assert (late.status, late.codes) == (409, ["stale"])
    assert world.person("an").occupation == "Giáo viên"


def test_the_reasons_of_a_refusal_are_those_of_the_page(world: World) -> None:
    caller, an = program(world, "ha"), world.people["an"]
    same = caller.post(f"/members/{an}/transfer", {"to": world.land.one.pk, "on": DAY})
    assert (same.status, same.codes, same.fields) == (422, ["already_there"], ["to"])
    outside = caller.post(f"/members/{an}/transfer", {"to": world.land.far_cell.pk, "on": DAY})
    assert (outside.status, outside.codes, outside.fields) == (422, ["not_found"], ["to"])
    early = caller.post(f"/members/{an}/send-away", {"on": "2025-08-01"})
    assert (early.status, early.codes) == (422, ["later"])
    held = caller.post(f"/members/{an}/number", {"kind": "card", "digits": "091183000117", "on": DAY})
    assert held.status == 422
    assert "Ánh" not in str(held.said)


def test_outside_the_scope_is_404_and_inside_without_the_right_403(world: World) -> None:
    an, khanh = world.people["an"], world.people["khanh"]
    body = {"on": DAY}
    assert program(world, "ha").post(f"/members/{khanh}/send-away", body).status == 404
    assert program(world, "thuy").post(f"/members/{an}/send-away", body).status == 403
    narrowed = program(world, "ha", "members.view")
    assert narrowed.post(f"/members/{an}/send-away", body).status == 403
    assert narrowed.get(f"/members/{an}").status == 200
    assert Program().post(f"/members/{an}/send-away", body).status == 401
    assert last_home(world.person("an")).open  # type: ignore[union-attr]


def test_whether_it_may_be_done_can_be_asked_without_doing_it(world: World) -> None:
    caller, an = program(world, "ha"), world.people["an"]
    before = last_entry().pk
    answer = caller.post(f"/members/{an}/send-away", {"on": DAY}, check="true")
    assert answer.said == {"done": False, "entry": None, "said": [], "id": None, "version": None, "warnings": []}
    assert last_entry().pk == before
    assert last_home(world.person("an")).open  # type: ignore[union-attr]
    assert caller.post(f"/members/{an}/recognise", {"on": DAY}, check="true").codes == ["standing"]
    assert "members.transfer" in caller.get(f"/members/{an}").said["acts"]


def test_somebody_is_received_changed_recognised_appointed_and_leaves(world: World) -> None:
    caller, on = program(world, "ha"), date(2026, 11, 1)
    made = caller.post(
        "/members/receive",
        {"unit": world.land.two.pk, "on": "2026-01-05", "name": "Mai Văn Đông", "standing": "probationary",
         "came": "admitted", "sex": "m", "birth": "2001-04", "ceremony_date": "2026-01-05",
         "numbers": {"card": "091201000555"}, "phone": "0912 000 111"},
    ).said  # fmt: skip
    path = f"/members/{made['id']}"
    assert caller.get(path).said["numbers"] == {"card": "…555"}
    steps = [
        ("change", {"occupation": "Kỹ sư"}), ("recognise", {"on": "2026-11-01", "decision": "7-QĐ/ĐU"}),
        ("participation", {"kind": "abroad", "on": "2026-11-03", "until": "2027-02-01"}),
        ("appoint", {"unit": world.land.two.pk, "office": "secretary", "on": "2026-11-10"}),
    ]  # fmt: skip
    for name, body in steps:
        assert caller.post(f"{path}/{name}", body).status == 200, name
    person = Person.objects.get(pk=made["id"])
    assert standing(person, on).kind == "full"  # type: ignore[union-attr]
    said = caller.get(path, on="2026-11-22").said
    assert said["participation"]["kind"] == "abroad"
    assert caller.post(f"/participations/{said['participation']['id']}/end", {"on": "2026-11-15"}).status == 200
    assert caller.post(f"/offices/{said['offices'][0]['id']}/end", {"on": "2026-11-20"}).status == 200
    assert caller.post(f"{path}/leave", {"how": "resigned", "on": "2026-11-22"}).status == 200
    assert not Membership.objects.on(date(2026, 11, 22)).filter(person=person).exists()


def test_a_unit_is_founded_renamed_moved_merged_and_all_is_taken_back(world: World) -> None:
    caller, land = program(world, "dung"), world.land
    made = caller.post(
        f"/units/{land.lim.pk}/found", {"name": "Chi bộ thôn Bốn", "kind": "village_cell", "on": "2026-03-01"}
    ).said
    four = made["id"]
    assert caller.post(f"/units/{four}/rename", {"name": "Chi bộ thôn Tư", "on": "2026-04-01"}).status == 200
    assert caller.post(f"/units/{four}/move", {"to": land.che.pk, "on": "2026-05-01"}).status == 200
    assert [one["name"] for one in caller.get(f"/units/{four}", on="2026-05-01").said["above"]][
        -1
    ] == "Đảng bộ xã Chè Đông"
    merged = caller.post(
        "/units/merge", {"units": [land.two.pk, land.three.pk], "into": land.two.pk, "on": "2026-06-01"}
    )
    assert merged.status == 200, merged.said
    event = UnitEvent.objects.latest("pk").pk
    assert caller.get(f"/units/{land.three.pk}", on="2026-06-01").said["stands"] is False
    assert caller.post(f"/units/events/{event}/undo", {}).status == 200
    assert caller.get(f"/units/{land.three.pk}", on="2026-06-01").said["stands"] is True
    assert name_of(four, date(2026, 4, 2)) == "Chi bộ thôn Tư"


@pytest.mark.parametrize(
    ("body", "status", "codes"),
    [
        (b"{", 400, ["json"]), (b'{"on": NaN}', 400, ["json"]), (b"[" * 20_000, 400, ["json"]), (b"", 422, ["missing"]),
        (b" " * 300_000, 413, ["too_long"]), (b'"on"', 422, ["model_type"]), (b'{"on": "20225-01-01"}', 422, ["day"]),
        (b'{"on": 20225}', 422, ["day"]), (b'{"on": "2026-11-22", "rank": 1}', 422, ["extra_forbidden"]),
        (b'{"on": "2026-11-22", "reason": "a\\u0000b"}', 422, ["characters"]),
        (b'{"on": "2026-11-22", "reason": "\\ud800"}', 422, ["characters"]),
        (b'{"on": "2026-11-22", "\\ud800": 1}', 422, ["characters"]), (b"\xff\xfe\x00", 400, ["json"]),
        (b'{"on": "2026-11-22", "seen": 9223372036854775808}', 422, ["less_than_equal"]),
        (b'{"on": "2026-11-22", "seen": "1"}', 422, ["int_type"]),
        (b'{"on": "2026-11-22", "seen": ' + b"9" * 5000 + b"}", 400, ["json"]),
        (b'{"on": "2026-11-22", "reason": "' + b"a" * 301 + b'"}', 422, ["string_too_long"]),
    ],
)  # fmt: skip
def test_a_body_that_cannot_be_taken_says_why(world: World, body: bytes, status: int, codes: list[str]) -> None:
    answer = program(world, "ha").post(f"/members/{world.people['an']}/send-away", body)
    assert (answer.status, answer.codes) == (status, codes)


@pytest.mark.parametrize("key", ["0", "9223372036854775808", "x", "-1", "%00", "1e3"])
def test_an_id_that_cannot_be_is_a_plain_refusal(world: World, key: str) -> None:
    caller = program(world, "ha")
    assert caller.get(f"/members/{key}").status in {404, 422}
    assert caller.post(f"/members/{key}/leave", {"how": "deceased", "on": DAY}).status in {404, 422}


def test_another_method_is_refused_and_the_right_one_named(world: World) -> None:
    answer = program(world, "ha").post("/figures", {})
    assert (answer.status, answer.codes, answer.headers["Allow"]) == (405, ["method"], "GET")


def test_a_browsers_session_is_no_key(world: World) -> None:
    browser = world.browser("ha")
    for path in ("/api/v1/members", "/api/v1/me"):
        assert browser.get(path).status_code == 401
    answer = browser.post(f"/api/v1/members/{world.people['an']}/send-away", {"on": DAY}, "application/json")
    assert answer.status_code == 401
