"""Before a meeting: what the committee agreed, small jobs, whom to ask and ring, the invitation to copy and print."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.forms import explain, explaining, sent, telling
from hatnhan.kernel.pages import actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.meetings import actions
from hatnhan.meetings.choices import COMMITTEE
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import Chore, Preparation, Task
from hatnhan.meetings.permissions import PLAN
from hatnhan.members.models import Person
from hatnhan.units.queries import name_of

from . import calls, sittings
from .agenda_paper import agenda_paper
from .forms import ChoreForm, PrepareForm
from .invitation import Invitation
from .story import SittingStory
from .views import own


@page("meetings.prepare", gettext_lazy("Chi ủy chuẩn bị"), permission=PLAN)
def prepare(request: HttpRequest, sitting: int) -> HttpResponse:
    """Who prepared, when, and what was agreed."""
    actor, one = actor_of(request), own(request, sitting)
    row = Preparation.objects.filter(sitting=one).first()
    leading = queries.roll_of(one.unit_id, actor.on, COMMITTEE)
    first = {
        "held_on": row.held_on if row else actor.on, "text": row.text if row else "", "seen": row.version if row else 0,
        "people": [str(pk) for pk in row.people.values_list("pk", flat=True)] if row
        else [str(line.person) for line in leading],
    }  # fmt: skip
    form = PrepareForm(sent(request), people=[(line.person, line.name) for line in leading], initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.prepare(
                actor=actor, sitting=one, held_on=given["held_on"], people=[int(pk) for pk in given["people"]],
                text=given["text"], seen=given["seen"],
            )  # fmt: skip
        except Refused as refused:
            explain(form, refused)
            if "stale" in refused.codes and (now := Preparation.objects.filter(sitting=one).first()):
                row = now
                again = request.POST.copy()
                again["seen"] = str(now.version)
                form.data = again
        else:
            messages.success(request, _("Đã ghi kết quả chuẩn bị."))
            return HttpResponseRedirect(reverse("meetings.sitting", args=[one.pk]))
    theirs = row.text if row and form.errors and row.text != form.data.get("text") else ""
    whole = len(leading) > 2
    context = {"form": form, "story": SittingStory(one, actor), "whole": whole, "theirs": theirs, "leading": leading}
    return render(request, "meetings/plan/prepare.html", context, 422 if form.errors else 200)


@page("meetings.add_chore", gettext_lazy("Việc chuẩn bị"), permission=PLAN)
def add_chore(request: HttpRequest, sitting: int) -> HttpResponse:
    """Small jobs of preparation: who does what by when."""
    actor, one = actor_of(request), own(request, sitting)
    people = [(line.person, line.name) for line in queries.lines_of(one.unit_id, actor.on)]
    form = ChoreForm(sent(request), people=people, due=max(one.day, actor.on))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with explaining(form):
            actions.add_chore(
                actor=actor, sitting=one, text=given["text"], due_on=given["due_on"],
                who=int(given["who"]) if given["who"] else None,
            )  # fmt: skip
            messages.success(request, _("Đã thêm việc chuẩn bị."))
            return HttpResponseRedirect(reverse("meetings.add_chore", args=[one.pk]))
    context = {"form": form, "story": SittingStory(one, actor)}
    return render(request, "meetings/plan/chores.html", context, 422 if form.errors else 200)


@page("meetings.finish_chore", gettext_lazy("Xong việc chuẩn bị"), permission=PLAN)
def finish_chore(request: HttpRequest, sitting: int) -> HttpResponse:
    """Done, or not yet after all: one press."""
    actor, one = actor_of(request), own(request, sitting)
    if request.method == "POST":
        key = request.POST.get("chore", "")
        chore = get_object_or_404(Chore, pk=int(key) if key.isdigit() else 0, sitting=one)
        with telling(request):
            actions.finish_chore(actor=actor, chore=chore, done=request.POST.get("done") == "1")
    return HttpResponseRedirect(reverse("meetings.add_chore", args=[one.pk]))


@page("meetings.calls", gettext_lazy("Hỏi việc đã giao"), permission=PLAN)
def call_sheet(request: HttpRequest) -> HttpResponse:
    """The tasks that are not done, by whom to ask, with the telephone and three answers."""
    actor, unit = actor_of(request), working_unit(request, PLAN)
    sittings.must_plan(actor, unit)
    context = {"people": calls.sheet(actor, unit), "unit": unit, "unit_name": name_of(unit, actor.on)}
    return render(request, "meetings/plan/calls.html", context)


@page("meetings.call_about", gettext_lazy("Ghi câu trả lời"), permission=PLAN)
def call_about(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said of a task: one press, and a line if need be."""
    actor = actor_of(request)
    task = Task.objects.filter(pk=pk).select_related("meeting__unit").first()
    if task is None:
        raise Http404
    queries.visible(actor, task.meeting_id)
    sittings.must_plan(actor, task.meeting.unit_id)
    if request.method == "POST":
        with telling(request):
            actions.call_about(
                actor=actor, task=task, state=request.POST.get("state", ""), note=request.POST.get("note", "")
            )
            messages.success(request, _("Đã ghi câu trả lời."))
    return HttpResponseRedirect(reverse("meetings.calls") + f"?unit={task.meeting.unit_id}")


@page("meetings.invitation", gettext_lazy("Giấy mời, tin nhắn"), permission=PLAN)
def invitation(request: HttpRequest, sitting: int) -> HttpResponse:
    """A text to copy, whom to ring, what to print."""
    actor, one = actor_of(request), own(request, sitting)
    context = {"story": SittingStory(one, actor), "invitation": Invitation(one, actor)}
    return render(request, "meetings/plan/invitation.html", context)


@page("meetings.ring", gettext_lazy("Đã gọi"), permission=PLAN)
def ring(request: HttpRequest, sitting: int) -> HttpResponse:
    """Somebody was told by telephone or at the door."""
    actor, one = actor_of(request), own(request, sitting)
    if request.method == "POST":
        key = request.POST.get("person", "")
        person = get_object_or_404(Person, pk=int(key) if key.isdigit() else 0)
        with telling(request):
            actions.ring(actor=actor, sitting=one, person=person, will=request.POST.get("will", ""))
    return HttpResponseRedirect(reverse("meetings.invitation", args=[one.pk]))


@page("meetings.print_agenda", gettext_lazy("In giấy mời và chương trình"), permission=PLAN)
def print_agenda(request: HttpRequest, sitting: int) -> HttpResponse:
    """Invitation and agenda on paper, for those without a telephone."""
    actor, one = actor_of(request), own(request, sitting)
    answer = HttpResponse(agenda_paper(one, actor).pdf(), content_type="application/pdf")
    name = quote(_("Giấy mời %(day)s") % {"day": f"{one.day:%Y-%m-%d}"} + ".pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
    return answer
