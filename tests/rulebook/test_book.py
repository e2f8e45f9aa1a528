"""Asking the rulebook with the day of the act."""

from datetime import date
from itertools import pairwise

import pytest
from django.utils.translation import override

from hatnhan import rulebook
from hatnhan.rulebook import Force, RuleMissingError
from hatnhan.rulebook.authority import seat_holder

DISTRICTS = date(2025, 6, 30)
TWO_TIERS = date(2025, 7, 1)
REPLACED = date(2026, 4, 8)
SWITCH = date(2026, 7, 26)


def test_a_rule_answers_with_value_source_and_force() -> None:
    rule = rulebook.at(TWO_TIERS)["cell.committee.min_full"]
    assert (rule.value, rule.mark, rule.force) == (9, "P", Force.REFUSE)
    assert rulebook.sentence(rule) == "Quy định 294-QĐ/TW, mục 23.2"


def test_the_same_rule_only_warns_once_its_document_was_replaced() -> None:
    rule = rulebook.at(REPLACED)["cell.committee.min_full"]
    assert (rule.value, rule.force) == (9, Force.WARN)
    assert "thay bằng 20-QĐ/TW" in rulebook.sentence(rule)
    assert "chưa đối chiếu với văn bản gốc" in rulebook.sentence(rule)


def test_a_source_is_said_in_the_readers_language() -> None:
    rule = rulebook.at(TWO_TIERS)["founding.cell.min_full"]
    with override("en"):
        assert rulebook.sentence(rule) == "Regulation 294-QĐ/TW, item 20.2.1"


def test_a_local_default_and_a_guess_say_what_they_are() -> None:
    book = rulebook.at(TWO_TIERS)
    assert "của một địa phương" in rulebook.sentence(book["founding.base_committee.min_members"])
    guess = rulebook.at(date(2024, 1, 1))["cell.term_years"]
    assert rulebook.sentence(guess) == "Điều lệ Đảng, Điều 24 (chưa đối chiếu với văn bản gốc)"


def test_the_programs_own_convention_is_called_so_and_not_unverified() -> None:
    rule = rulebook.at(TWO_TIERS)["participation.in_transit"]
    assert rulebook.sentence(rule) == "Quy ước của chương trình"


def test_a_day_between_two_changes_gives_the_same_book() -> None:
    assert rulebook.at(date(2025, 10, 1)) is rulebook.at(date(2025, 10, 2))
    assert rulebook.at(DISTRICTS) is not rulebook.at(TWO_TIERS)


def test_an_unknown_key_and_a_day_without_rule_are_told_apart() -> None:
    with pytest.raises(RuleMissingError, match="không có mục"):
        rulebook.at(TWO_TIERS)["cell.colour"]
    with pytest.raises(RuleMissingError, match="chưa có hoặc không còn"):
        rulebook.at(DISTRICTS)["founding.upper_special.min_members"]
    with pytest.raises(RuleMissingError):
        rulebook.history("cell.colour")
    assert rulebook.at(TWO_TIERS).get("cell.colour") is None


def test_the_history_of_a_key_has_neither_hole_nor_overlap() -> None:
    terms = rulebook.history("cell.term_years")
    assert [rule.value for rule in terms if not rule.carried] == [2.5, 5]
    assert all(before.window.end == after.window.start for before, after in pairwise(terms))


def test_districts_end_and_communes_begin_on_the_same_day() -> None:
    assert "district" in rulebook.at(DISTRICTS).kinds()
    assert "commune" not in rulebook.at(DISTRICTS).kinds()
    assert "district" not in rulebook.at(TWO_TIERS).kinds()
    assert rulebook.at(TWO_TIERS).kind("commune").parents == ("province",)
    with pytest.raises(RuleMissingError):
        rulebook.at(TWO_TIERS).kind("district")


def test_the_three_level_regime_needs_a_switch_and_a_day() -> None:
    assert list(rulebook.at(DISTRICTS).regimes()) == ["district"]
    assert list(rulebook.at(TWO_TIERS).regimes()) == ["two_tier"]
    assert set(rulebook.at(SWITCH).regimes()) == {"two_tier", "three_level_208"}
    assert rulebook.at(SWITCH).default_regime.code == "two_tier"
    with pytest.raises(RuleMissingError):
        rulebook.at(date(2026, 7, 25)).kinds("three_level_208")


def test_under_three_levels_every_cell_has_one_name_and_the_commune_is_grassroots() -> None:
    book = rulebook.at(SWITCH)
    kinds = book.kinds("three_level_208")
    assert {str(kinds[code].label) for code in ("base_cell", "sub_cell", "village_cell")} == {"chi bộ"}
    assert kinds["commune"].grassroots
    assert not book.kind("commune").grassroots
    assert "base_committee" not in kinds
    assert book.regime("three_level_208").becomes["base_committee"] == "attached_committee"
    assert kinds["village_cell"].rule.force is Force.WARN


def test_labels_follow_the_reader() -> None:
    kind = rulebook.at(TWO_TIERS).kind("village_cell")
    assert str(kind.label) == "chi bộ thôn, tổ dân phố"
    with override("en"):
        assert f"{kind.label}" == "village cell"


def test_founding_numbers_of_a_cell_come_with_those_of_any_cell() -> None:
    book = rulebook.at(TWO_TIERS)
    assert book.founding("village_cell")["min_full"].value == 3
    assert book.founding("base_committee")["min_members"].value == 30
    assert book.founding("provisional_cell_abroad")["min_full"].value == 0
    assert "min_full" not in book.founding("commune")


def test_what_may_stand_under_a_unit_depends_on_the_day() -> None:
    under_base = {kind.code for kind in rulebook.at(DISTRICTS).allowed_under("base_committee")}
    assert {"sub_cell", "village_cell", "base_section"} <= under_base
    assert "village_cell" not in {kind.code for kind in rulebook.at(TWO_TIERS).allowed_under("base_committee")}


def test_bodies_of_a_commune_are_its_own() -> None:
    bodies = {body.code for body in rulebook.at(TWO_TIERS).bodies("commune")}
    assert {"party_building_board", "inspection_commission", "office", "political_centre"} <= bodies
    assert "organisation_board" not in bodies
    assert str(rulebook.at(TWO_TIERS).body("inspection_commission").head) == "chủ nhiệm"


def test_who_counts_as_a_member_and_who_votes() -> None:
    book = rulebook.at(TWO_TIERS)
    assert [code for code, standing in book.standings().items() if standing.member] == ["probationary", "full"]
    assert [code for code, standing in book.standings().items() if standing.votes] == ["full"]
    assert book.participation("exempt").votes == "if_present"
    assert not book.belonging("temporary").counted
    assert book.participation("exempt_for_time").ends


@pytest.mark.parametrize(
    ("day", "regime", "line", "seat", "holder"),
    [
        (DISTRICTS, None, ["village_cell", "base_committee", "district", "province"], "grassroots", "base_committee"),
        (DISTRICTS, None, ["village_cell", "base_committee", "district", "province"], "direct_superior", "district"),
        (TWO_TIERS, None, ["village_cell", "commune", "province"], "grassroots", "commune"),
        (TWO_TIERS, None, ["base_cell", "commune", "province"], "grassroots", "base_cell"),
        (TWO_TIERS, None, ["sub_cell", "base_committee", "commune", "province"], "direct_superior", "commune"),
        (TWO_TIERS, None, ["sub_cell", "base_delegated", "province"], "direct_superior", "base_delegated"),
        (TWO_TIERS, None, ["sub_cell", "base_section", "base_committee", "commune"], "section", "base_section"),
        (SWITCH, "three_level_208", ["village_cell", "commune", "province"], "grassroots", "commune"),
        (SWITCH, "three_level_208", ["village_cell", "commune", "province"], "direct_superior", "province"),
        (SWITCH, "three_level_208", ["village_cell", "commune", "province"], "section", None),
    ],
)
def test_a_seat_is_found_up_the_line(
    day: date, regime: str | None, line: list[str], seat: str, holder: str | None
) -> None:
    book = rulebook.at(day)
    found = seat_holder(seat, [book.kind(code, regime) for code in line])
    assert (None if found is None else line[found]) == holder


@pytest.mark.parametrize(
    ("day", "regime", "seat", "body", "force"),
    [
        (DISTRICTS, "district", "direct_superior", "standing_board", Force.WARN),
        (TWO_TIERS, "two_tier", "direct_superior", "standing_board", Force.REFUSE),
        (SWITCH, "three_level_208", "grassroots", "standing_board", Force.WARN),
    ],
)
def test_who_decides_an_admission_depends_on_the_regime(
    day: date, regime: str, seat: str, body: str, force: Force
) -> None:
    authority = rulebook.at(day).authority("admission_decide", regime)
    assert (authority.seat, authority.body, authority.rule.force) == (seat, body, force)
