"""Pages of a whole batch: deciding a list, papers and letters, what to order and pay, what makes people wait."""

from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.documents import docx_file, pdf
from hatnhan.kernel.forms import explaining, sent, telling
from hatnhan.kernel.job_models import Job
from hatnhan.kernel.models import Placement
from hatnhan.kernel.pages import actor_of, page, render, working_unit
from hatnhan.kernel.ui.text import day as written
from hatnhan.kernel.ui.text import num
from hatnhan.members.queries import last_home
from hatnhan.rulebook import sentence
from hatnhan.units.queries import name_of, names

from ..models import Postponement
from ..permissions import AWARD, DECIDE, HOLD, VIEW
from . import actions, papers, queries, summary
from .choices import DISCIPLINE
from .forms import DecideManyForm, HoldForm, LiftForm, SymbolForm
from .letters import file_of
from .views import batch_asked

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@page("honours.decide_badges", gettext_lazy("Quyết định tặng theo danh sách"), permission=DECIDE)
def decide_badges(request: HttpRequest) -> HttpResponse:
    """The list that waits for the province, decided at once."""
    actor, unit = actor_of(request), working_unit(request, DECIDE)
    here = Placement.objects.under(unit, actor.on).values("unit")
    waiting = list(
        queries.cases(actor).filter(unit__in=here, state="proposed").select_related("person", "unit")
        .order_by("level", "due", "pk")
    )  # fmt: skip
    form = DecideManyForm(sent(request), initial={"on": actor.on})
    if request.method == "POST" and form.is_valid():
        chosen = set(request.POST.getlist("case"))
        with explaining(form):
            done = actions.decide_many(
                actor=actor, cases=[case for case in waiting if str(case.pk) in chosen], **form.cleaned_data
            )
            messages.success(request, _("Đã ghi quyết định tặng %(n)s Huy hiệu.") % {"n": done})
            return HttpResponseRedirect(f"{reverse('honours.badge_cases')}?state=decided")
    context = {
        "form": form, "waiting": waiting, "unit_name": name_of(unit, actor.on), "back": reverse("honours.badges"),
        "cells": names({case.unit_id for case in waiting}, actor.on), "chosen": request.POST.getlist("case"),
    }  # fmt: skip
    return render(request, "honours/decide_badges.html", context, 422 if form.errors else 200)


@page("honours.request_paper", gettext_lazy("Tờ trình đề nghị tặng Huy hiệu"), permission=VIEW)
def request_paper(request: HttpRequest, form: str) -> HttpResponse:
    """The proposal of a unit for a batch with its list, as a file to go on writing in or to print."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    if form not in TYPES:
        raise Http404
    batch, _around = batch_asked(request, actor.on)
    here = Placement.objects.under(unit, actor.on).values("unit")
    cases = queries.cases(actor).filter(
        unit__in=here, batch_day=batch.day, state__in=("declared", "reviewed", "adopted", "proposed")
    )
    listed = list(cases.select_related("person").order_by("level", "due", "pk"))
    paper = papers.request_paper(unit, listed, batch.day, actor.on)
    made = docx_file.written(paper) if form == "docx" else pdf.official(paper)
    answer = HttpResponse(made, content_type=TYPES[form])
    name = quote(f"Tờ trình Huy hiệu {batch.day:%Y-%m-%d}.{form}")
    answer["Content-Disposition"] = f"{'attachment' if form == 'docx' else 'inline'}; filename*=UTF-8''{name}"
    answer["Cache-Control"] = "no-store"
    return answer


# --- letters --------------------------------------------------------------------------------------------------------


@page("honours.print_letters", gettext_lazy("Thư báo tặng Huy hiệu"), permission=AWARD)
def print_letters(request: HttpRequest) -> HttpResponse:
    """Ask for the letters of a batch; a worker makes them."""
    actor, unit = actor_of(request), working_unit(request, AWARD)
    batch, _around = batch_asked(request, actor.on)
    count = queries.decided(actor, unit, batch.day).count()
    here = f"?{urlencode({'unit': unit.pk, 'batch': batch.day.isoformat()})}"
    if request.method == "POST":
        with telling(request):
            form = request.POST.get("form", "pdf")
            job = actions.print_letters(actor=actor, unit=unit, batch=batch.day, form=form)
            return HttpResponseRedirect(reverse("honours.letters", args=[job.pk]))
    mine = Job.objects.filter(kind="honours.letters", created_by=actor.account_id or 0).order_by("-pk")[:5]
    context = {
        "count": count, "batch": batch.day, "unit_name": name_of(unit, actor.on), "here": here, "jobs": mine,
        "back": f"{reverse('honours.badges')}{here}",
    }  # fmt: skip
    return render(request, "honours/print_letters.html", context)


def _job(request: HttpRequest, job: int) -> Job:
    found = Job.objects.filter(pk=job, kind="honours.letters", created_by=actor_of(request).account_id or 0).first()
    if found is None:
        raise Http404
    return found


@page("honours.letters", gettext_lazy("Thư đang làm"), permission=AWARD)
def letters(request: HttpRequest, job: int) -> HttpResponse:
    """How far the letters are; only for whoever asked."""
    found = _job(request, job)
    context = {"job": found, "ready": found.state == "done" and file_of(found.pk).exists()}
    return render(request, "honours/letters.html", context)


@page("honours.letters_progress", gettext_lazy("Thư đang làm"), permission=AWARD)
def letters_progress(request: HttpRequest, job: int) -> HttpResponse:
    """The piece of the page that is asked for again and again."""
    found = _job(request, job)
    answer = render(request, "honours/letters_progress.html", {"job": found})
    if not found.open:
        answer["HX-Refresh"] = "true"
    return answer


@page("honours.letters_file", gettext_lazy("Tệp thư báo"), permission=AWARD)
def letters_file(request: HttpRequest, job: int) -> Any:
    """The archive, for whoever asked."""
    path = file_of(_job(request, job).pk)
    if not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"thu-huy-hieu-{job}.zip")


# --- what to order and pay ------------------------------------------------------------------------------------------


@page("honours.badge_summary", gettext_lazy("Tổng hợp Huy hiệu"), permission=VIEW)
def badge_summary(request: HttpRequest) -> HttpResponse:
    """Badges to order by level and batch of a year, gift money, and the two half-years."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    asked = request.GET.get("year", "")
    of = int(asked) if asked.isdigit() and 2000 <= int(asked) <= 2100 else actor.on.year + (actor.on.month > 10)
    found = summary.year(actor, unit, of)
    may_set = actor.can(DECIDE, at=unit)
    context = {
        "unit": unit, "unit_name": name_of(unit, actor.on), "year": found, "of": of,
        "halves": summary.halves(actor, unit, of), "sources": [sentence(rule) for rule in found.rules],
        "money": _("%(n)s đồng") % {"n": num(found.money)}, "may_set": may_set,
        "tabs": [
            (str(one), f"{reverse('honours.badge_summary')}?{urlencode({'unit': unit.pk, 'year': one})}", one == of)
            for one in range(of - 1, of + 3)
        ],
        "symbol": queries.symbol_of(unit, actor.on),
        "heads": [
            _("Mức"), *({"label": written(one.day), "numeric": True} for one in found.batches),
            {"label": _("Cộng"), "numeric": True}, {"label": _("Tiền thưởng, đồng"), "numeric": True},
        ],
    }  # fmt: skip
    return render(request, "honours/badge_summary.html", context)


@page("honours.set_symbol", gettext_lazy("Ký hiệu số Huy hiệu của tỉnh"), permission=DECIDE)
def set_symbol(request: HttpRequest) -> HttpResponse:
    """The letters before the numbers of a province."""
    actor, unit = actor_of(request), working_unit(request, DECIDE)
    form = SymbolForm(sent(request), initial={"on": actor.on, "symbol": queries.symbol_of(unit, actor.on)})
    back = reverse("honours.badge_summary")
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            actions.set_symbol(actor=actor, unit=unit, **form.cleaned_data)
            messages.success(request, _("Đã ghi."))
            return HttpResponseRedirect(back)
    context = {"form": form, "lead": name_of(unit, actor.on), "back": back}
    return render(request, "honours/step.html", context, 422 if form.errors else 200)


# --- what makes somebody wait ---------------------------------------------------------------------------------------


@page("honours.postponements", gettext_lazy("Thời gian chưa xét Huy hiệu"), permission=HOLD)
def postponements(request: HttpRequest) -> HttpResponse:
    """Who must wait until when and by which decision: for the keeper alone."""
    actor, unit = actor_of(request), working_unit(request, HOLD)
    here = queries.homes(unit, actor.on).values("person")
    rows = Postponement.objects.on(actor.on).filter(person__in=here).select_related("person").order_by("valid_to")
    context = {"rows": rows, "unit_name": name_of(unit, actor.on), "kinds": DISCIPLINE}
    return render(request, "honours/postponements.html", context)


@page("honours.postpone_by_discipline", gettext_lazy("Ghi thời gian chưa xét Huy hiệu"), permission=HOLD)
def postpone_by_discipline(request: HttpRequest, person: int) -> HttpResponse:
    """Somebody was disciplined."""
    actor = actor_of(request)
    one = queries.somebody(actor, person, HOLD)
    form = HoldForm(sent(request), initial={"decided_on": actor.on})
    back = reverse("honours.postponements")
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            actions.postpone_by_discipline(actor=actor, person=one, **form.cleaned_data)
            messages.success(request, _("Đã ghi."))
            return HttpResponseRedirect(back)
    context = {"form": form, "lead": one.name, "back": back}
    return render(request, "honours/step.html", context, 422 if form.errors else 200)


@page("honours.lift_postponement", gettext_lazy("Rút thời gian chưa xét Huy hiệu"), permission=HOLD)
def lift_postponement(request: HttpRequest, pk: int) -> HttpResponse:
    """What was recorded is withdrawn."""
    actor = actor_of(request)
    row: Any = Postponement.objects.unvoided().filter(pk=pk).select_related("person").first()
    home = last_home(row.person) if row is not None else None
    if row is None or home is None:
        raise Http404
    actor.require(HOLD, at=home.unit)
    form = LiftForm(sent(request))
    back = reverse("honours.postponements")
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            actions.lift(actor=actor, row=row, **form.cleaned_data)
            messages.success(request, _("Đã ghi."))
            return HttpResponseRedirect(back)
    context = {"form": form, "lead": row.person.name, "back": back}
    return render(request, "honours/step.html", context, 422 if form.errors else 200)
