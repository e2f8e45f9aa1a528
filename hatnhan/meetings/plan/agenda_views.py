"""The agenda of a meeting: lay a template, add, change, move and remove items. Every button is a form."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.forms import explain, explaining, sent, telling
from hatnhan.kernel.models import Placement
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.meetings import actions
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import AgendaItem, Sitting
from hatnhan.meetings.permissions import PLAN

from . import agendas, sittings
from .forms import ItemForm, item_values
from .story import SittingStory
from .views import own


@page("meetings.agenda", gettext_lazy("Chương trình"), permission=PLAN)
def agenda(request: HttpRequest, sitting: int) -> HttpResponse:
    """The items with their buttons, the templates, and a form for one more."""
    one = own(request, sitting)
    return _shown(request, one, ItemForm(people=_people(request, one)))


@page("meetings.lay_template", gettext_lazy("Lấy chương trình mẫu"), permission=PLAN)
def lay_template(request: HttpRequest, sitting: int) -> HttpResponse:
    """A template comes onto the agenda; what stands there is kept."""
    one = own(request, sitting)
    return _pressed(request, one, _("Đã lấy chương trình mẫu; các mục đã có vẫn giữ."), lambda actor: (
        actions.lay_template(actor=actor, sitting=one, template=request.POST.get("template", ""))
    ))  # fmt: skip


@page("meetings.add_item", gettext_lazy("Thêm mục"), permission=PLAN)
def add_item(request: HttpRequest, sitting: int) -> HttpResponse:
    """One more item, at the end of its part."""
    one = own(request, sitting)
    form = ItemForm(sent(request), people=_people(request, one))
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            actions.add_item(actor=actor_of(request), sitting=one, item=form.sheet())
            messages.success(request, _("Đã thêm mục vào chương trình."))
            return HttpResponseRedirect(_address(one))
    return _shown(request, one, form)


@page("meetings.change_item", gettext_lazy("Sửa mục"), permission=PLAN)
def change_item(request: HttpRequest, sitting: int, item: int) -> HttpResponse:
    """The words of an item; what somebody else wrote meanwhile is shown beside one's own."""
    one = own(request, sitting)
    row = sittings.item_of(one, item)
    form, theirs = ItemForm(sent(request), people=_people(request, one), initial=item_values(row)), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_item(
                actor=actor_of(request), item=row, sheet=form.sheet(), seen=form.cleaned_data["seen"]
            )  # fmt: skip
        except Refused as refused:
            explain(form, refused)
            if "stale" in refused.codes:
                theirs = AgendaItem.objects.get(pk=row.pk)
                form.data = {**request.POST.dict(), "seen": theirs.version}
        else:
            messages.success(request, _("Đã sửa mục."))
            return HttpResponseRedirect(_address(one))
    context = {"form": form, "story": SittingStory(one, actor_of(request)), "item": row, "theirs": theirs}
    return render(request, "meetings/plan/item.html", context, 422 if form.errors else 200)


@page("meetings.move_item", gettext_lazy("Đổi thứ tự"), permission=PLAN)
def move_item(request: HttpRequest, sitting: int, item: int) -> HttpResponse:
    """One step up or down within its part."""
    one = own(request, sitting)
    row = sittings.item_of(one, item)
    up = request.POST.get("to") == "up"
    return _pressed(request, one, "", lambda actor: actions.move_item(actor=actor, item=row, up=up))


@page("meetings.remove_item", gettext_lazy("Bỏ mục"), permission=PLAN)
def remove_item(request: HttpRequest, sitting: int, item: int) -> HttpResponse:
    """Off the agenda."""
    one = own(request, sitting)
    row = sittings.item_of(one, item)
    given = request.POST.get("seen", "")
    seen = int(given) if given.isdigit() else None
    said = _("Đã bỏ mục “%(title)s”.") % {"title": row.title}
    return _pressed(request, one, said, lambda actor: actions.remove_item(actor=actor, item=row, seen=seen))


def _pressed(request: HttpRequest, one: Sitting, said: str, act: Any) -> HttpResponse:
    """A button of the agenda: take the step and go back to it, with what was refused above."""
    if request.method == "POST":
        with telling(request):
            act(actor_of(request))
            if said:
                messages.success(request, said)
    return HttpResponseRedirect(_address(one))


def _address(one: Sitting) -> str:
    return reverse("meetings.agenda", args=[one.pk])


def _people(request: HttpRequest, one: Sitting) -> list[tuple[int, str]]:
    roll = queries.roll_of(one.unit_id, actor_of(request).on, one.kind)
    return [(line.person, line.name) for line in roll]


def _shown(request: HttpRequest, one: Sitting, form: ItemForm) -> HttpResponse:
    kind = Placement.objects.on(one.day).filter(unit=one.unit_id).values_list("kind", flat=True).first() or ""
    offered = agendas.fitting(agendas.templates(rulebook.at(one.day)), kind, one.kind)
    context = {
        "story": SittingStory(one, actor_of(request)), "form": form, "templates": offered,
        "editable": one.state in sittings.EDITABLE,
    }  # fmt: skip
    return render(request, "meetings/plan/agenda.html", context, 422 if form.errors else 200)
