"""Merging cells and splitting one, five pages each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import actor_of, home_unit, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.members import at_units
from hatnhan.units import permissions, queries
from hatnhan.units.models import UnitEvent
from hatnhan.units.queries import Card

from . import actions, forms, preview
from .draft import Draft, Given, Step, opened

MERGE = (
    Step("cells", gettext_lazy("Chọn chi bộ"), forms.CellsForm, "members/reorganise/cells.html"),
    Step("day", gettext_lazy("Ngày và quyết định"), forms.DayForm),
    Step("name", gettext_lazy("Tên và mã"), forms.NameForm, "members/reorganise/name.html"),
    Step("posts", gettext_lazy("Chức vụ"), forms.PostsForm, "members/reorganise/posts.html"),
    Step("sure", gettext_lazy("Xem lại"), forms.SureForm, "members/reorganise/sure.html"),
)
SPLIT = (
    Step("unit", gettext_lazy("Chi bộ và quyết định"), forms.SplitForm),
    Step("name", gettext_lazy("Chi bộ mới"), forms.NewCellForm),
    Step("people", gettext_lazy("Đảng viên"), forms.PeopleForm, "members/reorganise/people.html"),
    Step("posts", gettext_lazy("Chức vụ"), forms.PostsForm, "members/reorganise/posts.html"),
    Step("sure", gettext_lazy("Xem lại"), forms.SureForm, "members/reorganise/sure.html"),
)


@dataclass(frozen=True)
class Task:
    """A task of several pages: its steps, what is known before the first, what it will do, and doing it."""

    code: str
    steps: Sequence[Step]
    start: Callable[[Actor, HttpRequest, Draft], Given]
    see: Callable[[Given], preview.Preview]
    do: Callable[[Actor, Given], Unit]
    submit: Any


@page("units.merge", gettext_lazy("Gộp chi bộ"), permission=permissions.REORGANISE)
def merge(request: HttpRequest) -> HttpResponse:
    """Two cells or more become one."""
    return _run(request, Task("merge", MERGE, _family, preview.of_merge, _merge, _("Gộp chi bộ")))


@page("units.split", gettext_lazy("Tách chi bộ"), permission=permissions.REORGANISE)
def split(request: HttpRequest) -> HttpResponse:
    """One cell becomes two."""
    return _run(request, Task("split", SPLIT, _asked_cell, preview.of_split, _split, _("Tách chi bộ")))


# --- the walk through the steps -----------------------------------------------------------------------------------


def _run(request: HttpRequest, task: Task) -> HttpResponse:
    actor, draft = actor_of(request), opened(request, task.code, actor_of(request))
    so_far = task.start(actor, request, draft)
    if "start" in so_far:
        draft = Draft(draft.kind, {**draft.typed, "start": {"unit": [str(so_far["start"])]}})
    number = _number(request, task)
    reached = _walk(task, actor, draft, so_far, number)
    if reached < number:
        return HttpResponseRedirect(draft.address(actor, request.path, reached))
    step = task.steps[number - 1]
    if request.method != "POST":
        form = step.form(actor=actor, so_far=so_far)
        form.initial = {**so_far.get("initial", {}).get(step.code, {}), **draft.initial(step.code, form)}
        return _show(request, task, number, draft, form, so_far)
    draft = draft.put(step.code, request.POST)
    if request.POST.get("go") == "back":
        return HttpResponseRedirect(draft.address(actor, request.path, max(number - 1, 1)))
    form = step.form(request.POST, actor=actor, so_far=so_far)
    if not form.is_valid():
        return _show(request, task, number, draft, form, so_far)
    if number < len(task.steps):
        return HttpResponseRedirect(draft.address(actor, request.path, number + 1))
    try:
        done = task.do(actor, so_far)
    except Refused as refused:
        return _show(request, task, number, draft, form, so_far, refused)
    return _done(request, done)


def _number(request: HttpRequest, task: Task) -> int:
    text = request.POST.get("step") or request.GET.get("step", "1")
    return min(max(int(text), 1), len(task.steps)) if text.isdigit() and len(text) < 3 else 1


def _walk(task: Task, actor: Actor, draft: Draft, so_far: Given, number: int) -> int:
    """Add to `so_far` what the steps before `number` gave. Returns the first that is not right, else `number`."""
    for at, step in enumerate(task.steps[: number - 1], start=1):
        form = step.form(draft.data(step.code), actor=actor, so_far=so_far)
        if not form.is_bound or not form.is_valid():
            return at
        so_far |= form.cleaned_data
    return number


def _show(
    request: HttpRequest, task: Task, number: int, draft: Draft, form: django_forms.Form, so_far: Given,
    refused: Refused | None = None,
) -> HttpResponse:  # fmt: skip
    step, last = task.steps[number - 1], number == len(task.steps)
    context = {
        "form": form, "task": task.code, "title": request.page.title, "number": number,  # type: ignore[attr-defined]
        "labels": [str(one.title) for one in task.steps], "state": draft.sealed(actor_of(request)), "so_far": so_far,
        "submit": task.submit if last else _("Tiếp tục"), "refused": refused.reasons if refused else [],
        "seen": task.see(so_far) if last else None, "cancel": reverse("units.tree"),
    }  # fmt: skip
    return render(request, step.template, context, 422 if form.errors or refused else 200)


def _done(request: HttpRequest, unit: Unit) -> HttpResponse:
    event = UnitEvent.objects.filter(parts__unit=unit, undone_in=None).latest("pk")
    undo = reverse("units.undo", args=[event.pk])
    messages.success(request, _("Đã ghi việc sắp xếp tổ chức."), extra_tags=f"undo:{undo}")
    return HttpResponseRedirect(reverse("units.event", args=[event.pk]))


# --- merging ------------------------------------------------------------------------------------------------------


def _family(actor: Actor, request: HttpRequest, draft: Draft) -> Given:
    """The cells to choose from: those beside the cell of the address, or under the committee of the address."""
    start = _start(actor, request, draft)
    card = queries.card(start, actor.on)
    if card is None:
        raise Http404
    above = card.parent_id if _is_cell(actor, card) else card.id
    under = queries.children(above, actor.on) if above else []
    within = actor.scope(permissions.REORGANISE)
    family = [one for one in under if _is_cell(actor, one) and within.covers(one.path)]
    ticked = [str(card.id)] if card.id != above else []
    sizes = at_units.counts(actor, [above], actor.on).get(above, {}) if above else {}
    return {
        "family": family, "start": start.pk, "above": queries.name_of(above, actor.on) if above else "",
        "sizes": {str(one.id): sizes.get(one.id, 0) for one in family} if sizes else {},
        "others": [one for one in under if not _is_cell(actor, one)], "initial": {"cells": {"cells": ticked}},
    }  # fmt: skip


def _merge(actor: Actor, given: Given) -> Unit:
    return actions.merge_with_posts(
        actor=actor, merging=given["cells"], into=given["into"], on=given["on"], name=given["name"],
        code=given["code"], decision=given["decision"], posts=given["posts"].get("main"),
    )  # fmt: skip


# --- splitting ----------------------------------------------------------------------------------------------------


def _asked_cell(actor: Actor, request: HttpRequest, draft: Draft) -> Given:
    """The cell of the address is chosen beforehand."""
    asked = request.GET.get("unit", "")
    return {"initial": {"unit": {"unit": asked}}} if asked.isdigit() else {}


def _split(actor: Actor, given: Given) -> Unit:
    return actions.split_with_posts(
        actor=actor, unit=given["unit"], people=given["going"], on=given["on"], name=given["name"], code=given["code"],
        decision=given["decision"], posts=given["posts"].get("main"), staying=given["posts"].get("old_"),
    )  # fmt: skip


def _start(actor: Actor, request: HttpRequest, draft: Draft) -> Unit:
    """The unit from which the task was opened: of the address, of the state, else the reader's highest."""
    asked = request.GET.get("unit", "")
    if not asked:
        asked = draft.typed.get("start", {}).get("unit", [""])[0]
    unit = Unit.objects.filter(pk=int(asked)).first() if asked.isdigit() and len(asked) < 19 else None
    if asked and unit is None:
        raise Http404
    unit = unit or home_unit(actor, permissions.REORGANISE)
    if unit is None:
        raise Http404
    actor.require(permissions.REORGANISE, at=unit)
    return unit


def _is_cell(actor: Actor, card: Card) -> bool:
    kind = rulebook.at(actor.on).kinds().get(card.kind)
    return kind is not None and kind.cell
