"""Scoring a meeting: the sheet, the cell's points, the vote, the confirmation; and the score tables of a committee."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.actor import NotFound
from hatnhan.kernel.forms import explain, explaining, sent
from hatnhan.kernel.pages import actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.meetings import actions
from hatnhan.meetings.choices import TABLE_KINDS
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import Score, ScoreTable
from hatnhan.meetings.permissions import CONFIRM, SCORE, SET_TABLE, TABLES, VIEW
from hatnhan.units.queries import name_of

from . import queries as score_queries
from .forms import PointsForm, ReopenForm, TableForm, VoteForm
from .rules import table_of
from .story import ScoreStory

STEP = "meetings/step.html"


@page("meetings.score", gettext_lazy("Chấm điểm buổi sinh hoạt"), permission=VIEW)
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """What was scored, by criterion, with the explanation of what the program knows."""
    actor = actor_of(request)
    return render(request, "meetings/scores/score.html", {"story": ScoreStory(queries.visible(actor, pk), actor)})


@page("meetings.self_score", gettext_lazy("Chi bộ tự chấm"), permission=SCORE)
def self_score(request: HttpRequest, pk: int) -> HttpResponse:
    """The cell's own points, with a proposal for what is known."""
    story = _story(request, pk, SCORE)
    now = score_queries.table_at(story.meeting.unit_id, score_queries.kind_of(story.meeting), story.meeting.held_on)
    story.chosen = now  # a table set meanwhile counts when the cell scores anew
    form = PointsForm(
        sent(request), table=now.table, thematic=story.facts.thematic, proposals=story.proposals,
        given=story.score.given if story.score else {}, version=story.score.version if story.score else None,
    )  # fmt: skip

    def act() -> None:
        actions.self_score(
            actor=story.actor, meeting=story.meeting, points=form.points(), seen=form.cleaned_data["seen"]
        )

    return _answer(request, story, form, act, "meetings/scores/points.html", _("Đã ghi điểm chi bộ tự chấm."))


@page("meetings.vote_score", gettext_lazy("Biểu quyết điểm"), permission=SCORE)
def vote_score(request: HttpRequest, pk: int) -> HttpResponse:
    """The members' vote on the points, in numbers."""
    story = _story(request, pk, SCORE)
    one = _begun(story)
    form = VoteForm(sent(request), initial={"seen": one.version, "in_favour": story.meeting.present})

    def act() -> None:
        in_favour, against, abstained = (form.cleaned_data[name] or 0 for name in ("in_favour", "against", "abstained"))
        actions.vote_score(
            actor=story.actor, score=one, in_favour=in_favour, against=against, abstained=abstained,
            seen=form.cleaned_data["seen"],
        )  # fmt: skip

    return _answer(request, story, form, act, STEP, _("Đã ghi biểu quyết điểm."))


@page("meetings.confirm_score", gettext_lazy("Xác nhận điểm"), permission=CONFIRM)
def confirm_score(request: HttpRequest, pk: int) -> HttpResponse:
    """The superior confirms the cell's points or gives others, with a reason."""
    story = _story(request, pk, CONFIRM)
    one = _begun(story)
    form = PointsForm(
        sent(request), table=story.chosen.table, thematic=one.thematic, proposals=story.proposals, given=one.given,
        version=one.version, reasoned=True,
    )  # fmt: skip

    def act() -> None:
        actions.confirm_score(
            actor=story.actor, score=one, points=form.points(), seen=form.cleaned_data["seen"],
            reason=form.cleaned_data["reason"],
        )  # fmt: skip

    return _answer(request, story, form, act, "meetings/scores/points.html", _("Đã xác nhận điểm."))


@page("meetings.reopen_score", gettext_lazy("Mở lại điểm"), permission=CONFIRM)
def reopen_score(request: HttpRequest, pk: int) -> HttpResponse:
    """A final grade that has to be confirmed anew."""
    story = _story(request, pk, CONFIRM)
    one = _begun(story)
    form = ReopenForm(sent(request), initial={"seen": one.version})

    def act() -> None:
        actions.reopen_score(actor=story.actor, score=one, **form.cleaned_data)

    return _answer(request, story, form, act, STEP, _("Đã mở lại điểm."))


@page("meetings.score_tables", gettext_lazy("Bảng điểm sinh hoạt"), permission=TABLES)
def score_tables(request: HttpRequest) -> HttpResponse:
    """Which tables hold for a unit, whose they are, and those of the rulebook."""
    actor, unit = actor_of(request), working_unit(request, TABLES)
    kinds = []
    for kind, label in TABLE_KINDS.items():
        chosen = score_queries.table_at(unit, kind, actor.on)
        own = chosen.own
        source = rulebook.sentence(chosen.rule) if own is None else f"{own.decision}, {name_of(own.unit_id, actor.on)}"
        kinds.append((kind, label, chosen, source, score_queries.book_tables(kind, actor.on)))
    may_set = actor.can(SET_TABLE, at=unit)
    context = {"unit": unit, "unit_name": name_of(unit, actor.on), "kinds": kinds, "may_set": may_set}
    return render(request, "meetings/scores/score_tables.html", context)


@page("meetings.set_score_table", gettext_lazy("Đặt bảng điểm riêng"), permission=SET_TABLE)
def set_score_table(request: HttpRequest, code: str) -> HttpResponse:
    """A committee's own table, made from the table in force there or one of the rulebook."""
    actor, unit = actor_of(request), working_unit(request, SET_TABLE)
    value = score_queries.value_of(code, unit, actor.on)
    if value is None:
        raise NotFound(SET_TABLE)
    form = TableForm(sent(request), value=value, table=table_of(code, value), initial={"on": actor.on})
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            actions.set_score_table(actor=actor, unit=unit, base=code, table=form.made(), **form.given())
            messages.success(request, _("Đã đặt bảng điểm riêng."))
            return HttpResponseRedirect(reverse("meetings.score_tables") + f"?unit={unit.pk}")
    context = {"form": form, "unit": unit, "unit_name": name_of(unit, actor.on)}
    return render(request, "meetings/scores/score_table_form.html", context, 422 if form.errors else 200)


@page("meetings.end_score_table", gettext_lazy("Thôi dùng bảng điểm riêng"), permission=SET_TABLE)
def end_score_table(request: HttpRequest, row: int) -> HttpResponse:
    """One press: from today the superior's table, or the rulebook's, holds again."""
    actor = actor_of(request)
    rows = ScoreTable.objects.on(actor.on).filter(pk=row).select_related("unit")
    own = actor.scope(SET_TABLE).filter(rows).first()
    if own is None:
        raise NotFound(SET_TABLE)
    if request.method == "POST":
        actions.end_score_table(actor=actor, table=own, on=actor.on)
        messages.success(request, _("Từ hôm nay không dùng bảng điểm riêng này nữa."))
    return HttpResponseRedirect(reverse("meetings.score_tables") + f"?unit={own.unit_id}")


def _story(request: HttpRequest, pk: int, right: str) -> ScoreStory:
    """A meeting that the reader may score or confirm: 404 outside the scope, 403 within it without the right."""
    actor = actor_of(request)
    meeting = queries.visible(actor, pk)
    actor.require(right, at=meeting.unit_id)
    return ScoreStory(meeting, actor)


def _begun(story: ScoreStory) -> Score:
    if story.score is None:
        raise NotFound(SCORE)
    return story.score


def _step(story: ScoreStory) -> dict[str, Any]:
    """What a step with a short form says of the score that it is about."""
    meeting, back = (
        reverse("meetings.meeting", args=[story.meeting.pk]),
        reverse("meetings.score", args=[story.meeting.pk]),
    )
    said = _("Chi bộ chấm %(total)s điểm, %(grade)s.") % {"total": story.total, "grade": str(story.grade[0]).lower()}
    return {
        "lead": f"{story.held.title} · {story.held.unit_name}", "back": back, "notes": [("info", said)],
        "trail": [(story.held.day, meeting), (_("Chấm điểm"), back)],
    }  # fmt: skip


def _answer(
    request: HttpRequest, story: ScoreStory, form: forms.Form, act: Callable[[], None], template: str, said: str
) -> HttpResponse:
    """Show the form, or take the step and go to the sheet, or say why not."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refused:
            explain(form, refused)
            if "stale" in refused.codes:  # the next try counts as having seen what somebody else changed
                now = Score.objects.filter(meeting=story.meeting).values_list("version", flat=True).get()
                form.data = {**request.POST.dict(), "seen": now}
        else:
            messages.success(request, said)
            return HttpResponseRedirect(reverse("meetings.score", args=[story.meeting.pk]))
    context: dict[str, Any] = {"form": form, "story": story}
    if template == STEP:
        context |= _step(story)
    return render(request, template, context, 422 if form.errors else 200)
