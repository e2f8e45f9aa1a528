"""The secretary's one screen while a meeting goes on. Every control is a plain form; a script only sends it quietly."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.forms import DayField, explaining, sent, telling
from hatnhan.kernel.pages import actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.meetings import actions
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import LiveMotion, Sitting
from hatnhan.meetings.permissions import RECORD
from hatnhan.units.queries import name_of

from . import queries as now
from .forms import CloseForm, OpenForm
from .rules import Count
from .story import Given, Hold

QUIET = "X-Live"
"""The header with which the page's script asks for the changed parts alone."""
Act = Callable[[Any, Sitting], Any]


@page("meetings.open_now", gettext_lazy("Bắt đầu sinh hoạt"), permission=RECORD)
def open_now(request: HttpRequest) -> HttpResponse:
    """Begin a meeting that nobody prepared."""
    actor, unit = actor_of(request), working_unit(request, RECORD)
    usual = {
        name: value for name, value in queries.usual_of(unit).items() if name in {"place", "form", "chair", "clerk"}
    }
    form = OpenForm(sent(request), lines=queries.lines_of(unit, actor.on), initial=usual)
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            sitting = actions.open_now(actor=actor, unit=unit, **form.given())
            return HttpResponseRedirect(reverse("meetings.hold", args=[sitting.pk]))
    context = {"form": form, "unit": unit, "unit_name": name_of(unit, actor.on)}
    return render(request, "meetings/live/open.html", context, 422 if form.errors else 200)


@page("meetings.open", gettext_lazy("Bắt đầu sinh hoạt"), permission=RECORD)
def open_sitting(request: HttpRequest, sitting: int) -> HttpResponse:
    """Begin a meeting that was prepared."""
    one = now.visible(actor_of(request), sitting)
    actor_of(request).require(RECORD, at=one.unit_id)
    if request.method == "POST":
        with telling(request):
            actions.open_sitting(actor=actor_of(request), sitting=one)
    return HttpResponseRedirect(reverse("meetings.hold", args=[sitting]))


@page("meetings.hold", gettext_lazy("Đang sinh hoạt"), permission=RECORD)
def hold(request: HttpRequest, sitting: int) -> HttpResponse:
    """Roll, agenda, minutes, votes, tasks on one screen; with the script's header only its parts."""
    one = _own(request, sitting)
    if one.state != "open":
        return _over(one)
    return _shown(request, Hold(one, actor_of(request)))


@page("meetings.call_roll", gettext_lazy("Điểm danh"), permission=RECORD)
def call_roll(request: HttpRequest, sitting: int) -> HttpResponse:
    """One tap on a name, all that are left, or the confirmation of those who told it at the door."""
    given = request.POST

    def act(actor: Any, one: Sitting) -> None:
        if "rest" in given:
            actions.mark_rest(actor=actor, sitting=one, mark=given["rest"])
        elif "confirm" in given:
            actions.confirm(actor=actor, sitting=one)
        else:
            online = given.get("mark") == "online"
            mark = "present" if online else given.get("mark", "")
            actions.call_roll(actor=actor, sitting=one, person=_key(given.get("person")), mark=mark, online=online)

    return _done(request, sitting, act, "roll")


@page("meetings.move_to", gettext_lazy("Chương trình"), permission=RECORD)
def move_to(request: HttpRequest, sitting: int) -> HttpResponse:
    """Turn to an item, or put one more on the agenda."""
    given = request.POST

    def act(actor: Any, one: Sitting) -> None:
        if "title" in given:
            actions.put_on(actor=actor, sitting=one, title=given["title"])
        elif "later" in given:
            actions.put_off(actor=actor, sitting=one, item=_key(given["later"]))
        else:
            actions.move_to(actor=actor, sitting=one, item=_key(given.get("item")))

    return _done(request, sitting, act, "agenda")


@page("meetings.write", gettext_lazy("Ghi biên bản"), permission=RECORD)
def write(request: HttpRequest, sitting: int) -> HttpResponse:
    """Save fields of the minutes, `text.NAME` with `seen.NAME`. A script that saves one field gets back what stands."""
    actor, one, saved = actor_of(request), _own(request, sitting), None
    if request.method != "POST":
        return HttpResponseRedirect(reverse("meetings.hold", args=[sitting]))
    try:
        for key in [key for key in request.POST if key.startswith("text.")]:
            name = key.removeprefix("text.")
            seen = _key(request.POST.get(f"seen.{name}"))
            saved = actions.write(actor=actor, sitting=one, name=name, text=request.POST[key], seen=seen)
            if saved.other:
                messages.warning(request, _both_kept(saved.other))
    except Refused as refused:
        if QUIET in request.headers:
            return JsonResponse({"told": str(refused)}, status=422)
        return _shown(request, Hold(one, actor, Given(request.POST, refused)), 422)
    if QUIET in request.headers and saved is not None:
        told = {"revision": saved.revision, "text": saved.text, "told": _both_kept(saved.other) if saved.other else ""}
        list(messages.get_messages(request))  # told already, where it was written
        return JsonResponse(told, status=409 if saved.other else 200)
    return HttpResponseRedirect(reverse("meetings.hold", args=[sitting]) + "#" + request.POST.get("at", "agenda"))


@page("meetings.settle", gettext_lazy("Chọn bản ghi"), permission=RECORD)
def settle(request: HttpRequest, sitting: int) -> HttpResponse:
    """What to do with a text that somebody else wrote at the same time."""
    given = request.POST

    def act(actor: Any, one: Sitting) -> None:
        actions.settle(actor=actor, sitting=one, other=_key(given.get("other")), take=given.get("take", ""))

    return _done(request, sitting, act, "agenda")


@page("meetings.ask_vote", gettext_lazy("Lấy biểu quyết"), permission=RECORD)
def ask_vote(request: HttpRequest, sitting: int) -> HttpResponse:
    """Begin a vote."""
    given = request.POST

    def act(actor: Any, one: Sitting) -> None:
        actions.ask_vote(
            actor=actor, sitting=one, text=given.get("text", ""), rule=given.get("rule", ""),
            method=given.get("method", ""), item=_key(given.get("item")) or None,
        )  # fmt: skip

    return _done(request, sitting, act, "votes")


@page("meetings.close_vote", gettext_lazy("Kết thúc biểu quyết"), permission=RECORD)
def close_vote(request: HttpRequest, sitting: int) -> HttpResponse:
    """End the vote with what was counted, or stop it."""
    given = request.POST

    def act(actor: Any, one: Sitting) -> None:
        motion = _motion(one, given.get("motion"))
        if "stop" in given:
            actions.withdraw_vote(actor=actor, motion=motion)
            return
        numbers = {
            name: _number(given.get(name, "")) for name in ("in_favour", "against", "abstained", "issued", "spoilt")
        }
        actions.close_vote(actor=actor, motion=motion, count=Count(motion.method, **numbers))

    return _done(request, sitting, act, "votes")


@page("meetings.reserve", gettext_lazy("Ghi ý kiến bảo lưu"), permission=RECORD)
def reserve(request: HttpRequest, sitting: int) -> HttpResponse:
    """An opinion that its holder asks to have reserved."""
    given = request.POST

    def act(actor: Any, one: Sitting) -> None:
        actions.reserve(
            actor=actor, motion=_motion(one, given.get("motion")), person=_key(given.get("person")) or None,
            text=given.get("opinion", ""),
        )  # fmt: skip

    return _done(request, sitting, act, "votes")


@page("meetings.give_task", gettext_lazy("Giao việc"), permission=RECORD)
def give_task(request: HttpRequest, sitting: int) -> HttpResponse:
    """Give a task, take one back, or note how an earlier one went."""
    given = request.POST

    def act(actor: Any, one: Sitting) -> None:
        if "drop" in given:
            actions.drop_task(actor=actor, sitting=one, task=_key(given["drop"]))
        elif "state" in given:
            actions.hear_report(actor=actor, sitting=one, task=_key(given.get("task")), state=given["state"])
        else:
            actions.give_task(
                actor=actor, sitting=one, text=given.get("task_text", ""), due_on=_day(given.get("due_on", "")),
                leader=_key(given.get("leader")) or None, report_on=_month(given.get("report_on", "")),
            )  # fmt: skip

    return _done(request, sitting, act, "tasks")


@page("meetings.close", gettext_lazy("Kết thúc sinh hoạt"), permission=RECORD)
def close(request: HttpRequest, sitting: int) -> HttpResponse:
    """End the meeting: what was gathered becomes its record."""
    actor, one = actor_of(request), _own(request, sitting)
    if one.state != "open":
        return _over(one)
    form = CloseForm(sent(request), lines=queries.roll_of(one.unit_id, one.day, one.kind), initial=_ending(one))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        chair, clerk = (int(said[name]) if said[name] else None for name in ("chair", "clerk"))
        ending = actions.Ending(said["started"], said["ended"], chair, clerk, said["spoke"] or 0)
        with explaining(form):
            meeting = actions.close_sitting(actor=actor, sitting=one, ending=ending)
            messages.success(request, _("Đã ghi buổi sinh hoạt. Đọc lại rồi bấm “Thông qua biên bản”."))
            return HttpResponseRedirect(reverse("meetings.meeting", args=[meeting.pk]))
    context = {"hold": Hold(one, actor), "form": form}
    return render(request, "meetings/live/close.html", context, 422 if form.errors else 200)


# --- what these views share ------------------------------------------------------------------------------------------


def _own(request: HttpRequest, sitting: int) -> Sitting:
    """A sitting that the reader leads: 404 outside the scope, 403 within it without the right."""
    one = now.visible(actor_of(request), sitting)
    actor_of(request).require(RECORD, at=one.unit_id)
    return one


def _done(request: HttpRequest, sitting: int, act: Act, at: str) -> HttpResponse:
    """Do what a form asks for and show the page again, at the part where it stood; refused, with what was written."""
    actor, one = actor_of(request), _own(request, sitting)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("meetings.hold", args=[sitting]))
    try:
        act(actor, one)
    except Refused as refused:
        if one.state != "open":
            messages.error(request, str(refused))
            return _over(one)
        return _shown(request, Hold(one, actor, Given(request.POST.dict(), refused)), 422)
    if QUIET in request.headers:
        return _shown(request, Hold(now.visible(actor, sitting), actor))
    return HttpResponseRedirect(reverse("meetings.hold", args=[sitting]) + f"#{at}")


def _shown(request: HttpRequest, hold: Hold, status: int = 200) -> HttpResponse:
    template = "parts" if QUIET in request.headers else "hold"
    return render(request, f"meetings/live/{template}.html", {"hold": hold}, status)


def _over(one: Sitting) -> HttpResponse:
    """Where a sitting that is not open is to be looked at."""
    if one.meeting_id:
        return HttpResponseRedirect(reverse("meetings.meeting", args=[one.meeting_id]))
    return HttpResponseRedirect(reverse("meetings.list") + f"?unit={one.unit_id}")


def _ending(one: Sitting) -> dict[str, Any]:
    """What is known of the end: from the opening until now, and at least as many speakers as at any one item."""
    begun, ended = timezone.localtime(one.opened_at), timezone.localtime()
    if ended.date() != begun.date() or f"{ended:%H:%M}" <= f"{begun:%H:%M}":
        ended = begun + timedelta(minutes=1)
    texts = now.texts_of(one)
    spoke = max([int(text) for name, text in texts.items() if name.startswith("spoke.") and text], default=0)
    return {"started": begun.time(), "ended": ended.time(), "spoke": spoke, "chair": one.chair_id or "",
            "clerk": one.clerk_id or ""}  # fmt: skip


def _both_kept(other: str) -> str:
    text = _("Đồng chí %(name)s vừa ghi mục này. Cả hai bản đều được giữ; hãy xem và chọn.")
    return text % {"name": other}


def _motion(one: Sitting, key: str | None) -> LiveMotion:
    found = LiveMotion.objects.filter(sitting=one, pk=_key(key)).select_related("sitting__unit").first()
    if found is None:
        raise Refused(_("Không có nội dung biểu quyết này."), "motion")
    return found


def _key(text: str | None) -> int:
    """A key or a small number from a form; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _number(text: str) -> int:
    if not text.strip():
        return 0
    if not (text.strip().isascii() and text.strip().isdecimal()) or int(text) > 9999:
        raise Refused(_("Hãy ghi một số từ 0 đến 9999."), "number")
    return int(text)


def _day(text: str) -> date | None:
    try:
        found: date | None = DayField(required=False).clean(text)
    except ValidationError:
        return None
    return found


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
