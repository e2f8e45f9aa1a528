"""Pages on which several transfers are begun and issued at once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.forms import explaining, sent
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.members.forms.fields import DayField
from hatnhan.members.queries import members_of
from hatnhan.movements import permissions
from hatnhan.movements.cells import cell_of

from . import actions, queries
from .forms import PrepareForm
from .models import OPEN, TransferCase
from .step_views import Chosen


def _chosen(request: HttpRequest, name: str) -> set[int]:
    return {int(value) for value in request.POST.getlist(name) if value.isdecimal() and len(value) < 19}


@page("movements.prepare_transfers", gettext_lazy("Chuyển nhiều đồng chí"), permission=permissions.OPEN)
def prepare_transfers(request: HttpRequest) -> HttpResponse:
    """Where to, then who of the cell, and by which decision."""
    actor, (unit, cells) = actor_of(request), cell_of(request, permissions.OPEN)
    if unit is None:
        which = {"offered": cells, "lead": _("Chọn chi bộ có đồng chí chuyển đi.")}
        return render(request, "movements/desk_cells.html", which)
    chosen, back = Chosen(request, actor, unit.pk), reverse("movements.transfers")
    people = [row.person for row in members_of([unit], actor.on)]
    busy = set(TransferCase.objects.filter(person__in=people, state__in=OPEN).values_list("person", flat=True))
    offered = [person for person in people if person.pk not in busy]
    name = queries.place_name(unit, "", actor.on)
    shared: dict[str, Any] = {"chosen": chosen, "back": back, "unit": unit, "called": name}
    if not chosen:
        return render(request, "movements/choose.html", {**shared, "siblings": queries.siblings(unit, actor.on)})
    form = PrepareForm(sent(request))
    picked = _chosen(request, "person")
    if request.method == "POST" and form.is_valid():
        given = {key: value for key, value in form.given().items() if key != "seen"}
        with explaining(form):
            cases = actions.prepare_transfers(
                actor=actor, people=[one for one in offered if one.pk in picked], to=chosen.unit,
                destination_text=chosen.text, **given,
            )  # fmt: skip
            messages.success(request, _("Đã bắt đầu %(n)s việc chuyển.") % {"n": len(cases)})
            return HttpResponseRedirect(back)
    context = {"form": form, "offered": [(one, one.pk in picked) for one in offered], **shared}
    return render(request, "movements/prepare_many.html", context, 422 if form.errors else 200)


class IssueManyForm(forms.Form):
    """The day of the letters."""

    on = DayField(label=gettext_lazy("Ngày cấp giấy"))
    despite = forms.BooleanField(label=gettext_lazy("Đã xem những điểm được nhắc, vẫn cấp giấy"), required=False)


@page("movements.issue_letters", gettext_lazy("Cấp nhiều giấy giới thiệu"), permission=permissions.ISSUE)
def issue_letters(request: HttpRequest) -> HttpResponse:
    """Those that are being prepared; their letters are numbered one after the other."""
    actor = actor_of(request)
    rows = TransferCase.objects.filter(state="preparing").select_related("person", "origin", "destination", "issuer")
    waiting = list(actor.scope(permissions.ISSUE).filter(rows, "origin").order_by("origin", "name_key")[:100])
    form, picked = IssueManyForm(sent(request), initial={"on": actor.on}), _chosen(request, "case")
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            chosen = [one for one in waiting if one.pk in picked]
            actions.issue_letters(actor=actor, cases=chosen, **form.cleaned_data)
            messages.success(request, _("Đã cấp %(n)s giấy giới thiệu.") % {"n": len(chosen)})
            return HttpResponseRedirect(reverse("movements.transfers"))
    context = {
        "form": form, "waiting": [(one, one.pk in picked) for one in waiting],
        "done": {one.pk: f"{len(one.checks)}" for one in waiting},
    }  # fmt: skip
    return render(request, "movements/issue_many.html", context, 422 if form.errors else 200)
