"""A database of its own for a test that needs real commits, threads or processes.

The usual test runs in a transaction that is rolled back. Emptying tables afterwards, as Django's other way does, is
refused by the append-only triggers; so such a test gets a copy of the empty, migrated database instead.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.db import connection, connections
from psycopg import sql


@dataclass(frozen=True)
class RealDatabase:
    """The copy; `url` is the DATABASE_URL with which another process opens it."""

    url: str
    home: Path

    def environment(self) -> dict[str, str]:
        """The environment of a process that works on this database."""
        return os.environ | {"DATABASE_URL": self.url, "HATNHAN_DATA": str(self.home)}


def sqlite_template(home: Path) -> Path:
    """Write the test database, still empty, into a file."""
    file = home / "template.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    return file


@contextmanager
def sqlite_copy(template: Path, home: Path) -> Iterator[RealDatabase]:
    """A copy of the template's file, and Django's connection turned to it."""
    file = home / "real.sqlite3"
    file.write_bytes(template.read_bytes())
    with turned_to(str(file)):
        yield RealDatabase(f"sqlite://{file}", home)


@contextmanager
def postgres_copy(home: Path) -> Iterator[RealDatabase]:
    """A database made from the test database as its template, dropped afterwards."""
    connection.close()  # a template may have no other visitor
    with postgres_database(connection.settings_dict["NAME"]) as (name, url), turned_to(name):
        yield RealDatabase(url, home)


@contextmanager
def postgres_database(template: str = "template1") -> Iterator[tuple[str, str]]:
    """Name and DATABASE_URL of a new database, dropped afterwards."""
    given = connection.settings_dict
    name = f"hatnhan_{secrets.token_hex(6)}"
    outside = {"dbname": "postgres", "user": given["USER"], "host": given["HOST"], "port": given["PORT"] or None}
    make, drop = sql.SQL("CREATE DATABASE {} TEMPLATE {}"), sql.SQL("DROP DATABASE {} WITH (FORCE)")
    with psycopg.connect(autocommit=True, **outside) as server:
        server.execute(make.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            user, host = quote(given["USER"]), quote(given["HOST"], safe="")
            yield name, f"postgresql://{user}@/{name}?host={host}"
        finally:
            server.execute(drop.format(sql.Identifier(name)))


@contextmanager
def turned_to(name: str) -> Iterator[None]:
    """Let `default`, in this thread and in new ones, mean another database."""
    old = connections["default"]
    everywhere: dict[str, Any] = connections.settings
    known = everywhere["default"]
    everywhere["default"] = {**old.settings_dict, "NAME": name}
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        everywhere["default"] = known
        connections["default"] = old
