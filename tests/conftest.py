"""What every test can ask for, and what no test may do."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker, Settings

from tests.databases import RealDatabase, postgres_copy, postgres_database, sqlite_copy, sqlite_template
from tests.site import Site
from tests.units.ground import TODAY

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests share one server and one browser, so under xdist they stay together; own installations are slow."""
    for item in items:
        if {"site", "ready_site"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


# --- the world outside does not exist -----------------------------------------------------------------------------


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Connections leave for this machine only."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        inside = self.family == socket.AF_UNIX or address[0] in {"127.0.0.1", "::1", "localhost"}
        if not inside:
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True, scope="session")
def same_day() -> Iterator[None]:
    """In this process it is always the day of the tests' world; servers and commands that run beside it have their own
    clock."""
    real = timezone.localdate

    def localdate(value: datetime | None = None, zone: tzinfo | None = None) -> date:
        return TODAY if value is None else real(value, zone)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "localdate", localdate)
        yield


@pytest.fixture(autouse=True, scope="session")
def quick_hashing() -> Iterator[None]:
    """Passwords are hashed quickly, in worlds that a whole file shares as well."""
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher", *configured.PASSWORD_HASHERS]
    with override_settings(PASSWORD_HASHERS=quick):
        yield


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Settings) -> None:
    """Uploads and stored files of a test lie in its own directory."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.HATNHAN_DIGESTS = tmp_path / "digests"


# --- databases ----------------------------------------------------------------------------------------------------


@pytest.fixture
def transactional_db() -> None:
    """Emptying tables collides with the append-only log."""
    pytest.fail("use the fixture `real_db`: tables of the log cannot be emptied")


@pytest.fixture(scope="session")
def database_template(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Path | None:
    """SQLite: the migrated, empty database as a file. PostgreSQL: None, the test database itself is the template."""
    with django_db_blocker.unblock():
        return sqlite_template(tmp_path_factory.mktemp("template")) if connection.vendor == "sqlite" else None


@pytest.fixture
def real_db(
    database_template: Path | None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[RealDatabase]:
    """A database of the test's own with real commits, which threads and other processes see as well."""
    with django_db_blocker.unblock():
        copy = sqlite_copy(database_template, tmp_path) if database_template else postgres_copy(tmp_path)
        with copy as database:
            yield database


# --- a running installation and a browser -------------------------------------------------------------------------


@contextmanager
def installation(data: Path, template: str = "template1") -> Iterator[Site]:
    """An installation of the kind under test: SQLite in its directory, or a PostgreSQL database of its own."""
    place = Site(data)
    with ExitStack() as stack:
        if connection.vendor == "postgresql":
            place.database, place.extra["DATABASE_URL"] = stack.enter_context(postgres_database(template))
        stack.callback(place.stop)
        yield place


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """An installation in an empty data directory; nothing is initialised or started yet."""
    with installation(tmp_path / "data") as place:
        yield place


@pytest.fixture(scope="session")
def initialised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation after `hatnhan init`, to be copied."""
    with installation(tmp_path_factory.mktemp("initialised") / "data") as place:
        place.command("init", "--no-admin")
        yield place


@pytest.fixture
def ready_site(initialised: Site, tmp_path: Path) -> Iterator[Site]:
    """An initialised installation that nobody has used yet."""
    shutil.copytree(initialised.data, tmp_path / "data")
    with installation(tmp_path / "data", initialised.database or "template1") as place:
        yield place


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo world, served. Its process is another one: in this thread Playwright and the ORM exclude each other."""
    place = Site(tmp_path_factory.mktemp("demo") / "data")
    place.command("init", "--no-admin")
    place.command("demo")
    place.start("--workers", "1")
    yield place
    place.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, for one file of tests; while it lives, this thread cannot use the ORM."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, demo_site: Site) -> Iterator[Page]:
    """A fresh page of a fresh visitor at the demo site."""
    context = browser.new_context(base_url=demo_site.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
