"""The effects of a plan as the page shows them, kept beside the upload: lines on disk, and where each begins, so that
one page of a long list is read without the others."""

import json
import os
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from .running import AnyPlan, Words, lines_of
from .storage import folder, open_private

LINES, WORDS, INDEX = "lines", "words", "index"
EVERY = "all"
OUTCOMES = ("new", "changed", "unchanged", "question", "refused")


@dataclass(frozen=True)
class Shown:
    """One row of the preview."""

    row: int
    outcome: str
    name: str
    birth: str
    problems: list[str]
    notes: list[str]
    words: Words
    person_id: int | None


class Recorder:
    """Keeps the changes of each row in words while a plan is made, and then the whole preview."""

    def __init__(self, stored: str) -> None:
        self.place = folder(stored)
        self.words: BinaryIO = open_private(self.place / WORDS)

    def tell(self, words: Words) -> None:
        """The changes of the next row."""
        self.words.write(json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")

    def finish(self, plan: AnyPlan) -> None:
        """Write the preview of the plan."""
        self.words.close()
        offsets = {outcome: array("q") for outcome in (EVERY, *OUTCOMES)}
        position = 0
        with open_private(self.place / f"{LINES}.new") as file, (self.place / WORDS).open("rb") as words:
            for line, said in zip(lines_of(plan), words, strict=True):
                kept = [
                    line.row, line.outcome, line.name, getattr(line, "birth", "") or getattr(line, "code", ""),
                    line.problems, line.notes, getattr(line, "person_id", None),
                ]  # fmt: skip
                written = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode() + b"\t" + said
                offsets[EVERY].append(position)
                offsets[line.outcome].append(position)
                file.write(written)
                position += len(written)
        for outcome, places in offsets.items():
            with open_private(self.place / f"{INDEX}-{outcome}") as file:
                file.write(places.tobytes())
        (self.place / f"{LINES}.new").replace(self.place / LINES)
        (self.place / WORDS).unlink()


def page(stored: str, outcome: str, start: int, size: int) -> list[Shown]:
    """Some rows of one outcome (or of all), from the `start`-th on."""
    place = folder(stored)
    index = place / f"{INDEX}-{outcome if outcome in OUTCOMES else EVERY}"
    if not index.exists():
        return []
    with index.open("rb") as file:
        places = array("q", os.pread(file.fileno(), size * 8, start * 8))
    with (place / LINES).open("rb") as file:
        return [_shown(_line_at(file, position)) for position in places]


def every(stored: str) -> Iterator[Shown]:
    """All rows, in their order."""
    path = folder(stored) / LINES
    if path.exists():
        with path.open("rb") as file:
            for line in file:
                yield _shown(line)


def _line_at(file: BinaryIO, position: int) -> bytes:
    file.seek(position)
    return file.readline()


def _shown(line: bytes) -> Shown:
    kept, _tab, said = line.partition(b"\t")
    row, outcome, name, birth, problems, notes, person_id = json.loads(kept)
    words: Any = [tuple(one) for one in json.loads(said)]
    return Shown(row, outcome, name, birth, problems, notes, words, person_id)


def exists(stored: str) -> bool:
    """Whether there is a preview."""
    return bool(stored) and Path(folder(stored) / LINES).exists()
