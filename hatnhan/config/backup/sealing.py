"""A back-up under a passphrase: the file in blocks, each encrypted and bound to its place, so that a wrong passphrase,
a changed, moved or missing block and a cut file are all found.

    hatnhan sealed 1 | salt (16) | prefix (7) | blocks of at most 64 KiB, each with its tag

The key is scrypt's (n = 2^17, r = 8, p = 1: 128 MB and about half a second). Blocks are AES-256-GCM in the STREAM
construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015, as `age` and Tink use it): the nonce is the prefix, the block's
number and whether it is the last."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.utils.translation import gettext as _

from .archive import BadArchive

MAGIC = b"hatnhan sealed 1\n"
SALT, PREFIX, TAG = 16, 7, 16
BLOCK = 65_536
SHORTEST = 12


def is_sealed(path: Path) -> bool:
    """True for a file that needs a passphrase."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def seal(source: Path, target: Path, passphrase: str) -> None:
    """Encrypt a file into a new one that only its owner reads. Raises `BadArchive` when it cannot be written, and for a
    passphrase shorter than `SHORTEST` characters."""
    if len(passphrase) < SHORTEST:
        raise BadArchive(_("Cụm mật khẩu phải có ít nhất %(n)s ký tự.") % {"n": SHORTEST})
    salt, prefix = os.urandom(SALT), os.urandom(PREFIX)
    cipher = _cipher(passphrase, salt)
    try:
        with source.open("rb") as file, _private(target) as out:
            out.write(MAGIC + salt + prefix)
            for number, block, last in _blocks(file, BLOCK):
                out.write(cipher.encrypt(_nonce(prefix, number, last), block, None))
            out.flush()
            os.fsync(out.fileno())
    except FileExistsError as error:
        raise BadArchive(_("Tệp %(file)s đã có; hãy chọn tên khác.") % {"file": target}) from error
    except OSError as error:
        target.unlink(missing_ok=True)
        raise BadArchive(_("Không ghi được %(file)s: %(why)s.") % {"file": target, "why": error.strerror}) from error


@contextmanager
def unsealed(path: Path, passphrase: str, folder: Path) -> Iterator[Path]:
    """The file in clear, in the folder, for as long as it is needed. Raises `BadArchive` for a wrong passphrase and for
    a file that is not whole."""
    with TemporaryDirectory(dir=folder, prefix="unsealed-") as aside:
        clear = Path(aside) / "backup"
        _open(path, clear, passphrase)
        yield clear


def _open(path: Path, clear: Path, passphrase: str) -> None:
    with path.open("rb") as file, _private(clear) as out:
        head = file.read(len(MAGIC) + SALT + PREFIX)
        salt, prefix = head[len(MAGIC) : -PREFIX], head[-PREFIX:]
        if len(head) < len(MAGIC) + SALT + PREFIX:
            raise BadArchive(_not_whole())
        cipher, any_block = _cipher(passphrase, salt), False
        for number, block, last in _blocks(file, BLOCK + TAG):
            try:
                out.write(cipher.decrypt(_nonce(prefix, number, last), block, None))
            except InvalidTag as error:
                raise BadArchive(_not_whole() if any_block else _wrong()) from error
            any_block = True


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**17, r=8, p=1).derive(passphrase.encode()))


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _blocks(file: IO[bytes], size: int) -> Iterator[tuple[int, bytes, bool]]:
    """(number, block, whether it is the last) of a file; of an empty one a single empty block."""
    number, block = 0, file.read(size)
    while True:
        following = file.read(size) if len(block) == size else b""
        yield number, block, not following
        if not following:
            return
        number, block = number + 1, following


def _wrong() -> str:
    return _("Cụm mật khẩu không đúng, hoặc tệp sao lưu đã bị thay đổi. Chưa có gì bị thay đổi ở đây.")


def _not_whole() -> str:
    return _("Tệp sao lưu không còn nguyên vẹn (bị cắt hoặc bị thay đổi). Chưa có gì bị thay đổi ở đây.")
