"""Conferences of a committee with their tasks, and standing assignments of members."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.forms import explaining, sent, telling
from hatnhan.kernel.models import Placement
from hatnhan.kernel.pages import actor_of, page, render, working_unit
from hatnhan.meetings import actions
from hatnhan.meetings.choices import TASK_STATES
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.minutes.forms import WithdrawForm
from hatnhan.meetings.models import UNVOIDED, Assignment, Conference, ConferenceTask
from hatnhan.meetings.oversight.choices import CONFERENCE_KINDS
from hatnhan.meetings.oversight.forms import EndForm
from hatnhan.meetings.permissions import ASSIGN, CONFER, CONFERENCES, VIEW
from hatnhan.members.models import Person
from hatnhan.units.queries import cards, name_of, names, natural

from .forms import AssignmentForm, ConferenceForm

SHOWN = 60


@page("meetings.conferences", gettext_lazy("Hội nghị, giao ban"), permission=CONFERENCES)
def conferences(request: HttpRequest) -> HttpResponse:
    """The conferences of a committee, the latest first, and what is still to do."""
    actor, unit = actor_of(request), working_unit(request, CONFERENCES)
    rows = Conference.objects.filter(UNVOIDED, unit=unit).order_by("-held_on", "-pk").prefetch_related("groups")[:SHOWN]
    waiting = ConferenceTask.objects.filter(conference__unit=unit, conference__voided_at__isnull=True)
    open_ones = list(waiting.exclude(state="done").select_related("conference"))
    context = {
        "unit": unit, "unit_name": name_of(unit, actor.on), "rows": rows, "kinds": CONFERENCE_KINDS,
        "open": open_ones, "called": names({one.unit_id for one in open_ones if one.unit_id}, actor.on),
        "may": actor.can(CONFER, at=unit), "on": actor.on,
    }  # fmt: skip
    return render(request, "meetings/conferences/conferences.html", context)


@page("meetings.confer", gettext_lazy("Ghi hội nghị"), permission=CONFER)
def confer(request: HttpRequest) -> HttpResponse:
    """A conference that was held, from paper."""
    actor, unit = actor_of(request), working_unit(request, CONFER)
    below = Placement.objects.on(actor.on).filter(parent=unit, stands=True)
    targets = [(card.id, card.name) for card in sorted(cards(below, actor.on, coded=False), key=natural)]
    form = ConferenceForm(sent(request), targets=targets, initial={"held_on": actor.on, "kind": "giao_ban"})
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            done = actions.confer(actor=actor, unit=unit, sheet=form.sheet())
            messages.success(request, _("Đã ghi hội nghị."))
            return HttpResponseRedirect(reverse("meetings.conference", args=[done.pk]))
    context = {"form": form, "unit": unit, "unit_name": name_of(unit, actor.on)}
    return render(request, "meetings/conferences/confer.html", context, 422 if form.errors else 200)


@page("meetings.conference", gettext_lazy("Hội nghị"), permission=CONFERENCES)
def conference(request: HttpRequest, conference: int) -> HttpResponse:
    """Who came by group, the conclusion, how the tasks went."""
    actor = actor_of(request)
    one = _visible(actor, conference)
    tasks = list(one.tasks.all())
    groups = list(one.groups.all())
    context = {
        "one": one, "kind": CONFERENCE_KINDS[one.kind], "groups": groups, "tasks": tasks, "states": TASK_STATES,
        "called": names({task.unit_id for task in tasks if task.unit_id}, actor.on), "on": actor.on,
        "unit_name": name_of(one.unit_id, one.held_on), "may": actor.can(CONFER, at=one.unit_id),
        "came": (sum(group.came for group in groups), sum(group.called for group in groups)),
    }  # fmt: skip
    return render(request, "meetings/conferences/conference.html", context)


@page("meetings.withdraw_conference", gettext_lazy("Bỏ hội nghị ghi nhầm"), permission=CONFER)
def withdraw_conference(request: HttpRequest, conference: int) -> HttpResponse:
    """A conference that was recorded by mistake."""
    actor = actor_of(request)
    one = _visible(actor, conference)
    actor.require(CONFER, at=one.unit_id)
    form = WithdrawForm(sent(request), initial={"seen": one.version})
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            actions.withdraw_conference(actor=actor, conference=one, **form.cleaned_data)
            messages.success(request, _("Đã bỏ hội nghị ghi nhầm."))
            return HttpResponseRedirect(f"{reverse('meetings.conferences')}?unit={one.unit_id}")
    context = {"form": form, "lead": one.title, "back": reverse("meetings.conference", args=[one.pk])}
    return render(request, "meetings/step.html", context, 422 if form.errors else 200)


@page("meetings.report_conference_task", gettext_lazy("Ghi kết quả việc của hội nghị"), permission=CONFER)
def report_conference_task(request: HttpRequest, row: int) -> HttpResponse:
    """How a task went: one press."""
    actor = actor_of(request)
    task = ConferenceTask.objects.filter(pk=row).select_related("conference__unit").first()
    if task is None:
        raise NotFound(CONFER)
    one = _visible(actor, task.conference_id)
    actor.require(CONFER, at=one.unit_id)
    if request.method == "POST":
        with telling(request):
            actions.report_conference_task(actor=actor, task=task, state=request.POST.get("state", ""), on=actor.on)
            messages.success(request, _("Đã ghi kết quả."))
    return HttpResponseRedirect(reverse("meetings.conference", args=[one.pk]))


def _visible(actor: Actor, key: int) -> Conference:
    rows = Conference.objects.filter(UNVOIDED, pk=key).select_related("unit")
    found = actor.scope(CONFERENCES).filter(rows).first() if actor.scope(CONFERENCES) else None
    if found is None:
        raise NotFound(CONFERENCES)
    return found


# --- standing assignments -----------------------------------------------------------------------------------------


@page("meetings.assignments", gettext_lazy("Phân công thường xuyên"), permission=VIEW)
def assignments(request: HttpRequest) -> HttpResponse:
    """Who does what for the cell from month to month."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    rows = Assignment.objects.on(actor.on).filter(unit=unit).select_related("person")
    context = {
        "unit": unit, "unit_name": name_of(unit, actor.on), "rows": rows.order_by("person__sort_key", "pk"),
        "may": actor.can(ASSIGN, at=unit),
    }  # fmt: skip
    return render(request, "meetings/conferences/assignments.html", context)


@page("meetings.assign", gettext_lazy("Phân công việc thường xuyên"), permission=ASSIGN)
def assign(request: HttpRequest) -> HttpResponse:
    """A member does something for the cell from a day on."""
    actor, unit = actor_of(request), working_unit(request, ASSIGN)
    people = [(line.person, line.name) for line in queries.lines_of(unit, actor.on, grouped=False)]
    form = AssignmentForm(sent(request), people=people, initial={"on": actor.on})
    back = f"{reverse('meetings.assignments')}?unit={unit.pk}"
    if request.method == "POST" and form.is_valid():
        person = Person.objects.get(pk=form.cleaned_data["person"])
        with explaining(form):
            actions.assign(actor=actor, unit=unit, person=person, **form.given())
            messages.success(request, _("Đã phân công."))
            return HttpResponseRedirect(back)
    context = {"form": form, "lead": name_of(unit, actor.on), "back": back}
    return render(request, "meetings/step.html", context, 422 if form.errors else 200)


@page("meetings.end_assignment", gettext_lazy("Thôi phân công việc thường xuyên"), permission=ASSIGN)
def end_assignment(request: HttpRequest, row: int) -> HttpResponse:
    """From a day on a member no longer does it."""
    actor = actor_of(request)
    rows = Assignment.objects.on(actor.on).filter(pk=row).select_related("unit", "person")
    one = actor.scope(ASSIGN).filter(rows).first()
    if one is None:
        raise NotFound(ASSIGN)
    form = EndForm(sent(request), initial={"on": actor.on})
    back = f"{reverse('meetings.assignments')}?unit={one.unit_id}"
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            actions.end_assignment(actor=actor, row=one, on=form.cleaned_data["on"])
            messages.success(request, _("Đã thôi phân công."))
            return HttpResponseRedirect(back)
    context = {"form": form, "lead": f"{one.person.name} · {one.text}", "back": back}
    return render(request, "meetings/step.html", context, 422 if form.errors else 200)
