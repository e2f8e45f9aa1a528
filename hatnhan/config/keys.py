"""The two keys of an installation: `secrets.env` in the data directory, readable by its owner alone."""

import os
import secrets
from pathlib import Path

NAMES = ("HATNHAN_SECRET_KEY", "HATNHAN_FIELD_KEY")


def read_keys(path: Path) -> dict[str, str]:
    """The `NAME=value` lines of the file; empty when there is no file. Blank lines and `#` lines are skipped."""
    if not path.exists():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _sign, value in pairs}


def write_keys(path: Path) -> bool:
    """Make the file, mode 0600, with two fresh keys of 384 random bits. Returns False, and changes nothing, when it
    exists."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(
            "# Keep a copy elsewhere: without HATNHAN_FIELD_KEY card and personal numbers cannot be read again.\n"
        )
        file.writelines(f"{name}={secrets.token_urlsafe(48)}\n" for name in NAMES)
    return True
