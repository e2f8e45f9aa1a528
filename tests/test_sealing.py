"""A back-up under a passphrase comes back whole or not at all."""

from pathlib import Path

import pytest

from hatnhan.config.backup.archive import BadArchive
from hatnhan.config.backup.sealing import BLOCK, MAGIC, PREFIX, SALT, TAG, is_sealed, seal, unsealed

WORDS = "mười hai con giáp"
HEAD = len(MAGIC) + SALT + PREFIX


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """Three blocks and a bit."""
    clear = tmp_path / "clear"
    clear.write_bytes(bytes(range(256)) * (3 * BLOCK // 256) + b"end")
    seal(clear, tmp_path / "sealed", WORDS)
    return tmp_path / "sealed"


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK])
def test_every_size_comes_back(tmp_path: Path, size: int) -> None:
    clear = tmp_path / "clear"
    clear.write_bytes(b"x" * size)
    seal(clear, tmp_path / "sealed", WORDS)
    assert is_sealed(tmp_path / "sealed")
    assert not is_sealed(clear)
    with unsealed(tmp_path / "sealed", WORDS, tmp_path) as found:
        assert found.read_bytes() == clear.read_bytes()
        place = found
    assert not place.exists()
    assert (tmp_path / "sealed").stat().st_mode & 0o077 == 0


def damaged(sealed: Path, how: str) -> None:
    body = bytearray(sealed.read_bytes())
    first, second = HEAD, HEAD + BLOCK + TAG
    if how == "changed":
        body[second + 5] ^= 1
    elif how == "cut":
        del body[second:]
    elif how == "cut_within":
        del body[-1:]
    elif how == "swapped":
        one, other = body[first:second], body[second : second + BLOCK + TAG]
        body[first:second], body[second : second + BLOCK + TAG] = other, one
    elif how == "head":
        del body[HEAD - 3 :]
    sealed.write_bytes(bytes(body))


@pytest.mark.parametrize("how", ["changed", "cut", "cut_within", "swapped", "head"])
def test_what_is_not_whole_is_refused_and_nothing_is_left(sealed: Path, tmp_path: Path, how: str) -> None:
    damaged(sealed, how)
    with pytest.raises(BadArchive), unsealed(sealed, WORDS, tmp_path):
        raise AssertionError
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clear", "sealed"]


def test_another_passphrase_opens_nothing(sealed: Path, tmp_path: Path) -> None:
    with pytest.raises(BadArchive, match="không đúng"), unsealed(sealed, WORDS + "!", tmp_path):
        raise AssertionError


def test_a_short_passphrase_and_a_file_that_is_there_are_refused(sealed: Path, tmp_path: Path) -> None:
    with pytest.raises(BadArchive, match="ít nhất 12"):
        seal(tmp_path / "clear", tmp_path / "other", "ngắn")
    with pytest.raises(BadArchive, match="đã có"):
        seal(tmp_path / "clear", sealed, WORDS)
