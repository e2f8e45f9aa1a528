"""Strange files: what is read, what is refused and with which sentence, and what never costs more than it may."""

import contextlib
import datetime
import io
import struct
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlwt import CompoundDoc

from hatnhan.kernel.sheets.book import Merge, Row, Sheet
from hatnhan.kernel.sheets.reading import Limits, Unreadable, read
from tests.fixtures.samples import Cell
from tests.fixtures.sheets import vietnamese_windows, write_csv, write_ods, write_xls, write_xlsx

UNHURRIED = settings(deadline=None, derandomize=True, database=None)

LINES: list[list[Cell]] = [
    [],
    [None, "Danh sách"],
    [],
    ["TT", "Họ và tên", "Ngày sinh", "Số"],
    [1, "Nguyễn Văn An", datetime.date(1957, 5, 3), 1957],
    [2, "=1+1", "3/5/1957", 0.5],
]
ROWS = [
    Row(2, (None, "Danh sách")),
    Row(4, ("TT", "Họ và tên", "Ngày sinh", "Số")),
    Row(5, (1, "Nguyễn Văn An", datetime.date(1957, 5, 3), 1957)),
    Row(6, (2, "=1+1", "3/5/1957", 0.5)),
]
TEXT_ROWS = [
    Row(2, (None, "Danh sách")),
    Row(4, ("TT", "Họ và tên", "Ngày sinh", "Số")),
    Row(5, ("1", "Nguyễn Văn An", "03/05/1957", "1957")),
    Row(6, ("2", "=1+1", "3/5/1957", "0.5")),
]


def refusal(source: Path | bytes, name: str = "ds.xlsx", limits: Limits | None = None) -> str:
    """The sentence with which a file is refused; it names the file and what is allowed."""
    with pytest.raises(Unreadable) as refused:
        read(source, name=name, limits=limits)
    sentence = str(refused.value)
    assert f"“{name}”" in sentence
    assert "XLSX, XLS, ODS, CSV" in sentence
    return sentence


@pytest.mark.parametrize(("write", "kind"), [(write_xlsx, "xlsx"), (write_xls, "xls"), (write_ods, "ods")])
def test_workbooks_are_read_with_the_row_numbers_the_user_sees(
    tmp_path: Path, write: Callable[..., Path], kind: str
) -> None:
    book = read(write(tmp_path / "any name.doc", LINES), name="ds")
    assert (book.kind, list(book.main.rows), len(book.main.rows)) == (kind, ROWS, 4)


@pytest.mark.parametrize(
    ("write", "real", "shown"),
    [
        (write_xlsx, ".xlsx", ".xls"),
        (write_xls, ".xls", ".xlsx"),
        (write_ods, ".ods", ".xlsx"),
        (write_xlsx, ".xlsx", ".csv"),
    ],
)
def test_a_workbook_with_the_ending_of_another_kind_is_read(
    tmp_path: Path, write: Callable[..., Path], real: str, shown: str
) -> None:
    path = write(tmp_path / f"a{real}", [["Họ và tên"], ["Nguyễn Văn An"]]).rename(tmp_path / f"b{shown}")
    (sheet,) = read(path, name=path.name).sheets
    assert [row.cells for row in sheet.rows] == [("Họ và tên",), ("Nguyễn Văn An",)]


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-16-le", ","), ("utf-16-be", "|"), ("cp1258", ";")],
)
def test_texts_are_read_in_every_encoding_and_with_every_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    lines = [[vietnamese_windows(cell) if isinstance(cell, str) else cell for cell in cells] for cells in LINES]
    book = read(write_csv(tmp_path / "ds.csv", lines, separator=separator, encoding=encoding), name="ds.csv")
    tidy = [Row(row.number, tuple(c and vietnamese_windows(c) for c in row.cells)) for row in TEXT_ROWS]  # type: ignore[arg-type]
    assert list(book.main.rows) == tidy


def test_the_line_that_names_the_separator_is_no_row() -> None:
    book = read("sep=;\nHọ, tên;Số\nAn;1\n".encode(), name="ds.csv")
    assert list(book.main.rows) == [Row(1, ("Họ, tên", "Số")), Row(2, ("An", "1"))]


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_rest() -> None:
    lines = ['Họ tên,Ghi chú\n"An,x\n', *(f"Bình {n},dòng thứ {n} của danh sách\n" for n in range(3000))]
    book = read("".join(lines).encode(), name="ds.csv")
    assert len(book.main.rows) == 3002


def test_cells_may_hold_several_lines(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "ds.csv", [["A", "B"], ["3/2/1990\n3/2/1991", "x"], ["y", "z"]])
    assert [row.number for row in read(path, name="ds.csv").main.rows] == [1, 2, 3]


def test_bytes_are_read_like_files(tmp_path: Path) -> None:
    data = write_xlsx(tmp_path / "ds.xlsx", LINES).read_bytes()
    assert list(read(data, name="ds.xlsx").main.rows) == ROWS


def test_rows_can_be_read_again_and_by_two_readers_at_once(tmp_path: Path) -> None:
    book = read(write_xlsx(tmp_path / "ds.xlsx", [[n, f"Đồng chí {n}"] for n in range(500)]), name="ds.xlsx")
    assert all(one == other for one, other in zip(book.main.rows, book.main.rows, strict=True))
    assert list(book.main.rows) == list(book.main.rows)
    assert Row(7, (6, "Đồng chí 6")) in book.main.rows


def test_merged_cells_hidden_rows_and_sheets_are_told(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "ds.xlsx", LINES, [(2, 2, 2, 4)], hidden=[5])
    book = read(path, name="ds.xlsx")
    assert (book.main.merged, book.main.hidden_rows) == ((Merge(2, 1, 2, 3),), 1)
    assert any("1 dòng đang ẩn" in warning for warning in book.warnings())
    old = read(write_xls(tmp_path / "ds.xls", LINES, [(2, 2, 2, 4)]), name="ds.xls")
    assert old.main.merged == (Merge(2, 1, 2, 3),)


def test_a_hidden_sheet_is_not_the_main_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.append(["An"])
    hidden = book.create_sheet("Nháp")
    hidden.append(["Bình"])
    hidden.append(["Chi"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "ds.xlsx")
    found = read(tmp_path / "ds.xlsx", name="ds.xlsx")
    assert [(sheet.name, sheet.visible) for sheet in found.sheets] == [("Sheet", True), ("Nháp", False)]
    assert found.main.name == "Sheet"
    assert any("Nháp" in warning for warning in found.warnings())


def test_a_formula_whose_result_was_never_stored_is_warned_about(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["C7"] = "An", "=1+1"
    book.save(tmp_path / "ds.xlsx")
    found = read(tmp_path / "ds.xlsx", name="ds.xlsx")
    assert found.main.uncounted == ("C7",)
    assert any("C7" in warning for warning in found.warnings())


@pytest.mark.parametrize(
    ("write", "epoch"), [(write_xlsx, 1900), (write_xlsx, 1904), (write_xls, 1900), (write_xls, 1904)]
)
def test_the_year_from_which_days_are_counted_is_told(tmp_path: Path, write: Callable[..., Path], epoch: int) -> None:
    found = read(write(tmp_path / "ds", [[datetime.date(1957, 5, 3), 19480]], epoch=epoch), name="ds")
    assert (found.epoch, list(found.main.rows)) == (epoch, [Row(1, (datetime.date(1957, 5, 3), 19480))])


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ds.xlsx"
    with path.open("wb") as file:
        file.truncate(200 << 20)
    assert "nặng 200 MB, chỉ nhận đến 50 MB" in refusal(path)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "trống"),
        (b" \r\n \n", "trống"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"<html><table><tr><td>An</td></tr></table></html>", "trang web"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "trang web"),
        (b"PK\x03\x04" + b"x" * 100, "hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "Word"),
        (bytes(range(256)) * 8, "không nhận ra"),
        (b",,,\n,,\n", "không có dòng nào"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_a_reason(data: bytes, says: str) -> None:
    assert says in refusal(data)


def test_other_zipped_files_are_refused_by_what_they_are(tmp_path: Path) -> None:
    for part, says in (("word/document.xml", "Word"), ("a.txt", "ZIP")):
        path = tmp_path / "ds.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, "x")
        assert says in refusal(path)


def test_damaged_workbooks_are_refused(tmp_path: Path) -> None:
    whole = write_xlsx(tmp_path / "ds.xlsx", LINES).read_bytes()
    assert "hỏng" in refusal(whole[: len(whole) // 2])
    with zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    assert "hỏng" in refusal(tmp_path / "bad.xlsx")
    old = write_xls(tmp_path / "ds.xls", LINES).read_bytes()
    assert "hỏng" in refusal(old[:2000])


def test_a_workbook_of_before_2007_with_a_password_is_refused(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("1").write(0, 0, "An")
    stream = book.get_biff_data()
    beginning = 4 + struct.unpack("<H", stream[2:4])[0]
    locked = stream[:beginning] + b"\x2f\x00\x06\x00\x01\x00\x01\x00\x01\x00" + stream[beginning:]
    path = tmp_path / "ds.xls"
    CompoundDoc.XlsDoc().save(str(path), locked)
    assert "mật khẩu" in refusal(path)


def bomb(path: Path, size: int) -> Path:
    """A workbook whose sheet unpacks to `size` bytes of one repeated cell."""
    base = write_xlsx(path.with_suffix(".base"), [["x"]])
    with zipfile.ZipFile(base) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            if part.filename != "xl/worksheets/sheet1.xml":
                target.writestr(part, source.read(part))
        with target.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            sheet.write(start)
            block = b'<row><c t="inlineStr"><is><t>bom</t></is></c></row>' * 20_000
            for _turn in range(size // len(block)):
                sheet.write(block)
            sheet.write(b"</sheetData></worksheet>")
    return path


def test_a_zip_bomb_is_refused_by_what_it_declares(tmp_path: Path) -> None:
    path = bomb(tmp_path / "ds.xlsx", 24 << 20)
    assert "quá lớn so với tệp (23 MB)" in refusal(path)
    assert "quá lớn so với tệp" in refusal(path, limits=Limits(part_ratio=1 << 20, unpacked=20 << 20))


@pytest.mark.parametrize("limits", [{"processor": 1}, {"seconds": 1}, {"output": 1 << 20}, {"memory": 48 << 20}])
def test_what_passes_the_first_look_meets_the_limits_of_the_reading_process(
    tmp_path: Path, limits: dict[str, int]
) -> None:
    path = bomb(tmp_path / "ds.xlsx", 24 << 20)
    assert "quá lớn khi mở ra" in refusal(path, limits=Limits(part_ratio=1 << 20, **limits))


def test_a_cell_far_away_does_not_eat_the_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "An", "x"
    book.save(tmp_path / "ds.xlsx")
    assert "ở rất xa" in refusal(tmp_path / "ds.xlsx")


@settings(UNHURRIED, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_broken_file_is_read_or_refused_and_nothing_else(tmp_path: Path, data: st.DataObject) -> None:
    write, suffix = data.draw(st.sampled_from([(write_xlsx, "xlsx"), (write_xls, "xls"), (write_ods, "ods")]))
    broken = bytearray(write(tmp_path / f"ds.{suffix}", LINES).read_bytes())
    for place in data.draw(st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=20)):
        broken[int(place * len(broken))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Unreadable):
        assert read(bytes(broken), name="ds").sheets


def test_a_full_disk_is_told_and_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_xlsx(tmp_path / "ds.xlsx", LINES)
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_options: io.FileIO("/dev/full", "wb"))
    assert "đã đầy" in refusal(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "không có tệp này" in refusal(tmp_path / "ds.xlsx")
    assert "không có tệp này" in refusal(tmp_path)


def test_a_sheet_can_be_made_from_plain_lists() -> None:
    sheet = Sheet.of(LINES)
    assert (list(sheet.rows), sheet.width) == (ROWS, 4)
    assert sheet.rows  # a plain list serves as well as a spool
    assert ROWS[0].at(9) is None
