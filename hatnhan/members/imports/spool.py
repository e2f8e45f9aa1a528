"""What a plan keeps of its rows until they are written: on disk, so that a list of any length needs little memory."""

import marshal
import os
import tempfile
import weakref
from collections.abc import Collection, Iterator
from datetime import date
from typing import IO, Any

from hatnhan.kernel.known import Known
from hatnhan.members.actions.loading import Newcomer


class Newcomers(Collection[Newcomer]):
    """New people in the order of their rows, written to a temporary file and read from there in blocks."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._count = 0
        self._buffer: list[tuple[Any, ...]] = []
        self._blocks: list[tuple[int, int]] = []
        self._file: IO[bytes] | None = None
        self._end = 0

    def add(self, one: Newcomer) -> int:
        """Keep one; returns its place."""
        values = {name: value.iso if isinstance(value, Known) else value for name, value in one.values.items()}
        dates = tuple(name for name, value in one.values.items() if isinstance(value, Known))
        said = (one.numbers, one.participation, one.key, one.digests)
        self._buffer.append((one.unit_id, one.name, one.standing, one.came, values, dates, *said))
        self._count += 1
        if len(self._buffer) == 500:
            self._write()
        return self._count - 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Newcomer]:
        self._write()
        for start, size in self._blocks:
            written = os.pread(self._opened().fileno(), size, start)
            yield from map(self._read, marshal.loads(written))  # noqa: S302 - nobody else writes this file

    def __contains__(self, one: object) -> bool:
        return any(one == other for other in self)

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="hatnhan-import-")  # noqa: SIM115 - read until the plan goes
            weakref.finalize(self, self._file.close)
        return self._file

    def _write(self) -> None:
        if self._buffer:
            written, file = marshal.dumps(self._buffer), self._opened()
            file.write(written)
            file.flush()
            self._blocks.append((self._end, len(written)))
            self._end += len(written)
            self._buffer = []

    def _read(self, kept: tuple[Any, ...]) -> Newcomer:
        unit_id, name, standing, came, values, dates, numbers, participation, key, digests = kept
        for field in dates:
            values[field] = Known(values[field])
        return Newcomer(unit_id, self.on, name, standing, came, values, numbers, participation, key, digests)
