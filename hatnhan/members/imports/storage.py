"""Uploaded lists on disk, readable by this program alone: a folder each, with the file and the preview."""

import errno
import os
import secrets
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

FILE = "list"
_HEX = frozenset("0123456789abcdef")


class NotStored(Exception):
    """The upload could not be kept; the message is a translated sentence. Nothing of it is left."""


def folder(stored: str) -> Path:
    """Where an upload lies. ValueError for a name that is none of ours."""
    if not stored or set(stored) - _HEX:
        raise ValueError(stored)
    return Path(settings.MEDIA_ROOT) / "imports" / stored


def path_of(stored: str) -> Path:
    """The uploaded file."""
    return folder(stored) / FILE


def store(chunks: Iterable[bytes]) -> str:
    """Keep a file; returns its name here. Raises `NotStored` when the disk is full or not writable."""
    stored = secrets.token_hex(16)
    place = folder(stored)
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.mkdir(mode=0o700)
        with open_private(place / FILE) as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        shutil.rmtree(place, ignore_errors=True)
        raise NotStored(not_stored(error)) from error
    return stored


def open_private(path: Path) -> BinaryIO:
    """A new file that only this program may read, open for writing bytes."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def not_stored(error: OSError) -> str:
    """What to tell whoever uploaded."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _(
            "Ổ đĩa của máy chủ đã đầy nên chưa nhận được tệp; tệp của đồng chí vẫn nguyên. Hãy báo người quản trị."
        )
    return _("Máy chủ chưa ghi được tệp (%(why)s); tệp của đồng chí vẫn nguyên. Hãy báo người quản trị.") % {
        "why": error.strerror or error.__class__.__name__
    }


def leftovers(known: set[str], before: datetime) -> list[str]:
    """Uploads that no row knows and that were last touched before a moment."""
    place = Path(settings.MEDIA_ROOT) / "imports"
    found = [path for path in place.iterdir() if path.is_dir()] if place.is_dir() else []
    return sorted(path.name for path in found if path.name not in known and path.stat().st_mtime < before.timestamp())


def remove(stored: str) -> None:
    """Delete an upload and its preview."""
    shutil.rmtree(folder(stored), ignore_errors=True)
