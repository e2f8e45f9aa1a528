"""From an empty directory to a running server, as an administrator meets it."""

import json
import os
import re
import signal
import stat
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError
from django.db import DatabaseError
from django.test import Client, RequestFactory
from pytest_django import Settings

from hatnhan.config import cli, health
from hatnhan.config.databases import database
from hatnhan.config.keys import read_keys, write_keys
from hatnhan.config.management.commands.serve import sign_ins
from hatnhan.config.speaking import database_trouble
from hatnhan.config.supervisor import QUICK_DEATHS, Child, Supervisor
from hatnhan.config.uploads import REFUSED
from hatnhan.rulebook.errors import RuleFileError
from tests.site import Site


def test_init_makes_a_private_directory_with_keys_that_it_never_changes(site: Site) -> None:
    site.command("init", "--no-admin")
    keys = site.data / "secrets.env"
    first = keys.read_text(encoding="utf-8")
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    assert stat.S_IMODE(site.data.stat().st_mode) == 0o700
    assert set(read_keys(keys)) == {"HATNHAN_SECRET_KEY", "HATNHAN_FIELD_KEY"}
    site.command("init", "--no-admin")
    assert keys.read_text(encoding="utf-8") == first
    assert not (site.data / "demo").exists()


def test_an_existing_key_file_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "secrets.env"
    file.write_text("# mine\n\nHATNHAN_FIELD_KEY = abc=def\n", encoding="utf-8")
    assert write_keys(file) is False
    assert read_keys(file) == {"HATNHAN_FIELD_KEY": "abc=def"}
    assert read_keys(tmp_path / "none.env") == {}


def test_the_first_administrator_gets_a_one_time_password_and_there_is_no_second(site: Site) -> None:
    told = site.command("init", "--admin", "quantri").stdout
    assert re.search(r"Mật khẩu dùng một lần: \S{8,}", told)
    again = site.command("init", "--admin", "khac", check=False)
    assert again.returncode == 1
    assert "Traceback" not in again.stderr
    assert "Mật khẩu" not in site.command("init").stdout


def test_the_administrators_own_password_comes_from_standard_input_and_is_not_repeated(site: Site) -> None:
    words = ("init", "--admin", "quantri", "--password-stdin")
    weak = site.command(*words, given="123456\n", check=False)
    assert weak.returncode == 1
    assert "Mật khẩu quá ngắn" in weak.stderr
    told = site.command(*words, given="một câu dễ nhớ\n").stdout
    assert "quantri" in told
    assert "dễ nhớ" not in told


def test_serve_refuses_without_keys_in_one_sentence(site: Site) -> None:
    site.data.mkdir()
    done = site.command("serve", check=False)
    assert done.returncode == 1
    assert "hatnhan init" in done.stderr
    assert "Traceback" not in done.stderr


def test_serve_refuses_a_database_that_is_not_migrated(site: Site) -> None:
    site.data.mkdir()
    write_keys(site.data / "secrets.env")
    done = site.command("serve", check=False)
    assert done.returncode == 1
    assert "Cơ sở dữ liệu chưa theo kịp phiên bản này" in done.stderr


def test_serve_refuses_to_show_demo_data_to_the_network(ready_site: Site) -> None:
    (ready_site.data / "demo").touch()
    done = ready_site.command("serve", "--host", "0.0.0.0", check=False)  # noqa: S104
    assert done.returncode == 1
    assert "127.0.0.1" in done.stderr


def test_an_unknown_command_is_answered_with_the_list(site: Site) -> None:
    done = site.command("sreve", check=False)
    assert done.returncode == 2
    assert "serve" in done.stderr
    assert "shell" not in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["import", "members", "x.csv", "--on", "31/2/2026"], "Không có ngày “31/2/2026” trong lịch"),
        (["compare", "members", "x.csv", "--unit", "1", "--on", "20225-01-01"], "có năm không đúng"),
        (["import", "people", "x.csv"], "không có “people”"),
        (["import"], "Còn thiếu: what, FILE|ID."),
        (["serve", "--port", "99999"], "“99999” không phải là cổng"),
        (["demo", "--members", "nhiều"], "“nhiều” không phải là số"),
    ],
)
def test_what_cannot_be_understood_is_said_in_words(site: Site, words: list[str], said: str) -> None:
    done = site.command(*words, check=False)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("extra", "words", "code", "said"),
    [
        ({"HATNHAN_PORT": "tám"}, ["serve"], 2, "“tám” không phải là cổng"),
        ({"HATNHAN_POOL": "x"}, ["figures", "1"], 1, "HATNHAN_POOL: “x”"),
        ({"DATABASE_URL": "mysql://x"}, ["figures", "1"], 1, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://x@127.0.0.1:1/x"}, ["figures", "1"], 1, "hatnhan init"),
        ({}, ["import", "units", "x.csv"], 1, "Chưa có khóa bí mật"),
        ({"HATNHAN_DATA": "/dev/null/x"}, ["init"], 1, "“/dev/null/x”: đây là tệp, không phải thư mục"),
    ],
)
def test_an_installation_that_is_not_ready_is_told_in_one_sentence(
    site: Site, extra: dict[str, str], words: list[str], code: int, said: str
) -> None:
    site.extra |= extra
    done = site.command(*words, check=False)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_rule_file_with_a_hole_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_rules() -> None:
        raise RuleFileError("deadlines.toml", "deadline.correct", "hở thời gian giữa 2025-06-01 và 2026-01-01.")

    monkeypatch.setattr("django.setup", read_rules)
    monkeypatch.setattr("sys.argv", ["hatnhan", "rulebook"])
    with pytest.raises(SystemExit, match=r"^Tệp deadlines\.toml, quy định deadline\.correct: hở thời gian giữa"):
        cli.main()


def test_help_speaks_both_languages_and_not_of_the_framework(site: Site) -> None:
    own = site.command("import", "--help").stdout
    assert "Cách dùng: hatnhan import" in own
    assert "Nhập danh sách tổ chức hoặc đảng viên" in own
    site.extra["HATNHAN_LANGUAGE"] = "en"
    english = [site.command("--help").stdout, site.command("import", "--help").stdout]
    assert "Import a list of organisations or members" in english[0]
    assert "Usage: hatnhan import" in english[1]
    for text in (own, *english):
        assert not any(word in text for word in ("settings", "pythonpath", "traceback"))
    assert not any(letter in "".join(english) for letter in "ạếọộ")


def test_a_demonstration_never_gets_into_an_installation_with_accounts(ready_site: Site) -> None:
    ready_site.command("init", "--admin", "quantri")
    done = ready_site.command("demo", check=False)
    assert (done.returncode, "Chỉ dựng dữ liệu trình diễn ở nơi còn trống" in done.stderr) == (1, True)
    assert not (ready_site.data / "demo").exists()


def test_a_served_installation_gets_ready_and_outlives_its_workers_death(ready_site: Site) -> None:
    ready_site.start("--workers", "1")
    with urllib.request.urlopen(f"{ready_site.url}/readyz") as answer:  # noqa: S310
        assert json.load(answer) == {"ready": True, "problems": []}
    assert ready_site.status("/healthz") == 200

    first = worker_of(ready_site)
    os.kill(first, signal.SIGKILL)
    ready_site.until(lambda: worker_of(ready_site) not in {0, first})
    assert ready_site.status("/healthz") == 200

    children = children_of(ready_site)
    assert ready_site.stop() == 0
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []


def children_of(site: Site) -> list[int]:
    """Process ids of the server's direct children."""
    assert site.server is not None
    pid = site.server.pid
    return [int(text) for text in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def worker_of(site: Site) -> int:
    """Process id of the job worker; 0 while there is none."""
    lines = {pid: Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0") for pid in children_of(site)}
    return next((pid for pid, words in lines.items() if b"work" in words), 0)


def test_a_program_that_keeps_dying_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    child = Child("broken", ["false"], {})
    child.deaths = QUICK_DEATHS - 1
    assert Supervisor([child]).run() == 1
    assert "giving up" in caplog.text


def test_starting_again_waits_longer_each_time() -> None:
    child = Child("broken", ["false"], {})
    waits = []
    now = 0.0
    for _death in range(4):
        child.look(now)
        assert child.process is not None
        child.process.wait()
        child.look(now)
        waits.append(child.wait_until - now)
        now = child.wait_until
    assert waits == [1.0, 2.0, 4.0, 8.0]


def test_every_answer_forbids_what_is_not_ours(client: Client) -> None:
    assert client.get("/healthz").json() == {"up": True}
    policy = client.get("/static/nothing-here.css").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_file_that_is_too_large_is_refused_by_name_and_the_form_is_kept(settings: Settings) -> None:
    settings.HATNHAN_UPLOAD_BYTES = 200_000
    small, large = SimpleUploadedFile("nho.xlsx", b"x" * 1000), SimpleUploadedFile("lon.xlsx", b"x" * 199_500)
    request = RequestFactory().post("/", {"note": "ghi chú", "a": small, "b": large})
    assert request.POST["note"] == "ghi chú"
    assert set(request.FILES) == {"a"}
    assert request.META[REFUSED] == "lon.xlsx"


@pytest.mark.django_db
def test_a_server_without_a_job_worker_is_not_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["problems"]) == (503, ["worker"])


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", {"NAME": "/data/hatnhan.sqlite3"}),
        ("sqlite:///elsewhere/one.db", {"NAME": "/elsewhere/one.db"}),
        ("postgresql://me:a%40b@db:5433/party", {"NAME": "party", "PASSWORD": "a@b", "HOST": "db", "PORT": "5433"}),
        (
            "postgres://me@/party?host=%2Frun%2Fpg&sslmode=require",
            {"HOST": "/run/pg", "OPTIONS": {"sslmode": "require"}},
        ),
    ],
)
def test_a_database_url_is_understood(url: str, expected: dict[str, object]) -> None:
    found = database(url, Path("/data"))
    assert {name: found[name] for name in expected} == expected


def test_an_unknown_kind_of_database_is_refused() -> None:
    with pytest.raises(ValueError, match=r"mysql.*sqlite"):
        database("mysql://me@db/party", Path("/data"))


def test_a_pool_takes_the_place_of_kept_connections() -> None:
    kept, pooled = database("postgresql:///a", Path(), pool=0), database("postgresql:///a", Path(), pool=4)
    assert (kept["CONN_MAX_AGE"], "pool" in kept["OPTIONS"]) == (None, False)
    assert (pooled["CONN_MAX_AGE"], pooled["OPTIONS"]["pool"]["max_size"]) == (0, 4)


def test_the_sign_ins_of_a_demonstration_are_told_one_in_a_line(tmp_path: Path) -> None:
    marker = tmp_path / "demo"
    entries = [
        {"username": "bithu", "password": "mot-hai-ba", "label": "Bí thư"},
        {"username": "quantri", "password": "bon-nam-sau", "label": "Quản trị hệ thống", "apart": True},
    ]
    marker.write_text(json.dumps(entries), encoding="utf-8")
    first, last = sign_ins(marker)
    assert first.split() == ["Bí", "thư", "bithu", "mot-hai-ba"]
    assert last == "Quản trị (tạo và khóa tài khoản, không xem hồ sơ): quantri, mật khẩu bon-nam-sau.\n"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("database or disk is full", "Ổ đĩa đã đầy nên chưa ghi gì"),
        ('could not extend file "base/1": No space left on device', "Ổ đĩa đã đầy nên chưa ghi gì"),
        ("attempt to write a readonly database", "chỉ cho đọc"),
        ("database is locked", "đang bận"),
        ("server closed the connection unexpectedly", "chưa ghi gì: server closed"),
    ],
)
def test_trouble_of_the_database_is_told_in_words(error: str, said: str) -> None:
    assert said in database_trouble(DatabaseError(error))


def test_a_full_disk_is_told_before_anything_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "readiness", lambda: ["database"])
    monkeypatch.setattr(health, "disk_usage", lambda _folder: SimpleNamespace(free=0))
    with pytest.raises(CommandError, match="đã đầy"):
        health.refuse_unready()
