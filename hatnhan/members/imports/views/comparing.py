"""A list held against what is here: the answers, and the check sheets to print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import actor_of, render
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.sheets.kinds import Unreadable
from hatnhan.kernel.ui.shell import address
from hatnhan.kernel.ui.text import num
from hatnhan.members import actions
from hatnhan.members.exports import Mark
from hatnhan.members.imports import desk as at_desk
from hatnhan.members.imports.actions import runs
from hatnhan.members.imports.checking import cells_of, check_sheets
from hatnhan.members.imports.comparing import TABS, Comparison
from hatnhan.members.queries import members_of
from hatnhan.units.queries import name_of

from .desks import Desk, run_of, to, told_looks

PAGE = 50
LABELS = {
    "only_here": gettext_lazy("Chỉ có ở đây"), "only_there": gettext_lazy("Chỉ có trong tệp"),
    "different": gettext_lazy("Khác nhau"), "missing": gettext_lazy("Còn thiếu"), "unclear": gettext_lazy("Chưa rõ"),
}  # fmt: skip


def look(desk: Desk, request: HttpRequest, pk: int) -> HttpResponse:
    """The answers of one comparison, worked out anew each time: who corrects sees it at once."""
    run = run_of(request, desk, pk)
    if run.state == runs.UPLOADED:
        return to(desk.url("_columns", pk))
    try:
        found = at_desk.comparison(run, actor_of(request))
    except (Unreadable, Refused) as error:
        context = {"desk": desk, "run": run, "problem": str(error)}
        return render(request, "members/imports/unreadable.html", context, 422)
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else _first(found)
    rows = getattr(found, tab)
    asked = request.GET.get("start", "")
    start = min(int(asked) if asked.isdecimal() and len(asked) < 10 else 0, max(0, len(rows) - 1)) // PAGE * PAGE
    context = {
        "desk": desk, "run": run, "found": found, "tab": tab, "rows": rows[start : start + PAGE],
        "start": start, "last": min(start + PAGE, len(rows)), "total": len(rows),
        "before": address(request, start=max(0, start - PAGE) or None) if start else None,
        "after": address(request, start=start + PAGE) if start + PAGE < len(rows) else None,
        "unit": name_of(run.unit, run.on) if run.unit else "",
        "tabs": [
            (f"{LABELS[code]} {num(count)}", address(request, tab=code, start=None), code == tab)
            for code, count in found.counts().items()
            if code in LABELS and (count or code != "unclear")
        ],
    }  # fmt: skip
    told_looks(request, run, (one.person_id for one in rows[start : start + PAGE]))
    return render(request, "members/imports/compared.html", context)


def _first(found: Comparison) -> str:
    """The first answer with anybody in it."""
    return next((tab for tab in TABS if getattr(found, tab)), TABS[0])


def sheets(desk: Desk, request: HttpRequest, pk: int) -> HttpResponse:
    """Which cells' sheets are to be printed; with `?cell=` the PDF of one. Cell by cell: what holds more than one cell
    goes out by two people only."""
    run = run_of(request, desk, pk)
    if run.unit is None:
        raise Http404
    cells = cells_of(run.unit, run.on)
    asked = request.GET.get("cell", "")
    wanted = [cell for cell, _name, _count in cells if str(cell) == asked]
    if wanted:
        actor, here = actor_of(request), Unit.objects.get(pk=wanted[0])
        actions.print_sheets(actor=actor, unit=here, people=members_of([here], run.on).values_list("person", flat=True))
        mark = Mark(actor.label, timezone.localtime(), name_of(here, run.on))
        paper = check_sheets(run.unit, wanted, run.on, who=actor.label, at=mark.at, watermark=mark.text)
        answer = HttpResponse(paper.pdf(), content_type="application/pdf")
        answer.headers["Content-Disposition"] = f'inline; filename="phieu-doi-khop-{run.pk}.pdf"'
        answer.headers["Cache-Control"] = "no-store"
        return answer
    context = {
        "desk": desk, "run": run, "cells": cells,
        "unit": name_of(run.unit, run.on), "title": _("Phiếu đối khớp"),
    }  # fmt: skip
    return render(request, "members/imports/sheets.html", context)
