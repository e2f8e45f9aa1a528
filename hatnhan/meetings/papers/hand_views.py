"""Minutes written by hand: the few numbers that figures need, and the photographed pages."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.documents.forms import FilesField, handed
from hatnhan.documents.views.acting import too_large
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.forms import DayField, explaining, sent
from hatnhan.kernel.pages import actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.meetings import actions
from hatnhan.meetings.choices import OF_MEMBERS, OUTCOMES
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.minutes.forms import HourField, number_field
from hatnhan.meetings.minutes.rules import Line, MotionSheet, Sheet, call
from hatnhan.meetings.minutes.story import Story
from hatnhan.meetings.models import Meeting
from hatnhan.meetings.permissions import RECORD
from hatnhan.members.forms.fields import choice_field
from hatnhan.units.queries import name_of

from .registering import keep_pages

PAGES = "image/*,.pdf"
MOST_PAGES = 20


class ShortForm(forms.Form):
    """A meeting from the bound book: begin, end, how many were absent, spoke, agreed. Who was absent may be
    said by name; whoever has no time for that writes the two numbers."""

    people = forms.CharField(widget=forms.HiddenInput, required=False)
    held_on = DayField(label=gettext_lazy("Ngày sinh hoạt"))
    kind = choice_field(gettext_lazy("Loại sinh hoạt"), OF_MEMBERS.items(), radio=True)
    started = HourField("19:30", label=gettext_lazy("Bắt đầu lúc"))
    ended = HourField("21:00", label=gettext_lazy("Kết thúc lúc"))
    guests = number_field(gettext_lazy("Số khách dự"))
    spoke = number_field(gettext_lazy("Số người phát biểu"))
    in_favour = number_field(gettext_lazy("Số tán thành nghị quyết, kết luận"))
    against = number_field(gettext_lazy("Số không tán thành, ý kiến khác"))
    outcome = choice_field(gettext_lazy("Kết quả"), OUTCOMES.items(), radio=True)
    outcome_text = forms.CharField(
        label=gettext_lazy("Nghị quyết, kết luận nói gì"), max_length=20_000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, data: Any = None, files: Any = None, *, lines: Sequence[Line], on: date, usual: Any) -> None:
        start = {"kind": "regular", "outcome": "none", "held_on": on, "guests": 0, "spoke": 0}
        super().__init__(data, files, initial={**start, **usual})
        called = call(lines, {}, rulebook.at(on))
        offered = [(str(one.line.person), one.line.name) for one in called if one.due]
        self.due = len(offered)
        for name, label in (("excused_n", _("Số vắng có lý do")), ("unexcused_n", _("Số vắng không lý do"))):
            self.fields[name] = number_field(label)
        for name, label in (("excused", _("Vắng có lý do")), ("unexcused", _("Vắng không lý do"))):
            self.fields[name] = forms.MultipleChoiceField(
                label=label, choices=offered, required=False, widget=forms.CheckboxSelectMultiple
            )
        self.fields["file"] = FilesField(
            _("Ảnh các trang biên bản"), _("Chụp lần lượt từng trang trong sổ; có thể đưa lên sau."), accept=PAGES
        )

    def clean(self) -> dict[str, Any]:
        """Nobody is absent twice; agreeing needs an outcome."""
        given: dict[str, Any] = super().clean() or {}
        if set(given.get("excused", ())) & set(given.get("unexcused", ())):
            self.add_error("unexcused", _("Có đồng chí được đánh dấu ở cả hai mục; mỗi người chỉ chọn một mục."))
        for name in ("excused", "unexcused"):
            named, number = len(given.get(name, ())), given.get(f"{name}_n")
            if self._names and number is not None and number != named:
                text = _("Ghi %(n)s người vắng nhưng đánh dấu %(named)s người; sửa con số hoặc đánh dấu cho đủ.")
                self.add_error(f"{name}_n", text % {"n": number, "named": named})
        return given

    @property
    def _names(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("excused", "unexcused"))

    def sheet(self, chair: Any) -> Sheet:
        """The meeting as the full form would send it; only after validation."""
        given = self.cleaned_data
        marks = {int(pk): mark for mark in ("excused", "unexcused") for pk in given[mark]}
        voted = given["in_favour"] or given["against"]
        text = _("Thông qua nghị quyết, kết luận")
        motions = [MotionSheet(text, given["in_favour"] or 0, given["against"] or 0, method="card")] if voted else []
        return Sheet(
            kind=given["kind"], held_on=given["held_on"], started=given["started"], ended=given["ended"],
            chair=chair, guests=given["guests"] or 0, spoke=given["spoke"] or 0, marks=marks, motions=motions,
            outcome=given["outcome"], outcome_text=given["outcome_text"],
            absent=None if self._names else (given["excused_n"] or 0, given["unexcused_n"] or 0),
        )  # fmt: skip


@page("meetings.record_short", gettext_lazy("Ghi nhanh từ sổ viết tay"), permission=RECORD)
def record_short(request: HttpRequest) -> HttpResponse:
    """A meeting whose minutes were written by hand: the numbers, and photographs of the pages."""
    actor, unit, given = actor_of(request), working_unit(request, RECORD), sent(request)
    usual = queries.usual_of(unit)
    day = _day((given or request.GET).get("held_on", ""), actor.on)
    lines = queries.lines_of(unit, day)
    start = {name: usual[name] for name in ("started",) if usual.get(name)}
    form = ShortForm(given, request.FILES if given is not None else None, lines=lines, on=day, usual=start)
    if request.method == "POST" and not too_large(request, form) and form.is_valid():
        chair = usual.get("chair") or None
        known = {line.person for line in lines}
        with explaining(form):
            done = actions.record(actor=actor, unit=unit, sheet=form.sheet(chair if chair in known else None))
            messages.success(request, _("Đã ghi buổi sinh hoạt từ sổ viết tay."))
            if form.cleaned_data["file"]:
                _try_pages(request, actor, done, form.cleaned_data["file"])
            return HttpResponseRedirect(reverse("meetings.meeting", args=[done.pk]))
    context = {"form": form, "unit_name": name_of(unit, actor.on), "due": form.due, "unit": unit}
    return render(request, "meetings/papers/record_short.html", context, 422 if form.errors else 200)


class PagesForm(forms.Form):
    """The photographed pages of handwritten minutes, in their order."""

    file = FilesField(
        gettext_lazy("Ảnh các trang biên bản"),
        gettext_lazy("Chụp lần lượt từng trang trong sổ; JPG, PNG, HEIC hoặc PDF."), required=True, accept=PAGES,
    )  # fmt: skip


@page("meetings.hand_pages", gettext_lazy("Biên bản viết tay"), permission=RECORD)
def hand_pages(request: HttpRequest, pk: int) -> HttpResponse:
    """Photographed pages become the minutes in the register; further pages are added to them."""
    actor, given = actor_of(request), sent(request)
    meeting = queries.visible(actor, pk)
    actor.require(RECORD, at=meeting.unit_id)
    form = PagesForm(given, request.FILES if given is not None else None)
    if request.method == "POST" and not too_large(request, form) and form.is_valid():
        with explaining(form):
            keep_pages(actor, meeting, handed(form.cleaned_data["file"][:MOST_PAGES]))
            messages.success(request, _("Đã giữ các trang viết tay."))
            return HttpResponseRedirect(reverse("meetings.meeting", args=[pk]))
    intro = _(
        "Biên bản viết tay có giá trị như biên bản đánh máy: các trang chụp được đóng lại, có dấu kiểm và lấy số trong "
        "sổ văn bản."
    )
    context = {"form": form, "story": Story(meeting, actor), "intro": intro, "danger": False}
    return render(request, "meetings/papers/hand_pages.html", context, 422 if form.errors else 200)


def _try_pages(request: HttpRequest, actor: Actor, meeting: Meeting, uploaded: Sequence[Any]) -> None:
    """The meeting is recorded all the same when its pages are refused, and the page says why."""
    try:
        keep_pages(actor, meeting, handed(uploaded[:MOST_PAGES]))
    except Refused as refused:
        text = _("Các trang chụp chưa được giữ: %(why)s Đưa lên lại ở mục “Biên bản viết tay”.")
        messages.error(request, text % {"why": str(refused)})


def _day(text: str, usual: date) -> date:
    try:
        return DayField(required=False).clean(text) or usual
    except ValidationError:
        return usual
