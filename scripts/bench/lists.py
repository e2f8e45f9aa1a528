"""The signed-in list of 100,000 members at any depth, against a bare page with the same session, query and table."""

import itertools
import time
from collections.abc import Callable
from datetime import date
from functools import cache
from random import Random
from types import SimpleNamespace
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path

from hatnhan.access import actions as access
from hatnhan.config.demo import names
from hatnhan.config.urls import urlpatterns as product
from hatnhan.kernel.actor import system
from hatnhan.kernel.known import Known
from hatnhan.kernel.listing import compiled, keyset
from hatnhan.members.actions.loading import Newcomer, load
from hatnhan.members.tables import MemberTable
from hatnhan.members.views.listing import ground_of
from hatnhan.units import actions as units
from scripts.bench.rows import Row, least

MEMBERS, COMMUNES, CELLS = 100_000, 50, 20
ON = date(2025, 8, 1)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TABLE = """<!doctype html><html lang="vi"><body><table><tbody>{% for row in rows %}<tr>{% for cell in row %}<td>
{{ cell }}</td>{% endfor %}</tr>{% endfor %}</tbody></table></body></html>"""

_rows: list[Callable[[], list[Any]]] = []


def bare(request: HttpRequest) -> HttpResponse:
    """The list's own query in a plain table, in a page of the same session."""
    return HttpResponse(_table().render({"rows": _rows[0]()[:50]}, request))


@cache
def _table() -> Any:
    return engines["jinja2"].from_string(TABLE)


urlpatterns = [path("bare/", bare), *product]


def world() -> int:
    """100,000 members in 1,000 cells of 50 communes; returns the province."""
    actor, die = system("bench", ON), Random(1)
    province = units.found(actor=actor, name="Tỉnh", kind="province", parent=None, on=ON, code="B")
    given = [*names.MEN_GIVEN, *names.WOMEN_GIVEN]
    for number in range(COMMUNES):
        commune = units.found(actor=actor, name=f"Xã {number}", kind="commune", parent=province, on=ON)
        cells = [
            units.found(actor=actor, name=f"Chi bộ {one}", kind="village_cell", parent=commune, on=ON)
            for one in range(CELLS)
        ]
        newcomers = [
            Newcomer(
                cell.pk, ON, f"{die.choice(names.FAMILY)} {die.choice(names.MEN_MIDDLE)} {die.choice(given)}",
                values={"sex": "m", "birth": Known(f"19{die.randint(40, 99)}-0{die.randint(1, 9)}-11")},
            )
            for cell in cells
            for _one in range(MEMBERS // COMMUNES // CELLS)
        ]  # fmt: skip
        load(actor=actor, unit=province, newcomers=newcomers, source="bench")
    slip = access.create_account(actor=actor, label="Bench", role="provincial", unit=province, on=ON, username="bench")
    slip.account.must_change_password = False
    slip.account.save(update_fields=["must_change_password"])
    return int(province.pk)


def deep(client: Client, pages: int) -> str:
    """The address of the list after so many times "next"."""
    address = "/members/"
    for _page in range(pages):
        text = client.get(address).content.decode()
        following = [part.split('"')[0] for part in text.split('href="')[1:] if "after=" in part.split('"')[0]]
        if not following:
            break
        address = "/members/" + following[-1].replace("&amp;", "&").removeprefix("/members/")
    return address


def measure() -> list[Row]:
    """First page and a deep one."""
    with transaction.atomic(), override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"]):
        world()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        client = Client()
        client.force_login(get_user_model().objects.get(username="bench"), backend=BACKEND)
        rows = list(itertools.chain.from_iterable(_depth(client, depth) for depth in (0, 40)))
        transaction.set_rollback(True)
    return rows


def _depth(client: Client, depth: int) -> list[Row]:
    address = deep(client, depth)
    client.get(address)  # the first page of a session also writes the session down
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    count = len(captured)
    sent = max((q["sql"] for q in captured), key=_weight).replace("%", "%%")
    label = f"danh sách 100.000 đảng viên, trang {depth + 1} / list of 100,000 members, page {depth + 1}"
    found = [Row(f"{label}: queries", "", count, 6, 1)]
    for what, rows, limit in (("", _by_django(answer.wsgi_request), 1.5), (", SQL by hand", _by_hand(sent), None)):
        _rows[:] = [rows]
        mine, theirs = least(_get(client, address), _get(client, "/bare/"), clock=time.process_time)
        found.append(Row(f"{label}{what}", "ms CPU", mine, theirs, limit))
    return found


def _by_django(request: Any) -> Callable[[], list[Any]]:
    """The query built by Django for each request, as a plain view does."""
    table = MemberTable(request, request.actor, ground_of(request))
    here = keyset.place(table.asked.one("after"), table.keys) or []
    shape = compiled.Shape(
        table.model, table.fields, tuple(table.shown), table.sort, False, table.size + 1, table.count > table.most
    )
    places = {f"here{i}": value for i, value in enumerate(here)}
    build = compiled.built(shape, table.laid() or (lambda _at: table.base()), list(places))
    return lambda: list(build(SimpleNamespace(**table.values(), **places)))


def _by_hand(sql: str) -> Callable[[], list[Any]]:
    """The text of the query sent as it is."""

    def rows() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())

    return rows


def _weight(sql: str) -> tuple[bool, int]:
    return ("members_membership" in sql and "ORDER BY" in sql and "LIMIT" in sql, len(sql))


def _get(client: Client, address: str) -> Callable[[], None]:
    def get() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise AssertionError(f"{address}: {answer.status_code}")

    return get
