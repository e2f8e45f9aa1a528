"""The log is looked through: every edit, gap, cut tail and reference that does not hold, in one pass.

Rows are read as the database keeps them and not through models: a value that no model could read is an edit as well,
and must be named instead of ending the walk."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .figures import snapshot
from .hashes import LINKED, link_hash, payload_hash, subjects_hash
from .models import Entry, Head
from .period import Dated

BATCH = 1000
Sealed = Mapping[int, tuple[int, str]]
"""Chain heads as they were once: {chain: (number, hash)}."""


@dataclass(frozen=True)
class Flaw:
    """A place where the log does not hold. `what` is a code of `WORDS`; `more` counts, or names a table."""

    chain: int
    number: int
    what: str
    more: int | str = 0


@dataclass
class _Link:
    """One row of the walk: an entry with its payload and, of a reference, the entry to which it refers."""

    own: dict[str, Any]
    hash: str
    payload: tuple[Any, ...] | None
    target_hash: str | None
    target_refers: int | None
    target_links: Any


def flaws(chain: int | None = None, sealed: Sealed | None = None) -> Iterator[Flaw]:
    """Walk the chains, or one of them, and yield what does not hold; nothing when all holds. `sealed` are the heads of
    a digest: entries up to them must be there still, and be the same. Memory does not grow with the log."""
    with snapshot():
        yield from _walk(chain, sealed or {})
        if chain is None:
            yield from _orphans()
            yield from unlogged()


def _walk(only: int | None, sealed: Sealed) -> Iterator[Flaw]:
    heads = {row.chain: row for row in Head.objects.all() if only is None or row.chain == only}
    seen: set[int] = set()
    last: _Link | None = None
    for batch in _batches(only):
        subjects, known = _subjects([link.own["id"] for link in batch]), _linked(batch)
        for link in batch:
            here = link.own["chain"]
            if last is not None and last.own["chain"] != here:
                yield from _end(last, heads, sealed)
                last = None
            seen.add(here)
            yield from _before(link, last)
            yield from _itself(link, subjects.get(link.own["id"], _NOBODY))
            yield from _crosswise(link, known)
            if sealed.get(here, (None, ""))[0] == link.own["number"] and sealed[here][1] != link.hash:
                yield Flaw(here, link.own["number"], "rewritten")
            last = link
    if last is not None:
        yield from _end(last, heads, sealed)
    for key in sorted({**heads, **sealed}.keys() - seen):
        if (only is None or key == only) and (key in sealed or heads[key].number):
            yield Flaw(key, 0, "gone")


def _before(link: _Link, last: _Link | None) -> Iterator[Flaw]:
    """Whether it follows the entry before it."""
    chain, number, expected = link.own["chain"], link.own["number"], last.own["number"] + 1 if last else 1
    if number != expected:
        more = isinstance(number, int) and number > expected
        yield Flaw(chain, number, "gap", number - expected) if more else Flaw(chain, number, "order")
    elif link.own["previous"] != (last.hash if last else ""):
        yield Flaw(chain, number, "order")


def _itself(link: _Link, subjects: str) -> Iterator[Flaw]:
    """Whether entry, payload and subjects are what was hashed."""
    chain, number = link.own["chain"], link.own["number"]
    if link.hash != link_hash([link.own[name] for name in LINKED]):
        yield Flaw(chain, number, "entry")
    if link.own["refers_to"] is not None:
        if link.payload is not None:
            yield Flaw(chain, number, "payload")
    elif link.payload is None or payload_hash(*link.payload) != link.own["payload_hash"]:
        yield Flaw(chain, number, "payload")
    if subjects != link.own["subjects_hash"]:
        yield Flaw(chain, number, "subjects")


def _crosswise(link: _Link, known: Mapping[int, int | None]) -> Iterator[Flaw]:
    """Whether a reference stands where its entry says, and the entry where its reference says."""
    own = link.own
    if own["refers_to"] is not None:
        if link.target_hash is None or link.target_refers is not None:
            yield Flaw(own["chain"], own["number"], "nowhere")
        elif link.target_hash != own["payload_hash"]:
            yield Flaw(own["chain"], own["number"], "target")
        elif not isinstance(link.target_links, list) or own["id"] not in link.target_links:
            yield Flaw(own["chain"], own["number"], "stray")
    elif link.payload is not None and isinstance(link.payload[3], list):
        lost = sum(1 for pk in link.payload[3] if known.get(pk) != own["id"])
        if lost:
            yield Flaw(own["chain"], own["number"], "lost", lost)


def _end(last: _Link, heads: Mapping[int, Head], sealed: Sealed) -> Iterator[Flaw]:
    """Whether the chain ends where its head, and the digest, say."""
    chain, number = last.own["chain"], last.own["number"]
    head = heads.get(chain)
    if head is None:
        yield Flaw(chain, number, "headless")
    elif head.number > number:
        yield Flaw(chain, head.number, "cut", head.number - number)
    elif head.number != number or head.hash != last.hash:
        yield Flaw(chain, number, "head")
    if chain in sealed and sealed[chain][0] > number and not (head and head.number >= sealed[chain][0]):
        yield Flaw(chain, sealed[chain][0], "cut", sealed[chain][0] - number)


# --- reading the rows ---------------------------------------------------------------------------------------------

_NOBODY = subjects_hash(())
_PAYLOAD = ("sentence", "values", "lines", "links")


def _batches(only: int | None) -> Iterator[list[_Link]]:
    quote = connection.ops.quote_name
    columns = [f"e.{quote(name)}" for name in (*LINKED, "hash")] + ["p.entry_id"]
    columns += [f"p.{quote(name)}" for name in _PAYLOAD] + ["t.hash", "t.refers_to", "tp.links"]
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(columns)} FROM kernel_entry e LEFT JOIN kernel_payload p ON p.entry_id = e.id "
            "LEFT JOIN kernel_entry t ON t.id = e.refers_to LEFT JOIN kernel_payload tp ON tp.entry_id = e.refers_to "
            f"{'' if only is None else 'WHERE e.chain = %s '}ORDER BY e.chain, e.number",
            [] if only is None else [only],
        )
        while rows := cursor.fetchmany(BATCH):
            yield [_link(row) for row in rows]


def _link(row: Sequence[Any]) -> _Link:
    own = dict(zip(LINKED, row, strict=False))
    own["at"] = _moment(own["at"])
    rest = row[len(LINKED) :]
    payload = None if rest[1] is None else (rest[2], *(_json(text) for text in rest[3:6]))
    return _Link(own, rest[0], payload, rest[6], rest[7], _json(rest[8]))


def _moment(value: Any) -> Any:
    """A time as it is hashed; what is none stays as it stands there, and cannot have the right hash."""
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return str(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _json(text: Any) -> Any:
    try:
        return json.loads(text) if isinstance(text, str) else text
    except ValueError:
        return f"not JSON: {text}"


def _subjects(ids: Sequence[int]) -> dict[int, str]:
    """The hashes of the subjects of some entries, read one by one in the order in which they were hashed."""
    collation = '"C"' if connection.vendor == "postgresql" else "BINARY"
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT entry_id, kind, {connection.ops.quote_name('key')} FROM kernel_subject WHERE entry_id IN "
            f"({', '.join(['%s'] * len(ids))}) ORDER BY entry_id, kind COLLATE {collation}, 3",
            ids,
        )
        rows = (row for chunk in iter(lambda: cursor.fetchmany(BATCH), []) for row in chunk)
        return {pk: subjects_hash((row[1], row[2]) for row in group) for pk, group in groupby(rows, itemgetter(0))}


def _linked(batch: Sequence[_Link]) -> dict[int, int | None]:
    """To which entry each of the references refers that some entries name."""
    lists = [link.payload[3] for link in batch if link.payload is not None and isinstance(link.payload[3], list)]
    named = [pk for links in lists for pk in links if isinstance(pk, int)]
    return dict(Entry.objects.filter(pk__in=named).values_list("pk", "refers_to")) if named else {}


def _orphans() -> Iterator[Flaw]:
    """Payloads and subjects that belong to no entry."""
    with connection.cursor() as cursor:
        for table in ("kernel_payload", "kernel_subject"):
            cursor.execute(
                f"SELECT COUNT(*) FROM {table} o "
                "WHERE NOT EXISTS (SELECT 1 FROM kernel_entry e WHERE e.id = o.entry_id)"
            )
            count = cursor.fetchone()[0]
            if count:
                yield Flaw(0, count, "orphan", table)


def unlogged() -> Iterator[Flaw]:
    """Dated tables in which rows were recorded or voided by acts of which the log knows nothing: a tail was cut off
    with its head, or somebody wrote past the program."""
    with connection.cursor() as cursor:
        for model in [model for model in apps.get_models() if issubclass(model, Dated)]:
            for column in ("recorded_in", "voided_in"):
                cursor.execute(
                    f"SELECT COUNT(*) FROM {model._meta.db_table} d WHERE d.{column} IS NOT NULL "
                    f"AND NOT EXISTS (SELECT 1 FROM kernel_entry e WHERE e.id = d.{column})"
                )
                count = cursor.fetchone()[0]
                if count:
                    yield Flaw(0, count, "unlogged", str(model._meta.verbose_name))


# --- in words -----------------------------------------------------------------------------------------------------


def told(flaw: Flaw) -> str:
    """The flaw as a sentence: chain, number, what."""
    values = {"chain": flaw.chain, "number": flaw.number, "more": flaw.more}
    if flaw.what == "orphan":
        return _("Bảng %(more)s có %(number)s dòng không thuộc mục nhật ký nào.") % values
    if flaw.what == "unlogged":
        return _("Dữ liệu “%(more)s” có %(number)s dòng mà nhật ký không ghi việc nào đã làm ra.") % values
    if flaw.what == "gone":
        return _("Chuỗi %(chain)s: không còn mục nào.") % values
    return _("Chuỗi %(chain)s, mục %(number)s: %(what)s.") % {**values, "what": _what(flaw)}


def _what(flaw: Flaw) -> str:
    count = flaw.more if isinstance(flaw.more, int) else 0
    if flaw.what == "gap":
        return ngettext("thiếu %(n)s mục ở trước", "thiếu %(n)s mục ở trước", count) % {"n": count}
    if flaw.what == "cut":
        return ngettext("%(n)s mục cuối đã bị cắt", "%(n)s mục cuối đã bị cắt", count) % {"n": count}
    if flaw.what == "lost":
        return ngettext(
            "thiếu %(n)s mục dẫn ở chuỗi khác", "thiếu %(n)s mục dẫn ở chuỗi khác", count
        ) % {"n": count}  # fmt: skip
    return {
        "order": _("không nối với mục trước"),
        "entry": _("đã bị sửa"),
        "payload": _("nội dung đã bị sửa"),
        "subjects": _("danh sách đối tượng của việc đã bị sửa"),
        "nowhere": _("dẫn đến một mục không có"),
        "target": _("dẫn đến một mục đã bị sửa"),
        "stray": _("tự nhận là mục dẫn, mục chính không nhắc tới"),
        "headless": _("thiếu dòng ghi mục cuối của chuỗi"),
        "head": _("không khớp với dòng ghi mục cuối của chuỗi"),
        "rewritten": _("khác với bản niêm; chuỗi đã bị viết lại từ mục này hoặc trước đó"),
    }[flaw.what]
