"""Open a file that somebody gave us: its size and kind are checked, then a process of its own reads it."""

import errno
import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from hatnhan.kernel.sheets import kinds
from hatnhan.kernel.sheets.book import Book, Merge, Sheet, Spool, SpooledRows
from hatnhan.kernel.sheets.kinds import Unreadable, refusal
from hatnhan.kernel.sheets.spooling import DISK_FULL, PASSWORD, TOO_MUCH, TRAILER

__all__ = ["Limits", "Unreadable", "read"]

MB = 1 << 20
ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Limits:
    """What one file may cost. Bytes and seconds."""

    file: int = 50 * MB
    unpacked: int = 600 * MB
    part_ratio: int = 200
    part_small: int = 10 * MB
    memory: int = 1024 * MB
    output: int = 512 * MB
    processor: int = 60
    seconds: int = 120


def read(source: Path | str | bytes, *, name: str, limits: Limits | None = None) -> Book:
    """Read a spreadsheet: XLSX, XLS, ODS, or text with separators. Raises `Unreadable` with a sentence.

    `name` is the file's name as its owner knows it. The rows stay in a temporary file while the book is in use.
    """
    try:
        return _read(source, name, limits or Limits())
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise refusal(name, _("không có tệp này hoặc không được phép đọc.")) from error
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise _full(name) from error


def _read(source: Path | str | bytes, name: str, limits: Limits) -> Book:
    with _on_disk(source, name, limits) as path:
        kind = kinds.kind_of(path, name)
        if kind in ("xlsx", "xlsb", "ods"):
            kinds.check_unpacked(path, name, most=limits.unpacked, ratio=limits.part_ratio, small=limits.part_small)
        with tempfile.TemporaryFile(prefix="hatnhan-sheet-") as output:
            _run(kind, path, name, limits, output)
            return _book(name, kind, output)


@contextmanager
def _on_disk(source: Path | str | bytes, name: str, limits: Limits) -> Iterator[Path]:
    size = len(source) if isinstance(source, bytes) else Path(source).stat().st_size
    if size > limits.file:
        raise refusal(
            name,
            _("tệp nặng %(size)s MB, chỉ nhận đến %(most)s MB. Hãy chia thành nhiều tệp hoặc bỏ hình ảnh trong tệp.")
            % {"size": -(-size // MB), "most": limits.file // MB},
        )
    if not isinstance(source, bytes):
        yield Path(source).resolve()
        return
    with tempfile.NamedTemporaryFile(prefix="hatnhan-sheet-") as file:
        file.write(source)
        file.flush()
        yield Path(file.name)


def _run(kind: str, path: Path, name: str, limits: Limits, output: IO[bytes]) -> None:
    command = [sys.executable, "-s", "-m", "hatnhan.kernel.sheets.child", kind, str(path)]
    bounds = [str(limits.memory), str(limits.processor), str(limits.output)]
    try:
        done = subprocess.run(
            command + bounds,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={"LANG": "C.UTF-8", "RUST_BACKTRACE": "0"},
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much(name) from error
    if done.returncode == PASSWORD:
        raise kinds.locked(name)
    if done.returncode == DISK_FULL:
        raise _full(name)
    if done.returncode in (TOO_MUCH, -signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV):
        raise _too_much(name)
    if done.returncode != 0:
        raise refusal(name, _("tệp bị hỏng. Hãy mở bằng Excel, lưu thành tệp mới rồi tải lên."))


def _too_much(name: str) -> Unreadable:
    return refusal(
        name,
        _(
            "tệp quá lớn khi mở ra, có thể có ô ở rất xa vùng dữ liệu. "
            "Hãy chép riêng bảng danh sách sang một tệp mới rồi tải lên."
        ),
    )


def _full(name: str) -> Unreadable:
    return refusal(name, _("ổ đĩa của máy chủ đã đầy, chưa đọc được. Hãy báo người quản trị."))


def _book(name: str, kind: str, output: IO[bytes]) -> Book:
    end = output.seek(-TRAILER, 2)
    output.seek(-TRAILER, 2)
    position = int(output.read(TRAILER))
    output.seek(position)
    told: dict[str, Any] = json.loads(output.read(end - position))
    spool = Spool(output)
    sheets = tuple(_sheet(about, spool) for about in told["sheets"])
    if not any(sheet.rows for sheet in sheets):
        raise refusal(name, _("tệp không có dòng nào."))
    return Book(name, sheets, epoch=told["epoch"], kind=kind, encoding=told.get("encoding", ""))


def _sheet(about: dict[str, Any], spool: Spool) -> Sheet:
    return Sheet(
        name=about["name"],
        rows=SpooledRows(spool, about["start"], about["end"], about["count"]),
        visible=about.get("visible", True),
        merged=tuple(
            Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in about.get("merged", [])
        ),
        hidden_rows=about.get("hidden_rows", 0),
        uncounted=tuple(about.get("uncounted", [])),
    )
