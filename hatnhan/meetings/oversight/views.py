"""The superior's view: cells by stage, reminders, who follows which cells, who came to a meeting."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.duties.models import Duty
from hatnhan.kernel.actor import NotFound
from hatnhan.kernel.days import month as first_of
from hatnhan.kernel.forms import explaining, sent, telling
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.pages import actor_of, page, render, working_unit
from hatnhan.meetings import actions
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.minutes.story import Story
from hatnhan.meetings.models import Following
from hatnhan.meetings.permissions import CONFERENCES, FOLLOW, FOLLOWED, MONTH, RECORD, REMIND, TABLES
from hatnhan.members.models import Person
from hatnhan.units.queries import cards, name_of, names, natural

from . import following
from .forms import EndForm, FollowingForm, ObserverForm
from .months import month_of
from .tables import CellTable


def asked_first(text: str, on: date) -> date:
    """The first day of a month written as 2026-11; of the present one when it is none or to come."""
    try:
        first = first_of(date.fromisoformat(text + "-01"))
    except ValueError:
        first = first_of(on)
    return min(max(first, date(2000, 1, 1)), first_of(on))


@dataclass(frozen=True)
class Above:
    """What a meeting shows of the committees above: who follows the cell and whether they came, and whether the report
    is still owed."""

    people: list[tuple[str, bool]]
    owes: bool


def above(story: Story) -> Above | None:
    """For those who read the roll."""
    if not story.sees_roll:
        return None
    came = following.observers(story.meeting)
    offered = following.observers_offered(story.meeting) | came
    owed = Duty.objects.filter(kind="meetings.report", about=story.meeting.pk, state="open").exists()
    return Above([(name, pk in came) for pk, name in offered.items()], owed and story.may_record)


@page("meetings.month", gettext_lazy("Sinh hoạt trong tháng"), permission=MONTH)
def month(request: HttpRequest) -> HttpResponse:
    """Which cells of a committee met in a month, on which day and with how many; in the order of their names."""
    actor, unit = actor_of(request), working_unit(request, MONTH)
    board = month_of(actor, unit, asked_first(request.GET.get("month", ""), actor.on))
    links = [
        (page, label)
        for page, label, right in (
            ("meetings.following", _("Theo dõi"), FOLLOWED), ("meetings.score_tables", _("Bảng điểm"), TABLES),
            ("meetings.conferences", _("Hội nghị, giao ban"), CONFERENCES),
        )
        if actor.can(right, at=unit)
    ]  # fmt: skip
    context = {"board": board, "links": links, "may_remind": actor.can(REMIND, at=unit)}
    return render(request, "meetings/oversight/month.html", context)


@page("meetings.cells", gettext_lazy("Chi bộ trong tháng"), permission=MONTH)
def cells(request: HttpRequest) -> HttpResponse:
    """The cells of a committee in a month, each with its stage; narrowed to one stage or to the late ones."""
    actor, unit = actor_of(request), working_unit(request, MONTH)
    first = asked_first(request.GET.get("month", ""), actor.on)
    table = CellTable(request, actor, unit, first)
    context = {"unit": unit, "unit_name": name_of(unit, actor.on), "first": first}
    return table.respond(request, "meetings/oversight/cells.html", context)


@page("meetings.remind", gettext_lazy("Nhắc chi bộ chậm"), permission=REMIND)
def remind(request: HttpRequest) -> HttpResponse:
    """One press: every late cell of the unit is reminded of its meeting."""
    actor, unit = actor_of(request), working_unit(request, REMIND)
    first = asked_first(request.POST.get("month", ""), actor.on)
    if request.method == "POST":
        with telling(request):
            count = actions.remind(actor=actor, unit=unit, first=first)
            said = ngettext("Đã nhắc %(n)s chi bộ.", "Đã nhắc %(n)s chi bộ.", count)
            messages.success(request, said % {"n": count})
    return HttpResponseRedirect(f"{reverse('meetings.month')}?unit={unit.pk}&month={first:%Y-%m}")


@page("meetings.following", gettext_lazy("Phân công theo dõi chi bộ"), permission=FOLLOWED)
def followings(request: HttpRequest) -> HttpResponse:
    """Whom a committee has assigned to follow which units, and who follows the unit itself."""
    actor, unit = actor_of(request), working_unit(request, FOLLOWED)
    assigned = list(following.of_committee(unit, actor.on))
    here = following.following_unit(unit, actor.on)
    called = following.who_names([*assigned, *here], actor.on)
    places = names({row.target_id for row in [*assigned, *here]}, actor.on)
    context = {
        "unit": unit, "unit_name": name_of(unit, actor.on), "assigned": assigned, "here": here, "called": called,
        "places": places, "may": actor.can(FOLLOW, at=unit),
    }  # fmt: skip
    return render(request, "meetings/oversight/following.html", context)


@page("meetings.assign_following", gettext_lazy("Phân công theo dõi"), permission=FOLLOW)
def assign_following(request: HttpRequest) -> HttpResponse:
    """A member or a body of the committee follows a cell, a cluster or a field from a day on."""
    actor, unit = actor_of(request), working_unit(request, FOLLOW)
    below = Placement.objects.under(unit, actor.on).filter(stands=True)
    targets = [(card.id, card.name) for card in sorted(cards(below[:500], actor.on, coded=False), key=natural)]
    form = FollowingForm(
        sent(request), people=following.members_at(unit, actor.on), bodies=following.bodies_at(unit, actor.on),
        targets=targets, initial={"on": actor.on},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.given()
        given["person"] = Person.objects.get(pk=given["person"]) if given["person"] else None
        given["target"] = Unit.objects.get(pk=given["target"])
        with explaining(form):
            actions.assign_following(actor=actor, committee=unit, **given)
            messages.success(request, _("Đã phân công theo dõi."))
            return HttpResponseRedirect(f"{reverse('meetings.following')}?unit={unit.pk}")
    context = {"form": form, "lead": name_of(unit, actor.on), "back": f"{reverse('meetings.following')}?unit={unit.pk}"}
    return render(request, "meetings/step.html", context, 422 if form.errors else 200)


@page("meetings.end_following", gettext_lazy("Thôi phân công theo dõi"), permission=FOLLOW)
def end_following(request: HttpRequest, row: int) -> HttpResponse:
    """From a day on somebody no longer follows a unit."""
    actor = actor_of(request)
    rows = Following.objects.on(actor.on).filter(pk=row).select_related("committee", "person")
    one = actor.scope(FOLLOW).filter(rows, "committee").first()
    if one is None:
        raise NotFound(FOLLOW)
    form = EndForm(sent(request), initial={"on": actor.on})
    back = f"{reverse('meetings.following')}?unit={one.committee_id}"
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            actions.end_following(actor=actor, row=one, on=form.cleaned_data["on"])
            messages.success(request, _("Đã thôi phân công theo dõi."))
            return HttpResponseRedirect(back)
    lead = f"{following.who_names([one], actor.on)[one.pk]} · {name_of(one.target_id, actor.on)}"
    context = {"form": form, "lead": lead, "back": back}
    return render(request, "meetings/step.html", context, 422 if form.errors else 200)


@page("meetings.mark_observers", gettext_lazy("Cấp ủy cấp trên dự"), permission=RECORD)
def mark_observers(request: HttpRequest, pk: int) -> HttpResponse:
    """Which of those who follow the cell came to the meeting."""
    actor = actor_of(request)
    meeting = queries.visible(actor, pk)
    actor.require(RECORD, at=meeting.unit_id)
    offered = following.observers_offered(meeting)
    form = ObserverForm(sent(request), offered=list(offered.items()), came=list(following.observers(meeting)))
    back = reverse("meetings.meeting", args=[pk])
    if request.method == "POST" and form.is_valid():
        actions.mark_observers(actor=actor, meeting=meeting, people=form.cleaned_data["people"])
        messages.success(request, _("Đã ghi cấp ủy cấp trên dự."))
        return HttpResponseRedirect(back)
    notes = [] if offered else [("info", _("Cấp ủy chưa phân công ai theo dõi chi bộ vào ngày này."))]
    context = {"form": form, "lead": Story(meeting, actor).title, "back": back, "notes": notes}
    return render(request, "meetings/step.html", context, 422 if form.errors else 200)


@page("meetings.report_result", gettext_lazy("Đã báo cáo cấp trên"), permission=RECORD)
def report_result(request: HttpRequest, pk: int) -> HttpResponse:
    """One press: the result was reported outside this system."""
    actor = actor_of(request)
    meeting = queries.visible(actor, pk)
    actor.require(RECORD, at=meeting.unit_id)
    if request.method == "POST":
        with telling(request):
            actions.report_result(actor=actor, meeting=meeting)
            messages.success(request, _("Đã ghi là đã báo cáo cấp trên."))
    return HttpResponseRedirect(reverse("meetings.meeting", args=[pk]))
