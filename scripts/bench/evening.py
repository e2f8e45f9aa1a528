"""A province's meeting evening on this machine: cells meet at once, phones ask, read and vote, the real server answers.

In a meeting of ninety minutes six votes are taken by phone and the agenda moves fourteen times: twice as much as usual.
HATNHAN_BENCH_CELLS, _PHONES, _SECONDS and _TIMES make it smaller. The client runs on the same cores as the server."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psycopg
from django.db import connection

from hatnhan.meetings.live.box import PATH as BOX
from scripts.bench.hall import Hall, build
from scripts.bench.installations import at, environment
from scripts.bench.phones import Evening, Told, Wire, ticket_on
from scripts.bench.rows import Row

CELLS = int(os.environ.get("HATNHAN_BENCH_CELLS", "300"))
PHONES = int(os.environ.get("HATNHAN_BENCH_PHONES", "20"))
SECONDS = float(os.environ.get("HATNHAN_BENCH_SECONDS", "30"))
PLAN: dict[str, Any] = {"votes": 6, "changes": 14, "length": 5400.0, "taps": 8.0}
MOST_TIMES = 5
WORKERS = 2
IDLE_VOTES = 40
STEPS = tuple(float(one) for one in os.environ.get("HATNHAN_BENCH_TIMES", "2 0.5 0.25").split())
"""After the number asked for: times as many while they hold; when it did not hold, times as few."""


def measure() -> list[Row]:
    """The evening of `CELLS` cells, then of more until the cores hold no more."""
    most = int(CELLS * max((1.0, *STEPS)))
    with installation() as (settings, port):
        with at(settings):
            halls = build(most, PHONES)
        with served(settings, port) as server:
            return _evenings(halls, port, server)


def cpu_seconds(parent: int) -> float:
    """Seconds that a process and all below it have worked."""
    ticks, below = 0, {parent}
    for entry in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            words = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(entry.name) in below or int(words[1]) in below:
            below.add(int(entry.name))
            ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _evenings(halls: list[Hall], port: int, server: int) -> list[Row]:
    idle, before = idle_votes(halls[-1], port), cpu_seconds(server)
    asked = Evening(port, halls[:CELLS], SECONDS, **PLAN).run()
    worked = (cpu_seconds(server) - before) / SECONDS
    rows = [*_rows(asked, idle), Row("trong đó máy chủ dùng / of which the server uses", "cores", worked)]
    held = CELLS if _holds(asked, idle) else 0
    for times in [one for one in STEPS if (one > 1) == bool(held)]:
        cells = max(1, int(CELLS * times))
        if _holds(Evening(port, halls[:cells], SECONDS / 2, **PLAN).run(), idle):
            held = cells
        if (times > 1 and held != cells) or (times < 1 and held):
            break
    cores = os.cpu_count() or 1
    return [
        *rows,
        Row(f"{cores} nhân gánh, đo cùng máy khách / {cores} cores hold, with the client on them", "chi bộ / cells",
            held, CELLS, 1, at_least=True),
        Row(f"{cores} nhân gánh, tính theo giờ máy chủ / {cores} cores hold, by the server's time", "chi bộ / cells",
            CELLS * cores / max(worked, 0.01)),
    ]  # fmt: skip


def _rows(told: Told, idle: float) -> list[Row]:
    name = f"{CELLS} chi bộ × {PHONES} điện thoại / {CELLS} cells × {PHONES} phones"
    asked = sum(map(len, told.took.values()))
    for error in sorted(set(told.errors))[:5]:
        sys.stderr.write(f"evening: {error}\n")
    return [
        Row(f"{name}: lỗi / errors", "", len(told.errors), None, 0),
        Row(f"{name}: hỏi mỗi giây / requests a second", "", asked / SECONDS),
        Row(f"{name}: phiếu / votes", "", len(told.took["vote"])),
        Row(f"{name}: phiếu đến sau khi kết thúc / votes after the end", "", told.late),
        Row(f"{name}: hỏi phiên bản p95 / version p95", "ms", _p95(told.took["poll"]) * 1000),
        Row(f"{name}: đọc trang p95 / page p95", "ms", _p95(told.took["read"]) * 1000),
        Row(f"{name}: phiếu p95, so với p50 lúc rảnh / vote p95 against idle p50", "ms",
            _p95(told.took["vote"]) * 1000, idle * 1000, MOST_TIMES),
    ]  # fmt: skip


def _holds(told: Told, idle: float) -> bool:
    """No error, the votes in time, and no vote crowded out by what was due before it."""
    votes = told.took["vote"]
    return not told.errors and len(votes) >= told.awaited / 2 and _p95(votes) <= MOST_TIMES * idle


def _p95(took: list[float]) -> float:
    return quantiles(took, n=20)[-1] if len(took) > 1 else (took or [0.0])[0]


def idle_votes(hall: Hall, port: int) -> float:
    """Median seconds of a vote while nobody else asks for anything: one voter after another, changing choices."""

    async def run() -> list[float]:
        wire, took = Wire(port), []
        form = {"text": "Thử", "rule": "vote.ordinary", "method": "phone"}
        _status, body = await wire.post(f"/meetings/live/{hall.sitting}/ask-vote/", hall.desk, form)
        motion = int(body.partition(b'name="motion" value="')[2].partition(b'"')[0])
        pages = [await wire.get(f"/meetings/follow/{hall.sitting}/", session) for session, _ticket in hall.phones]
        for number in range(IDLE_VOTES):
            ticket = ticket_on(pages[number % len(pages)][1])
            choice = ("for", "against")[number // len(hall.phones) % 2]
            begun = time.perf_counter()
            status, _body = await wire.post(BOX, "", {"ticket": ticket, "choice": choice})
            took.append(time.perf_counter() - begun)
            if status != 200:
                raise AssertionError(f"an idle vote was answered with {status}")
        await wire.post(f"/meetings/live/{hall.sitting}/close-vote/", hall.desk, {"motion": motion})
        wire.close()
        return took

    return median(asyncio.run(run()))


@contextmanager
def installation() -> Iterator[tuple[dict[str, Any], int]]:
    """An empty installation of the bench's own, and a free port of this machine."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
        probe.close()
        data = Path(folder) / "data"
        if connection.vendor == "sqlite":
            settings = {**connection.settings_dict, "NAME": str(data / "hatnhan.sqlite3")}
        else:
            settings = {**connection.settings_dict, "NAME": "bench_evening"}
            outside = {"dbname": "postgres", "user": settings["USER"], "host": settings["HOST"]}
            with psycopg.connect(autocommit=True, **outside) as server:
                server.execute("DROP DATABASE IF EXISTS bench_evening WITH (FORCE)")
                server.execute("CREATE DATABASE bench_evening")
        settings["DATA"] = str(data)
        _run(settings, port, "init", "--no-admin")
        yield settings, port


@contextmanager
def served(settings: dict[str, Any], port: int) -> Iterator[int]:
    """The real server, until the block ends; its process."""
    with at(settings):
        connection.close()  # a fork of it must not be shared with the server
    log = Path(settings["DATA"]) / "server.log"
    with log.open("wb") as file:
        server = subprocess.Popen(
            _words("serve", "--workers", str(WORKERS)), env=_environment(settings, port), stdout=file, stderr=file
        )
    try:
        for _attempt in range(300):
            try:
                with urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=5):
                    break
            except OSError:
                time.sleep(0.2)
        else:
            raise TimeoutError(log.read_text(encoding="utf-8"))
        yield server.pid
    finally:
        server.terminate()
        server.wait(30)


def _run(settings: dict[str, Any], port: int, *words: str) -> None:
    subprocess.run(_words(*words), env=_environment(settings, port), check=True, capture_output=True)


def _words(*words: str) -> list[str]:
    return [sys.executable, "-m", "hatnhan.config.cli", *words]


def _environment(settings: dict[str, Any], port: int) -> dict[str, str]:
    found = environment(settings, Path(settings["DATA"])) | {"HATNHAN_PORT": str(port), "HATNHAN_LOG_LEVEL": "WARNING"}
    return {name: value for name, value in found.items() if name != "HATNHAN_POOL"}
