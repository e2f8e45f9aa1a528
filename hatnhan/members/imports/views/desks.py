"""The three places at which a list can be handed over, and what their pages share."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hatnhan.access.models import Account
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import actor_of
from hatnhan.members import permissions
from hatnhan.members.actions import look_list
from hatnhan.members.imports.desk import COMPARE
from hatnhan.members.models import ImportRun
from hatnhan.units import permissions as of_units
from hatnhan.units.queries import names

HISTORY = 20


@dataclass(frozen=True)
class Desk:
    """A kind of list, the permission that it needs, and how its pages are called: `code` is the start page's name,
    `code`_run and so on those of one upload."""

    kind: str
    code: str
    permission: str
    title: Any
    lead: Any
    home: str
    """The page above: where the people or units are."""
    home_title: Any

    def url(self, name: str = "", *args: object) -> str:
        return reverse(f"{self.code}{name}", args=args)

    @property
    def compares(self) -> bool:
        return self.kind == COMPARE


MEMBERS = Desk(
    "members", "members.import", permissions.IMPORT, _("Nhập đảng viên từ bảng tính"),
    _("Đưa danh sách đang có vào hệ thống. Xem trước từng dòng, chưa bấm ghi thì chưa có gì thay đổi."),
    "members.list", _("Đảng viên"),
)  # fmt: skip
UNITS = Desk(
    "units", "units.import", of_units.IMPORT, _("Nhập tổ chức từ bảng tính"),
    _("Đưa danh sách tổ chức đang có vào hệ thống. Xem trước từng dòng, chưa bấm ghi thì chưa có gì thay đổi."),
    "units.tree", _("Tổ chức"),
)  # fmt: skip
COMPARISON = Desk(
    COMPARE, "members.compare", permissions.IMPORT, _("Đối khớp danh sách"),
    _("So một danh sách (như tệp lấy từ cơ sở dữ liệu đảng viên) với dữ liệu ở đây. Đối khớp không thay đổi gì."),
    "members.list", _("Đảng viên"),
)  # fmt: skip


def run_of(request: HttpRequest, desk: Desk, pk: int) -> ImportRun:
    """An upload in the reader's scope; else 404, or 403 without the right."""
    run = ImportRun.objects.select_related("unit").filter(pk=pk, kind=desk.kind).first()
    if run is None:
        raise Http404
    actor = actor_of(request)
    if run.unit is not None:
        actor.require(desk.permission, at=run.unit)
    elif not at_the_top(actor, desk.permission):
        raise Http404
    return run


def at_the_top(actor: Actor, code: str) -> bool:
    """Whether the actor may act above every unit: the system, and an installation's administrator."""
    return actor.everything or "" in actor.scope(code).paths


def history(actor: Actor, desk: Desk, before: str = "") -> tuple[list[dict[str, Any]], str]:
    """The latest uploads in scope, and the number before which the older ones begin (empty: there are none)."""
    rows = ImportRun.objects.filter(kind=desk.kind).order_by("-pk")
    if not at_the_top(actor, desk.permission):
        rows = rows.filter(unit__in=actor.scope(desk.permission).units())
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: HISTORY + 1])
    called = names({run.unit_id for run in found if run.unit_id}, actor.on)
    people = dict(Account.objects.filter(pk__in={run.account for run in found}).values_list("pk", "label"))
    shown = [
        {
            "run": run,
            "unit": called.get(run.unit_id, "") if run.unit_id else "",
            "who": people.get(run.account or 0, ""),
        }
        for run in found[:HISTORY]
    ]
    return shown, str(found[HISTORY - 1].pk) if len(found) > HISTORY else ""


def to(url: str) -> HttpResponse:
    """Elsewhere, with GET."""
    return HttpResponseRedirect(url)


def said(request: HttpRequest, text: str) -> None:
    """A short message on the next page."""
    messages.success(request, text)


def first_unit(request: HttpRequest, desk: Desk) -> int | None:
    """The unit of the address when it is the reader's, else the highest one where the reader may import."""
    actor, asked = actor_of(request), request.GET.get("unit", "")
    if asked.isdecimal() and len(asked) < 19:
        unit = Unit.objects.filter(pk=int(asked)).first()
        if unit is not None and actor.can(desk.permission, at=unit):
            return int(unit.pk)
    held = [grant for grant in actor.grants if desk.permission in grant.permissions]
    return min(held, key=lambda grant: (len(grant.path), grant.path)).unit_id if held else None


def told_looks(request: HttpRequest, run: ImportRun, people: Iterable[int | None]) -> None:
    """The page shows what records say beside what a list says: one look in the log for all that are on it."""
    seen = {key for key in people if key}
    if seen and run.unit is not None and run.kind != "units":
        look_list(actor=actor_of(request), unit=run.unit, people=seen)
