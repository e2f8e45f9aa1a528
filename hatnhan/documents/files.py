"""Files of papers on disk, each under its SHA-256, and what a file is by its content, whatever its name says."""

import hashlib
import io
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from hatnhan.kernel.refusal import Reason, Refused

MEGABYTE = 1_000_000
MOST_BYTES = 25 * MEGABYTE
MOST_UNPACKED = 400 * MEGABYTE
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "heic": "image/heic",
}
PICTURES = frozenset({"jpeg", "png", "webp", "heic"})
PAPERS = frozenset({"pdf", "docx", "xlsx", *PICTURES})
SCANS = frozenset({"pdf", *PICTURES})
WORDS = {"pdf": "PDF", "docx": "DOCX", "xlsx": "XLSX", "jpeg": "JPG", "png": "PNG", "webp": "WEBP", "heic": "HEIC"}


@dataclass(frozen=True)
class Given:
    """A file as it was handed over."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Kept:
    """A file that lies on disk."""

    name: str
    kind: str
    size: int
    sha256: str


def kind_of(content: bytes) -> str:
    """What the content is; empty for anything that is not taken, workbooks and documents with macros among it."""
    head = content[:16]
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"msf1"):
        return "heic"
    return _packed(content) if head.startswith(b"PK\x03\x04") else ""


def _packed(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = {one.filename for one in packed.infolist()}
            large = sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""
    if large or "[Content_Types].xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
        return ""
    return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else ""


def checked(given: Given, allowed: frozenset[str] = PAPERS, field: str = "file") -> str:
    """The kind of a file that may be kept. Refuses an empty one, one that is too large, one of another kind."""
    told = {"name": given.name[:80], "most": MOST_BYTES // MEGABYTE, "size": -(-len(given.content) // MEGABYTE)}
    if not given.content:
        raise Refused(Reason("empty", _("Tệp “%(name)s” trống.") % told, field=field))
    if len(given.content) > MOST_BYTES:
        text = _("Tệp “%(name)s” dài %(size)s MB; mỗi tệp nhiều nhất %(most)s MB. Hãy chụp hoặc quét nhỏ lại.")
        raise Refused(Reason("large", text % told, field=field))
    kind = kind_of(given.content)
    if kind not in allowed:
        told["kinds"] = ", ".join(WORDS[one] for one in WORDS if one in allowed)
        text = _("Tệp “%(name)s” không thuộc loại được nhận (xem theo nội dung, không theo tên). Được nhận: %(kinds)s.")
        raise Refused(Reason("kind", text % told, field=field))
    return kind


def keep(given: Given, kind: str) -> Kept:
    """Lay a checked file on disk, for this program alone. The same content lies there once."""
    made = hashlib.sha256(given.content).hexdigest()
    path = path_of(made)
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}.part")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(given.content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    return Kept(given.name[-160:], kind, len(given.content), made)


def path_of(sha256: str) -> Path:
    """Where a content lies. ValueError for what is no hash."""
    if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
        raise ValueError(sha256)
    return Path(settings.MEDIA_ROOT) / "papers" / sha256[:2] / sha256


def read(sha256: str) -> bytes:
    """A content. Raises FileNotFoundError when it is gone, ValueError when it is not what was kept."""
    content = path_of(sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError(sha256)
    return content
