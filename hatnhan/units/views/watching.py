"""Who changed what of an organisation, and what of it can still be undone."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.audit import actor_name, in_words
from hatnhan.kernel.forms import at_once, explain, sent
from hatnhan.kernel.models import Entry, Placement, Subject, Unit
from hatnhan.kernel.pages import actor_of, day_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.undo import objections
from hatnhan.units import actions, permissions
from hatnhan.units.actions.undoing import RIGHTS
from hatnhan.units.models import UnitEvent

from .looking import card_of, unit_of

PAGE = 50


class ReasonForm(forms.Form):
    """Why something is undone; it stands in the log."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Hãy ghi lý do.")},
    )  # fmt: skip


def entries_of(unit: Unit) -> "QuerySet[Entry]":
    """Acts upon the organisation itself, the latest first."""
    about = Subject.objects.filter(kind=Unit._meta.label_lower, key=unit.pk).values("entry")
    rows = Entry.objects.filter(pk__in=about, code__startswith="units.", refers_to=None)
    return rows.select_related("payload").order_by("-pk")


@page("units.log", gettext_lazy("Nhật ký của tổ chức"), permission=permissions.CHANGE)
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of them, with the way to each."""
    one = unit_of(request, pk, permissions.CHANGE)
    rows, before = entries_of(one), request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    told = [(entry, actor_name(entry.actor), in_words(entry)) for entry in found[:PAGE]]
    older = found[PAGE - 1].pk if len(found) > PAGE else None
    context = {"unit": one, "card": card_of(one, day_of(request)), "log": told, "older": older}
    return render(request, "units/log.html", context)


@page("units.entry", gettext_lazy("Một việc trong nhật ký"), permission=permissions.CHANGE)
def entry(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """One change in full, whether it can still be undone, and the act that undoes it."""
    one, actor = unit_of(request, pk, permissions.CHANGE), actor_of(request)
    found = entries_of(one).filter(pk=entry).first()
    if found is None:
        raise Http404
    form, right = ReasonForm(at_once(sent(request))), RIGHTS.get(found.code)
    if request.method == "POST" and form.is_valid():
        try:
            actions.undo_act(actor=actor, unit=one, entry=found, reason=form.cleaned_data["reason"])
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã hoàn tác."))
            return HttpResponseRedirect(_after(one))
    context: dict[str, Any] = {
        "unit": one, "card": card_of(one, day_of(request)), "entry": found, "by": actor_name(found.actor),
        "words": in_words(found), "form": form, "objections": objections(found.pk), "undoable": right is not None,
        "may": right is not None and actor.can(right, at=one),
        "event": UnitEvent.objects.filter(act=found.pk, undone_in__isnull=True).first(),
    }  # fmt: skip
    return render(request, "units/entry.html", context, 422 if form.errors else 200)


def _after(unit: Unit) -> str:
    """The unit's log; of one whose founding was taken back, the tree."""
    stands = Placement.objects.unvoided().filter(unit=unit).exists()
    return reverse("units.log", args=[unit.pk]) if stands else reverse("units.tree")
