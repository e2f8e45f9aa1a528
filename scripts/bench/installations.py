"""Demonstrations of several sizes, each in a database of its own, and the connection turned from one to another."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.db import connection, connections

SIZES = tuple(int(n) for n in os.environ.get("HATNHAN_BENCH_SIZES", "1200,16800,168000").split(","))
"""Members; 1,200 is the demonstration itself."""
FIRST = 1_200


@contextmanager
def installations() -> Iterator[dict[int, dict[str, Any]]]:
    """{members: the entry of `DATABASES`}. SQLite installations that lie as `d<more members>` in the folder of
    HATNHAN_BENCH_DATA, and databases `bench_<members>`, are taken as they are."""
    with ExitStack() as stack:
        given = os.environ.get("HATNHAN_BENCH_DATA", "") if connection.vendor == "sqlite" else ""
        home = Path(given or stack.enter_context(tempfile.TemporaryDirectory()))
        found = {}
        for size in SIZES:
            data = home / f"d{max(size - FIRST, 0)}"
            found[size] = _sqlite(data) if connection.vendor == "sqlite" else _postgres(size)
            if not given and not _filled(found[size]):
                _fill(data, size, found[size])
        yield found


def _sqlite(data: Path) -> dict[str, Any]:
    return {**connection.settings_dict, "NAME": str(data / "hatnhan.sqlite3")}


def _postgres(size: int) -> dict[str, Any]:
    settings, name = connection.settings_dict, f"bench_{size}"
    outside = {"dbname": "postgres", "user": settings["USER"], "host": settings["HOST"]}
    with psycopg.connect(autocommit=True, **outside) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(f"CREATE DATABASE {name}")
    return {**settings, "NAME": name}


def environment(settings: dict[str, Any], data: Path | None = None) -> dict[str, str]:
    """The environment of a process that works there."""
    found = os.environ | ({"HATNHAN_DATA": str(data)} if data else {})
    found.setdefault("DJANGO_SETTINGS_MODULE", "hatnhan.config.settings")
    if connection.vendor == "postgresql":
        host = quote(settings["HOST"], safe="")
        return found | {"DATABASE_URL": f"postgresql://{settings['USER']}@/{settings['NAME']}?host={host}"}
    return found | {"DATABASE_URL": f"sqlite://{settings['NAME']}"}


def _fill(data: Path, size: int, settings: dict[str, Any]) -> None:
    for command in (["init", "--no-admin"], ["demo", "--members", str(max(size - FIRST, 0))]):
        subprocess.run(
            [sys.executable, "-m", "hatnhan.config.cli", *command],
            env=environment(settings, data),
            check=True,
            capture_output=True,
        )


def _filled(settings: dict[str, Any]) -> bool:
    if connection.vendor == "sqlite" and not Path(settings["NAME"]).exists():
        return False
    with at(settings):
        return "kernel_unit" in connection.introspection.table_names()


@contextmanager
def at(settings: dict[str, Any]) -> Iterator[None]:
    """Let `default`, in this thread and in new ones, mean another database; its connection stays open."""
    everywhere: dict[str, Any] = connections.settings
    known, old = everywhere["default"], connections["default"]
    everywhere["default"] = settings
    opened = settings.setdefault("OPENED", connections.create_connection("default"))
    connections["default"] = opened
    try:
        yield
    finally:
        everywhere["default"] = known
        connections["default"] = old
