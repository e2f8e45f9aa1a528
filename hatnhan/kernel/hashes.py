"""What the log's chains are made of: which columns are hashed, and how. Whoever changes this changes every entry."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

# The columns under an entry's hash: all but the hash itself.
LINKED = (
    "id", "chain", "number", "code", "unit_id", "account", "actor", "at", "reason", "request_id", "refers_to",
    "payload_hash", "subjects_hash", "previous",
)  # fmt: skip


def link_hash(values: Sequence[Any]) -> str:
    """The hash of an entry: over the values of its columns `LINKED`, the hash before it among them; times in UTC."""
    own = [value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value for value in values]
    return _hash(own)


def payload_hash(sentence: str, values: Any, lines: Any, links: Any) -> str:
    """The hash of what an act said, in one spelling of its JSON."""
    return _hash({"sentence": sentence, "values": values, "lines": lines, "links": links})


def subjects_hash(subjects: Iterable[tuple[str, int]]) -> str:
    """The hash of whom an act was about, in the order of kind and key; taken in one by one."""
    made = hashlib.sha256()
    for kind, key in subjects:
        made.update(json.dumps([kind, key], ensure_ascii=False).encode() + b"\n")
    return made.hexdigest()


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
