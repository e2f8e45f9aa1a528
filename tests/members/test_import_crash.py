"""A process killed while it writes, and two that write at once: real processes, real commits."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from hatnhan.kernel.audit import flaws
from hatnhan.members.imports import running
from hatnhan.members.imports.reading import opened
from hatnhan.members.imports.running import Order, carry_out
from hatnhan.members.models import ImportRun, Membership, Person, PersonNumber, Standing
from tests.databases import RealDatabase
from tests.members.lists import DUNG, LUA, import_members, listed
from tests.units.ground import TODAY, boss, ground

ROOT = Path(__file__).resolve().parents[2]


def until(happened: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait for a sign of the process, a minute at most."""
    pause = threading.Event()
    for _ in range(600):
        if happened():
            return
        assert process.poll() is None, process.stderr.read().decode() if process.stderr else ""
        pause.wait(0.1)
    raise AssertionError("the process gave no sign")


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Person, Standing, Membership, PersonNumber, ImportRun))


def test_a_process_killed_in_mid_import_leaves_nothing(real_db: RealDatabase, tmp_path: Path) -> None:
    ground()
    path, mark = listed(tmp_path, DUNG, LUA), tmp_path / "began"
    words = ["members", str(path), "--unit", "91.001", "--on", TODAY.isoformat()]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.members.halting_import", str(mark), *words], env=real_db.environment(), cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    until(mark.exists, process)
    process.kill()
    process.communicate()
    connection.close()
    assert rows() == (0, 0, 0, 0, 0)
    assert list(flaws()) == []
    assert import_members(path).counts == (2, 0, 0, 0, 0)
    assert import_members(path).counts == (0, 0, 2, 0, 0)


def test_two_imports_at_once_bring_everybody_in_once(
    real_db: RealDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    land, path = ground(), listed(tmp_path, DUNG, LUA)
    both_have_planned = threading.Barrier(2, timeout=60)
    planned, first = running.planned, set[int]()

    def together(*args: object, **options: object) -> running.AnyPlan:
        plan = planned(*args, **options)  # type: ignore[arg-type]
        if threading.get_ident() not in first:
            first.add(threading.get_ident())
            both_have_planned.wait()
        return plan

    monkeypatch.setattr(running, "planned", together)
    done: list[tuple[int, int]] = []

    def bring() -> None:
        try:
            order = Order(opened(path, path.name, "members"), boss(), land.lim, TODAY)
            plan, _act = carry_out(order)
            done.append((plan.counts()["new"], plan.counts()["unchanged"]))
        finally:
            connection.close()

    threads = [threading.Thread(target=bring) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sorted(done) == [(0, 2), (2, 0)]
    assert Person.objects.count() == 2


def test_what_changes_between_the_look_and_the_writing_is_looked_at_again(
    real_db: RealDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    land, path = ground(), listed(tmp_path, DUNG)
    order = Order(opened(path, path.name, "members"), boss(), land.lim, TODAY)
    planned, other = running.planned, listed(tmp_path, [*DUNG[:4], "", "", DUNG[6], DUNG[7]], name="khac.xlsx")
    tries: list[int] = []

    def disturbed(*args: object, **options: object) -> running.AnyPlan:
        plan = planned(*args, **options)  # type: ignore[arg-type]
        tries.append(1)
        if len(tries) == 1:
            assert import_members(other).counts == (1, 0, 0, 0, 0)
        return plan

    monkeypatch.setattr(running, "planned", disturbed)
    plan, _act = carry_out(order)
    assert plan.counts()["changed"] == 1
    assert Person.objects.get().ceremony_date is not None
