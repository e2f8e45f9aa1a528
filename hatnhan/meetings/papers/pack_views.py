"""The upload pack of a meeting with its two ticks, and half a page for those who were absent."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.forms import DayField, explain, sent, telling
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.minutes.forms import HourField
from hatnhan.meetings.minutes.story import Story
from hatnhan.meetings.models import Meeting, Posted
from hatnhan.meetings.permissions import PLAN, RECORD, ROLL
from hatnhan.meetings.plan import sittings
from hatnhan.units.queries import name_of

from . import pack
from .actions import post, unpost
from .half_page import half_page
from .postings import posted_for


class TickForm(forms.Form):
    """When papers were put onto the e-handbook."""

    day = DayField(label=gettext_lazy("Ngày đưa lên"))
    hour = HourField("20:00", label=gettext_lazy("Lúc"))

    @property
    def at(self) -> datetime:
        """The moment, in Vietnam."""
        given = self.cleaned_data
        return timezone.make_aware(datetime.combine(given["day"], given["hour"]))


@page("meetings.pack", gettext_lazy("Gói đưa lên Sổ tay"), permission=ROLL)
def meeting_pack(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to be put onto the e-handbook, by when, and what was told of it."""
    actor, meeting = actor_of(request), _read(request, pk)
    may = actor.can(RECORD, at=meeting.unit_id)
    if request.method == "POST":
        actor.require(RECORD, at=meeting.unit_id)
    form = _form(request)
    if form.is_valid():
        try:
            post(actor=actor, meeting=meeting, part=request.POST.get("part", ""), at=form.at)
        except Refused as refused:
            _explain(form, refused)
        else:
            messages.success(request, _("Đã đánh dấu."))
            return HttpResponseRedirect(reverse("meetings.pack", args=[pk]))
    story = Story(meeting, actor)
    context = {
        "ticks": _with_forms(pack.ticks(meeting), form), "form": form, "may": may, "members": pack.final(meeting),
        "title": story.title, "unit_name": story.unit_name, "file": reverse("meetings.pack_file", args=[pk]),
        "back": reverse("meetings.meeting", args=[pk]),
    }  # fmt: skip
    return render(request, "meetings/papers/pack.html", context, 422 if form.errors else 200)


@page("meetings.pack_file", gettext_lazy("Gói đưa lên Sổ tay"), permission=ROLL)
def pack_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The pack of a meeting as a ZIP."""
    actor, meeting = actor_of(request), _read(request, pk)
    sitting = getattr(meeting, "sitting", None)
    folders = [("1-truoc-hop", pack.ahead(sitting, actor))] if sitting is not None else []
    return _zip(pack.archive([*folders, ("2-sau-hop", pack.final(meeting))]), f"so-tay-{meeting.held_on:%Y-%m-%d}")


@page("meetings.sitting_pack", gettext_lazy("Gói tài liệu trước buổi họp"), permission=PLAN)
def sitting_pack(request: HttpRequest, sitting: int) -> HttpResponse:
    """The papers ahead of a meeting on its way, with their tick."""
    actor = actor_of(request)
    one = sittings.visible(actor, sitting)
    actor.require(PLAN, at=one.unit_id)
    form = _form(request)
    if form.is_valid():
        try:
            post(actor=actor, sitting=one, part="ahead", at=form.at)
        except Refused as refused:
            _explain(form, refused)
        else:
            messages.success(request, _("Đã đánh dấu."))
            return HttpResponseRedirect(reverse("meetings.sitting_pack", args=[sitting]))
    context = {
        "ticks": _with_forms([pack.ahead_tick(one.day, posted_for(None, one, "ahead"))], form), "form": form,
        "may": True, "members": pack.ahead(one, actor), "title": _("Gói tài liệu trước buổi họp"),
        "unit_name": name_of(one.unit_id, actor.on), "file": reverse("meetings.sitting_pack_file", args=[sitting]),
        "back": reverse("meetings.sitting", args=[sitting]),
    }  # fmt: skip
    return render(request, "meetings/papers/pack.html", context, 422 if form.errors else 200)


@page("meetings.sitting_pack_file", gettext_lazy("Gói tài liệu trước buổi họp"), permission=PLAN)
def sitting_pack_file(request: HttpRequest, sitting: int) -> HttpResponse:
    """The papers ahead as a ZIP."""
    actor = actor_of(request)
    one = sittings.visible(actor, sitting)
    actor.require(PLAN, at=one.unit_id)
    return _zip(pack.archive([("1-truoc-hop", pack.ahead(one, actor))]), f"so-tay-{one.day:%Y-%m-%d}")


@page("meetings.unpost", gettext_lazy("Bỏ dấu"), permission=ROLL)
def untick(request: HttpRequest, row: int) -> HttpResponse:
    """A tick that was set by mistake: one press."""
    actor = actor_of(request)
    one = Posted.objects.filter(pk=row).select_related("meeting__unit", "sitting__unit").first()
    if one is None or (one.meeting is None and one.sitting is None):
        raise Http404
    if one.meeting is not None:
        queries.visible(actor, one.meeting.pk)
        back = reverse("meetings.pack", args=[one.meeting.pk])
    else:
        sittings.visible(actor, one.sitting_id or 0)
        back = reverse("meetings.sitting_pack", args=[one.sitting_id])
    if request.method == "POST":
        with telling(request):
            unpost(actor=actor, posted=one)
            messages.success(request, _("Đã bỏ dấu."))
    return HttpResponseRedirect(back)


@page("meetings.absent_paper", gettext_lazy("Nửa trang cho người vắng"), permission=ROLL)
def absent_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Half a page for those who were absent, twice on a sheet."""
    actor, meeting = actor_of(request), _read(request, pk)
    paper = half_page(meeting, name_of(meeting.unit_id, meeting.held_on), actor.label)
    answer = HttpResponse(paper.pdf(), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="tom-tat-{meeting.held_on:%Y-%m-%d}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _read(request: HttpRequest, pk: int) -> Meeting:
    """A meeting whose roll the reader may read: 404 outside the scope, 403 within it without the right."""
    actor = actor_of(request)
    one = queries.visible(actor, pk)
    actor.require(ROLL, at=one.unit_id)
    return one


def _form(request: HttpRequest) -> TickForm:
    """The form that was sent; each tick has one of its own on the page."""
    return TickForm(sent(request), initial=_now(), auto_id=f"{request.POST.get('part', '')[:5]}_%s")


def _with_forms(ticks: list[pack.Tick], used: TickForm) -> list[tuple[pack.Tick, TickForm]]:
    forms_of = {tick.part: TickForm(initial=_now(), auto_id=f"{tick.part}_%s") for tick in ticks}
    part = used.data.get("part") if used.is_bound else None
    return [(tick, used if tick.part == part else forms_of[tick.part]) for tick in ticks]


def _now() -> dict[str, Any]:
    local = timezone.localtime()
    return {"day": local.date(), "hour": local.time().replace(second=0, microsecond=0)}


def _explain(form: forms.Form, refused: Refused) -> None:
    """A moment that does not fit is told at its day."""
    for reason in refused.reasons:
        form.add_error("day" if reason.field == "at" else None, reason.message)
    explain(form, [])


def _zip(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    answer["Cache-Control"] = "no-store"
    return answer
