"""The pages on which a list is handed over, previewed, written and taken back."""

import errno
import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.test import Client

from hatnhan.kernel import worker
from hatnhan.kernel.models import Unit
from hatnhan.members import actions as members
from hatnhan.members.imports import desk, storage
from hatnhan.members.imports.actions import runs
from hatnhan.members.models import ImportRun, Membership, Person, Question
from tests.fixtures.lists import Cell
from tests.members.lists import DUNG, HEAD, LUA, hand_over, listed
from tests.units.ground import TODAY
from tests.world import CARD, World, boss

pytestmark = pytest.mark.django_db

BAD: list[Cell] = [3, "Hồ Văn Năm", "Nam", "31/2/1960", "", "", "", "thôn Ba"]
ASKS: list[Cell] = [4, "Lê Thị Thủy", "Nữ", "", "", "", "", "thôn Một"]
KNOWN: list[Cell] = [5, "Nguyễn Văn An", "Nam", "3/5/1957", "", "", CARD["an"], "thôn Một"]
FAR: list[Cell] = [6, "Nguyễn Văn An", "Nam", "3/5/1957", "", "", CARD["far_an"], "thôn Ba"]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The world's own day for requests and jobs."""
    for place in ("hatnhan.access.middleware.today", "hatnhan.members.imports.jobs.today"):
        monkeypatch.setattr(place, lambda: TODAY)


def body(browser: Client, url: str, status: int = 200) -> str:
    answer = browser.get(url)
    assert answer.status_code == status
    return str(answer.content.decode())


def written(browser: Client, url: str, **sent: str) -> str:
    """Ask for writing and let the worker do it; returns the page after it."""
    assert browser.post(f"{url}write/", sent).status_code == 302
    worker.run_all()
    return body(browser, url)


# --- from the file to the result ----------------------------------------------------------------------------------


def test_a_list_goes_from_the_file_to_the_members(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    url = hand_over(browser, listed(tmp_path, DUNG, LUA, KNOWN), world.land.lim.pk)
    preview = body(browser, url)
    assert "Cao Văn Dũng" in preview
    assert not Person.objects.filter(name="Cao Văn Dũng").exists()
    done = written(browser, url)
    assert "Kết quả nhập" in done
    assert Membership.objects.get(person__name="Võ Thị Lụa").unit == world.land.three
    assert ImportRun.objects.get().state == "applied"


def test_the_preview_shows_each_row_with_what_would_change(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    head: list[Cell] = ["Họ và tên", "Ngày sinh", "Điện thoại", "Số định danh", "Chi bộ"]
    path = listed(tmp_path, ["Nguyễn Văn An", "3/5/1957", "0912345678", "091057000489", "thôn Một"], head=head)
    preview = body(browser, hand_over(browser, path, world.land.lim.pk))
    assert "<del>0900000123</del>" in preview
    assert "0912345678" in preview
    assert "…489" in preview
    assert "091057000489" not in preview


def test_the_preview_of_a_new_person_names_the_cell(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    preview = body(browser, hand_over(browser, listed(tmp_path, DUNG), world.land.lim.pk))
    rows = preview[preview.index("<tbody") :]
    assert "Chi bộ thôn Hai" in rows


def test_rows_are_found_by_outcome_and_paged(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    many: list[list[Cell]] = [
        [n, f"Cao Văn {chr(65 + n // 26)}{chr(97 + n % 26)}", "Nam", "1960", "", "", "", "thôn Ba"] for n in range(60)
    ]
    url = hand_over(browser, listed(tmp_path, *many, BAD, ASKS), world.land.lim.pk)
    assert "Hồ Văn Năm" not in body(browser, url)
    assert "Hồ Văn Năm" in body(browser, f"{url}?outcome=refused")
    assert "Lê Thị Thủy" in body(browser, f"{url}?outcome=question")
    assert "Hồ Văn Năm" in body(browser, f"{url}?start=50")
    assert body(browser, f"{url}?outcome=new").count("<tr>") == 51
    assert body(browser, f"{url}?start=999999").count("<tr>") == 13


def test_one_refused_row_stops_the_list_unless_left_out(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    url = hand_over(browser, listed(tmp_path, DUNG, BAD), world.land.lim.pk)
    assert "Chưa ghi gì" in written(browser, url)
    assert not Person.objects.filter(name="Cao Văn Dũng").exists()
    assert "Kết quả nhập" in written(browser, url, skip_refused="1")
    assert Person.objects.filter(name="Cao Văn Dũng").exists()


def test_a_card_held_elsewhere_asks_the_superior_when_the_list_is_written(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    url = hand_over(browser, listed(tmp_path, FAR), world.land.lim.pk)
    assert not Question.objects.exists()
    assert "Chè" not in written(browser, url)
    question = Question.objects.get()
    superior = world.browser("dung")
    assert "Nguyễn Văn An" in body(superior, "/questions/")
    assert "Chi bộ thôn Chè" in body(superior, f"/questions/{question.pk}/")
    assert body(world.browser("ha"), f"/questions/{question.pk}/", 404)
    answer = superior.post(f"/questions/{question.pk}/", {"how": "moved"})
    assert answer.status_code == 302
    assert Membership.objects.on(TODAY).get(person=world.person("far_an")).unit == world.land.three


def test_the_whole_import_is_undone_by_a_button(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    url = hand_over(browser, listed(tmp_path, DUNG), world.land.lim.pk)
    assert f'action="{url}undo/"' in written(browser, url)
    assert browser.post(f"{url}undo/").status_code == 302
    assert "đã được hoàn tác" in body(browser, url)
    assert Person.objects.get(name="Cao Văn Dũng").voided_at is not None


def test_the_button_goes_when_something_was_built_on_it(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    url = hand_over(browser, listed(tmp_path, DUNG), world.land.lim.pk)
    written(browser, url)
    members.change(actor=boss(), person=Person.objects.get(name="Cao Văn Dũng"), on=TODAY, phone="0900000999")
    assert f'action="{url}undo/"' not in body(browser, url)
    assert browser.post(f"{url}undo/").status_code == 422


def test_the_history_tells_who_brought_what_when(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    written(browser, hand_over(browser, listed(tmp_path, DUNG), world.land.lim.pk))
    page = body(browser, "/members/import/")
    assert "danh-sach.xlsx" in page
    assert "Trần Thu Hà" in page
    assert "đã ghi" in page


# --- columns ------------------------------------------------------------------------------------------------------


def columns_of(page: str) -> dict[str, str]:
    """The chosen meaning of each column."""
    found = {}
    for name, options in re.findall(r'<select name="(c\d+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def upload(browser: Client, path: Path, unit: Unit) -> str:
    with path.open("rb") as file:
        answer = browser.post("/members/import/", {"file": file, "unit": str(unit.pk), "on": TODAY.isoformat()})
    return str(answer["Location"])


def test_a_changed_meaning_is_remembered_for_the_same_headings(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    path = listed(
        tmp_path, ["Cao Văn Dũng", "1960", "thôn Ba", "lạ"], head=["Họ và tên", "Năm sinh", "Chi bộ", "Cột lạ"]
    )
    url = upload(browser, path, world.land.lim)
    first = columns_of(body(browser, url))
    assert first == {"c0": "name", "c1": "birth", "c2": "unit_name", "c3": ""}
    assert browser.post(url, first | {"c3": "note"}).status_code == 302
    assert columns_of(body(browser, upload(browser, path, world.land.lim)))["c3"] == "note"
    other = listed(tmp_path, ["Cao Văn Dũng", "lạ"], head=["Họ và tên", "Cột lạ"], name="khac.xlsx")
    assert columns_of(body(browser, upload(browser, other, world.land.lim)))["c1"] == ""


def test_the_name_must_stay_and_a_meaning_stands_once(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    url = upload(browser, listed(tmp_path, DUNG), world.land.lim)
    chosen = columns_of(body(browser, url))
    answer = browser.post(url, chosen | {"c1": ""})
    assert (answer.status_code, "Hãy chọn cột" in answer.content.decode()) == (422, True)
    answer = browser.post(url, chosen | {"c4": "birth"})
    assert answer.status_code == 422
    assert columns_of(answer.content.decode())["c4"] == "birth"


def test_numbers_of_the_first_rows_are_masked(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    page = body(browser, upload(browser, listed(tmp_path, DUNG), world.land.lim))
    assert "…411" in page
    assert str(DUNG[6]) not in page


# --- the user's own file ------------------------------------------------------------------------------------------


def test_the_own_file_comes_back_with_what_became_of_each_row(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    path = listed(tmp_path, DUNG, [], [*BAD[:1], "=1+1", *BAD[2:]], ["", "Tổng cộng: 2"])
    url = hand_over(browser, path, world.land.lim.pk)
    answer = browser.get(f"{url}file/")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[0] == [*HEAD, "Kết quả", "Cần sửa"]
    assert lines[1][:8] == DUNG
    assert lines[1][8] == "Mới"
    assert lines[3][8] == "Bị từ chối"
    assert "Ngày sinh" in lines[3][9]
    assert sheet.cell(4, 2).data_type == "s"
    assert sheet.cell(4, 2).value == "=1+1"
    assert lines[4][1] == "Tổng cộng: 2"


def test_the_file_that_came_back_can_be_handed_over_again(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    url = hand_over(browser, listed(tmp_path, DUNG, LUA), world.land.lim.pk)
    written(browser, url)
    back = tmp_path / "back.xlsx"
    back.write_bytes(browser.get(f"{url}file/").content)
    again = hand_over(browser, back, world.land.lim.pk).split("/")[-2]
    result: dict[str, Any] = ImportRun.objects.get(pk=again).result or {}
    assert result["counts"] == {
        "new": 0, "changed": 0, "unchanged": 2, "questions": 0, "refused": 0,
    }  # fmt: skip


# --- what goes wrong ----------------------------------------------------------------------------------------------


def post(browser: Client, name: str, content: bytes, unit: Unit, on: str = "2026-11-22") -> Any:
    file = io.BytesIO(content)
    file.name = name
    return browser.post("/members/import/", {"file": file, "unit": str(unit.pk), "on": on})


def kept_files() -> list[Path]:
    place = Path(settings.MEDIA_ROOT) / "imports"
    return [path for path in place.rglob("*") if path.is_file()]


def test_an_upload_lies_readable_for_the_program_alone(world: World, tmp_path: Path) -> None:
    upload(world.browser("ha"), listed(tmp_path, DUNG), world.land.lim)
    (file,) = kept_files()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_file_of_another_kind_is_refused_and_not_kept(world: World) -> None:
    answer = post(world.browser("ha"), "thu.pdf", b"%PDF-1.7", world.land.lim)
    assert answer.status_code == 422
    assert "tệp PDF" in answer.content.decode()
    assert kept_files() == []


def test_a_full_disk_says_so_and_leaves_nothing(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("hatnhan.members.imports.storage.os.fsync", full)
    answer = post(world.browser("ha"), "a.xlsx", listed(tmp_path, DUNG).read_bytes(), world.land.lim)
    assert answer.status_code == 422
    assert "đã đầy" in answer.content.decode()
    assert kept_files() == []
    assert not ImportRun.objects.exists()


def test_a_file_over_the_limit_is_named(world: World, settings: Any) -> None:
    settings.HATNHAN_UPLOAD_BYTES = 1_000_000
    answer = post(world.browser("ha"), "lon.csv", b"x" * 1_200_000, world.land.lim)
    assert answer.status_code == 422
    assert "“lon.csv” lớn hơn 1 MB" in answer.content.decode()


def test_a_good_file_is_kept_when_something_else_was_wrong(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    answer = post(browser, "a.xlsx", listed(tmp_path, DUNG).read_bytes(), world.land.lim, on="2030-01-01")
    assert answer.status_code == 422
    assert "không thể sau hôm nay" in answer.content.decode()
    assert "Đã giữ tệp “a.xlsx”" in answer.content.decode()
    answer = browser.post("/members/import/", {"unit": str(world.land.lim.pk), "on": "2026-11-22"})
    assert answer.status_code == 302
    assert ImportRun.objects.get().file_name == "a.xlsx"
    assert len(kept_files()) == 1


def test_what_changed_since_the_preview_is_shown_again_and_not_written(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    head: list[Cell] = ["Họ và tên", "Ngày sinh", "Điện thoại", "Chi bộ"]
    path = listed(tmp_path, ["Nguyễn Văn An", "3/5/1957", "0912345678", "thôn Một"], head=head)
    url = hand_over(browser, path, world.land.lim.pk)
    members.change(actor=boss(), person=world.person("an"), on=TODAY, phone="0900000999")
    page = written(browser, url)
    assert "dữ liệu đã thay đổi" in page
    assert "<del>0900000999</del>" in page
    assert world.person("an").phone == "0900000999"
    written(browser, url)
    assert world.person("an").phone == "0912345678"


def test_two_users_who_write_one_upload_write_it_once(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    url = hand_over(browser, listed(tmp_path, DUNG), world.land.lim.pk)
    for one in (browser, world.browser("dung")):
        assert one.post(f"{url}write/").status_code == 302
    worker.run_all()
    assert Person.objects.filter(name="Cao Văn Dũng").count() == 1


def test_two_users_with_the_same_list_bring_everybody_in_once(world: World, tmp_path: Path) -> None:
    first, second = world.browser("ha"), world.browser("dung")
    urls = [hand_over(one, listed(tmp_path, DUNG, LUA), world.land.lim.pk) for one in (first, second)]
    for one, url in zip((first, second), urls, strict=True):
        one.post(f"{url}write/")
    worker.run_all()
    assert Person.objects.filter(name__in=["Cao Văn Dũng", "Võ Thị Lụa"]).count() == 2
    assert "dữ liệu đã thay đổi" in body(second, urls[1])


def test_a_long_list_is_looked_through_by_the_worker(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "ROWS_AT_ONCE", 1)
    browser = world.browser("ha")
    url = hand_over(browser, listed(tmp_path, DUNG, LUA), world.land.lim.pk)
    assert f'data-poll="{url}progress/"' in body(browser, url)
    assert 'role="status"' in body(browser, f"{url}progress/")
    worker.run_all()
    assert browser.get(f"{url}progress/").status_code == 302
    assert "Cao Văn Dũng" in body(browser, url)


def test_a_job_that_comes_to_grief_goes_a_step_back(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_options: object) -> None:
        raise RuntimeError("a flaw in the program")

    browser = world.browser("ha")
    url = hand_over(browser, listed(tmp_path, DUNG), world.land.lim.pk)
    monkeypatch.setattr(desk, "carry_out", broken)
    page = written(browser, url)
    assert "Việc bị lỗi" in page
    monkeypatch.undo()
    for place in ("hatnhan.access.middleware.today", "hatnhan.members.imports.jobs.today"):
        monkeypatch.setattr(place, lambda: TODAY)
    assert "Kết quả nhập" in written(browser, url)


def test_an_upload_can_be_dropped(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    url = hand_over(browser, listed(tmp_path, DUNG), world.land.lim.pk)
    assert browser.post(f"{url}drop/").status_code == 302
    assert kept_files() == []
    assert browser.get(url).status_code == 404


def test_files_go_after_thirty_days(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    url = hand_over(browser, listed(tmp_path, DUNG), world.land.lim.pk)
    written(browser, url)
    hand_over(browser, listed(tmp_path, LUA), world.land.lim.pk)
    made = ImportRun.objects.earliest("pk").created_at
    assert runs.tidy(made + runs.KEEP) == 0
    storage.store([b"chosen, but never handed over"])
    assert runs.tidy(made + 2 * runs.KEEP) == 3
    assert kept_files() == []
    assert "Kết quả nhập" in body(browser, url)


# --- who may ------------------------------------------------------------------------------------------------------


def test_an_upload_of_another_commune_does_not_exist(world: World, tmp_path: Path) -> None:
    url = hand_over(world.browser("ha"), listed(tmp_path, DUNG), world.land.lim.pk)
    stranger = world.browser("khoa")
    for tail in ("", "columns/", "progress/", "file/"):
        assert stranger.get(url + tail).status_code == 404
    for tail in ("write/", "undo/", "drop/"):
        assert stranger.post(url + tail).status_code == 404
    assert "danh-sach.xlsx" not in body(stranger, "/members/import/")


def test_a_unit_of_another_commune_cannot_be_chosen(world: World, tmp_path: Path) -> None:
    answer = post(world.browser("khoa"), "a.xlsx", listed(tmp_path, DUNG).read_bytes(), world.land.lim)
    assert answer.status_code == 422


@pytest.mark.parametrize("who", ["thuy", "binh", "an"])
def test_those_without_the_right_import_nothing(world: World, who: str) -> None:
    for url in ("/members/import/", "/units/import/", "/members/compare/"):
        assert world.browser(who).get(url).status_code == 403


def test_units_come_in_by_their_own_page(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    path = listed(
        tmp_path, ["91.001.9", "Chi bộ thôn Chín", "chi bộ", "91.001", ""],
        ["91.001.101", "Chi bộ thôn Nhất", "", "", ""],
        head=["Mã", "Tên tổ chức", "Loại hình", "Cấp trên", "Ngày thành lập"],
    )  # fmt: skip
    url = hand_over(browser, path, world.land.lim.pk, at="/units/import/")
    preview = body(browser, url)
    assert "<del>Chi bộ thôn Một</del>" in preview
    assert "Kết quả nhập" in written(browser, url)
    assert browser.post(f"{url}undo/").status_code == 302
    assert "đã được hoàn tác" in body(browser, url)
