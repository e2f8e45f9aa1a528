"""What a member's phone does at a meeting: follow, vote, tell at the door to be there. All of it is safe to repeat."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.forms import explaining, sent
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.ui.text import hour
from hatnhan.meetings import actions
from hatnhan.meetings.models import Sitting
from hatnhan.meetings.permissions import VIEW

from . import queries as now
from .forms import CodeForm
from .story import Follow, Panel, ballot_ticket
from .views import QUIET


@page("meetings.follow", gettext_lazy("Theo dõi buổi sinh hoạt"), permission=VIEW)
def follow(request: HttpRequest, sitting: int) -> HttpResponse:
    """Where the meeting is now; with the script's header only the parts that change."""
    return _shown(request, now.visible(actor_of(request), sitting))


@page("meetings.vote", gettext_lazy("Biểu quyết"), permission=VIEW)
def vote(request: HttpRequest, sitting: int) -> HttpResponse:
    """One answer to the vote named in the form. Sent again it is the same answer."""
    actor = actor_of(request)
    if request.method != "POST":
        return _shown(request, now.visible(actor, sitting))
    key = request.POST.get("motion", "")
    motion = now.asked_of(actor, sitting, int(key) if key.isdecimal() and len(key) < 19 else 0)
    try:
        ballot = actions.vote(actor=actor, motion=motion, choice=request.POST.get("choice", ""))
    except Refused as refused:
        return _shown(request, motion.sitting, str(refused))
    if QUIET in request.headers:
        own = now.line_of(motion.sitting, actor.person_id)
        ticket = ballot_ticket(motion.sitting, motion, actor, own)
        context = {"panel": Panel(motion, (ballot.choice, hour(ballot.at)), ticket)}
        return render(request, "meetings/live/ballot.html", context)
    return HttpResponseRedirect(reverse("meetings.follow", args=[sitting]) + "#vote")


@page("meetings.arrive", gettext_lazy("Báo có mặt"), permission=VIEW)
def arrive(request: HttpRequest, sitting: int) -> HttpResponse:
    """The own attendance, with the code on the door."""
    actor = actor_of(request)
    one = now.visible(actor, sitting)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("meetings.follow", args=[sitting]))
    try:
        actions.arrive(actor=actor, sitting=one, code=request.POST.get("code", ""), online="online" in request.POST)
    except Refused as refused:
        return _shown(request, one, str(refused))
    if QUIET in request.headers:
        return _shown(request, one)
    return HttpResponseRedirect(reverse("meetings.follow", args=[sitting]) + "#own")


@page("meetings.enter", gettext_lazy("Vào buổi sinh hoạt"), permission=VIEW)
def enter(request: HttpRequest) -> HttpResponse:
    """The address of the picture on the door, or the code typed by hand: leads to the meeting and tells of having
    come. A picture alone marks nobody: opening it asks first."""
    actor, code = actor_of(request), request.GET.get("code", "")
    form = CodeForm(sent(request), initial={"code": code})
    if request.method == "POST" and form.is_valid():
        found = now.by_code(actor, form.cleaned_data["code"])
        if found is None:
            form.add_error("code", _("Không có buổi sinh hoạt nào đang họp với mã này. Hãy xem lại mã dán ở cửa."))
        else:
            with explaining(form):
                actions.arrive(actor=actor, sitting=found, code=form.cleaned_data["code"])
                messages.success(request, _("Đồng chí đã báo có mặt; thư ký sẽ xác nhận."))
                return HttpResponseRedirect(reverse("meetings.follow", args=[found.pk]))
    return render(request, "meetings/live/enter.html", {"form": form}, 422 if form.errors else 200)


def _shown(request: HttpRequest, one: Sitting, told: str = "") -> HttpResponse:
    template = "follow_parts" if QUIET in request.headers else "follow"
    context = {"follow": Follow(one, actor_of(request)), "told": told}
    return render(request, f"meetings/live/{template}.html", context, 422 if told else 200)
