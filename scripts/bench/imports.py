"""Importing a list of 20,000 members with everything that is checked, against raw COPY or executemany of the same rows
into the same indexed tables."""

import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from rustpy_xlsxwriter import FastExcel

from hatnhan.config.demo import names
from hatnhan.kernel.actor import system
from hatnhan.kernel.models import Unit
from hatnhan.members.imports.reading import opened
from hatnhan.members.imports.running import Order, apply, planned
from hatnhan.members.models import Membership, Participation, Person, PersonNumber, Standing
from hatnhan.units import actions as units
from scripts.bench.rows import Row

MEMBERS, COMMUNES, CELLS, TIMES = 20_000, 50, 20, 3
START, ON = date(2025, 7, 1), date(2026, 11, 22)
ACTOR = system("bench", ON)
TABLES: tuple[type[Model], ...] = (Person, Standing, Membership, PersonNumber, Participation)
Written = list[tuple[str, int, list[tuple[Any, ...]]]]
"""Of each table: the statement that fills it, the number of its columns, and its rows."""


def world() -> tuple[Unit, list[str]]:
    """A province of 1,000 cells; returns it and the cells' codes."""
    top = units.found(actor=ACTOR, name="Tỉnh", kind="province", parent=None, on=START, code="B")
    codes = [f"B.{commune}.{cell}" for commune in range(COMMUNES) for cell in range(CELLS)]
    for commune in range(COMMUNES):
        above = units.found(
            actor=ACTOR, name=f"Xã {commune}", kind="commune", parent=top, on=START, code=f"B.{commune}"
        )
        for code in codes[commune * CELLS : (commune + 1) * CELLS]:
            units.found(actor=ACTOR, name=f"Chi bộ thôn {code}", kind="village_cell", parent=above, on=START, code=code)
    return top, codes


def lines(codes: list[str]) -> Iterator[dict[str, Any]]:
    """The list as a spreadsheet would hold it."""
    die = Random(1)
    for number in range(MEMBERS):
        made = names.person(die, START, serial=number + 1)
        known = {name: str(value) if value else "" for name, value in made.values.items()}
        yield {
            "TT": number + 1, "Họ và tên": made.name, "Giới tính": "Nữ" if known["sex"] == "f" else "Nam",
            "Ngày sinh": known["birth"], "Quê quán": known["hometown"], "Nơi ở": known["residence"],
            "Nghề nghiệp": known["occupation"], "Trình độ": known["education"],
            "Ngày vào Đảng": known["ceremony_date"], "Ngày chính thức": known.get("official_date", ""),
            "Số thẻ đảng viên": made.numbers.get("card", ""), "Số định danh": made.numbers.get("national_id", ""),
            "Mã chi bộ": codes[number % len(codes)],
        }  # fmt: skip


def settle() -> None:
    """PostgreSQL leaves foreign keys to the end of the transaction, which here never comes."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


def bring(path: Path, top: Unit) -> int:
    """From the file to the tables; returns the act."""
    order = Order(opened(path, path.name, "members"), ACTOR, top, ON)
    act = apply(planned(order), order)
    settle()
    return act


def written(act: int) -> Written:
    """What an import wrote, ready to be written again."""
    found: Written = []
    with connection.cursor() as cursor:
        for model in TABLES:
            columns = ", ".join(str(field.column) for field in model._meta.concrete_fields)
            table = model._meta.db_table
            cursor.execute(f"SELECT {columns} FROM {table} WHERE recorded_in = %s", [act])
            found.append((f"{table} ({columns})", columns.count(",") + 1, cursor.fetchall()))
    return found


def raw(tables: Written) -> None:
    """COPY on PostgreSQL, executemany on SQLite."""
    with connection.cursor() as cursor:
        for target, width, rows in tables:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {target} FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * width)
                cursor.executemany(f"INSERT INTO {target} VALUES ({marks})", rows)
    settle()


def measure() -> list[Row]:
    """Members per second, ours and raw, run in turn; and the memory that the import took."""
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        top, codes = world()
        path = Path(folder) / "list.xlsx"
        FastExcel(str(path)).sheet("Danh sách", lines(codes)).save()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        timed, tables = _ours(path, top)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        ours, base = [timed], [_base(tables)]
        for _ in range(TIMES - 1):
            ours.append(_ours(path, top)[0])
            base.append(_base(tables))
        transaction.set_rollback(True)
    name = f"{MEMBERS:,} đảng viên nhập từ bảng tính / members imported from a spreadsheet"
    return [
        Row(name, "/s", MEMBERS / median(ours), MEMBERS / median(base), 0.25, at_least=True),
        Row(f"{name}: memory", "MB", grown),
    ]


def _ours(path: Path, top: Unit) -> tuple[float, Written]:
    start = time.perf_counter()
    with transaction.atomic():
        act = bring(path, top)
        took, tables = time.perf_counter() - start, written(act)
        transaction.set_rollback(True)
    return took, tables


def _base(tables: Written) -> float:
    start = time.perf_counter()
    with transaction.atomic():
        raw(tables)
        took = time.perf_counter() - start
        transaction.set_rollback(True)
    return took
