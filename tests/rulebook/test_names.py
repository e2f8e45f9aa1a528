"""Kinds, offices and states as spreadsheets write them."""

import unicodedata
from datetime import date

import pytest

from hatnhan import rulebook

OLD, NOW = date(2024, 5, 1), date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "regime", "text", "parent", "unit_name", "kind"),
    [
        (OLD, None, "chi bộ", "base_committee", "", "sub_cell"),
        (OLD, None, "chi bộ", "district", "", "base_cell"),
        (OLD, None, "Đảng bộ xã", "district", "", "base_committee"),
        (OLD, None, "Đảng bộ", "province", "", "district"),
        (NOW, None, "Đảng bộ xã", "province", "", "commune"),
        (NOW, None, "CB", "base_committee", "", "sub_cell"),
        (NOW, None, "chi bộ", "commune", "", "base_cell"),
        (NOW, None, "chi bộ", "commune", "Chi bộ thôn Đông", "village_cell"),
        (NOW, None, "CB", "commune", "Chi bộ thôn Đông", "village_cell"),
        (NOW, None, "", "commune", "Chi bộ Trường Mầm non Hoa Sen", "base_cell"),
        (NOW, None, "", "commune", "Chi bộ tổ dân phố số 5", "village_cell"),
        (NOW, None, "CHI BO THON DONG", "commune", "", "village_cell"),
        (NOW, None, "Chi bộ bản Pa", "commune", "", "village_cell"),
        (NOW, None, "Chi bộ Ban Xây dựng Đảng", "commune", "", "base_cell"),
        (NOW, None, "Chi bộ trực thuộc đảng uỷ xã", "commune", "", "base_cell"),
        (NOW, None, "ĐB bộ phận", "base_committee", "", "base_section"),
        (NOW, None, "Đảng bộ", "base_committee", "", "base_section"),
        (NOW, "three_level_208", "chi bộ", "commune", "", "sub_cell"),
        (NOW, "three_level_208", "chi bộ", "commune", "Chi bộ thôn Đông", "village_cell"),
        (NOW, "three_level_208", "Đảng bộ trực thuộc", "commune", "", "attached_committee"),
        (NOW, None, "village cell", "commune", "", "village_cell"),
        (NOW, None, "Chi bộ cơ sở", "sub_cell", "", "base_cell"),
        (NOW, None, "chi bộ", None, "", None),
        (NOW, None, "câu lạc bộ", "commune", "", None),
    ],
)
def test_a_kind_is_found_by_what_people_call_it(
    day: date, regime: str | None, text: str, parent: str | None, unit_name: str, kind: str | None
) -> None:
    book = rulebook.at(day)
    for written in (text, unicodedata.normalize("NFD", text), text.upper()):
        found = book.kind_by_name(written, parent, regime=regime, unit_name=unit_name)
        assert (found.code if found else None) == kind


def test_every_kind_is_found_by_its_own_label_under_a_parent_of_its_own() -> None:
    for day in (OLD, NOW):
        book = rulebook.at(day)
        for kind in book.kinds(book.default_regime.code).values():
            for parent in kind.parents:
                assert book.kind_by_name(kind.label.vi, parent) is kind


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Bí thư chi bộ", ["secretary"]),
        ("PBT", ["deputy_secretary"]),
        ("Phó Bí thư, UVBTV", ["deputy_secretary", "standing_member"]),
        ("Bí thư Đảng uỷ; Chủ nhiệm UBKT", ["secretary", "head"]),
        ("Phó bí thư thường trực", ["standing_deputy_secretary"]),
        ("Chi uỷ viên", ["committee_member"]),
        ("Bí thư, trưởng thôn", ["secretary"]),
        ("Bí thư Đoàn xã", []),
        ("Trưởng thôn", []),
        ("", []),
    ],
)
def test_party_offices_are_picked_out_of_what_is_written(text: str, codes: list[str]) -> None:
    assert [office.code for office in rulebook.at(NOW).offices_in(text)] == codes


@pytest.mark.parametrize(
    ("text", "standing", "participation"),
    [
        ("CT", "full", None),
        ("Dự bị", "probationary", None),
        ("Đã từ trần", "deceased", None),
        ("Xoá tên", "struck_off", None),
        ("mất liên lạc", None, None),
        ("Miễn SH", None, "exempt"),
        ("Tạm miễn đến 30/6/2027", None, "exempt_for_time"),
        ("Đang sinh hoạt", None, "active"),
        ("suspended", None, "suspended"),
    ],
)
def test_states_are_read_as_people_write_them(text: str, standing: str | None, participation: str | None) -> None:
    book = rulebook.at(NOW)
    one, two = book.standing_by_name(text), book.participation_by_name(text)
    assert (one.code if one else None, two.code if two else None) == (standing, participation)


def test_a_body_and_a_membership_are_found_by_name() -> None:
    book = rulebook.at(NOW)
    body, belonging = book.body_by_name("UBKT Đảng ủy"), book.belonging_by_name("213")
    assert body is book.body("inspection_commission")
    assert belonging is book.belonging("residence")
    assert book.office_by_name("BÍ THƯ") is book.office("secretary")
