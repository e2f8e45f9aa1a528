"""The list of members as a file and on paper: of one cell at once; over more than one cell after a second person."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hatnhan.access.second_person import positions
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.forms import sent
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import Place, actor_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.members import actions, files, permissions
from hatnhan.members.forms.acts import ReasonForm
from hatnhan.members.models import ExportRequest
from hatnhan.members.queries import Ground, ground
from hatnhan.members.tables import MemberTable
from hatnhan.members.takings import MAKINGS, MEMBERS, TAKINGS, File, Making, making
from hatnhan.units.queries import names

from .listing import ground_of

SHOWN = 50
# What of an address is the list's question; the rest is its look.
KEPT = ("q", "sort")


def _form_of(request: HttpRequest) -> str:
    asked = request.POST.get("form", "")
    return asked if asked in files.FORMS else "xlsx"


@page("members.export", gettext_lazy("Lấy danh sách đảng viên"), permission=permissions.EXPORT)
def export(request: HttpRequest) -> HttpResponse:
    """The list of the address as a file; over more than one cell it becomes a request for a second person."""
    actor, land = actor_of(request), ground_of(request, permissions.EXPORT)
    table = MemberTable(request, actor, land)
    form = ReasonForm(sent(request))
    form.fields["reason"].required = not land.cell
    if request.method == "POST" and form.is_valid():
        try:
            return _taken(request, actor, land, table, form.cleaned_data["reason"])
        except Refused as refused:
            form.explain(refused)
    context = {
        "form": form, "table": table, "land": land, "list_url": _list_url(request),
        "approvers": [] if land.cell else positions(permissions.APPROVE_EXPORT, land.unit_id, actor),
        "waiting": _waiting(actor).count(),
    }  # fmt: skip
    return render(request, "members/export.html", context, 422 if form.errors else 200)


def _taken(request: HttpRequest, actor: Actor, land: Ground, table: MemberTable, reason: str) -> HttpResponse:
    unit = Unit.objects.get(pk=land.unit_id)
    if not land.cell:
        row = actions.ask_export(
            actor=actor, unit=unit, on=land.on, query=question_of(table), count=table.found.count(), reason=reason
        )
        messages.success(request, _("Đã gửi yêu cầu số %(n)s. Chờ người thứ hai duyệt.") % {"n": row.pk})
        return HttpResponseRedirect(reverse("exports.request", args=[row.pk]))
    file = files.made(request, _form_of(request), table, reason)
    actions.export(actor=actor, unit=unit, people=file.people, form=file.form, reason=reason)
    return file.answer


def question_of(table: MemberTable) -> str:
    """The filters that are on, as the address writes them."""
    asked = {name: values for name, values in table.asked.query.items() if name in KEPT}
    return urlencode({**asked, **table.chosen}, doseq=True)


@page(
    "exports.list", gettext_lazy("Yêu cầu lấy danh sách"), permission=permissions.APPROVE_EXPORT,
    place=Place(2, 40, "download", waits=lambda actor: _waiting(actor).count()),
)  # fmt: skip
def exports(request: HttpRequest) -> HttpResponse:
    """Those that wait for the reader's answer, and the reader's own."""
    actor = actor_of(request)
    waiting = list(_waiting(actor).select_related("account").order_by("pk")[:SHOWN])
    own = list(ExportRequest.objects.filter(account=actor.account_id).order_by("-pk")[:SHOWN])
    called = names({row.unit_id for row in [*waiting, *own]}, actor.on)
    context = {"waiting": waiting, "own": own, "called": called, "state": files.state_of, "kinds": TAKINGS}
    return render(request, "members/exports.html", context)


def _waiting(actor: Actor) -> "QuerySet[ExportRequest]":
    """Requests that the actor may answer: of others, where the actor has the right."""
    rows = ExportRequest.objects.filter(state="waiting").exclude(account=actor.account_id)
    return actor.scope(permissions.APPROVE_EXPORT).filter_few(rows)


def asked_by(request: HttpRequest, number: int) -> ExportRequest:
    """The reader's own request, or one that the reader may answer; else 404."""
    actor = actor_of(request)
    mine = Q(account=actor.account_id)
    row = ExportRequest.objects.select_related("account", "answered_by", "unit").filter(pk=number).first()
    if row is None or not (
        ExportRequest.objects.filter(mine, pk=number).exists() or actor.can(permissions.APPROVE_EXPORT, at=row.unit)
    ):
        raise Http404
    return row


@page("exports.request", gettext_lazy("Yêu cầu lấy danh sách"))
def asked(request: HttpRequest, number: int) -> HttpResponse:
    """One request: what is wanted and why; the answer; the file."""
    actor, row = actor_of(request), asked_by(request, number)
    form = ReasonForm(sent(request))
    form.fields["reason"].required = False
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _answered(actor, row, request.POST.get("act", ""), form.cleaned_data["reason"]))
        except Refused as refused:
            form.explain(refused)
        else:
            return HttpResponseRedirect(reverse("exports.request", args=[row.pk]))
    own = row.account_id == actor.account_id
    kind = TAKINGS[row.what]
    context = {
        "asked": row, "own": own, "form": form, "state": files.state_of(row), "kind": kind,
        "chips": MAKINGS[row.what].chips(request, actor, row),
        "called": names([row.unit_id], row.on).get(row.unit_id, ""),
        "approvers": positions(permissions.APPROVE_EXPORT, row.unit_id, actor) if own else [],
    }  # fmt: skip
    return render(request, "members/asked_export.html", context, 422 if form.errors else 200)


def _answered(actor: Actor, row: ExportRequest, act: str, reason: str) -> str:
    if act == "withdraw":
        actions.withdraw_export(actor=actor, asked=row, reason=reason)
        return _("Đã rút yêu cầu.")
    actions.answer_export(actor=actor, asked=row, approved=act == "approve", reason=reason)
    return _("Đã duyệt. Người yêu cầu lấy tệp trong 48 giờ.") if act == "approve" else _("Đã ghi: không duyệt.")


def table_of(request: HttpRequest, actor: Actor, row: ExportRequest) -> MemberTable:
    """The list that was asked for, on its day, within what the reader may see."""
    land = ground(actor, permissions.EXPORT, row.unit_id, row.on)
    table = MemberTable(request, actor, land)
    table.asked.query = {name: values for name, values in QueryDict(row.query).lists() if any(values)}
    return table


@page("exports.fetch", gettext_lazy("Lấy tệp đã duyệt"))
@require_POST
def fetch(request: HttpRequest, number: int) -> HttpResponse:
    """The file, once approved and within the set time; each fetching is logged."""
    actor, row = actor_of(request), asked_by(request, number)
    kind = TAKINGS[row.what]
    actor.require(kind.permission, at=row.unit)
    asked = request.POST.get("form", "")
    file = MAKINGS[row.what].made(request, actor, row, asked if asked in kind.forms else kind.forms[0])
    try:
        actions.fetch_export(actor=actor, asked=row, people=file.people, form=file.form)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason.message)
        return HttpResponseRedirect(reverse("exports.request", args=[row.pk]))
    return file.answer


def _list_url(request: HttpRequest) -> str:
    kept: list[Any] = [(name, value) for name, values in request.GET.lists() for value in values if value]
    return "/members/" + (f"?{urlencode(kept)}" if kept else "")


def _made(request: HttpRequest, actor: Actor, row: ExportRequest, form: str) -> File:
    return files.made(request, form, table_of(request, actor, row), row.reason, row.pk)


making(MEMBERS, Making(lambda request, actor, row: table_of(request, actor, row).chips, _made))
