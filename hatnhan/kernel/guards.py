"""The database itself keeps the log: triggers refuse UPDATE, DELETE and, on PostgreSQL, TRUNCATE; and it keeps periods
from overlapping, by triggers on SQLite and exclusion constraints on PostgreSQL.

The log's are installed after every migration, because SQLite loses them when it remakes a table; those of periods come
with their tables. What is missing, or bears a guard's name and does something else, is put back."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from .period import NoOverlap

GUARDED = ("kernel_entry", "kernel_payload", "kernel_subject")
SAYS = "the log is append-only"
REFUSES = "kernel_append_only()"
BODY = f" BEGIN RAISE EXCEPTION '{SAYS}: %', TG_TABLE_NAME; END "


def install(using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Put the guards on every table that exists, also where one was changed; safe to repeat."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE OR REPLACE FUNCTION {REFUSES} RETURNS trigger LANGUAGE plpgsql AS $${BODY}$$")
        lacking = set(missing(using))
        guards = [(table, _keeps(connection, table)) for table in GUARDED]
        guards += [(model._meta.db_table, _period_guards(connection, model, rule)) for model, rule in _periods()]
        for table, statements in guards:
            for name in statements.keys() & lacking if table in present else ():
                _drop(cursor, connection, table, name)
                cursor.execute(statements[name])


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Names of guards that are not there, or say something else than the program's."""
    connection = connections[using]
    present = _present(connection)
    return [name for name, wanted in _wanted(connection).items() if present.get(name) not in ("", wanted)]


def _present(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """What the database has for guards: {name: what it does, in one spelling}. One that is switched off is none; what a
    constraint of PostgreSQL does cannot be changed under its name, so nothing stands there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, pg_get_triggerdef(t.oid, true), p.prosrc FROM pg_trigger t "
                "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
                "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid) UNION ALL "
                "SELECT conname, '', NULL FROM pg_constraint WHERE contype = 'x' AND pg_table_is_visible(conrelid)"
            )
        else:
            cursor.execute("SELECT name, sql, NULL FROM sqlite_master WHERE type = 'trigger'")
        return {name: _spelt(text) for name, text, body in cursor.fetchall() if body in (None, BODY)}


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The same of what must be there."""
    every = [_keeps(connection, table) for table in GUARDED]
    every += [_period_guards(connection, model, rule) for model, rule in _periods()]
    return {name: _spelt(text) for statements in every for name, text in statements.items()}


def _spelt(text: str) -> str:
    """One spelling for what a database writes in its own way: quotes, brackets, casts, blanks, the order of events."""
    plain = re.sub(r"::(text|character varying)|[\s\"()]", "", text).casefold()
    return plain.replace("deleteorupdate", "updateordelete")


def _periods() -> Iterator[tuple[type[Model], NoOverlap]]:
    for model in apps.get_models():
        yield from ((model, rule) for rule in model._meta.constraints if isinstance(rule, NoOverlap))


def _period_guards(connection: BaseDatabaseWrapper, model: type[Model], rule: NoOverlap) -> dict[str, str]:
    """The statements that keep a table's periods apart. PostgreSQL refuses them when rows overlap already: `hatnhan
    check` names those rows."""
    editor = connection.schema_editor(collect_sql=True)
    if connection.vendor == "postgresql":
        return {rule.name: rule.create_sql(model, editor)}
    editor.deferred_sql = []
    rule.constraint_sql(model, editor)
    return {str(one).split()[2]: str(one) for one in editor.deferred_sql}


def _keeps(connection: BaseDatabaseWrapper, table: str) -> dict[str, str]:
    """The statements that keep a table of the log as it is."""
    if connection.vendor == "postgresql":
        return {
            f"{table}_keep": f"CREATE TRIGGER {table}_keep BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {REFUSES}",
            f"{table}_keep_all": f"CREATE TRIGGER {table}_keep_all BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {REFUSES}",
        }
    return {
        f"{table}_keep_{event.lower()}": f"CREATE TRIGGER {table}_keep_{event.lower()} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{SAYS}: {table}'); END"
        for event in ("UPDATE", "DELETE")
    }


def _drop(cursor: Any, connection: BaseDatabaseWrapper, table: str, name: str) -> None:
    """Take away what bears a guard's name and is none."""
    of = f" ON {table}" if connection.vendor == "postgresql" else ""
    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{of}")
