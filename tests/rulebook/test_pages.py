"""The rulebook for its readers: rules in words, changes, what committees set, the acts in which a rule spoke."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from hatnhan import rulebook
from hatnhan.duties.actions import open_duty
from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.meetings import actions as meetings
from hatnhan.meetings.minutes.rules import MotionSheet, Sheet
from hatnhan.members.corrections.actions import ask_correction
from hatnhan.members.models import Person
from hatnhan.rulebook import actions
from hatnhan.rulebook.book import shelf
from hatnhan.rulebook.models import Override
from tests.api.program import program
from tests.world import World, boss, last_entry, refused

SEAL, TEMPORARY = "dissolution.seal_working_days", "cell.group.min_temporary"
ON = date(2026, 3, 1)


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_everybody_reads_every_family_and_rule(world: World) -> None:
    member = world.browser("an")
    page = text(member, "/rulebook/")
    for code, family in shelf().library.families.items():
        assert str(family.title) in page
        assert f"/rulebook/family/{code}/" in page
        text(member, f"/rulebook/family/{code}/")
    for key in shelf().library.rules:
        page = text(member, f"/rulebook/rules/{key}/")
        assert "Mức đối chiếu" in page


def test_a_rule_says_document_source_mark_and_window(world: World) -> None:
    page = text(world.browser("thuy"), "/rulebook/rules/cell.committee.min_full/?on=2025-12-01")
    for words in ("Quy định 294-QĐ/TW, mục 23.2", "đã đối chiếu với văn bản gốc", "từ ngày 1/7/2025", "không cho ghi"):
        assert words in page
    later = text(world.browser("thuy"), "/rulebook/rules/cell.committee.min_full/?on=2026-11-22")
    assert "Chỉ nhắc" in later
    assert "chỉ nhắc, vẫn cho ghi" in later


def test_rules_are_found_by_words_without_marks(world: World) -> None:
    assert "con dấu" in text(world.browser("an"), "/rulebook/?q=con+dau&on=2026-11-22")
    assert "Không có quy định nào như vậy" in text(world.browser("an"), "/rulebook/?q=zzz")


def test_what_changed_between_two_days_is_told(world: World) -> None:
    page = text(world.browser("an"), "/rulebook/changes/?from=2025-06-30&to=2025-07-01")
    assert "Thay đổi" in page
    assert "cell.term_years" in page
    assert "Quyết định kết nạp và công nhận đảng viên chính thức. Ban thường vụ" in page
    assert "Không có gì thay đổi" in text(world.browser("an"), "/rulebook/changes/?from=2025-12-01&to=2025-12-02")
    assert "phải sớm hơn" in text(world.browser("an"), "/rulebook/changes/?from=2026-01-01&to=2025-01-01")


@pytest.mark.parametrize("path", ["rules/belief/", "family/belief/", "rules/vote.ordinary/local/"])
def test_what_does_not_exist_is_not_found(world: World, path: str) -> None:
    assert world.browser("dung").get(f"/rulebook/{path}").status_code == 404


def test_a_committee_sets_its_own_value_on_a_page_and_strikes_it_out(world: World) -> None:
    dung, land = world.browser("dung"), world.land
    path = f"/rulebook/rules/{SEAL}/local/"
    typed = {"unit": land.province.pk, "value": "90", "decision": "12-QĐ/TU", "on": "1/3/2026", "last": ""}
    answer = dung.post(path, typed)
    assert answer.status_code == 422
    assert "từ 1 đến 60" in answer.content.decode()
    assert 'value="12-QĐ/TU"' in answer.content.decode()
    assert dung.post(path, {**typed, "value": "15"}).status_code == 302
    assert rulebook.at(ON)[SEAL].value == 30
    own = rulebook.at(ON, land.one)[SEAL]
    assert (own.value, own.document.number, own.unit, own.refuses) == (15, "12-QĐ/TU", land.province.pk, True)
    assert last_entry().code == "rulebook.override"
    page = text(world.browser("an"), f"/rulebook/rules/{SEAL}/")
    assert "Đảng bộ tỉnh Sơn Vân: 15" in page
    assert "Bỏ, ghi nhầm" not in page
    row = Override.objects.unvoided().get()
    assert world.browser("ha").post(f"/rulebook/local/{row.pk}/withdraw/").status_code == 404
    assert dung.post(f"/rulebook/local/{row.pk}/withdraw/").status_code == 302
    assert rulebook.at(ON, land.one)[SEAL].value == 30


def test_the_nearest_committee_counts_and_each_has_its_own_days(world: World) -> None:
    land, who = world.land, boss()
    given: dict[str, Any] = {"actor": who, "key": TEMPORARY}
    actions.set_local(unit=land.province, value=12, decision="1-QĐ/TU", on=ON, **given)
    actions.set_local(unit=land.lim, value=15, decision="2-QĐ/ĐU", on=date(2026, 5, 1), until=date(2026, 9, 1), **given)

    def value(unit: object, day: date) -> object:
        return rulebook.at(day, unit)[TEMPORARY].value  # type: ignore[arg-type]

    assert [value(land.one, day) for day in (date(2026, 2, 28), ON, date(2026, 5, 1), date(2026, 9, 1))] == [
        10,
        12,
        15,
        12,
    ]
    assert value(land.far_cell, date(2026, 6, 1)) == 12
    before = Override.objects.order_by("recorded_at").values_list("recorded_at", flat=True)[0]
    actions.set_local(unit=land.province, value=9, decision="3-QĐ/TU", on=date(2026, 6, 1), **given)
    assert value(land.far_cell, date(2026, 6, 1)) == 9
    assert value(land.far_cell, date(2026, 5, 31)) == 12
    assert rulebook.at(date(2026, 6, 1), land.far_cell, known_at=before)[TEMPORARY].value == 12
    row = Override.objects.on(date(2026, 6, 1)).get(unit=land.province)
    actions.end_local(actor=who, row=row, on=date(2026, 8, 1))
    assert value(land.far_cell, date(2026, 8, 1)) == 10


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"key": "vote.ordinary"}, "closed"), ({"key": "belief"}, "key"), ({"value": 61}, "value"),
        ({"value": 0}, "value"), ({"decision": " "}, "decision"), ({"until": ON}, "until"),
        ({"on": date(1990, 1, 1)}, "key"),
    ],
)  # fmt: skip
def test_what_may_not_be_set_is_refused(world: World, change: dict, code: str) -> None:
    given: dict[str, Any] = {
        "unit": world.land.province,
        "key": SEAL,
        "value": 20,
        "decision": "1-QĐ/TU",
        "on": ON,
        **change,
    }
    with refused(code):
        actions.set_local(actor=boss(), **given)


def test_a_committee_without_the_seat_the_right_or_the_scope_sets_nothing(world: World) -> None:
    given: dict[str, Any] = {"key": SEAL, "value": 20, "decision": "1-QĐ/ĐU", "on": ON}
    with refused("seat"):
        actions.set_local(actor=boss(), unit=world.land.one, **given)
    with pytest.raises(Forbidden):
        actions.set_local(actor=world.actor("thuy"), unit=world.land.one, **given)
    with pytest.raises(NotFound):
        actions.set_local(actor=world.actor("ha"), unit=world.land.che, **given)
    actions.set_local(actor=boss(), unit=world.land.province, **given)
    with refused("overlap"):
        actions.set_local(actor=boss(), unit=world.land.province, **{**given, "on": date(2026, 1, 1)})


def test_an_act_in_which_a_rule_spoke_leads_to_it_and_back(world: World) -> None:
    open_duty(
        actor=boss(), kind="members.correction", about=1, deadline="correct", on=date(2026, 11, 20),
        unit=world.land.lim, role="office",
    )  # fmt: skip
    entry = last_entry()
    assert entry.payload.values["rule"] == "deadline.correct@2026-01-01"
    page = text(world.browser("ha"), "/rulebook/rules/deadline.correct/")
    assert "Quy định này đã dùng ở đây" in page
    assert "Giao việc" in page
    assert "Giao việc" not in text(world.browser("khoa"), "/rulebook/rules/deadline.correct/")


def test_a_refusal_links_to_the_rule_that_spoke(world: World) -> None:
    land = world.land
    path = f"/units/{land.one.pk}/move/"
    answer = world.browser("dung").post(path, {"to": land.province.pk, "on": "1/10/2025", "kind": "", "decision": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a class="link" href="/rulebook/rules/kind.village_cell/?on=' in page


def test_programs_read_the_rules_and_set_them(world: World) -> None:
    caller = program(world, "dung")
    every = caller.get("/rules", on="2026-03-01").said
    assert {"cell.committee.min_full", SEAL} <= {one["key"] for one in every}
    assert caller.get("/rules/cell.term_years").said[-1]["valid_to"] is None
    made = caller.post(
        f"/units/{world.land.province.pk}/rules", {"key": SEAL, "value": 20, "decision": "7-QĐ/TU", "on": "2026-03-01"}
    )
    assert made.status == 200, made.said
    own = caller.get("/rules", on="2026-03-01", unit=world.land.one.pk).said
    assert next(one for one in own if one["key"] == SEAL)["set_by"] == world.land.province.pk
    closed = caller.post(
        f"/units/{world.land.province.pk}/rules",
        {"key": "vote.decide", "value": 2, "decision": "x", "on": "2026-03-01"},
    )
    assert (closed.status, closed.codes) == (422, ["closed"])
    assert closed.said["reasons"][0]["rule"].startswith("vote.decide@")


def test_a_vote_leads_to_its_rule_and_the_rule_to_the_meeting_within_the_readers_scope(world: World) -> None:
    sheet = Sheet(
        "regular", date(2026, 11, 3), time(19), time(21), motions=[MotionSheet("Kết luận tháng 11", in_favour=4)]
    )
    held = meetings.record(actor=world.actor("thuy"), unit=world.land.one, sheet=sheet)
    page = text(world.browser("thuy"), f"/meetings/{held.pk}/")
    assert "/rulebook/rules/vote.ordinary/?on=" in page
    uses = text(world.browser("thuy"), "/rulebook/rules/vote.ordinary/")
    assert f'href="/meetings/{held.pk}/"' in uses
    assert f'href="/meetings/{held.pk}/"' in text(world.browser("ha"), "/rulebook/rules/vote.ordinary/")
    for who in ("khoa", "an"):
        assert f"/meetings/{held.pk}/" not in text(world.browser(who), "/rulebook/rules/vote.ordinary/")


def test_a_committee_sets_how_long_its_meetings_last_and_the_warning_follows(world: World) -> None:
    land = world.land
    actions.set_local(
        actor=world.actor("ha"), unit=land.lim, key="meeting.minutes.least", value=60, decision="7-QĐ/ĐU",
        on=date(2026, 1, 1),
    )  # fmt: skip
    sheet = Sheet("regular", date(2026, 11, 3), time(19), time(20, 15))
    held = meetings.record(actor=world.actor("thuy"), unit=land.one, sheet=sheet)
    assert "ngắn hơn mức" not in text(world.browser("thuy"), f"/meetings/{held.pk}/")
    short = Sheet("thematic", date(2026, 11, 10), time(19), time(19, 30))
    second = meetings.record(actor=world.actor("thuy"), unit=land.one, sheet=short)
    page = text(world.browser("thuy"), f"/meetings/{second.pk}/")
    assert "ngắn hơn mức 60 phút" in page
    assert "/rulebook/rules/meeting.minutes.least/" in page


def test_a_family_without_rules_today_says_until_when_it_had_some(world: World) -> None:
    page = text(world.browser("an"), "/rulebook/?on=2026-11-22")
    assert "hết hiệu lực sau ngày 30/6/2025" in page
    assert "/rulebook/family/authority_district/?on=2025-06-30" in page
    assert ">0 quy định" not in page


def test_the_log_of_a_member_names_the_rules_that_spoke(world: World) -> None:
    Person.objects.filter(pk=world.people["an"]).update(account=world.accounts["an"])
    ask_correction(
        actor=world.actor("an"), person=world.person("an"), field="hometown", right="Xã Lim Hạ", why="Giấy khai sinh"
    )
    page = text(world.browser("ha"), world.page("an", "log/"))
    assert "/rulebook/rules/deadline.correct/" in page
