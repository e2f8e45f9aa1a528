"""Acts that only write to the log, and edits behind its guards, for the tests of the log."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, transaction

from hatnhan.kernel import chains, guards
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor, system
from hatnhan.kernel.models import Unit

CLI = system("cli", date(2026, 11, 22))


@action("test.note")
def note(*, actor: Actor, units: Sequence[Unit], text: str, reason: str = "") -> int:
    act().tell("Ghi chú: %(text)s.", about=units, units=units, text=text)
    return act().id


@action("test.two_notes")
def two_notes(*, actor: Actor, units: Sequence[Unit]) -> None:
    note(actor=actor, units=units, text="một")
    note(actor=actor, units=units, text="hai")
    act().tell("Hai ghi chú.")


@action("test.silent")
def silent(*, actor: Actor) -> None:
    Unit.objects.create()


def unit(chain: int = 0) -> Unit:
    return Unit.objects.create(chain=chain)


def notes(count: int, *chains_of: int) -> list[int]:
    """So many acts in the chains; returns their ids."""
    there = [unit(chain) for chain in chains_of or (7,)]
    return [note(actor=CLI, units=[there[number % len(there)]], text=str(number)) for number in range(count)]


@contextmanager
def behind_the_guards() -> Iterator[Any]:
    """A cursor without triggers and foreign keys, as somebody with the database's password has it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            for table in guards.GUARDED:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_keep_update")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_keep_delete")
        try:
            with transaction.atomic():
                yield cursor
        finally:
            if connection.vendor == "postgresql":
                cursor.execute("SET session_replication_role = origin")
            guards.install()


def edit(*statements: str, values: Iterable[Any] = ()) -> None:
    """Change the tables behind the guards."""
    with behind_the_guards() as cursor:
        for statement in statements:
            cursor.execute(statement, list(values))


def strike_out(pk: int) -> list[str]:
    """The statements that remove an entry with all that belongs to it."""
    return [
        f"DELETE FROM kernel_subject WHERE entry_id = {pk}",
        f"DELETE FROM kernel_payload WHERE entry_id = {pk}",
        f"DELETE FROM kernel_entry WHERE id = {pk}",
    ]


def found(**options: Any) -> list[tuple[int, int, str]]:
    """Chain, number and kind of every flaw."""
    return [(flaw.chain, flaw.number, flaw.what) for flaw in chains.flaws(**options)]


def in_layout_before(cursor: Any) -> None:
    """Hash what lies in the log as the program did before subjects and references were under the hash."""
    cursor.execute('SELECT entry_id, sentence, "values", lines FROM kernel_payload')
    said = {pk: {"sentence": text, "values": read(values), "lines": read(lines)}
            for pk, text, values, lines in cursor.fetchall()}  # fmt: skip
    cursor.execute(
        "SELECT id, chain, number, code, unit_id, account, actor, at, reason, request_id, refers_to "
        "FROM kernel_entry ORDER BY at, refers_to IS NOT NULL, number"
    )
    tails: dict[int, str] = {}
    hashes: dict[int, str] = {}
    for pk, chain, number, code, unit_id, account, actor, at, *rest in cursor.fetchall():
        moment = at if isinstance(at, datetime) else datetime.fromisoformat(at)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        payload = hashes.get(rest[2]) or digest(json.dumps(said.get(pk), ensure_ascii=False, sort_keys=True))
        before = tails.get(chain, "")
        own = [before, pk, chain, number, code, unit_id, account, actor, moment.astimezone(UTC).isoformat(), *rest]
        tails[chain] = hashes[pk] = digest(json.dumps([*own, payload], ensure_ascii=False))
        cursor.execute(
            f"UPDATE kernel_entry SET payload_hash = '{payload}', previous = '{before}', hash = '{hashes[pk]}' "
            f"WHERE id = {pk}"
        )
    for chain, tail in tails.items():
        cursor.execute(f"UPDATE kernel_head SET hash = '{tail}' WHERE chain = {chain}")


def read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
