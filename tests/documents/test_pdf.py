"""Papers as PDF: the text with all its marks, our own letters only, heads and pages in their places."""

import subprocess
import unicodedata
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from django.utils.translation import override

from hatnhan.documents import pdf
from hatnhan.documents.papers import (
    CellSheet,
    CheckedMember,
    CheckSheetPaper,
    Event,
    Fact,
    Letterhead,
    MemberLine,
    MemberListPaper,
    MemberProfilePaper,
    Printed,
    Section,
    Signature,
    UnitLine,
    UnitTreePaper,
)
from hatnhan.documents.pdf import MissingFontError, PaperError, embedded_faces, render

PRINTED = Printed("Trần Thị Hạ", datetime(2026, 11, 22, 8, 5))  # noqa: DTZ001 what was printed is local time
HEAD = Letterhead("Đảng bộ xã Suối Mơ", "Chi bộ thôn Đoài", "Suối Mơ", date(2026, 11, 22))
SIGNED = (Signature("Bí thư", "Vũ Thị Sửu", "T/M Chi bộ"),)
LETTERS = "ằẳẵắặ ầẩẫấậ èẻẽéẹ ềểễếệ ìỉĩíị ồổỗốộ ờởỡớợ ừửữứự ỳỷỹýỵ Đđ ĂÂÊÔƠƯ Ẵ Ậ Ể Ỗ Ợ Ữ Ỹ Ỵ"
HOSTILE = '#eval("1+1") *sao* _gạch_ $x^2$ @ref <nhãn> \\ #image("/etc/passwd") = không phải tiêu đề'


def member_list(members: list[MemberLine], watermark: str = "") -> MemberListPaper:
    return MemberListPaper(
        letterhead=HEAD,
        title="Danh sách đảng viên",
        subtitle="Tính đến ngày 22/11/2026",
        printed=replace(PRINTED, watermark=watermark),
        signatures=SIGNED,
        members=members,
    )


def members(number: int) -> list[MemberLine]:
    return [MemberLine(f"Đỗ Thị Thứ {at}", "Nữ", "1957", "3/2/1990", "3/2/1991") for at in range(1, number + 1)]


def pages(document: bytes, folder: Path) -> list[str]:
    """The text of each page, one space between words."""
    path = folder / "paper.pdf"
    path.write_bytes(document)
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    text = unicodedata.normalize("NFC", done.stdout.decode())
    return [" ".join(page.split()) for page in text.split("\f")[:-1]]


def test_every_vietnamese_letter_arrives_with_its_marks(tmp_path: Path) -> None:
    line = MemberLine(LETTERS, "Nữ", "3/5/1957", "3/2/1990", "3/2/1991", "Bí thư", "Miễn sinh hoạt")
    (page,) = pages(member_list([line]).pdf(), tmp_path)
    for word in LETTERS.split():
        assert word in page
    for word in ("Danh sách đảng viên", "Chi bộ thôn Đoài", "Suối Mơ, ngày 22 tháng 11 năm 2026", "Vũ Thị Sửu"):
        assert word in page
    assert "In ngày 22/11/2026, lúc 08:05, người in: Trần Thị Hạ" in page
    assert "Trang 1/1" in page


def test_only_our_own_letters_are_embedded(tmp_path: Path) -> None:
    document = member_list(members(3)).pdf()
    assert embedded_faces(document) == {"Tinos", "Tinos-Bold", "Tinos-Italic"}
    (tmp_path / "paper.pdf").write_bytes(document)
    listed = subprocess.run(["pdffonts", tmp_path / "paper.pdf"], capture_output=True, check=True).stdout.decode()
    fonts = [line.split() for line in listed.splitlines()[2:]]
    assert len(fonts) == 3
    for font in fonts:
        assert "Tinos" in font[0]
        assert font[-5:-2] == ["yes", "yes", "yes"]


def test_a_paper_without_its_font_is_refused_not_printed_blank(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    with pytest.raises(MissingFontError, match="member_list"):
        member_list(members(3)).pdf()


def test_what_people_typed_is_never_read_as_markup(tmp_path: Path) -> None:
    (page,) = pages(member_list([MemberLine("An", note=HOSTILE)]).pdf(), tmp_path)
    shown = page.replace(" ", "")
    for part in ("#eval(", "1+1", "*sao*", "$x^2$", "<nhãn>", "#image("):
        assert part in shown


def test_a_word_without_end_stays_in_its_column(tmp_path: Path) -> None:
    (page,) = pages(member_list([MemberLine("A" * 120, birth="1957")]).pdf(), tmp_path)
    assert "1957" in page
    assert "A" * 60 not in page


def test_a_list_of_nobody_says_so(tmp_path: Path) -> None:
    (page,) = pages(member_list([]).pdf(), tmp_path)
    assert "Danh sách này chưa có đảng viên nào." in page
    assert "Họ và tên" not in page


def test_three_hundred_and_fifty_members_fill_pages_with_repeated_heads(tmp_path: Path) -> None:
    found = pages(member_list(members(350), watermark="Bản thử").pdf(), tmp_path)
    assert len(found) > 5
    for number, page in enumerate(found, start=1):
        assert "Họ và tên" in page
        assert f"Trang {number}/{len(found)}" in page
    assert sum(page.count("Đỗ Thị Thứ") for page in found) == 350


@pytest.mark.parametrize("number", [20, 21, 22, 23, 24, 25, 26])
def test_a_signature_never_stands_on_a_page_without_members(tmp_path: Path, number: int) -> None:
    last = pages(member_list(members(number)).pdf(), tmp_path)[-1]
    assert "Vũ Thị Sửu" in last
    assert f"Đỗ Thị Thứ {number}" in last


def test_a_list_of_one_and_two_members_can_be_signed(tmp_path: Path) -> None:
    for number in (1, 2):
        (page,) = pages(member_list(members(number)).pdf(), tmp_path)
        assert "Vũ Thị Sửu" in page


def profile(card: str = "…489", personal_number: str = "…112") -> MemberProfilePaper:
    return MemberProfilePaper(
        letterhead=HEAD,
        title="Phiếu tóm tắt đảng viên",
        printed=PRINTED,
        name="Vũ Thị Sửu",
        sections=[Section("Thông tin chung", [Fact("Ngày sinh", "3/5/1957"), Fact("Quê quán")])],
        events=[Event("3/2/1990", "Kết nạp vào Đảng", "Quyết định 12")],
        card=card,
        personal_number=personal_number,
    )


def test_a_profile_shows_what_is_known_and_what_is_not(tmp_path: Path) -> None:
    (page,) = pages(profile().pdf(), tmp_path)
    for word in ("Vũ Thị Sửu", "3/5/1957", "chưa ghi", "…489", "…112", "Kết nạp vào Đảng", "Quyết định 12"):
        assert word in page


def test_a_profile_refuses_a_number_that_is_not_masked() -> None:
    with pytest.raises(ValueError, match="ba số cuối"):
        profile(card="001957001489")
    with pytest.raises(ValueError, match="ba số cuối"):
        profile(personal_number="001957001489")


def test_a_profile_without_history_says_so(tmp_path: Path) -> None:
    (page,) = pages(replace(profile(), events=()).pdf(), tmp_path)
    assert "Chưa ghi sự kiện nào." in page


def test_a_tree_is_printed_with_its_counts_and_its_ended_units(tmp_path: Path) -> None:
    tree = UnitTreePaper(
        letterhead=HEAD,
        title="Sơ đồ tổ chức",
        printed=PRINTED,
        columns=["Chi bộ", "Đảng viên"],
        units=[
            UnitLine(0, "Đảng bộ xã Suối Mơ", "đảng bộ xã", ["60", "1.204"]),
            *[UnitLine(1, f"Chi bộ thôn số {at}", "chi bộ", ["1"]) for at in range(60)],
            UnitLine(12, "Chi bộ cũ", "chi bộ", [], ended=True),
        ],
    )
    found = pages(tree.pdf(), tmp_path)
    assert len(found) > 1
    assert all("Tổ chức" in page and "Đảng viên" in page for page in found)
    assert "1.204" in found[0]
    assert "Chi bộ cũ (đã kết thúc)" in found[-1]
    empty = replace(tree, units=[])
    assert "Chưa có tổ chức nào." in pages(empty.pdf(), tmp_path)[0]


def test_each_cell_has_its_own_check_sheet_with_room_for_a_pen(tmp_path: Path) -> None:
    facts = [Fact("Ngày sinh", "3/5/1957"), Fact("Ngày chính thức")]
    sheets = CheckSheetPaper(
        letterhead=Letterhead("", "Đảng bộ xã Suối Mơ"),
        title="Phiếu đối khớp đảng viên",
        printed=PRINTED,
        cells=[
            CellSheet("Chi bộ thôn Đoài", [CheckedMember(f"Lý Văn Kỷ {at}", facts) for at in range(9)]),
            CellSheet("Chi bộ thôn Thượng", []),
        ],
    )
    found = pages(sheets.pdf(), tmp_path)
    text = " ".join(found)
    assert text.count("Đúng hết") == 9 + 2
    assert text.count("chưa ghi") == 9
    first = next(number for number, page in enumerate(found) if "Chi bộ thôn Thượng" in page)
    assert "Lý Văn Kỷ" not in " ".join(found[first:])
    assert "Chi bộ chưa có đảng viên nào trong danh sách này." in found[first]
    assert "Đảng bộ xã Suối Mơ" in found[0]
    assert "Người đối khớp" in found[first]


def test_an_unsigned_letterhead_leaves_room_for_the_day() -> None:
    assert Letterhead("", "Chi bộ thôn Đoài").data()["dated"] == "…………, ngày …… tháng …… năm ……"


def test_labels_follow_the_reader() -> None:
    with override("en"):
        assert member_list([]).data()["language"] == "en"
    assert member_list([]).data()["labels"]["page"] == "Trang"


def test_an_unknown_layout_and_data_it_does_not_understand_are_refused() -> None:
    for name in ("passport", "../papers", "paper"):
        with pytest.raises(PaperError):
            render(name, {})
    with pytest.raises(PaperError, match="member_list"):
        render("member_list", {"title": "thiếu mọi thứ khác"})


def test_the_same_paper_gives_the_same_file() -> None:
    assert member_list(members(2)).pdf() == member_list(members(2)).pdf()
