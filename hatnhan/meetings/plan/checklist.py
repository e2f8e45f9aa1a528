"""The month of a cell as a checklist: fixed day, preparation, agenda, invitation, papers, meeting, minutes, score. Each
step says how it stands, by which day the rulebook wants it, and where it is done."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE, after
from hatnhan.kernel.models import Unit
from hatnhan.kernel.ui.text import day as written
from hatnhan.meetings.calendars import fixed_days
from hatnhan.meetings.choices import COMMITTEE, GRADES, REGULAR
from hatnhan.meetings.flows import SITTING
from hatnhan.meetings.models import Meeting, Preparation, Sitting
from hatnhan.meetings.permissions import RECORD
from hatnhan.meetings.scores.queries import score_of
from hatnhan.units.queries import name_of

from . import rules, sittings
from .rules import Deadline
from .story import called, weekday

OF_CELLS = ("prepared", "scored")  # a committee has no committee of its own that prepares, and no score
STATES = {"done": "ok", "late": "bad", "now": "info", "later": ""}


@dataclass(frozen=True)
class Step:
    """One line of the month. `state`: done, late, now (the next to do), later."""

    code: str
    label: str
    state: str
    small: str
    due: str
    source: str
    button: str = ""
    href: str = ""

    @property
    def words(self) -> str:
        """The state in a word; of a step that simply waits, nothing."""
        return {"done": _("Xong"), "late": _("Chậm"), "now": _("Làm tiếp")}.get(self.state, "")

    @property
    def colour(self) -> str:
        return STATES[self.state]


@dataclass(frozen=True)
class Month:
    """The month of a cell, for one reader."""

    unit: Unit
    name: str
    first: date
    sitting: Sitting | None
    steps: tuple[Step, ...]
    others: tuple[tuple[str, str, str], ...]
    before: str
    next: str
    may_plan: bool

    @property
    def month(self) -> str:
        return f"{self.first.month}/{self.first.year}"

    @property
    def done(self) -> int:
        return sum(step.state == "done" for step in self.steps)


class _Facts:
    """What is known of the month, read once."""

    def __init__(self, actor: Actor, unit: Unit, first: date) -> None:
        self.actor, self.unit, self.first = actor, unit, first
        prepared = Exists(Preparation.objects.filter(sitting=OuterRef("pk")))
        papers = Count("agenda", filter=~Q(agenda__text=""))
        own = Count("agenda", filter=~Q(agenda__origin="carried"))
        rows = list(sittings.of_month(unit, first).annotate(prepared=prepared, papers=papers, own=own))
        self.all = rows
        self.cell = sittings.is_cell(unit, actor.on)
        regular: list[Any] = [row for row in rows if row.kind in (REGULAR if self.cell else (COMMITTEE,))]
        self.sitting: Any = regular[0] if regular else None
        paper = sittings.recorded_in(unit, first) if self.sitting is None else None
        self.meeting: Meeting | None = self.sitting.meeting if self.sitting else paper
        day = self.sitting.day if self.sitting else self.meeting.held_on if self.meeting else None
        self.day = day
        self.book = rulebook.at(day or first, unit)
        self.due = rules.deadlines(day, self.book) if day else {"planned": rules.plan_deadline(first, self.book)}
        self.scored = ""
        score = score_of(self.meeting) if self.meeting is not None else None
        if score is not None:
            self.scored = str(GRADES[score.grade])


def month_of(actor: Actor, unit: Unit, first: date) -> Month:
    """The month that begins on `first`. The caller has asked for the right."""
    facts = _Facts(actor, unit, first)
    again = reverse("meetings.checklist") + f"?unit={unit.pk}&month="
    others = tuple(
        (called(row.kind, row.day), f"{weekday(row.day)} · {SITTING.states[row.state]}", _page(row))
        for row in facts.all
        if facts.sitting is None or row.pk != facts.sitting.pk
    )
    may = sittings.may_plan(actor, unit)
    return Month(
        unit, name_of(unit, actor.on), first, facts.sitting, tuple(_steps(facts, may)), others,
        f"{again}{first - ONE:%Y-%m}", f"{again}{after(first):%Y-%m}", may,
    )  # fmt: skip


def _steps(facts: _Facts, may: bool) -> list[Step]:
    """The steps in order; the first that is not done is the next to do."""
    found, reached = [], False
    for code, label, done, small, button, href in _rows(facts):
        if not facts.cell and code in OF_CELLS:
            continue
        due = facts.due.get(code)
        if done:
            state = "done"
        elif due and due.day < facts.actor.on:
            state = "late"
        else:
            state = "later" if reached else "now"
        reached = reached or not done
        offered = bool(may and not done and button)
        found.append(
            Step(code, label, state, small, *_by(due, done), button if offered else "", href if offered else "")
        )  # fmt: skip
    return found


def _by(due: Deadline | None, done: bool) -> tuple[str, str]:
    if due is None or done:
        return "", ""
    return _("trước hết ngày %(day)s") % {"day": written(due.day)}, due.source


def _rows(facts: _Facts) -> list[tuple[str, str, bool, str, str, str]]:
    """(code, label, done, in words how it stands, button, address) of each step."""
    one, meeting, unit = facts.sitting, facts.meeting, facts.unit
    page = _page(one) if one else ""
    held = meeting is not None
    plan = reverse("meetings.plan") + f"?unit={unit.pk}&month={facts.first:%Y-%m}"
    minutes = reverse("meetings.meeting", args=[meeting.pk]) if meeting else ""
    adopted = meeting is not None and meeting.state == "adopted"
    return [
        ("planned", _("Lên lịch"), bool(one or held), _when(facts), _("Lên lịch"), plan),
        (
            "prepared", _("Chi ủy chuẩn bị"), held or bool(one and one.prepared), "",
            _("Ghi kết quả họp chi ủy") if one else "", reverse("meetings.prepare", args=[one.pk]) if one else "",
        ),
        (
            "agenda", _("Chương trình"), held or bool(one and one.own), "", _("Soạn chương trình") if one else "",
            reverse("meetings.agenda", args=[one.pk]) if one else "",
        ),
        (
            "invited", _("Mời họp"), held or bool(one and one.state in sittings.TOLD), "",
            _("Mời họp") if one else "", reverse("meetings.invite", args=[one.pk]) if one else "",
        ),
        ("papers", _("Tài liệu gửi trước"), held or bool(one and one.papers), "", _("Ghi dự thảo") if one else "",
         page),
        ("held", _("Sinh hoạt"), held, "", *_hold(facts, page)),
        ("minutes", _("Biên bản"), adopted, "", _("Đọc lại và thông qua") if meeting else "", minutes),
        (
            "scored", _("Chấm điểm"), bool(facts.scored), facts.scored, _("Chấm điểm") if meeting else "",
            reverse("meetings.score", args=[meeting.pk]) if meeting else "",
        ),
    ]  # fmt: skip


def _hold(facts: _Facts, page: str) -> tuple[str, str]:
    """The meeting itself: opened on its page; one that was held without it is recorded from paper."""
    if page:
        return _("Mở buổi họp"), page
    if facts.actor.can(RECORD, at=facts.unit) and facts.first <= facts.actor.on:
        return _("Ghi buổi sinh hoạt"), reverse("meetings.record") + f"?unit={facts.unit.pk}"
    return "", ""


def _when(facts: _Facts) -> str:
    if facts.sitting is not None:
        parts = [weekday(facts.sitting.day), f"{facts.sitting.starts:%H:%M}", facts.sitting.place]
        return " · ".join(part for part in parts if part)
    if facts.meeting is not None:
        return weekday(facts.meeting.held_on)
    words = _("Tháng %(n)s chưa lên lịch họp.") % {"n": facts.first.month}
    proposal = fixed_days.proposed(facts.unit, facts.first, facts.actor.on)
    return " ".join(part for part in (words, fixed_days.said(proposal, facts.unit.pk, facts.actor.on)) if part)


def _page(sitting: Sitting) -> str:
    return reverse("meetings.sitting", args=[sitting.pk])
