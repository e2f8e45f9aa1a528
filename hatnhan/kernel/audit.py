"""The log: one entry for each outermost act, chained by hash, never changed.

A row's chain is fixed when its unit was founded; a two-sided act writes in its first unit's chain and a reference for
the other. Heads are locked last, in key order, so two acts never wait for each other crosswise. `chains` walks what is
written here and finds what was changed."""

import secrets
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils.translation import gettext, override

from . import bulk
from .actor import Actor
from .chains import flaws
from .hashes import LINKED, link_hash, payload_hash, subjects_hash
from .models import Entry, Head, Payload, Subject, Unit

__all__ = ["Act", "Line", "actor_name", "flaws", "in_words", "new_id", "write"]

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
    """What a database gives back as it took it: fractions as text, because each spells them in its own way."""
    return value if isinstance(value, str | int | bool | type(None)) else str(value)


def write(act: Act) -> Entry:
    """Write the act's entry, its payload and subjects, and a reference for every other organisation that it touched."""
    if act.main is None:
        raise RuntimeError(f"{act.code} changed something and told the log nothing")
    unit, elsewhere = (act.units[0] if act.units else None), _elsewhere(act.units)
    chain = unit.chain if unit else 0
    links = [new_id() for _unit in elsewhere]
    lines = [[line.sentence, line.values] for line in act.lines]
    subjects = sorted(act.subjects)
    heads = _locked({chain, *(other.chain for other in elsewhere)})
    sealed = payload_hash(act.main.sentence, act.main.values, lines, links)
    main = _link(heads[chain], act, act.id, unit, sealed, subjects_hash(subjects), None)
    Payload.objects.create(entry=main, sentence=act.main.sentence, values=act.main.values, lines=lines, links=links)
    if subjects:
        bulk.insert(Subject, ("entry_id", "kind", "key"), ((main.pk, kind, key) for kind, key in subjects))
    for other, pk in zip(elsewhere, links, strict=True):
        _link(heads[other.chain], act, pk, other, main.hash, subjects_hash(()), main.pk)
    return main


def _elsewhere(units: Sequence[Unit]) -> list[Unit]:
    """The units that get a reference: one of every other chain; in chain 0, which many organisations share, each."""
    found: dict[tuple[int, int], Unit] = {}
    for unit in units:
        found.setdefault((unit.chain, 0 if unit.chain else unit.pk), unit)
    return list(found.values())[1:]


def _locked(chains: Collection[int]) -> dict[int, Head]:
    """The heads of chains, made where they are missing. One alone is asked for first: it is nearly always there, and
    nobody who holds another waits for it."""
    if len(chains) == 1 and (found := _heads(chains)):
        return found
    Head.objects.bulk_create([Head(chain=chain) for chain in sorted(chains)], ignore_conflicts=True)
    return _heads(chains)


def _heads(chains: Collection[int]) -> dict[int, Head]:
    rows = Head.objects.filter(chain__in=chains).order_by("chain")
    if connection.vendor == "postgresql":
        rows = rows.select_for_update()
    return {head.chain: head for head in rows}


def _link(
    head: Head, act: Act, pk: int, unit: Unit | None, payload: str, subjects: str, refers_to: int | None
) -> Entry:
    entry = Entry(
        id=pk, chain=head.chain, number=head.number + 1, code=act.code, unit=unit, account=act.actor.account_id,
        actor=act.actor.label, at=act.at, reason=act.reason, request_id=act.actor.request_id, refers_to=refers_to,
        payload_hash=payload, subjects_hash=subjects, previous=head.hash,
    )  # fmt: skip
    entry.hash = link_hash([getattr(entry, name) for name in LINKED])
    entry.save(force_insert=True)
    head.number, head.hash = entry.number, entry.hash
    head.save(update_fields=["number", "hash"])
    return entry


# --- reading ------------------------------------------------------------------------------------------------------


def in_words(entry: Entry) -> list[str]:
    """The entry's sentences in the reader's language, the main one first."""
    payload = entry.payload
    pairs = [(payload.sentence, payload.values), *((sentence, values) for sentence, values in payload.lines)]
    return [gettext(sentence) % values for sentence, values in pairs]


def actor_name(label: str) -> str:
    """How pages name who acted: the program itself is called the system."""
    return gettext("Hệ thống") if label.startswith("system:") else label
