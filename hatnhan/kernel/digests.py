"""The daily digest: the head of every chain with its time and hash in a small text file, chained to the one before it.

Whoever can write the database can cut off a chain's tail and set its head back. A digest that lies elsewhere (printed,
sent to the superior, on another disk) is what finds it: all up to the digest must be there still and be the same.

    hatnhan-digest  1  2026-11-27T02:00:00+07:00  <SHA-256 of the former file, or ->
    <chain>  <number>  <hash>  <time of that entry>            one line per chain
    seal  <SHA-256 of all the lines above>                      columns are parted by tabs
"""

import hashlib
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from .chains import Sealed
from .figures import snapshot

MARK, LAYOUT, SEAL = "hatnhan-digest", "1", "seal"


class BadDigest(Exception):
    """The file is no digest, or was changed or cut; the message is a translated sentence."""


@dataclass(frozen=True)
class Digest:
    """A digest as it was read. `former` is the hash of the file before it, empty for the first."""

    at: datetime
    former: str
    heads: Sealed = field(default_factory=dict)


def folder() -> Path:
    """Where digests lie, the oldest first by name."""
    return Path(settings.HATNHAN_DIGESTS)


def files(place: Path | None = None) -> list[Path]:
    """The digests of a folder, the oldest first."""
    return sorted((place or folder()).glob("*.digest"))


def draw_up(now: datetime | None = None) -> Path:
    """Write today's digest into the folder and return its path. It appears whole or not at all."""
    place = folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    before = files(place)
    at = timezone.localtime(now)
    text = as_text(at, _hash(before[-1].read_bytes()) if before else "")
    path = place / f"{at:%Y-%m-%dT%H%M%S-%f}.digest"
    write(path, text)
    return path


def write(path: Path, text: str) -> None:
    """Put a digest at a path, for its owner alone, in one step."""
    fresh = path.with_name(path.name + ".part")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def as_text(at: datetime, former: str) -> str:
    """The digest of this moment."""
    lines = ["\t".join((MARK, LAYOUT, at.isoformat(timespec="seconds"), former or "-"))]
    with snapshot(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.chain, h.number, h.hash, e.at FROM kernel_head h "
            "LEFT JOIN kernel_entry e ON e.chain = h.chain AND e.number = h.number ORDER BY h.chain"
        )
        for chain, number, sealed, moment in cursor.fetchall():
            lines.append("\t".join((str(chain), str(number), sealed, str(moment or "-"))))
    body = "\n".join(lines) + "\n"
    return f"{body}{SEAL}\t{_hash(body.encode())}\n"


def read(path: Path) -> Digest:
    """A digest file. Raises `BadDigest` when it is none, or is not whole."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadDigest(_("Không đọc được tệp niêm %(file)s.") % {"file": path}) from error
    body, found, seal = text.rpartition(f"{SEAL}\t")
    if not text.startswith(MARK):
        raise BadDigest(_("%(file)s không phải là bản niêm nhật ký.") % {"file": path})
    if not found or seal.strip() != _hash(body.encode()):
        raise BadDigest(_("Bản niêm %(file)s đã bị sửa hoặc bị cắt; hãy dùng bản lưu ở nơi khác.") % {"file": path})
    try:
        first, *rest = (line.split("\t") for line in body.splitlines())
        heads = {int(chain): (int(number), sealed) for chain, number, sealed, _at in rest}
        return Digest(datetime.fromisoformat(first[2]), first[3].replace("-", ""), heads)
    except (ValueError, IndexError) as error:
        raise BadDigest(_("Bản niêm %(file)s viết theo cách không đọc được.") % {"file": path}) from error


def broken(place: Path | None = None) -> list[str]:
    """What does not hold among the digests of the folder themselves, in words: one changed, cut, or taken away."""
    told: list[str] = []
    before = ""
    for number, path in enumerate(files(place)):
        try:
            one = read(path)
        except BadDigest as error:
            told.append(str(error))
        else:
            if number and one.former != before:
                told.append(_("Bản niêm %(file)s không nối với bản trước nó.") % {"file": path.name})
        before = _hash(path.read_bytes())
    return told


def last(place: Path | None = None) -> Digest | None:
    """The newest digest of the folder that can be read; None without one."""
    for path in reversed(files(place)):
        try:
            return read(path)
        except BadDigest:
            continue
    return None


def _hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
