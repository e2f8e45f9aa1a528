"""Lists and records over the API: what the key's scope holds, and nothing else."""

import pytest
from pytest_django import Settings

from tests.api.program import Program, program
from tests.world import CARD, World, last_entry


def names(world: World, who: str, **query: object) -> list[str]:
    answer = program(world, who).get("/members", **query)
    assert answer.status == 200, answer.said
    return [row["name"] for row in answer.said["rows"]]


def test_the_list_is_the_one_of_the_page(world: World) -> None:
    assert names(world, "thuy") == [
        "Nguyễn Văn An", "Trần Thị Ánh", "Phạm Văn Bình", "Đặng Thị Liên", "Vũ Sáu", "Lê Thị Thủy",
    ]  # fmt: skip


def test_rows_carry_ids_values_and_the_usual_columns(world: World) -> None:
    row = program(world, "thuy").get("/members", q="an", sort="name").said["rows"][0]
    assert row["person"] == world.people["an"]
    assert row["unit_id"] == world.land.one.pk
    assert row["birth"] == "1957-05-03"
    assert row["party_age"] == 45
    assert "hometown" not in row
    assert program(world, "thuy").get("/members", q="an", col=["hometown"]).said["rows"][0]["hometown"] == (
        "Xã Lim Thượng"
    )


def test_pages_follow_each_other_by_their_cursor(world: World) -> None:
    caller, found, after = program(world, "ha"), [], ""
    for _step in range(10):
        page = caller.get("/members", size=4, after=after).said
        assert (page["count"], page["exact"]) == (9, True)
        found += [row["person"] for row in page["rows"]]
        after = page["next"]
        if after is None:
            break
    assert len(found) == len(set(found)) == 9


def test_filters_and_search_narrow(world: World) -> None:
    assert names(world, "ha", sex="f", unit=world.land.one.pk) == ["Trần Thị Ánh", "Đặng Thị Liên", "Lê Thị Thủy"]
    assert names(world, "ha", standing="probationary") == ["Đặng Thị Liên"]
    assert names(world, "ha", q="nguyen an") == ["Nguyễn Văn An"]
    assert names(world, "thuy", on="2025-07-31") == []


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ({"sex": "x"}, "sex", "choice"), ({"child": "1"}, "child", "choice"),
        ({"sort": "wealth"}, "sort", "literal_error"), ({"col": "belief"}, "col.0", "literal_error"),
        ({"size": "0"}, "size", "greater_than_equal"), ({"size": "many"}, "size", "int_parsing"),
        ({"on": "20225-01-01"}, "on", "day"), ({"on": "2025-02-30"}, "on", "day"),
        ({"after": "zzz"}, "after", "cursor"), ({"before": "WzEsMl0"}, "before", "cursor"),
        ({"mood": "1"}, "mood", "unknown"),
        ({"unit": "9223372036854775808"}, "unit", "less_than_equal"), ({"q": "a\0b"}, "q", "characters"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_at_its_name(world: World, query: dict, field: str, code: str) -> None:
    answer = program(world, "ha").get("/members", **query)
    assert (answer.status, answer.codes, answer.fields) == (422, [code], [field])
    assert answer.said["reasons"][0]["text"]


def test_one_record_holds_what_is_known_on_the_day(world: World) -> None:
    caller = program(world, "thuy")
    said = caller.get(f"/members/{world.people['an']}").said
    assert said["known"]["birth"] == "1957-05-03"
    assert said["home"]["unit"] == world.land.one.pk
    assert said["standing"]["kind"] == said["kind"] == "full"
    assert last_entry().code == "members.look"
    assert said["numbers"] == {"card": "…489"}
    assert "sealed" not in said["known"]
    assert CARD["an"] not in str(said)
    assert caller.get(f"/members/{world.people['an']}", on="2025-07-31").said["home"] is None
    assert caller.get(f"/members/{world.people['thuy']}").said["offices"][0]["kind"] == "secretary"


def test_a_key_for_the_directory_alone_shows_no_more(world: World) -> None:
    caller, before = program(world, "thuy", "members.view"), last_entry().pk
    said = caller.get(f"/members/{world.people['an']}").said
    assert (said["known"]["birth"], said["known"]["name"], said["kind"]) == ("1957", "Nguyễn Văn An", "full")
    assert "hometown" not in said["known"]
    assert (said["numbers"], said["standing"], said["party_age"], said["tiers"]) == ({}, None, None, ["directory"])
    row = caller.get("/members", col=["birth", "hometown", "card"]).said["rows"][0]
    assert not {"birth", "hometown", "card"} & set(row)
    assert caller.get("/members", sort="birth").codes == ["closed"]
    assert caller.get("/members", age="18_30").codes == ["choice"]
    assert last_entry().code != "members.look" or last_entry().pk == before


def test_what_was_known_before_a_change_can_be_asked(world: World) -> None:
    ha, person = program(world, "ha"), world.people["binh"]
    before = ha.get(f"/members/{person}").said
    moment = ha.post(f"/members/{person}/change", {"hometown": "Xã Chè Đông", "birth": "1965-02"})
    assert moment.status == 200, moment.said
    now = ha.get(f"/members/{person}").said
    assert (now["known"]["hometown"], now["known"]["birth"]) == ("Xã Chè Đông", "1965-02")
    assert now["version"] == before["version"] + 1
    then = ha.get(f"/members/{person}", known_at=before["home"]["recorded_at"]).said
    assert (then["known"]["hometown"], then["known"]["birth"]) == ("", "1965")


def test_a_unit_tells_where_it_hangs_and_hung(world: World) -> None:
    said = program(world, "ha").get(f"/units/{world.land.one.pk}").said
    assert (said["name"], said["code"], said["stands"]) == ("Chi bộ thôn Một", "91.001.101", True)
    assert [one["name"] for one in said["above"]] == ["Đảng bộ tỉnh Sơn Vân", "Đảng bộ xã Lim Thượng"]
    assert said["placements"][0]["valid_to"] is None
    assert program(world, "ha").get(f"/units/{world.land.one.pk}", on="2025-07-31").status == 404


def test_units_are_found_by_name_within_the_scope(world: World) -> None:
    assert [one["name"] for one in program(world, "ha").get("/units", q="chi bo thon").said] == [
        "Chi bộ thôn Ba", "Chi bộ thôn Hai", "Chi bộ thôn Một",
    ]  # fmt: skip
    assert len(program(world, "dung").get("/units", q="chi bo thon").said) == 4


def test_figures_are_those_of_the_dashboard(world: World) -> None:
    ha = program(world, "ha")
    every = ha.get("/figures").said
    assert {"members", "members.in", "units.cells"} <= {one["code"] for one in every}
    said = ha.get("/figures/members").said
    assert (said["value"], said["unit"]) == (9, world.land.lim.pk)
    assert sum(part["value"] for part in said["by_child"]) == 9
    assert said["series"][-1]["value"] == 9
    share = ha.get("/figures/members.women_share").said
    assert (share["value"], share["base"]) == (round(4 / 9, 4), 9)
    rows = next(one["rows"] for one in every if one["code"] == "members.women")
    assert ha.get(rows).said["count"] == 4


def test_every_figure_answers_and_opens_its_rows(world: World, settings: Settings) -> None:
    settings.HATNHAN_API_PER_MINUTE = 10_000
    ha = program(world, "ha")
    for one in ha.get("/figures").said:
        said = ha.get(f"/figures/{one['code']}", to="2026-11-22", **{"from": "2025-08-01"}).said
        assert said["code"] == one["code"]
        if one["rows"]:
            rows = ha.get(one["rows"], to="2026-11-22", **{"from": "2025-08-01"}).said
            assert rows.get("count") == said["value"], (one["code"], rows)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/figures/members?frame=2020-01-01", 422, "question"),
        ("/figures/members?on=2026-01-01&to=2026-02-01", 422, "question"),
        ("/figures/belief", 404, "not_found"), ("/figures/members.women_share/rows/members", 404, "not_found"),
        ("/figures/members/rows/units", 404, "not_found"), ("/nowhere", 404, "not_found"),
    ],
)  # fmt: skip
def test_a_question_without_an_answer_says_why(world: World, path: str, status: int, code: str) -> None:
    answer = program(world, "ha").get(path)
    assert (answer.status, answer.codes) == (status, [code])


def test_sentences_are_in_the_language_that_is_asked_for(world: World) -> None:
    path = f"/members/{world.people['khanh']}"
    assert program(world, "ha").get(path).said["reasons"][0]["text"].startswith("Không có")
    english = program(world, "ha", language="en-GB,en;q=0.8").get(path)
    assert english.headers["Content-Language"] == "en"
    assert english.said["reasons"][0]["text"].startswith("Nothing")


def test_without_a_key_nothing_is_told(world: World) -> None:
    for path in ("/me", "/members", "/figures", "/units?q=chi", f"/members/{world.people['an']}"):
        for caller in (Program(), Program("hn_wrong"), Program("x" * 500)):
            answer = caller.get(path)
            assert (answer.status, answer.codes) == (401, ["token"])
            assert answer.headers["WWW-Authenticate"] == "Bearer"
