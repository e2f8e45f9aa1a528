"""The log: its list, one entry, and the list as a file."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
from hatnhan.members.forms.acts import ReasonForm
from hatnhan.units.queries import name_of

from . import actions, queries
from .permissions import EXPORT, VIEW
from .tables import AuditTable, heads, lines

MOST = 20_000


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
        "export_url": file if table.unit and actor.can(EXPORT) and queries.is_cell(table.unit, actor) else "",
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
    """The list of the address as a CSV file, after a reason that stands in the log."""
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
            return _file(actor, table, unit, form.cleaned_data["reason"])
        except Refused as refused:
            form.explain(refused)
    context = {"form": form, "table": table, "most": num(MOST), "list_url": table.asked.address(reverse("audit.list"))}
    return render(request, "audit/export.html", context, 422 if form.errors else 200)


def _file(actor: Actor, table: AuditTable, unit: Unit, reason: str) -> HttpResponse:
    """The rows, then who took them out, when and why."""
    rows = list(lines(table, MOST))
    actions.export(actor=actor, unit=unit, count=len(rows), reason=reason)
    marks = [
        [_("Người lấy ra: %(who)s, lúc %(at)s") % {"who": actor.label, "at": moment(timezone.now())}],
        [_("Lý do: %(reason)s") % {"reason": reason}],
    ]
    answer = HttpResponse(b"".join(as_csv(heads(), [*rows, *marks])), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="nhat-ky-{today().isoformat()}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
