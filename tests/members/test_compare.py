"""A list held against what is here: on the command line and on its page."""

import io
from pathlib import Path

import pytest
from django.test import Client

from hatnhan.documents.pdf import embedded_faces
from hatnhan.kernel.models import Entry
from hatnhan.members.models import ImportRun
from tests.fixtures.lists import Cell
from tests.members.lists import Ran, listed, ran
from tests.units.ground import TODAY, tables
from tests.world import CARD, World, last_entry

pytestmark = pytest.mark.django_db

HEAD: list[Cell] = ["Họ và tên", "Giới tính", "Ngày sinh", "Quê quán", "Số thẻ", "Chi bộ"]
ROWS: list[list[Cell]] = [
    ["Nguyễn Văn An", "Nam", "3/5/1957", "Xã Khác", CARD["an"], "thôn Một"],
    ["Trần Thị Ánh", "Nữ", "11/1983", "", CARD["anh"], "thôn Một"],
    ["Cao Văn Dũng", "Nam", "12/4/1960", "", "", "thôn Hai"],
    ["Hoàng Thị Chi", "Nữ", "", "", "", "thôn Hai"],
    ["Hồ Văn Năm", "Nam", "31/2/1960", "", "", "thôn Hai"],
]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hatnhan.access.middleware.today", lambda: TODAY)


def compared(folder: Path, *words: str, unit: str = "91.001") -> Ran:
    path = listed(folder, *ROWS, head=HEAD)
    return ran("compare", "members", str(path), "--unit", unit, "--on", TODAY.isoformat(), *words)


def test_every_answer_names_its_people(world: World, tmp_path: Path) -> None:
    told = compared(tmp_path, "--json").told
    assert told["counts"] == {
        "same": 1, "only_here": 6, "only_there": 1, "different": 1, "missing": 9, "unclear": 2,
    }  # fmt: skip
    assert {one["name"] for one in told["only_here"]} == {
        "Lê Thị Thủy", "Phạm Văn Bình", "Đặng Thị Liên", "Vũ Sáu", "Bùi Văn Long", "Đỗ Quang Hải",
    }  # fmt: skip
    assert [(one["row"], one["name"], one["birth"]) for one in told["only_there"]] == [
        (4, "Cao Văn Dũng", "1960-04-12")
    ]
    assert told["different"][0]["fields"] == [{"field": "Quê quán", "here": "Xã Lim Thượng", "there": "Xã Khác"}]
    assert [one["row"] for one in told["unclear"]] == [5, 6]


def test_nothing_is_changed_and_nobody_is_asked(world: World, tmp_path: Path) -> None:
    before, acts = tables(), Entry.objects.count()
    compared(tmp_path)
    assert (tables(), Entry.objects.count(), ImportRun.objects.count()) == (before, acts, 0)


def test_the_text_says_it_in_words(world: World, tmp_path: Path) -> None:
    text = compared(tmp_path).text
    assert "Chỉ có ở đây: 6" in text
    assert "Quê quán: Xã Lim Thượng → Xã Khác" in text


def test_sheets_to_check_are_written_for_every_cell(world: World, tmp_path: Path) -> None:
    done = compared(tmp_path, "--sheets", str(tmp_path / "phieu"))
    assert done.code == 0
    files = sorted((tmp_path / "phieu").iterdir())
    assert [file.name.split("-", 1)[1] for file in files] == [
        "chi-bo-thon-mot.pdf", "chi-bo-thon-hai.pdf", "chi-bo-to-toan.pdf",
    ]  # fmt: skip
    assert all(embedded_faces(file.read_bytes()) for file in files)
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_what_cannot_be_used_ends_with_two(world: World, tmp_path: Path) -> None:
    assert compared(tmp_path, unit="99").code == 2
    empty = listed(tmp_path, [1, 2], head=["A", "B"], name="khac.xlsx")
    assert ran("compare", "members", str(empty), "--unit", "91").code == 2


# --- the page -----------------------------------------------------------------------------------------------------


def opened_page(browser: Client, path: Path, world: World) -> str:
    """Hand the list over; the address of its comparison."""
    with path.open("rb") as file:
        sent = {"file": file, "unit": str(world.land.lim.pk), "on": TODAY.isoformat()}
        answer = browser.post("/members/compare/", sent)
    assert answer.status_code == 302, answer.content.decode()
    return str(browser.post(answer["Location"])["Location"])


def body(browser: Client, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_each_answer_has_its_tab(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    url = opened_page(browser, listed(tmp_path, *ROWS, head=HEAD), world)
    assert "Bùi Văn Long" in body(browser, f"{url}?tab=only_here")
    assert "Cao Văn Dũng" in body(browser, f"{url}?tab=only_there")
    assert "ở đây Xã Lim Thượng, trong tệp Xã Khác" in body(browser, f"{url}?tab=different")
    assert "Số định danh cá nhân" in body(browser, f"{url}?tab=missing")
    assert "Hồ Văn Năm" in body(browser, f"{url}?tab=unclear")


def test_check_sheets_are_printed_cell_by_cell_and_logged(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    url = opened_page(browser, listed(tmp_path, *ROWS, head=HEAD), world)
    assert "Chi bộ Tổ Toán" in body(browser, f"{url}sheets/")
    answer = browser.get(f"{url}sheets/?cell={world.land.two.pk}")
    assert answer["Content-Type"] == "application/pdf"
    assert embedded_faces(answer.content)
    entry = last_entry()
    assert entry.code == "members.print_sheets"
    assert set(entry.subjects.values_list("key", flat=True)) == {world.people["chi"], world.people["long"]}
    assert browser.get(f"{url}sheets/?cell=all")["Content-Type"].startswith("text/html")
    assert browser.get(f"{url}sheets/?cell={world.land.far_cell.pk}")["Content-Type"].startswith("text/html")


def test_a_comparison_of_another_commune_does_not_exist(world: World, tmp_path: Path) -> None:
    url = opened_page(world.browser("ha"), listed(tmp_path, *ROWS, head=HEAD), world)
    stranger = world.browser("khoa")
    assert {stranger.get(url + tail).status_code for tail in ("", "columns/", "sheets/")} == {404}


def test_a_file_that_is_gone_is_said_so(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    answer = browser.post(
        "/members/compare/", {"file": io.BytesIO(b"%PDF"), "unit": str(world.land.lim.pk), "on": "2026-11-22"}
    )
    assert answer.status_code == 422
