"""The back-up file: a ZIP whose last member, the manifest, names every other with its size and SHA-256.

    database.sqlite3         SQLite: the database as one file
    tables/NAME.copy         PostgreSQL: each table as COPY writes it
    files/…  digests/…       stored files, digests of the log
    manifest.json            which version, which migrations, which field key (its fingerprint only), what was packed

A file that was cut has no list of members; one that was changed has another hash. Both are refused before anything is
touched."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext as _

MANIFEST = "manifest.json"
LAYOUT = 1
BLOCK = 1 << 20
FOLDERS = ("files", "digests")
DATABASE, TABLES = "database.sqlite3", "tables"


class BadArchive(Exception):
    """The file is no back-up, or is not whole; the message is a translated sentence."""


@dataclass
class Manifest:
    """What a back-up says of itself. `at` is ISO 8601; `migrations` are (app, name); `key` is the field key's
    fingerprint; `parts` are {member: {"size": bytes, "sha256": …}}; `columns` and `sequences` are PostgreSQL's."""

    at: str
    program: str
    engine: str
    migrations: list[list[str]]
    key: str
    demo: bool = False
    layout: int = LAYOUT
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes of everything unpacked."""
        return sum(int(part["size"]) for part in self.parts.values())


class Writer:
    """Packs members one after another and keeps their hashes."""

    def __init__(self, target: zipfile.ZipFile, manifest: Manifest) -> None:
        self.zip, self.manifest = target, manifest

    def add(self, name: str, blocks: Iterable[bytes | memoryview]) -> None:
        """One member from its blocks."""
        made, size = hashlib.sha256(), 0
        with self.zip.open(name, "w", force_zip64=True) as member:
            for block in blocks:
                made.update(block)
                size += len(block)
                member.write(block)
        self.manifest.parts[name] = {"size": size, "sha256": made.hexdigest()}

    def add_file(self, name: str, path: Path) -> None:
        """One member from a file; a file that has gone meanwhile is left out."""
        try:
            with path.open("rb") as file:
                self.add(name, _blocks(file))
        except FileNotFoundError:
            return

    def add_folder(self, name: str, folder: Path) -> None:
        """Every file below a folder; links are not followed."""
        found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
        for path in found:
            self.add_file(f"{name}/{path.relative_to(folder).as_posix()}", path)


@contextmanager
def packed(path: Path, manifest: Manifest) -> Iterator[Writer]:
    """A new back-up at the path, for its owner alone; it appears whole or not at all, and replaces nothing."""
    if path.exists():
        raise BadArchive(_("Đã có tệp %(file)s; hãy chọn tên khác.") % {"file": path})
    fresh = path.with_name(path.name + ".part")
    try:
        with os.fdopen(os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
                yield Writer(target, manifest)
                target.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
            file.flush()
            os.fsync(file.fileno())
        os.link(fresh, path)
    except FileExistsError as error:
        raise BadArchive(_("Đã có tệp %(file)s; hãy chọn tên khác.") % {"file": path}) from error
    except OSError as error:
        told = {"file": path, "why": error.strerror or error}
        raise BadArchive(_("Không ghi được %(file)s: %(why)s.") % told) from error
    finally:
        fresh.unlink(missing_ok=True)


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A back-up whose every member was read and has the hash that the manifest names. Raises `BadArchive`."""
    try:
        with zipfile.ZipFile(path) as source:
            manifest = _manifest(source, path)
            for name, part in manifest.parts.items():
                _compare(source, name, part, path)
            yield source, manifest
    except FileNotFoundError as error:
        raise BadArchive(_("Không có tệp %(file)s.") % {"file": path}) from error
    except (zipfile.BadZipFile, EOFError) as error:
        raise _damaged(path) from error


def unpack(source: zipfile.ZipFile, name: str, target: Path) -> None:
    """Write one member to a path."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with source.open(name) as member, os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        for block in _blocks(member):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _manifest(source: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        said = json.loads(source.read(MANIFEST))
        if said["layout"] != LAYOUT:
            raise BadArchive(_("%(file)s do một phiên bản mới hơn ghi; hãy cài phiên bản đó.") % {"file": path})
        manifest = Manifest(**said)
        within = all(_within(name) and {"size", "sha256"} <= set(part) for name, part in manifest.parts.items())
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadArchive(_("%(file)s không phải là bản sao lưu của Hạt Nhân.") % {"file": path}) from error
    if not within or set(source.namelist()) != {*manifest.parts, MANIFEST}:
        raise _damaged(path)
    return manifest


def _within(name: str) -> bool:
    """Members lie where they belong and nowhere else."""
    parts = PurePosixPath(name).parts
    return name == DATABASE or (len(parts) > 1 and parts[0] in (*FOLDERS, TABLES) and ".." not in parts)


def _compare(source: zipfile.ZipFile, name: str, part: dict[str, Any], path: Path) -> None:
    made, size = hashlib.sha256(), 0
    try:
        with source.open(name) as member:
            for block in _blocks(member):
                made.update(block)
                size += len(block)
                if size > part["size"]:
                    break
    except Exception as error:  # whatever a damaged stream makes the unpacker say
        raise _damaged(path) from error
    if (size, made.hexdigest()) != (part["size"], part["sha256"]):
        raise _damaged(path)


def _damaged(path: Path) -> BadArchive:
    return BadArchive(_("Bản sao lưu %(file)s bị hỏng hoặc bị cắt; chưa có gì bị thay đổi.") % {"file": path})


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    read: Callable[[], bytes] = lambda: file.read(BLOCK)  # noqa: E731
    return iter(read, b"")
