"""The monthly report of a cell: written, read, handed in, printed."""

from datetime import date, timedelta
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.documents import docx_file, pdf
from hatnhan.kernel.days import month as first_of
from hatnhan.kernel.forms import explain, sent, telling
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.meetings import actions
from hatnhan.meetings.choices import REPORT_PARTS
from hatnhan.meetings.flows import REPORT
from hatnhan.meetings.models import MonthReport
from hatnhan.meetings.papers.views import TYPES
from hatnhan.meetings.permissions import PLAN, ROLL
from hatnhan.meetings.plan import sittings
from hatnhan.meetings.plan.views import asked_month
from hatnhan.units.queries import name_of

from . import month_facts, report_paper
from .forms import ReportForm, report_values


@page("meetings.write_report", gettext_lazy("Soạn báo cáo tháng"), permission=PLAN)
def write_report(request: HttpRequest) -> HttpResponse:
    """The cell's words, last month's as a start, beside what the figures fill in."""
    actor, unit, first = actor_of(request), working_unit(request, PLAN), asked_month(request)
    sittings.must_plan(actor, unit)
    row, last = _of(unit, first), _of(unit, first_of(first - timedelta(days=1)))
    banks = month_facts.phrases(unit, actor.on)
    form = ReportForm(sent(request), banks=banks, initial=report_values(row, last))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            actions.write_report(actor=actor, unit=unit, first=first, texts=form.texts(), seen=seen)
        except Refused as refused:
            explain(form, refused)
            row = _of(unit, first)
            if "stale" in refused.codes and row is not None:
                again = request.POST.copy()
                again["seen"] = str(row.version)
                form.data = again
        else:
            messages.success(request, _("Đã lưu báo cáo."))
            return HttpResponseRedirect(_address("meetings.month_report", unit, first))
    context = {
        "form": form, "unit": unit, "unit_name": name_of(unit, actor.on), "month": f"{first.month}/{first.year}",
        "facts": month_facts.facts(unit, first, actor.on) if first <= actor.on else [], "begun": row is not None,
        "back": reverse("meetings.checklist") + f"?unit={unit.pk}&month={first:%Y-%m}",
        "theirs": [(label, getattr(row, code)) for code, label in REPORT_PARTS.items()] if row and form.errors else [],
    }  # fmt: skip
    return render(request, "meetings/packets/write_report.html", context, 422 if form.errors else 200)


@page("meetings.month_report", gettext_lazy("Báo cáo tháng"), permission=ROLL)
def month_report(request: HttpRequest) -> HttpResponse:
    """The report as it stands; above the cell only once it was handed in."""
    actor, unit, first = actor_of(request), working_unit(request, ROLL), asked_month(request)
    row = _readable(request, unit, first)
    may = sittings.may_plan(actor, unit)
    context = {
        "row": row, "unit": unit, "unit_name": name_of(unit, actor.on), "month": f"{first.month}/{first.year}",
        "facts": (row.facts if row.state == "handed_in" else month_facts.facts(unit, first, actor.on)) if row else [],
        "parts": [(label, getattr(row, code)) for code, label in REPORT_PARTS.items()] if row else [],
        "state": str(REPORT.states[row.state]) if row else "",
        "may_write": may and (row is None or row.state == "draft"),
        "tail": f"?unit={unit.pk}&month={first:%Y-%m}",
    }  # fmt: skip
    return render(request, "meetings/packets/month_report.html", context)


@page("meetings.hand_in_report", gettext_lazy("Nộp Đảng ủy"), permission=PLAN)
def hand_in_report(request: HttpRequest) -> HttpResponse:
    """To the committee: one press; the figures are frozen."""
    actor, unit, first = actor_of(request), working_unit(request, PLAN), asked_month(request)
    sittings.must_plan(actor, unit)
    row = _of(unit, first)
    if request.method == "POST" and row is not None:
        with telling(request):
            actions.hand_in_report(actor=actor, report=row)
            messages.success(request, _("Đã nộp báo cáo."))
    return HttpResponseRedirect(_address("meetings.month_report", unit, first))


@page("meetings.report_paper", gettext_lazy("Báo cáo tháng"), permission=ROLL)
def report_paper_of(request: HttpRequest, form: str) -> HttpResponse:
    """The report as an official paper."""
    unit, first = working_unit(request, ROLL), asked_month(request)
    row = _readable(request, unit, first)
    if row is None or form not in TYPES:
        raise Http404
    paper = report_paper.report(row, actor_of(request).on)
    made = docx_file.written(paper) if form == "docx" else pdf.official(paper)
    answer = HttpResponse(made, content_type=TYPES[form])
    name = quote(f"Báo cáo {first:%Y-%m}.{form}")
    answer["Content-Disposition"] = f"{'attachment' if form == 'docx' else 'inline'}; filename*=UTF-8''{name}"
    answer["Cache-Control"] = "no-store"
    return answer


def _of(unit: Unit, first: date) -> MonthReport | None:
    return MonthReport.objects.filter(unit=unit, first=first).first()


def _readable(request: HttpRequest, unit: Unit, first: date) -> MonthReport | None:
    row = _of(unit, first)
    mine = sittings.may_plan(actor_of(request), unit)
    return row if row is not None and (mine or row.state == "handed_in") else None


def _address(code: str, unit: Unit, first: date) -> str:
    return reverse(code) + f"?unit={unit.pk}&month={first:%Y-%m}"
