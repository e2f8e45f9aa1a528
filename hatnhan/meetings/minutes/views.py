"""A unit's meetings, one meeting, the steps upon its minutes, and the month of a committee's cells."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.forms import DayField, explain, sent, telling
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import Place, actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.meetings import actions
from hatnhan.meetings.choices import COMMITTEE, KINDS, OF_MEMBERS, REGULAR
from hatnhan.meetings.live.story import held_now
from hatnhan.meetings.models import Meeting, Task
from hatnhan.meetings.oversight.views import above
from hatnhan.meetings.papers.card import PaperCard
from hatnhan.meetings.permissions import MONTH, PLAN, PUBLISH, RECORD, VIEW
from hatnhan.meetings.plan import sittings
from hatnhan.meetings.scores.queries import SCORED
from hatnhan.meetings.scores.story import ScoreStory
from hatnhan.units.queries import name_of

from . import queries
from .forms import AddendumForm, MeetingForm, StepForm, WithdrawForm, first_values
from .story import Story
from .tables import MeetingTable


@page(
    "meetings.list", gettext_lazy("Sinh hoạt"), permission=VIEW, place=Place(0, 25, "calendar-check", phone=True)
)  # fmt: skip
def meeting_list(request: HttpRequest) -> HttpResponse:
    """The meetings of a unit, the latest first."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    table = MeetingTable(request, actor, unit)
    context = {
        "unit": unit, "unit_name": name_of(unit, actor.on), "may_record": sittings.may_plan(actor, unit),
        "may_open": actor.can(RECORD, at=unit),
        "may_see_month": actor.can(MONTH, at=unit), "may_publish": actor.can(PUBLISH, at=unit),
        "held_now": held_now(actor),
    }  # fmt: skip
    return table.respond(request, "meetings/minutes/list.html", context)


@page("meetings.meeting", gettext_lazy("Buổi sinh hoạt"), permission=VIEW)
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """What happened, what was voted by which majority, what came out."""
    actor = actor_of(request)
    story = Story(queries.visible(actor, pk), actor)
    scored = ScoreStory(story.meeting, actor, story) if story.meeting.kind in SCORED else None
    context = {"story": story, "scored": scored, "papers": PaperCard(story.meeting, actor), "above": above(story)}
    return render(request, "meetings/minutes/meeting.html", context)


@page("meetings.record", gettext_lazy("Ghi buổi sinh hoạt"), permission=PLAN)
def record(request: HttpRequest) -> HttpResponse:
    """A meeting that was held, from paper."""
    actor, unit = actor_of(request), working_unit(request, PLAN)
    sittings.must_plan(actor, unit)
    form = _form(request, unit, actor.on, queries.usual_of(unit))
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.record(actor=actor, unit=unit, sheet=form.sheet())
        except Refused as refused:
            form.explain(refused)
        else:
            messages.success(request, _("Đã ghi buổi sinh hoạt. Đọc lại rồi bấm “Thông qua biên bản”."))
            return HttpResponseRedirect(reverse("meetings.meeting", args=[done.pk]))
    context = {"form": form, "unit_name": name_of(unit, actor.on), "submit": _("Ghi buổi sinh hoạt"), "pk": None}
    return render(request, "meetings/minutes/record.html", context, 422 if form.errors else 200)


@page("meetings.change", gettext_lazy("Sửa buổi sinh hoạt"), permission=PLAN)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """What was recorded, until the minutes are adopted."""
    actor, one = actor_of(request), _own(request, pk)
    form = _form(request, one.unit, one.held_on, first_values(one))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(actor=actor, meeting=one, sheet=form.sheet(), seen=form.cleaned_data["seen"])
        except Refused as refused:
            form.explain(refused, Meeting.objects.values_list("version", flat=True).get(pk=pk))
        else:
            messages.success(request, _("Đã sửa buổi sinh hoạt."))
            return HttpResponseRedirect(reverse("meetings.meeting", args=[pk]))
    context = {"form": form, "unit_name": name_of(one.unit_id, actor.on), "submit": _("Lưu"), "pk": pk}
    return render(request, "meetings/minutes/record.html", context, 422 if form.errors else 200)


@page("meetings.adopt", gettext_lazy("Thông qua biên bản"), permission=PLAN)
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes were read out and adopted."""
    intro = _("Sau khi thông qua, biên bản khóa lại: không sửa được nữa, điều gì thiếu thì ghi bổ sung.")
    return _step(request, pk, StepForm, actions.adopt, _("Đã thông qua biên bản."), intro)


@page("meetings.withdraw", gettext_lazy("Bỏ buổi sinh hoạt ghi nhầm"), permission=PLAN)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting that was recorded by mistake."""
    intro = _("Buổi này sẽ không còn trong danh sách và số liệu; nhật ký vẫn giữ.")
    return _step(request, pk, WithdrawForm, actions.withdraw, _("Đã bỏ buổi sinh hoạt ghi nhầm."), intro, gone=True)


@page("meetings.add_addendum", gettext_lazy("Ghi bổ sung vào biên bản"), permission=PLAN)
def add_addendum(request: HttpRequest, pk: int) -> HttpResponse:
    """What adopted minutes lack."""
    intro = _("Biên bản đã thông qua giữ nguyên; phần bổ sung đứng sau, có ngày và tên người ghi.")
    return _step(request, pk, AddendumForm, actions.add_addendum, _("Đã ghi bổ sung."), intro)


@page("meetings.report_task", gettext_lazy("Ghi kết quả nhiệm vụ"), permission=PLAN)
def report_task(request: HttpRequest, pk: int) -> HttpResponse:
    """How a task went, between meetings: one press."""
    actor = actor_of(request)
    task = Task.objects.filter(pk=pk).select_related("meeting__unit").first()
    if task is None:
        raise Http404
    queries.visible(actor, task.meeting_id)
    sittings.must_plan(actor, task.meeting.unit_id)
    if request.method == "POST":
        with telling(request):
            actions.report_task(actor=actor, task=task, state=request.POST.get("state", ""), on=actor.on)
            messages.success(request, _("Đã ghi kết quả nhiệm vụ."))
    return HttpResponseRedirect(reverse("meetings.meeting", args=[task.meeting_id]))


def _own(request: HttpRequest, pk: int) -> Meeting:
    """A meeting that the reader may record: 404 outside the scope, 403 within it without the right."""
    actor = actor_of(request)
    one = queries.visible(actor, pk)
    sittings.must_plan(actor, one.unit_id)
    return one


def _form(request: HttpRequest, unit: Unit, on: date, initial: dict[str, Any] | None = None) -> MeetingForm:
    """The form with the roll of the day that was written, else of the day given."""
    given = sent(request)
    written = (given or request.GET).get("held_on", "") or request.GET.get("on", "")
    try:
        day = DayField(required=False).clean(written) or on
    except ValidationError:
        day = on
    kinds = OF_MEMBERS if sittings.is_cell(unit, day) else {COMMITTEE: KINDS[COMMITTEE]}
    lines = queries.roll_of(unit, day, COMMITTEE if COMMITTEE in kinds else REGULAR[0])
    tasks = queries.open_tasks(unit, day)
    return MeetingForm(given, lines=lines, on=day, kinds=kinds, open_tasks=tasks, initial=initial)


def _step(
    request: HttpRequest, pk: int, kind: Callable[..., Any], act: Callable[..., Any], said: str, intro: str,
    gone: bool = False,
) -> HttpResponse:  # fmt: skip
    """A step upon minutes: show the form, or take the step and go back, or say why not."""
    actor, one = actor_of(request), _own(request, pk)
    form = kind(sent(request), initial={"seen": one.version})
    if request.method == "POST" and form.is_valid():
        try:
            act(actor=actor, meeting=one, **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
            if "stale" in refused.codes:  # the next try counts as having seen what somebody else changed
                now = Meeting.objects.values_list("version", flat=True).get(pk=pk)
                form.data = {**request.POST.dict(), "seen": now}
        else:
            messages.success(request, said)
            back = reverse("meetings.list") if gone else reverse("meetings.meeting", args=[pk])
            return HttpResponseRedirect(back)
    story, back = Story(one, actor), reverse("meetings.meeting", args=[pk])
    trail = [(_("Sinh hoạt"), f"{reverse('meetings.list')}?unit={one.unit_id}"), (story.day, back)]
    context = {
        "form": form, "lead": f"{story.title} · {story.unit_name}", "trail": trail, "notes": [("info", intro)],
        "danger": gone, "back": back,
    }  # fmt: skip
    return render(request, "meetings/step.html", context, 422 if form.errors else 200)
