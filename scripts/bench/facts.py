"""Kept figures: a province by commune against one read of what is kept; growth of pages; the lag under writing; what an
act costs beside its bare writes."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import Q
from django.test import Client, override_settings
from django.utils import timezone

from hatnhan.kernel import facts, figures
from hatnhan.kernel.actor import system
from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.fact_models import KeptMonth, Mark
from hatnhan.kernel.facts import marks
from hatnhan.kernel.figures import REGISTRY, Figure, Window
from hatnhan.kernel.models import Placement, Unit
from hatnhan.members import actions as members
from hatnhan.members.models import Membership
from scripts.bench.installations import at, environment, installations
from scripts.bench.rows import Row, least

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SHEET = facts.SHEETS["members"]
PER_SECOND, SECONDS = 200, 15
Settings = dict[str, Any]


def measure() -> Iterator[Row]:
    """All of it, in one run."""
    with installations() as places:
        sizes = sorted(places)
        with at(places[sizes[-1]]):
            yield from _reading(sizes[-1])
        yield from _growth(places)
        with at(places[sizes[min(1, len(sizes) - 1)]]):
            yield from _acts()
            yield from _lag(places[sizes[min(1, len(sizes) - 1)]])


def codes() -> list[str]:
    """All kept figures of members."""
    return [one.code for one in REGISTRY.values() if isinstance(one, Figure) and SHEET.keeps(one)]


def _top(on: date) -> tuple[Unit, str]:
    row = Placement.objects.on(on).select_related("unit").get(parent__isnull=True, stands=True)
    return row.unit, row.path


# --- reading ------------------------------------------------------------------------------------------------------


def _reading(size: int) -> Iterator[Row]:
    """A closed month against the summed rows, the running month against the sum of its cells' facts."""
    kept = list(KeptMonth.objects.filter(sheet=SHEET.code).order_by("-month"))
    asked = codes()
    name = f"{size:,} đảng viên, {len(asked)} số liệu theo xã / figures by commune"
    summed = ", ".join(f"SUM({connection.ops.quote_name(column)})" for column in SHEET.columns)
    cells = SHEET.facts._meta.db_table
    for row, label, limit in ((kept[1], "tháng đã đóng / closed month", 3), (kept[0], "tháng này / running month", 3)):
        province, path = _top(row.day)
        window, m = Window(row.month, row.day + ONE), connection.ops.adapt_datefield_value(row.month)
        if row is kept[1]:
            base: Callable[[], object] = _one_read(row.month, path)
        else:
            base = _bare(
                f"SELECT SUBSTR(path, 1, {len(path) + 5}), {summed} FROM {cells} "
                "WHERE month = %s AND path >= %s AND path < %s GROUP BY 1", [m, path, path + "~"],
            )  # fmt: skip
        mine, theirs = least(lambda: _ask(asked, province, window), base)  # noqa: B023
        yield Row(f"{name}, {label}", "ms", mine, theirs, limit)
        live, _base = least(lambda: _ask(asked, province, window, "live"), base, 3)  # noqa: B023
        yield Row(f"{name}, {label}: tính trực tiếp / counted live; base: kept", "ms", live, mine)
    row = kept[2]
    province, _path = _top(row.day)
    window = Window(row.month, row.month + timedelta(12))
    few = ["members", "members.full", "members.women", "members.exempt"]
    mine, live = least(lambda: _ask(few, province, window), lambda: _ask(few, province, window, "live"), 9)
    yield Row(f"{size:,} đảng viên, một ngày trong tháng / a day within a month; base: live", "ms", mine, live)


def _ask(asked: list[str], unit: Unit, window: Window, via: Any = "auto") -> None:
    figures.table(asked, unit, window, via=via)


def _one_read(first: date, path: str) -> Callable[[], object]:
    """The summed rows of a path and of its children, by one query of the ORM."""
    rows: Any = SHEET.sums._default_manager.filter(Q(path=path) | Q(above=path), month=first)
    return lambda: list(rows.values("path", *SHEET.columns))


def _bare(sql: str, values: list[Any]) -> Callable[[], None]:
    def read() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            cursor.fetchall()

    return read


# --- growth -------------------------------------------------------------------------------------------------------


def _growth(places: dict[int, Settings]) -> Iterator[Row]:
    """The same pages in installations of several sizes, in turn."""
    sizes = sorted(places)
    pages = {
        "tổng quan xã / dashboard of a commune": ("vanphong", "/dashboard/"),
        "một số liệu của xã / a figure of a commune": ("vanphong", "/figures/members.full/"),
        "danh sách đảng viên của xã / list of a commune": ("vanphong", "/members/"),
        "tổng quan tỉnh / dashboard of the province": ("tinhuy", "/dashboard/"),
        "một số liệu của tỉnh / a figure of the province": ("tinhuy", "/figures/members.full/"),
    }
    with override_settings(ALLOWED_HOSTS=["*"]):
        clients = {}
        for size in sizes:
            with at(places[size]):
                for username in ("vanphong", "tinhuy"):
                    clients[size, username] = Client()
                    clients[size, username].force_login(
                        get_user_model().objects.get(username=username), backend=BACKEND
                    )
        for name, (username, address) in pages.items():
            times: dict[int, list[float]] = {size: [] for size in sizes}
            for turn in range(15):
                for size in sizes:
                    with at(places[size]):
                        start = time.perf_counter()
                        answer = clients[size, username].get(address)
                        took = (time.perf_counter() - start) * 1000
                    if answer.status_code != 200:
                        raise AssertionError(f"{address}: {answer.status_code}")
                    if turn:
                        times[size].append(took)
            for size in sizes[1:]:
                label = f"{name}: {size:,} / {sizes[0]:,} đảng viên, members"
                yield Row(label, "ms", min(times[size]), min(times[sizes[0]]), 1.3)


# --- what an act costs --------------------------------------------------------------------------------------------


def _acts() -> Iterator[Row]:
    """A transfer with its checks, log and marks, against the three rows that it writes; and without the marks."""
    on = KeptMonth.objects.latest("month").day
    actor = system("bench", on)
    homes = list(
        Membership.objects.on(on).filter(kind="home", valid_from__lt=on, person__account=None).order_by("pk")[:80]
    )
    cells = [row.unit for row in Placement.objects.on(on).filter(kind="village_cell", stands=True)[:2]]
    rest = iter(homes)

    def act() -> None:
        with _undone():
            home = next(rest)
            to = cells[0] if home.unit_id != cells[0].pk else cells[1]
            members.transfer(actor=actor, person=home.person, to=to, on=on)

    def bare() -> None:
        with _undone():
            _bare_transfer(homes[0], cells[0], on)

    def unmarked() -> None:
        real = marks.write
        marks.write = lambda act_id, at: None
        try:
            act()
        finally:
            marks.write = real

    mine, base = least(act, bare, 15)
    yield Row(
        "chuyển sinh hoạt: cả nhật ký và dấu / a transfer with checks, log and marks; base: its rows", "ms", mine, base
    )
    marked, plain = least(act, unmarked, 15)
    yield Row("chuyển sinh hoạt: có dấu và không / a transfer with marks; base: without", "ms", marked, plain)


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _bare_transfer(home: Membership, to: Unit, on: date) -> None:
    now = timezone.now()
    Membership.objects.filter(pk=home.pk).update(voided_at=now, voided_in=1)
    for unit, start, end, came, went in (
        (home.unit_id, home.valid_from, on, home.came, "transferred"), (to.pk, on, FAR, "transferred", ""),
    ):  # fmt: skip
        Membership.objects.create(
            person_id=home.person_id, unit_id=unit, came=came, went=went, valid_from=start, valid_to=end,
            recorded_at=now, recorded_in=1,
        )  # fmt: skip


# --- the lag ------------------------------------------------------------------------------------------------------


def _lag(settings: Settings) -> Iterator[Row]:
    """How old the oldest mark is while another process writes 200 transfers' rows and marks a second."""
    facts.keep_up(KeptMonth.objects.latest("month").day)
    command = [sys.executable, "-m", "scripts.bench.writer", str(PER_SECOND), str(SECONDS)]
    writer = subprocess.Popen(command, env=environment(settings), stdout=subprocess.PIPE, text=True)
    ages: list[float] = []
    counted = 0
    while writer.poll() is None:
        counted += sum(facts.count_marked(sheet) for sheet in facts.SHEETS.values())
        oldest = Mark.objects.order_by("at").values_list("at", flat=True).first()
        ages.append((timezone.now() - oldest).total_seconds() if oldest else 0.0)
        time.sleep(0.05)
    written, seconds = map(float, (writer.communicate()[0] or "0 1").split())
    start = time.perf_counter()
    facts.keep_up(KeptMonth.objects.latest("month").day)
    name = f"số liệu gộp chậm sau khi ghi / lag of facts at {written / seconds:.0f} writes/s"
    yield Row(f"{name}: median", "s", median(ages))
    yield Row(f"{name}: max", "s", max(ages))
    yield Row(f"{name}: dấu đã tính / marks counted", "", counted)
    yield Row(f"{name}: sau cùng / until nothing waits at the end", "s", time.perf_counter() - start)
