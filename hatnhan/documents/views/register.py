"""The register of a unit: its list and file, one paper, entering what goes out and what comes in, terms."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.documents import actions, queries
from hatnhan.documents.forms import InForm, OutForm, ReasonForm, TermForm
from hatnhan.documents.heads import body_of
from hatnhan.documents.permissions import ADAPT, REGISTER, VIEW
from hatnhan.documents.tables import PaperTable, heads, lines
from hatnhan.kernel.days import today
from hatnhan.kernel.forms import sent
from hatnhan.kernel.listing import as_csv, as_xlsx
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import Place, actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.ui.text import num
from hatnhan.units.queries import name_of

from .acting import acted

MOST = 20_000


@page("documents.register", gettext_lazy("Sổ văn bản"), permission=VIEW, place=Place(1, 70, "archive"))
def register(request: HttpRequest) -> HttpResponse:
    """The papers of a unit, outgoing and incoming, the latest first."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    table = PaperTable(request, actor, unit)
    context = {
        "unit": unit, "unit_name": name_of(unit, actor.on), "may_register": actor.can(REGISTER, at=unit),
        "term": queries.term_of(unit, actor.on), "below": table.below, "may_adapt": actor.can(ADAPT, at=unit),
        "export_url": table.asked.address(reverse("documents.export"), after=None, before=None, where=None),
    }  # fmt: skip
    return table.respond(request, "documents/register.html", context)


@page("documents.export", gettext_lazy("Lấy sổ văn bản ra tệp"), permission=VIEW)
def export(request: HttpRequest) -> HttpResponse:
    """The unit's own register as CSV or XLSX, after a reason that stands in the log."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    table, form = PaperTable(request, actor, unit), ReasonForm(sent(request))
    if table.below:
        raise Http404
    if request.method == "POST" and form.is_valid():
        rows = lines(table, MOST)
        try:
            actions.export(actor=actor, unit=unit, count=len(rows), reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error("reason", str(refused))
        else:
            return _file(rows, request.POST.get("as") == "xlsx")
    context = {
        "form": form, "table": table, "unit_name": name_of(unit, actor.on), "most": num(MOST),
        "list_url": table.asked.address(reverse("documents.register")),
    }  # fmt: skip
    return render(request, "documents/export.html", context, 422 if form.errors else 200)


def _file(rows: list[list[Any]], xlsx: bool) -> HttpResponse:
    if xlsx:
        made, kind, tail = (
            as_xlsx(heads(), rows, _("Sổ văn bản")),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        )
    else:
        made, kind, tail = b"".join(as_csv(heads(), rows)), "text/csv; charset=utf-8", "csv"
    answer = HttpResponse(made, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="so-van-ban-{today().isoformat()}.{tail}"'
    answer["Cache-Control"] = "no-store"
    return answer


@page("documents.register_out", gettext_lazy("Vào sổ văn bản đi"), permission=REGISTER)
def register_out(request: HttpRequest) -> HttpResponse:
    """A paper that the unit issued: it gets the next number of its term."""
    actor, unit = actor_of(request), working_unit(request, REGISTER)
    usual, given = body_of(unit, actor.on), sent(request)
    files = request.FILES if given is not None else None
    known = {"on": actor.on, "usual": usual}
    form = OutForm(given, files, doubtful="despite" in (given or ()), **known)  # type: ignore[arg-type]

    def act(form: forms.Form) -> tuple[str, str]:
        done = actions.register(actor=actor, unit=unit, **form.given())  # type: ignore[attr-defined]
        return _("Đã vào sổ: %(symbol)s.") % {"symbol": done.symbol}, reverse("documents.paper", args=[done.pk])

    def refused(why: Refused) -> forms.Form | None:
        return OutForm(given, files, doubtful=True, **known) if "unsure" in why.codes else None  # type: ignore[arg-type]

    return acted(request, form, act, "documents/enter.html", _context(unit, actor.on), refused)


@page("documents.register_in", gettext_lazy("Vào sổ văn bản đến"), permission=REGISTER)
def register_in(request: HttpRequest) -> HttpResponse:
    """A paper that came from elsewhere."""
    actor, unit = actor_of(request), working_unit(request, REGISTER)
    given = sent(request)
    form = InForm(given, request.FILES if given is not None else None, on=actor.on)

    def act(form: forms.Form) -> tuple[str, str]:
        done = actions.receive(actor=actor, unit=unit, **form.given())  # type: ignore[attr-defined]
        said = _("Đã vào sổ, số đến %(number)s.") % {"number": num(done.number)}
        return said, reverse("documents.paper", args=[done.pk])

    return acted(request, form, act, "documents/enter.html", _context(unit, actor.on))


@page("documents.terms", gettext_lazy("Nhiệm kỳ"), permission=VIEW)
def terms(request: HttpRequest) -> HttpResponse:
    """The terms of a unit: numbers of papers run through each."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    may = actor.can(REGISTER, at=unit)
    form = TermForm(sent(request) if may else None)

    def act(form: forms.Form) -> tuple[str, str]:
        actions.begin_term(actor=actor, unit=unit, **form.cleaned_data)
        return _("Đã ghi nhiệm kỳ."), f"{reverse('documents.terms')}?unit={unit.pk}"

    context = _context(unit, actor.on) | {"terms": queries.terms(unit), "may_register": may}
    if request.method == "POST":
        actor.require(REGISTER, at=unit)
    return acted(request, form, act, "documents/terms.html", context)


def _context(unit: Unit, on: date) -> dict[str, Any]:
    return {"unit": unit, "unit_name": name_of(unit, on), "has_term": queries.term_of(unit, on) is not None}
