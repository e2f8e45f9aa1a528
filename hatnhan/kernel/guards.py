"""The database itself keeps the log: triggers refuse UPDATE, DELETE and, on PostgreSQL, TRUNCATE; and it keeps periods
from overlapping, by triggers on SQLite and exclusion constraints on PostgreSQL.

The log's are installed after every migration, because SQLite loses them when it remakes a table; those of periods come
with their tables, and are put back when they are missing."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from .period import NoOverlap

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
    lacking = set(missing(using))
    for model, rule in _periods():
        if model._meta.db_table in present and lacking & set(_period_names(connection, rule)):
            _put_back(connection, model, rule, lacking)


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Names of guards that are not there."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE NOT tgisinternal AND tgenabled <> 'D' AND pg_table_is_visible(c.oid) UNION "
                "SELECT conname FROM pg_constraint WHERE contype = 'x' AND pg_table_is_visible(conrelid)"
            )
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present = {row[0] for row in cursor.fetchall()}
    wanted = [name for table in GUARDED for name in _names(connection, table)]
    wanted += [name for _model, rule in _periods() for name in _period_names(connection, rule)]
    return [name for name in wanted if name not in present]


def _periods() -> Iterator[tuple[type[Model], NoOverlap]]:
    for model in apps.get_models():
        yield from ((model, rule) for rule in model._meta.constraints if isinstance(rule, NoOverlap))


def _period_names(connection: BaseDatabaseWrapper, rule: NoOverlap) -> list[str]:
    if connection.vendor == "postgresql":
        return [rule.name]
    return [f"{rule.name}_insert", f"{rule.name}_update"]


def _put_back(connection: BaseDatabaseWrapper, model: type[Model], rule: NoOverlap, lacking: set[str]) -> None:
    """PostgreSQL refuses when rows overlap already: `hatnhan check` names them."""
    editor = connection.schema_editor(collect_sql=True)
    if connection.vendor == "postgresql":
        statements = [rule.create_sql(model, editor)]
    else:
        editor.deferred_sql = []
        rule.constraint_sql(model, editor)
        statements = [str(one) for one in editor.deferred_sql if str(one).split()[2] in lacking]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


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
