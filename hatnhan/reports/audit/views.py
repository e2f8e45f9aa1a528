"""The log: its list, one entry, and the list as a file."""

from copy import copy
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.access.second_person import over_one_cell, positions
from hatnhan.kernel.actor import Actor, Forbidden
from hatnhan.kernel.audit import actor_name
from hatnhan.kernel.days import today
from hatnhan.kernel.figures import BadQuestion
from hatnhan.kernel.forms import sent
from hatnhan.kernel.listing import as_csv
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import Place, actor_of, home_unit, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.ui.text import moment, num
from hatnhan.members.actions import ask_export
from hatnhan.members.forms.acts import ReasonForm
from hatnhan.members.models import ExportRequest
from hatnhan.members.permissions import APPROVE_EXPORT
from hatnhan.members.takings import File, Making, making
from hatnhan.units.queries import name_of

from . import actions, queries
from .permissions import EXPORT, VIEW
from .registered import AUDIT
from .tables import AuditTable, heads, lines

MOST = 20_000
KEPT = ("q", "kind", "person", "from", "to", "sort")


def _table(request: HttpRequest, actor: Actor, code: str) -> AuditTable:
    unit = working_unit(request, code) if request.GET.get("unit") else None
    if unit is not None:
        request.unit_name = name_of(unit, actor.on)  # type: ignore[attr-defined]
    return AuditTable(request, actor, unit)


@page("audit.list", gettext_lazy("Nhật ký"), permission=VIEW, place=Place(2, 30, "history"))
def audit_list(request: HttpRequest) -> HttpResponse:
    """What was done in the reader's part of the tree, the newest first."""
    actor = actor_of(request)
    try:
        table = _table(request, actor, VIEW)
    except BadQuestion as problem:
        return render(request, "reports/refused.html", {"problem": str(problem)}, status=422)
    file = table.asked.address(reverse("audit.export"), after=None, before=None)
    context = {
        "unit_name": name_of(table.unit, actor.on) if table.unit else "",
        "export_url": file if actor.can(EXPORT, at=table.unit) else "",
        "whole_url": table.asked.address(unit=None),
    }  # fmt: skip
    return table.respond(request, "audit/list.html", context)


@page("audit.entry", gettext_lazy("Một mục nhật ký"), permission=VIEW)
def entry(request: HttpRequest, key: int) -> HttpResponse:
    """One act in full: every line, whom it was about, why, and its place in the chain."""
    one = queries.read(actor_of(request), key)
    return render(request, "audit/entry.html", {"one": one, "who": actor_name(one.entry.actor)})


@page("audit.export", gettext_lazy("Lấy nhật ký ra tệp"), permission=EXPORT)
def export(request: HttpRequest) -> HttpResponse:
    """The list of the address as a CSV file, after a reason that stands in the log; over more than one cell it becomes
    a request for a second person."""
    actor, form = actor_of(request), ReasonForm(sent(request))
    try:
        table = _table(request, actor, EXPORT)
    except BadQuestion as problem:
        return render(request, "reports/refused.html", {"problem": str(problem)}, status=422)
    if request.method == "POST" and form.is_valid():
        unit = table.unit or home_unit(actor, EXPORT)
        if unit is None:
            raise Forbidden(EXPORT)
        try:
            if over_one_cell([unit.pk], actor.on):
                return _asked(request, actor, table, unit, form.cleaned_data["reason"])
            return _file(actor, table, unit, form.cleaned_data["reason"])
        except Refused as refused:
            form.explain(refused)
    unit = table.unit or home_unit(actor, EXPORT)
    many = unit is not None and over_one_cell([unit.pk], actor.on)
    approvers = positions(APPROVE_EXPORT, unit.pk, actor) if unit is not None and many else []
    context = {
        "form": form,
        "table": table,
        "many": many,
        "approvers": approvers,
        "most": num(MOST),
        "list_url": table.asked.address(reverse("audit.list")),
    }
    return render(request, "audit/export.html", context, 422 if form.errors else 200)


def _file(actor: Actor, table: AuditTable, unit: Unit, reason: str) -> HttpResponse:
    rows = list(lines(table, MOST))
    actions.export(actor=actor, unit=unit, count=len(rows), reason=reason)
    return _answer(actor, rows, reason)


def _asked(request: HttpRequest, actor: Actor, table: AuditTable, unit: Unit, reason: str) -> HttpResponse:
    """Over more than one cell: what is wanted waits for a second person."""
    kept = {name: values for name, values in table.asked.query.items() if name in KEPT}
    row = ask_export(
        actor=actor, unit=unit, on=actor.on, query=urlencode(kept, doseq=True), reason=reason, what=AUDIT,
        count=min(_within(table, unit, actor, timezone.now()).count(), MOST),
    )  # fmt: skip
    messages.success(request, _("Đã gửi yêu cầu số %(n)s. Chờ người thứ hai duyệt.") % {"n": row.pk})
    return HttpResponseRedirect(reverse("exports.request", args=[row.pk]))


def _within(table: AuditTable, unit: Unit, actor: Actor, until: datetime) -> Any:
    """The acts of a request: under its unit, as far as the log went when it was asked for."""
    return queries.under(table.found, actor, unit).filter(at__lt=until)


def _table_of(request: HttpRequest, actor: Actor, row: ExportRequest) -> AuditTable:
    """The list that was asked for, within what the reader may see now."""
    again = copy(request)
    again.GET = QueryDict(row.query)
    table = AuditTable(again, actor, row.unit)
    table.until = row.asked_at
    return table


def _made(request: HttpRequest, actor: Actor, row: ExportRequest, form: str) -> File:
    rows = list(lines(_table_of(request, actor, row), MOST))
    return File(_answer(actor, rows, row.reason, row.pk), [], form)


def _answer(actor: Actor, rows: list[Any], reason: str, number: int = 0) -> HttpResponse:
    """The rows, then who took them out, when, why, and by which request."""
    marks = [
        [_("Người lấy ra: %(who)s, lúc %(at)s") % {"who": actor.label, "at": moment(timezone.now())}],
        *([[_("Yêu cầu số %(n)s") % {"n": number}]] if number else []),
        [_("Lý do: %(reason)s") % {"reason": reason}],
    ]
    answer = HttpResponse(b"".join(as_csv(heads(), [*rows, *marks])), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="nhat-ky-{today().isoformat()}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


making(AUDIT, Making(lambda request, actor, row: _table_of(request, actor, row).chips, _made))
