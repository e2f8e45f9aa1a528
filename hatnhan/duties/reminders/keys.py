"""The installation's key for web push: a file of its own, readable by its owner alone."""

import base64
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

BYTES = 32


def write_key(path: Path) -> bool:
    """Make the file, mode 0600, with a fresh private key. Returns False, and changes nothing, when it exists."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    text = base64.urlsafe_b64encode(number.to_bytes(BYTES, "big")).rstrip(b"=").decode()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"HATNHAN_PUSH_KEY={text}\n")
    return True
