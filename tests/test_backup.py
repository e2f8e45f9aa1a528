"""A back-up is made while people work; a restore brings all of it back, or changes nothing and says why."""

import json
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from hatnhan.config.backup.archive import BadArchive, opened
from hatnhan.config.backup.restoring import NotRestored, Wishes, refuse_unfit
from hatnhan.config.keys import read_keys
from hatnhan.config.renumbered import FORMER
from tests.conftest import installation
from tests.installed import CARD, content, fill, inside, past_the_guards
from tests.kernel.logbook import in_layout_before
from tests.site import ROOT, Site

pytestmark = pytest.mark.slow


@dataclass
class Kept:
    """An installation with data, its back-up, and all its rows."""

    place: Site
    file: Path
    rows: dict[str, list[Any]]
    said: str


@pytest.fixture(scope="module")
def kept(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Kept]:
    home = tmp_path_factory.mktemp("kept")
    with django_db_blocker.unblock(), installation(home / "data") as place:
        fill(place, home)
        said = place.command("backup", str(home / "one.hatnhan")).stdout
        yield Kept(place, home / "one.hatnhan", content(place), said)


@pytest.fixture
def places(tmp_path: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[..., Site]]:
    """Makes empty data directories, by default with the keys of the installation that was backed up."""
    with django_db_blocker.unblock(), ExitStack() as stack:
        made: list[Site] = []

        def make(keys_of: Site | None = None) -> Site:
            place = stack.enter_context(installation(tmp_path / f"data{len(made)}"))
            place.data.mkdir(mode=0o700)
            if keys_of is not None:
                shutil.copy(keys_of.data / "secrets.env", place.data)
            made.append(place)
            return place

        yield make


def refused(place: Site, *words: str) -> str:
    """The sentence with which a command refuses."""
    done = place.command(*words, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


# --- the file -----------------------------------------------------------------------------------------------------


def test_a_back_up_is_one_file_for_its_owner_alone_without_the_keys(kept: Kept) -> None:
    assert stat.S_IMODE(kept.file.stat().st_mode) == 0o600
    keys = [line.partition("=")[2] for line in (kept.place.data / "secrets.env").read_text("utf-8").splitlines()[1:]]
    with zipfile.ZipFile(kept.file) as archive:
        names = archive.namelist()
        assert "files/giay-to/quyết định.pdf" in names
        assert any(name.startswith("digests/") for name in names)
        everything = b"".join(archive.read(name) for name in names)
        manifest = json.loads(archive.read("manifest.json"))
    assert all(key.encode() not in everything for key in keys)
    assert CARD.encode() not in everything
    assert manifest["engine"] == connection.vendor
    assert manifest["key"] in kept.said
    assert list(kept.file.parent.glob("*.part*")) == []


def test_a_back_up_never_overwrites_a_file_and_says_when_it_cannot_write(kept: Kept, tmp_path: Path) -> None:
    before = kept.file.read_bytes()
    assert "chọn tên khác" in refused(kept.place, "backup", str(kept.file))
    assert kept.file.read_bytes() == before
    assert "Không ghi được" in refused(kept.place, "backup", str(tmp_path / "none" / "x"))


def test_a_back_up_made_while_the_installation_runs_is_whole(ready_site: Site, tmp_path: Path) -> None:
    ready_site.start("--workers", "1")
    ready_site.command("backup", str(tmp_path / "running"))
    assert "đang chạy" in refused(ready_site, "restore", str(tmp_path / "running"))
    ready_site.stop()
    ready_site.command("restore", str(tmp_path / "running"))


# --- bringing it back ---------------------------------------------------------------------------------------------


def test_everything_comes_back_and_the_check_finds_nothing(kept: Kept, places: Callable[..., Site]) -> None:
    place = places(kept.place)
    said = place.command("restore", str(kept.file)).stdout
    assert "Đã khôi phục" in said
    assert "trước đó nằm ở" not in said
    assert content(place) == kept.rows
    file = "files/giay-to/quyết định.pdf"
    assert (place.data / file).read_bytes() == (kept.place.data / file).read_bytes()
    assert "Mọi phần đều đúng." in place.command("check").stdout
    assert "Khớp với bản niêm" in place.command("audit", "verify").stdout
    with inside(place) as cursor:
        cursor.execute("SELECT COUNT(*) FROM kernel_entry WHERE code = 'config.restore'")
        assert cursor.fetchone()[0] == 1
    place.command("import", "units", str(kept.file.parent / "units.csv"))
    assert list(place.data.glob("restoring-*")) == []


def test_a_back_up_under_a_passphrase_comes_back_with_it_alone(
    kept: Kept, places: Callable[..., Site], tmp_path: Path
) -> None:
    words, wrong = tmp_path / "words", tmp_path / "wrong"
    words.write_text("mười hai con giáp\n", encoding="utf-8")
    wrong.write_text("mười hai con giáp?\n", encoding="utf-8")
    file = tmp_path / "sealed.hatnhan"
    kept.place.command("backup", str(file), "--passphrase-file", str(words))
    assert not zipfile.is_zipfile(file)
    place = places(kept.place)
    assert "cụm mật khẩu" in refused(place, "restore", str(file))
    assert "không đúng" in refused(place, "restore", str(file), "--passphrase-file", str(wrong))
    place.command("restore", str(file), "--passphrase-file", str(words))
    assert not [path for path in place.data.iterdir() if path.name.startswith("unsealed-")]
    assert content(place) == kept.rows


def test_a_restored_installation_goes_on_working_and_numbering(kept: Kept, places: Callable[..., Site]) -> None:
    place = places(kept.place)
    place.command("restore", str(kept.file))
    more = kept.file.parent / "more.csv"
    more.write_text("Họ và tên,Ngày sinh,Mã chi bộ\nTrần Văn Mới,1990,91.001.102\n", encoding="utf-8")
    place.command("import", "members", str(more), "--unit", "91")
    place.command("backup", str(place.data / "again"))
    place.command("restore", str(place.data / "again"), "--replace")
    assert "Mọi phần đều đúng." in place.command("check").stdout
    place.start("--workers", "1")


def test_data_that_are_there_are_replaced_only_when_asked_and_kept_beside(
    kept: Kept, places: Callable[..., Site]
) -> None:
    place = places(kept.place)
    place.command("init", "--admin", "nguoikhac")
    (place.data / "files").mkdir(exist_ok=True)
    (place.data / "files" / "cũ.txt").write_text("cũ", encoding="utf-8")
    before = content(place)
    assert "--replace" in refused(place, "restore", str(kept.file))
    assert content(place) == before
    said = place.command("restore", str(kept.file), "--replace").stdout
    assert "trước đó nằm ở" in said
    assert content(place) == kept.rows
    (aside,) = place.data.glob("before-restore-*")
    assert (aside / "files" / "cũ.txt").read_text("utf-8") == "cũ"
    assert not (place.data / "files" / "cũ.txt").exists()
    if place.database:
        with inside(place) as cursor:
            cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before_restore%'")
            (schema,) = cursor.fetchone()
            cursor.execute(f"SELECT username FROM {schema}.access_account")
            assert cursor.fetchall() == [("nguoikhac",)]
    else:
        assert (aside / "hatnhan.sqlite3").exists()


def test_a_back_up_of_an_older_version_is_brought_up_to_this_one(kept: Kept, places: Callable[..., Site]) -> None:
    """The log of the version before had another layout: it is linked anew and holds."""
    old = places(kept.place)
    old.command("restore", str(kept.file))
    with inside(old) as cursor:
        cursor.execute("SELECT COUNT(*) FROM kernel_entry")
        entries = cursor.fetchone()[0]
    step_back(old)
    old.command("backup", str(old.data / "old"))
    place = places(kept.place)
    place.command("restore", str(old.data / "old"))
    assert "Mọi phần đều đúng." in place.command("check").stdout
    with inside(place) as cursor:
        cursor.execute("SELECT COUNT(*) FROM kernel_entry")
        assert cursor.fetchone()[0] == entries + 1


def test_an_installation_and_a_back_up_that_know_steps_by_their_former_names_are_brought_up(
    kept: Kept, places: Callable[..., Site]
) -> None:
    """Steps were renumbered once: the same tables, another name."""
    old = places(kept.place)
    old.command("restore", str(kept.file))
    with inside(old) as cursor:
        for (app, before), (_app, now) in FORMER.items():
            cursor.execute(f"UPDATE django_migrations SET name = '{before}' WHERE app = '{app}' AND name = '{now}'")
    old.command("backup", str(old.data / "old"))
    old.command("init", "--no-admin")
    place = places(kept.place)
    place.command("restore", str(old.data / "old"))
    for one in (old, place):
        with inside(one) as cursor:
            cursor.execute("SELECT name FROM django_migrations WHERE app = 'meetings'")
            assert {("meetings", name) for (name,) in cursor.fetchall()} >= set(FORMER.values())
    assert "Mọi phần đều đúng." in place.command("check").stdout


def step_back(place: Site) -> None:
    """Make of an installation one of the version before."""
    words = [sys.executable, "manage.py", "migrate", "kernel", "0002", "--verbosity", "0"]
    environment = place.environment | {"DJANGO_SETTINGS_MODULE": "hatnhan.config.settings"}
    subprocess.run(words, env=environment, cwd=ROOT, check=True)
    past_the_guards(place, "SELECT 1")
    with inside(place) as cursor:
        cursor.execute("SET session_replication_role = replica" if place.database else "SELECT 1")
        in_layout_before(cursor)


# --- refusals, after which everything is as before ------------------------------------------------------------------


def damaged(kept: Kept, target: Path, how: str) -> Path:
    raw = bytearray(kept.file.read_bytes())
    if how == "cut":
        raw = raw[: len(raw) * 2 // 3]
    elif how == "empty":
        raw = bytearray()
    elif how == "flipped":
        raw[len(raw) // 3] ^= 0xFF
    target.write_bytes(raw)
    return target


@pytest.mark.parametrize("how", ["cut", "empty", "flipped"])
def test_a_damaged_or_cut_back_up_is_refused(kept: Kept, tmp_path: Path, how: str) -> None:
    with pytest.raises(BadArchive, match="bị hỏng hoặc bị cắt"), opened(damaged(kept, tmp_path / "x", how)):
        pytest.fail("a damaged archive was opened")


def test_the_command_refuses_a_cut_back_up_and_leaves_nothing(
    kept: Kept, places: Callable[..., Site], tmp_path: Path
) -> None:
    place = places(kept.place)
    assert "bị cắt" in refused(place, "restore", str(damaged(kept, tmp_path / "x", "cut")))
    assert [path.name for path in place.data.iterdir()] == ["secrets.env"]


def repacked(kept: Kept, target: Path, change: Callable[[dict[str, Any]], Any], more: str = "") -> Path:
    """The back-up with another manifest."""
    with zipfile.ZipFile(kept.file) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            raw = source.read(name)
            if name == "manifest.json":
                manifest = json.loads(raw)
                change(manifest)
                raw = json.dumps(manifest).encode()
            made.writestr(name, raw)
        if more:
            made.writestr(more, b"x")
    return target


@pytest.mark.parametrize(
    ("change", "more", "says"),
    [
        (lambda said: said["migrations"].append(["members", "0099_later"]), "", "phiên bản mới hơn"),
        (lambda said: said.update(layout=2), "", "phiên bản mới hơn"),
        (lambda said: said.update(engine="oracle"), "", "DATABASE_URL"),
        (lambda said: said.update(key="0" * 12), "", "khóa khác"),
        (lambda said: said.pop("parts"), "", "bị hỏng"),
        (lambda said: said.pop("key"), "", "không phải là bản sao lưu"),
        (lambda said: said["parts"].update({"files/../../x": {"size": 1, "sha256": "0"}}), "files/../../x", "bị hỏng"),
        (lambda said: None, "files/thêm.txt", "bị hỏng"),
    ],
)
@pytest.mark.django_db
def test_a_back_up_that_does_not_fit_is_refused_in_words(
    kept: Kept, tmp_path: Path, settings: Settings, change: Callable[[Any], Any], more: str, says: str
) -> None:
    settings.HATNHAN_FIELD_KEY = read_keys(kept.place.data / "secrets.env")["HATNHAN_FIELD_KEY"]
    with (
        pytest.raises((BadArchive, NotRestored), match=says),
        opened(repacked(kept, tmp_path / "x", change, more)) as (_source, manifest),
    ):
        refuse_unfit(manifest, Wishes())


def test_a_file_that_is_none_of_ours_or_not_there_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "zip", "w") as other:
        other.writestr("a.txt", "a")
    for name, says in (("none", "Không có tệp"), ("zip", "không phải là bản sao lưu")):
        with pytest.raises(BadArchive, match=says), opened(tmp_path / name):
            pytest.fail("no archive was opened")


def test_without_keys_or_with_other_keys_nothing_is_restored(kept: Kept, places: Callable[..., Site]) -> None:
    place = places()
    assert "secrets.env" in refused(place, "restore", str(kept.file))
    place.command("init", "--no-admin")
    said = refused(place, "restore", str(kept.file))
    assert "khóa khác" in said
    assert "--key-lost" in said
    with inside(place) as cursor:
        cursor.execute("SELECT COUNT(*) FROM members_person")
        assert cursor.fetchone()[0] == 0
    place.command("restore", str(kept.file), "--key-lost")
    assert content(place)["members_person"] == kept.rows["members_person"]
    assert "HATNHAN_FIELD_KEY" in refused(place, "serve")
    assert "--key-lost" in refused(place, "backup", str(place.data / "misled"))
    place.command("backup", str(place.data / "keyless"), "--key-lost")
    assert "khóa khác" in refused(place, "restore", str(place.data / "keyless"), "--replace")


def test_a_back_up_whose_log_was_edited_is_not_let_in_unnoticed(kept: Kept, places: Callable[..., Site]) -> None:
    bad = places(kept.place)
    bad.command("restore", str(kept.file))
    past_the_guards(bad, "UPDATE kernel_entry SET actor = 'ai khác' WHERE chain = 0 AND number = 1")
    assert "mục 1: đã bị sửa" in bad.command("check", check=False).stdout
    bad.command("backup", str(bad.data / "bad"))
    place = places(kept.place)
    said = refused(place, "restore", str(bad.data / "bad"))
    assert "Chuỗi 0, mục 1: đã bị sửa." in said
    assert "--with-flaws" in said
    assert sorted(path.name for path in place.data.iterdir() if "sqlite" not in path.name) == ["secrets.env"]
    assert "đã bị sửa" in place.command("restore", str(bad.data / "bad"), "--with-flaws").stdout


def test_demonstration_data_never_get_among_real_ones(kept: Kept, places: Callable[..., Site], tmp_path: Path) -> None:
    demo = repacked(kept, tmp_path / "demo", lambda said: said.update(demo=True))
    place = places(kept.place)
    place.command("init", "--admin", "that")
    assert "trình diễn" in refused(place, "restore", str(demo), "--replace")
    empty = places(kept.place)
    empty.command("restore", str(demo))
    assert (empty.data / "demo").exists()
    empty.command("restore", str(kept.file), "--replace")
    assert not (empty.data / "demo").exists()


# --- keys of a running installation -------------------------------------------------------------------------------


def test_serve_and_check_say_that_the_key_is_wrong_and_touch_nothing(kept: Kept, places: Callable[..., Site]) -> None:
    place = places(kept.place)
    place.command("restore", str(kept.file))
    before = content(place)
    place.extra["HATNHAN_FIELD_KEY"] = "another key altogether"
    assert "Khóa mã hóa không đúng" in refused(place, "serve")
    assert "Khóa mã hóa không đúng" in place.command("check", check=False).stdout
    assert content(place) == before
    del place.extra["HATNHAN_FIELD_KEY"]
    (place.data / "secrets.env").rename(place.data / "kept.env")
    assert "Chưa có khóa bí mật" in refused(place, "serve")
    assert "Chưa có khóa bí mật" in refused(place, "backup", str(place.data / "x"))
    (place.data / "kept.env").rename(place.data / "secrets.env")
    assert "Mọi phần đều đúng." in place.command("check").stdout
