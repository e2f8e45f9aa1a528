"""A score in words: by criterion what the cell gave, what the superior gave, why; the total, the grade, the year."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.audit import actor_name
from hatnhan.kernel.ui.text import day, num
from hatnhan.meetings.choices import GRADES
from hatnhan.meetings.flows import SCORING
from hatnhan.meetings.minutes.story import Story
from hatnhan.meetings.models import Meeting, MeetingPast, Score
from hatnhan.meetings.permissions import CONFIRM, SCORE
from hatnhan.units.queries import name_of

from . import queries
from .rules import Criterion, Facts, Proposal, Result, propose, result

GRADE_COLOURS = {"weak": "bad", "average": "warn"}


@dataclass(frozen=True)
class Line:
    """One criterion as it is read."""

    label: str
    given: str
    final: str
    why: str
    edge: bool


class ScoreStory:
    """The scoring of one meeting for one reader."""

    def __init__(self, meeting: Meeting, actor: Actor, held: Story | None = None) -> None:
        self.meeting, self.actor = meeting, actor
        self.held = held or Story(meeting, actor)
        self.score: Score | None = queries.score_of(meeting)
        kind = queries.kind_of(meeting)
        self.chosen = (
            queries.used_by(self.score) if self.score
            else queries.table_at(meeting.unit_id, kind, meeting.held_on)
        )  # fmt: skip

    @property
    def scored(self) -> bool:
        """True for kinds of meetings that are scored at all."""
        return self.meeting.kind in queries.SCORED

    @cached_property
    def facts(self) -> Facts:
        return queries.facts_of(self.meeting)

    @cached_property
    def proposals(self) -> dict[str, Proposal]:
        return propose(self.chosen.table, self.facts)

    @property
    def thematic(self) -> bool:
        return self.score.thematic if self.score else self.facts.thematic

    @property
    def source(self) -> str:
        """Which table it is and where it comes from."""
        title = self.chosen.table.title
        if self.chosen.own:
            told = {"decision": self.chosen.own.decision, "unit": name_of(self.chosen.own.unit_id, self.actor.on)}
            return f"{title[:1].upper()}{title[1:]}: " + _("%(decision)s, %(unit)s") % told
        rule = self.chosen.rule
        return f"{title[:1].upper()}{title[1:]}: {rulebook.sourced(rule)}"

    @property
    def limit(self) -> str:
        """What the highest total is, where it is not 100."""
        most = self.chosen.table.most(self.thematic)
        if most == 100:
            return ""
        if self.chosen.table.mode == "rescaled":
            return _("Tháng này không có chuyên đề: chấm trên %(most)s điểm, quy đổi ra thang 100.") % {"most": most}
        return _("Tháng này không có chuyên đề nên tối đa %(most)s điểm.") % {"most": most}

    @property
    def changed_since(self) -> bool:
        """True when the meeting was changed after it was scored."""
        if self.score is None:
            return False
        return MeetingPast.objects.filter(meeting=self.meeting, known_until__gt=self.score.scored_at).exists()

    @property
    def groups(self) -> list[tuple[str, list[Line]]]:
        """(heading, its criteria), with points where they were given and proposals where not."""
        if self.score is None:
            return []
        return [
            (group.label, lines)
            for group in self.chosen.table.groups
            if (lines := [self._line(one) for one in group.criteria if one.code in self.score.given])
        ]

    def _line(self, one: Criterion) -> Line:
        score = self.score
        given = score.given[one.code] if score else 0
        said = self.proposals.get(one.code) or Proposal(None, "")
        final = score.superior.get(one.code) if score else None
        return Line(
            one.label, f"{num(given)}/{num(one.most)}", num(final) if final is not None else "", said.why, said.edge
        )

    @property
    def result(self) -> Result | None:
        if self.score is None:
            return None
        return result(self.chosen.table, {**self.score.given, **self.score.superior}, self.score.thematic)

    @property
    def failed(self) -> str:
        """Gates that keep a total from being good, in a sentence."""
        made = self.result
        if made is None or not made.failed:
            return ""
        return _("Chưa đạt điểm tối đa ở: %(what)s; theo bảng điểm thì không xếp tốt.") % {
            "what": ", ".join(made.failed)
        }

    @property
    def grade(self) -> tuple[str, str]:
        """The grade and its colour; only a final one has a colour."""
        grade = self.score.grade if self.score else ""
        final = self.score is not None and self.score.state == "final"
        return (str(GRADES[grade]) if grade else "", GRADE_COLOURS.get(grade, "ok") if final else "")

    @property
    def total(self) -> str:
        """86/95, and as of 100 where the table rescales."""
        score = self.score
        if score is None:
            return ""
        plain = f"{num(score.points)}/{num(score.most)}"
        if self.chosen.table.mode == "rescaled" and score.most != 100:
            return f"{plain} = {num(score.tenths / 10, 1)}/100"
        return plain

    @property
    def state(self) -> str:
        return str(SCORING.states[self.score.state]) if self.score else _("Chưa chấm")

    @property
    def facts_list(self) -> list[tuple[str, str]]:
        score = self.score
        pairs = [(_("Bảng điểm"), self.source)]
        if score:
            votes = _("tán thành %(n)s, không tán thành %(against)s, ý kiến khác %(other)s")
            told = {"n": score.in_favour, "against": score.against, "other": score.abstained}
            pairs += [
                (_("Chi bộ chấm ngày"), day(score.scored_on)),
                (_("Biểu quyết"), votes % told if score.in_favour is not None else ""),
                (
                    _("Xác nhận"),
                    f"{actor_name(score.confirmed_by)}, {day(score.confirmed_on)}" if score.confirmed_on else "",
                ),
            ]
        return [pair for pair in pairs if pair[1]]

    @property
    def year(self) -> tuple[str, str]:
        """(grade of the year so far, its base in words)."""
        found = queries.year_at(self.meeting.unit_id, self.meeting.held_on.year, self.actor.on)
        told = {"scored": num(found.scored), "held": num(found.held), "good": num(found.good)}
        base = _("Đã chốt điểm %(scored)s/%(held)s kỳ thường kỳ, trong đó %(good)s kỳ tốt.") % told
        return (str(GRADES[found.grade]) if found.grade else _("chưa đủ căn cứ")), base

    @property
    def verbs(self) -> list[tuple[str, str]]:
        """(page, label) of the steps that the reader may take now."""
        at = self.meeting.unit_id
        if self.score is None:
            return [("meetings.self_score", _("Chấm điểm"))] if self.scored and self.actor.can(SCORE, at=at) else []
        allowed = {SCORE: self.actor.can(SCORE, at=at), CONFIRM: self.actor.can(CONFIRM, at=at)}
        return [
            (f"meetings.{one.verb}", str(one.label))
            for one in SCORING.offered(self.score.state)
            if allowed[str(one.permission)]
        ]
