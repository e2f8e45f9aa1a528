"""The library: what lies in it for the reader, folders, what was put aside, confirming."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.documents import actions, queries
from hatnhan.documents.forms import FolderForm
from hatnhan.documents.models import Folder
from hatnhan.documents.permissions import READ, REGISTER, VIEW
from hatnhan.documents.shelf import shelf_of
from hatnhan.kernel.forms import sent
from hatnhan.kernel.pages import Place, actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.units.queries import name_of

from .acting import acted


@page("documents.library", gettext_lazy("Văn bản"), permission=READ, place=Place(0, 35, "book-open", phone=True))
def library(request: HttpRequest) -> HttpResponse:
    """The papers that reach the reader, by folder; those not yet opened stand first."""
    actor = actor_of(request)
    shelf = shelf_of(actor, request.GET.get("q", ""), request.GET.get("show", ""), request.GET.get("page", ""))
    context = {"shelf": shelf, "may_register": actor.can(REGISTER), "may_see_register": actor.can(VIEW)}
    return render(request, "documents/library.html", context)


@page("documents.confirm", gettext_lazy("Đã nhận văn bản"), permission=READ)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """One press: the reader has received the paper."""
    actor = actor_of(request)
    one = queries.visible(actor, pk)
    if request.method == "POST":
        try:
            actions.confirm(actor=actor, paper=one)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Đã ghi nhận."))
    return HttpResponseRedirect(reverse("documents.paper", args=[pk]))


@page("documents.keep_aside", gettext_lazy("Lưu văn bản"), permission=READ)
def keep_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """One press: put aside for oneself, or no longer."""
    actor = actor_of(request)
    one = queries.visible(actor, pk)
    if request.method == "POST" and actor.account_id is not None:
        actions.keep_aside(actor=actor, paper=one, on=request.POST.get("on") == "1", at=timezone.now())
    return HttpResponseRedirect(reverse("documents.paper", args=[pk]))


@page("documents.folders", gettext_lazy("Ngăn văn bản"), permission=REGISTER)
def folders(request: HttpRequest) -> HttpResponse:
    """The folders of a unit's library."""
    actor, unit = actor_of(request), working_unit(request, REGISTER)
    form = FolderForm(sent(request))

    def act(form: forms.Form) -> tuple[str, str]:
        actions.add_folder(actor=actor, unit=unit, **form.cleaned_data)
        return _("Đã thêm ngăn."), f"{reverse('documents.folders')}?unit={unit.pk}"

    context = {
        "unit": unit,
        "unit_name": name_of(unit, actor.on),
        "folders": Folder.objects.filter(unit=unit).order_by("name"),
    }
    return acted(request, form, act, "documents/folders.html", context)
