"""The board of all cases by stage, and listing somebody."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.pages import Place, actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.units.queries import name_of

from .flows import ADMISSION
from .permissions import PREPARE, VIEW
from .pool import actions
from .pool.forms import ListForm
from .tables import AdmissionTable, overdue


@page(
    "admissions.board", gettext_lazy("Phát triển đảng viên"), permission=VIEW, place=Place(1, 20, "user-plus")
)  # fmt: skip
def board(request: HttpRequest) -> HttpResponse:
    """How many cases are in each stage and how many of them are overdue; below, the cases by name."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    table = AdmissionTable(request, actor, unit)
    rows = table.given.filter(ended_on__isnull=True).order_by().values("state")
    counts = {
        row["state"]: row for row in rows.annotate(count=Count("pk"), late=Count("pk", filter=Q(overdue(actor.on))))
    }
    stages = [(code, label, counts[code]) for code, label in ADMISSION.states.items() if code in counts]
    context = {
        "stages": stages, "unit": unit, "unit_name": name_of(unit, actor.on), "prepares": actor.can(PREPARE),
        "late": sum(one["late"] for one in counts.values()), "total": sum(one["count"] for one in counts.values()),
    }  # fmt: skip
    return table.respond(request, "admissions/board.html", context)


@page("admissions.list", gettext_lazy("Đưa vào danh sách quần chúng ưu tú"), permission=PREPARE)
def list_person(request: HttpRequest) -> HttpResponse:
    """List a promising person."""
    actor = actor_of(request)
    form = ListForm(sent(request), actor=actor, initial={"on": actor.on})
    if request.method == "POST" and form.is_valid():
        try:
            case = actions.list_person(actor=actor, **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã đưa vào danh sách. Hãy phân công người giúp đỡ."))
            return HttpResponseRedirect(reverse("admissions.case", args=[case.pk]))
    return render(request, "admissions/list.html", {"form": form}, 422 if form.errors else 200)
