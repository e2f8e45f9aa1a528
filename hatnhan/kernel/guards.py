"""The database itself keeps the log: triggers refuse UPDATE, DELETE and, on PostgreSQL, TRUNCATE.

They are installed after every migration, because SQLite loses them when it remakes a table."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

GUARDED = ("kernel_entry", "kernel_payload", "kernel_subject")
SAYS = "the log is append-only"


def install(using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Put the triggers on every guarded table that exists; safe to repeat."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION kernel_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{SAYS}: %', TG_TABLE_NAME; END $$"
            )
        for table in GUARDED:
            if table in present:
                for statement in _statements(connection, table):
                    cursor.execute(statement)


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Names of guards that are not there."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present = {row[0] for row in cursor.fetchall()}
    return [name for table in GUARDED for name in _names(connection, table) if name not in present]


def _names(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    if connection.vendor == "postgresql":
        return [f"{table}_keep", f"{table}_keep_all"]
    return [f"{table}_keep_update", f"{table}_keep_delete"]


def _statements(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    if connection.vendor == "postgresql":
        return [
            f"CREATE OR REPLACE TRIGGER {table}_keep BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION kernel_append_only()",
            f"DROP TRIGGER IF EXISTS {table}_keep_all ON {table}",
            f"CREATE TRIGGER {table}_keep_all BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION kernel_append_only()",
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_keep_{event.lower()} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{SAYS}: {table}'); END"
        for event in ("UPDATE", "DELETE")
    ]
