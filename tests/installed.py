"""An installation with a little of everything in it, and a way past the program into its database."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.fixtures.sheets import write_csv
from tests.site import Site

CARD = "038057001234"
UNITS = (
    ("code", "name", "kind", "parent", "founded"),
    ("91", "Đảng bộ tỉnh Sơn Vân", "province", "", "1/8/2025"),
    ("91.001", "Đảng bộ xã Lim Thượng", "commune", "91", "1/8/2025"),
    ("91.001.101", "Chi bộ thôn Một", "village_cell", "91.001", "1/8/2025"),
    ("91.001.102", "Chi bộ thôn Hai", "village_cell", "91.001", "1/8/2025"),
)
MEMBERS = (
    ("Họ và tên", "Giới tính", "Ngày sinh", "Số thẻ đảng viên", "Mã chi bộ", "Ngày vào Đảng"),
    ("Nguyễn Văn An", "Nam", "3/5/1957", CARD, "91.001.101", "2/4/1981"),
    ("Lê Thị Thủy", "Nữ", "9/1/1970", "038170005678", "91.001.101", "1/6/1995"),
    ("Hoàng Thị Chi", "Nữ", "19/8/1988", "", "91.001.102", "19/8/2015"),
)
# What an installation knows of itself and not of the organisation.
OWN = {"django_session", "kernel_worker", "kernel_cache", "kernel_head", "sqlite_sequence"}


def fill(place: Site, folder: Path) -> None:
    """Initialise, bring in units and members, keep a file, write a digest."""
    place.command("init", "--admin", "quantri")
    place.command("import", "units", str(write_csv(folder / "units.csv", UNITS)))
    place.command("import", "members", str(write_csv(folder / "members.csv", MEMBERS)), "--unit", "91")
    kept = place.data / "files" / "giay-to" / "quyết định.pdf"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"%PDF- " + bytes(range(256)) * 40)
    place.command("audit", "digest")


@contextmanager
def inside(place: Site) -> Iterator[Any]:
    """A cursor in the installation's database, as its administrator has it."""
    if place.database:
        with psycopg.connect(place.extra["DATABASE_URL"], autocommit=True) as opened, opened.cursor() as cursor:
            yield cursor
        return
    own = sqlite3.connect(place.data / "hatnhan.sqlite3", isolation_level=None)
    try:
        yield own.cursor()
    finally:
        own.close()


def content(place: Site) -> dict[str, list[Any]]:
    """Every row of every table, but of those that are the installation's own, and without the act of restoring."""
    with inside(place) as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            if place.database
            else "SELECT name FROM sqlite_master WHERE type = 'table'"
        )
        tables = sorted({name for (name,) in cursor.fetchall()} - OWN)
        found = {}
        for table in tables:
            where = " WHERE code <> 'config.restore'" if table == "kernel_entry" else ""
            where = where or (
                " WHERE entry_id NOT IN (SELECT id FROM kernel_entry WHERE code = 'config.restore')"
                if table == "kernel_payload"
                else ""
            )
            cursor.execute(f"SELECT * FROM {table}{where}")
            found[table] = sorted(map(repr, cursor.fetchall()))
        return found


def past_the_guards(place: Site, statement: str) -> None:
    """Change the database as somebody with its password could."""
    with inside(place) as cursor:
        if place.database:
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement)
