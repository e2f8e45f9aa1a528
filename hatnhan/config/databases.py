"""`DATABASE_URL` turned into Django's setting: SQLite in the data directory by default, or PostgreSQL."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_BUSY_SECONDS = 20
# cache_size is negative: KiB, not pages. Foreign keys are switched on by Django's backend itself.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000; "
    "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"
)


def database(url: str, data: Path, *, pool: int = 0) -> dict[str, Any]:
    """
    The entry of `DATABASES`. `pool` is the number of PostgreSQL connections one process may hold; 0 keeps one
    connection per thread instead (command line, tests, the job worker).
    """
    if not url:
        return _sqlite(data / "hatnhan.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(
            f"DATABASE_URL: không dùng được “{parts.scheme}”, chỉ nhận sqlite: và postgresql: (only these are allowed)."
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 20}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        # A pool forbids kept connections; without it a kept one doubles the throughput.
        "CONN_MAX_AGE": 0 if pool else None,
        "CONN_HEALTH_CHECKS": not pool,
        "OPTIONS": options,
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A transaction that reads first and writes later would fail at once under another writer; this one waits.
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_BUSY_SECONDS,
            "init_command": SQLITE_PRAGMAS,
        },
    }
