"""Lists for tests of imports: written as files, read by the command or handed over on a page."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command
from django.test import Client

from tests.fixtures.lists import Cell
from tests.fixtures.sheets import write_csv, write_xlsx

HEAD: list[Cell] = [
    "STT",
    "Họ và tên",
    "Giới tính",
    "Ngày sinh",
    "Ngày vào Đảng",
    "Ngày chính thức",
    "Số thẻ",
    "Chi bộ",
]
DUNG: list[Cell] = [1, "Cao Văn Dũng", "Nam", "12/4/1960", "3/2/1985", "3/2/1986", "091060000411", "Chi bộ thôn Hai"]
LUA: list[Cell] = [2, "Võ Thị Lụa", "Nữ", "1964", "19/5/1999", "19/5/2000", "091164000412", "Chi bộ thôn Ba"]


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    code: int
    text: str

    @property
    def told(self) -> dict[str, Any]:
        """The printed JSON."""
        found: dict[str, Any] = json.loads(self.text)
        return found

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        """New, changed, unchanged, questions, refused."""
        told = self.told
        return told["new"], told["changed"], told["unchanged"], told["questions"], told["refused"]

    def problems(self, row: int) -> str:
        """All that is said about a row."""
        return " ".join(next(one["problems"] for one in self.told["rows"] if one["row"] == row))


def ran(*words: str) -> Ran:
    """Run `hatnhan WORDS` within the test."""
    out = io.StringIO()
    try:
        call_command(*words, stdout=out)
    except CommandError as error:
        return Ran(error.returncode, out.getvalue() + str(error))
    except SystemExit as ended:
        return Ran(int(ended.code or 0), out.getvalue())
    return Ran(0, out.getvalue())


def import_members(path: Path, unit: str = "91.001", *words: str) -> Ran:
    """Import a list of members as of the day of the tests' world."""
    return ran("import", "members", str(path), "--unit", unit, "--on", "2026-11-22", "--json", *words)


def listed(folder: Path, *rows: Sequence[Cell], head: Sequence[Cell] = HEAD, name: str = "danh-sach.xlsx") -> Path:
    """A list with one header line in row 1."""
    write = write_csv if name.endswith(".csv") else write_xlsx
    return write(folder / name, [head, *rows])


def hand_over(browser: Client, path: Path, unit: int, *, at: str = "/members/import/", on: str = "2026-11-22") -> str:
    """Hand a file over on the page and take the columns as recognised; returns the address of the upload."""
    with path.open("rb") as file:
        answer = browser.post(at, {"file": file, "unit": str(unit), "on": on})
    assert answer.status_code == 302, answer.content.decode()
    answer = browser.post(answer["Location"], {})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])
