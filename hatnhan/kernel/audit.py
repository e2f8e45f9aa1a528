"""The log: one entry for each outermost act, chained by hash, never changed.

A row's chain is fixed when its unit was founded; a two-sided act writes in its first unit's chain and a reference in
the other. Heads are locked last, in key order, so two acts never wait for each other crosswise."""

import hashlib
import json
import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils.translation import gettext, override

from . import bulk
from .actor import Actor
from .models import Entry, Head, Payload, Subject, Unit

EPOCH_MS = 1_577_836_800_000  # 1 January 2020, UTC: keeps ids within 63 bits for 140 years


def new_id() -> int:
    """A time-ordered id, unique without asking the database, so rows can name the act before its entry is written."""
    return ((time.time_ns() // 1_000_000 - EPOCH_MS) << 21) | secrets.randbits(21)


@dataclass
class Line:
    """One sentence of the log: a text to be translated and its values."""

    sentence: str
    values: dict[str, Any]


@dataclass
class Act:
    """An action while it runs: what it will write to the log."""

    code: str
    actor: Actor
    at: datetime
    reason: str = ""
    id: int = field(default_factory=new_id)
    depth: int = 0
    main: Line | None = None
    lines: list[Line] = field(default_factory=list)
    subjects: set[tuple[str, int]] = field(default_factory=set)
    units: list[Unit] = field(default_factory=list)

    def tell(self, sentence: str, *, about: Iterable[Model] = (), units: Sequence[Unit] = (), **values: Any) -> None:
        """Say what happened. `sentence` is a Vietnamese text with named placeholders, marked with `gettext_noop`;
        the first of `units` decides the chain, the others get a reference in theirs. Labels among the values, not yet
        translated, are kept in Vietnamese, whoever acts."""
        with override("vi"):
            line = Line(str(sentence), {name: _plain(value) for name, value in values.items()})
        if self.depth == 1 and self.main is None:
            self.main = line
            self.units = list(units) + [unit for unit in self.units if unit not in units]
        else:
            self.lines.append(line)
            self.units += [unit for unit in units if unit not in self.units]
        self.subjects |= {(thing._meta.label_lower, thing.pk) for thing in about}

    def about(self, kind: type[Model], keys: Iterable[int]) -> None:
        """Many subjects of one kind at once."""
        self.subjects |= {(kind._meta.label_lower, key) for key in keys}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | type(None)) else str(value)


def write(act: Act) -> Entry:
    """Write the act's entry, its payload and subjects, and a reference in every other chain that it touched."""
    if act.main is None:
        raise RuntimeError(f"{act.code} changed something and told the log nothing")
    payload = {
        "sentence": act.main.sentence,
        "values": act.main.values,
        "lines": [[line.sentence, line.values] for line in act.lines],
    }
    chains = list(dict.fromkeys(unit.chain for unit in act.units)) or [0]
    heads = _locked(chains)
    main = _link(heads[chains[0]], act, act.id, act.units[0] if act.units else None, _payload_hash(payload), None)
    Payload.objects.create(entry=main, sentence=act.main.sentence, values=act.main.values, lines=payload["lines"])
    bulk.insert(Subject, ("entry_id", "kind", "key"), ((main.pk, kind, key) for kind, key in sorted(act.subjects)))
    for chain in chains[1:]:
        unit = next(unit for unit in act.units if unit.chain == chain)
        _link(heads[chain], act, new_id(), unit, main.hash, main.pk)
    return main


def _locked(chains: list[int]) -> dict[int, Head]:
    Head.objects.bulk_create([Head(chain=chain) for chain in sorted(chains)], ignore_conflicts=True)
    rows = Head.objects.filter(chain__in=chains).order_by("chain")
    if connection.vendor == "postgresql":
        rows = rows.select_for_update()
    return {head.chain: head for head in rows}


def _link(head: Head, act: Act, pk: int, unit: Unit | None, payload_hash: str, refers_to: int | None) -> Entry:
    entry = Entry(
        id=pk, chain=head.chain, number=head.number + 1, code=act.code, unit=unit, account=act.actor.account_id,
        actor=act.actor.label, at=act.at, reason=act.reason, request_id=act.actor.request_id, refers_to=refers_to,
        payload_hash=payload_hash, previous=head.hash,
    )  # fmt: skip
    entry.hash = link_hash(entry)
    entry.save(force_insert=True)
    head.number, head.hash = entry.number, entry.hash
    head.save(update_fields=["number", "hash"])
    return entry


def link_hash(entry: Entry) -> str:
    """The hash of an entry: over the one before it and all its own columns."""
    own = [
        entry.previous, entry.pk, entry.chain, entry.number, entry.code, entry.unit_id, entry.account, entry.actor,
        entry.at.isoformat(), entry.reason, entry.request_id, entry.refers_to, entry.payload_hash,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(own, ensure_ascii=False).encode()).hexdigest()


def _payload_hash(payload: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(payload, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def in_words(entry: Entry) -> list[str]:
    """The entry's sentences in the reader's language, the main one first."""
    payload = entry.payload
    pairs = [(payload.sentence, payload.values), *((sentence, values) for sentence, values in payload.lines)]
    return [gettext(sentence) % values for sentence, values in pairs]


def actor_name(label: str) -> str:
    """How pages name who acted: the program itself is called the system."""
    return gettext("Hệ thống") if label.startswith("system:") else label


@dataclass(frozen=True)
class Flaw:
    """A place where a chain does not hold: an edited row, an edited payload, a gap."""

    chain: int
    number: int
    what: str


def flaws(chain: int | None = None) -> Iterator[Flaw]:
    """Walk the chains and yield every edit and gap; nothing when all holds."""
    rows = Entry.objects.select_related("payload").order_by("chain", "number")
    if chain is not None:
        rows = rows.filter(chain=chain)
    heads = {head.chain: head for head in Head.objects.all()}
    last: dict[int, Entry] = {}
    for entry in rows.iterator(chunk_size=2000):
        before = last.get(entry.chain)
        if entry.number != (before.number + 1 if before else 1):
            yield Flaw(entry.chain, entry.number, "gap")
        elif entry.previous != (before.hash if before else ""):
            yield Flaw(entry.chain, entry.number, "order")
        if entry.hash != link_hash(entry):
            yield Flaw(entry.chain, entry.number, "entry")
        if entry.refers_to is None and _stored_hash(entry) != entry.payload_hash:
            yield Flaw(entry.chain, entry.number, "payload")
        last[entry.chain] = entry
    for key, head in heads.items():
        if (chain is None or key == chain) and head.number != (last[key].number if key in last else 0):
            yield Flaw(key, head.number, "cut")


def _stored_hash(entry: Entry) -> str:
    payload = getattr(entry, "payload", None)
    if payload is None:
        return ""
    return _payload_hash({"sentence": payload.sentence, "values": payload.values, "lines": payload.lines})
