"""A back-up is made while the installation runs: one moment of the database, then the files that it may name."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from hatnhan.kernel.secrets import fingerprint

from . import postgres
from .archive import DATABASE, BadArchive, Manifest, Writer, packed
from .sealing import seal


def backup(path: Path, *, key_lost: bool = False) -> Manifest:
    """Pack everything but the keys into a new file, which names the field key's fingerprint, or none when that key is
    lost. Raises `BadArchive` when it cannot be written, `KeyProblem` without a field key."""
    manifest = Manifest(
        at=timezone.localtime().isoformat(timespec="seconds"), program=version("hatnhan"), engine=connection.vendor,
        migrations=[], key="" if key_lost else fingerprint(), demo=settings.HATNHAN_DEMO,
    )  # fmt: skip
    with packed(path, manifest) as writer:
        if connection.vendor == "sqlite":
            _sqlite(path, writer)
        else:
            postgres.dump(writer)
        writer.add_folder("files", Path(settings.MEDIA_ROOT))
        writer.add_folder("digests", Path(settings.HATNHAN_DIGESTS))
    return manifest


def sealed_backup(path: Path, passphrase: str, *, key_lost: bool = False) -> Manifest:
    """The same, encrypted under a passphrase; without one in clear. Raises `BadArchive` and `KeyProblem`."""
    if not passphrase:
        return backup(path, key_lost=key_lost)
    if path.exists():
        raise BadArchive(_("Tệp %(file)s đã có; hãy chọn tên khác.") % {"file": path})
    try:
        with TemporaryDirectory(dir=path.parent, prefix=f"{path.name}.") as aside:
            clear = Path(aside) / "clear"
            manifest = backup(clear, key_lost=key_lost)
            seal(clear, path, passphrase)
    except OSError as error:
        raise BadArchive(_("Không ghi được %(file)s: %(why)s.") % {"file": path, "why": error.strerror}) from error
    return manifest


def _sqlite(path: Path, writer: Writer) -> None:
    """By SQLite's own back-up, in one step: writers go on, the copy is of one moment."""
    with TemporaryDirectory(dir=path.parent, prefix=f"{path.name}.") as aside:
        copy = Path(aside) / DATABASE
        connection.ensure_connection()
        with _other(copy) as target:
            connection.connection.backup(target)
            writer.manifest.migrations = [
                list(row) for row in target.execute("SELECT app, name FROM django_migrations ORDER BY id")
            ]
        writer.add_file(DATABASE, copy)


@contextmanager
def _other(path: Path) -> Iterator[sqlite3.Connection]:
    found = sqlite3.connect(path)
    try:
        yield found
    finally:
        found.close()
