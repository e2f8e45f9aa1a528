"""Scoring a meeting: the cell's own points, its vote, the superior's confirmation; and the tables of committees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action, begin, end, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.kernel.workflow import apply
from hatnhan.meetings.choices import GRADES, TABLE_KINDS
from hatnhan.meetings.flows import SCORING
from hatnhan.meetings.minutes import queries, rules
from hatnhan.meetings.models import UNVOIDED, Meeting, Score, ScoreResult, ScoreTable
from hatnhan.meetings.permissions import CONFIRM, SCORE, SET_TABLE
from hatnhan.units.queries import name_of

from . import queries as score_queries
from . import rules as score_rules

BATCH = 500


@action("meetings.self_score")
def self_score(
    *, actor: Actor, meeting: Meeting, points: Mapping[str, int], seen: int | None = None, reason: str = ""
) -> Score:
    """The cell's own points for a meeting, by criterion. A vote that was taken on other points no longer counts.
    Refuses criteria without points or out of bounds, other kinds of meetings, and once the score is final."""
    actor.require(SCORE, at=meeting.unit)
    if meeting.kind not in score_queries.SCORED:
        refuse("kind", _("Chỉ chấm điểm buổi sinh hoạt thường kỳ và chuyên đề."))
    if meeting.voided_at is not None:
        refuse("withdrawn", _("Buổi sinh hoạt này đã bỏ."))
    score = Score.objects.filter(meeting=meeting).first()
    chosen = score_queries.table_at(meeting.unit_id, score_queries.kind_of(meeting), meeting.held_on)
    facts = score_queries.facts_of(meeting)
    if reasons := score_rules.points_blockers(chosen.table, points, facts.thematic):
        raise Refused(reasons)
    made = score_rules.result(chosen.table, points, facts.thematic)
    values: dict[str, Any] = {
        "table": chosen.table.code, "own": chosen.own, "thematic": facts.thematic, "given": dict(points),
        "superior": {}, "points": made.points, "most": made.most, "tenths": made.tenths, "grade": made.grade,
        "in_favour": None, "against": 0, "abstained": 0, "scored_on": actor.on, "scored_at": act().at,
        "scored_by": actor.account_id, "voted_by": None,
    }  # fmt: skip
    if score is None:
        score = Score.objects.create(meeting=meeting, **values)
    else:
        _step(actor, score, "self_score", seen)
        for name, value in values.items():
            setattr(score, name, value)
        score.save()
    _tell(
        gettext_noop("Chi bộ tự chấm buổi sinh hoạt ngày %(day)s của %(unit)s: %(points)s/%(most)s điểm, %(grade)s."),
        score, points=made.points, most=made.most, grade=GRADES[made.grade], rule=chosen.rule.reference,
    )  # fmt: skip
    return score


@action("meetings.vote_score")
def vote_score(
    *, actor: Actor, score: Score, in_favour: int, against: int = 0, abstained: int = 0, seen: int | None = None,
    reason: str = "",
) -> None:  # fmt: skip
    """The members' vote on the cell's points, in numbers. Refuses more votes than there were voters at the meeting, and
    when not more than half of those present agreed: then the points are to be changed. Where the table knows no
    confirmation the grade is final with the vote."""
    meeting = score.meeting
    _step(actor, score, "vote_score", seen)
    there = rules.votes_there(queries.called(meeting))
    if in_favour + against + abstained > there:
        text = _("Có %(votes)s phiếu, nhiều hơn %(there)s đảng viên có mặt được biểu quyết.")
        refuse("votes", text % {"votes": in_favour + against + abstained, "there": there}, field="in_favour")
    if in_favour * 2 <= there:
        text = _("Mới có %(n)s/%(there)s đồng chí tán thành, chưa quá nửa; hãy thảo luận và chấm lại.")
        refuse("not_carried", text % {"n": in_favour, "there": there}, field="in_favour")
    score.in_favour, score.against, score.abstained = in_favour, against, abstained
    score.voted_by = actor.account_id
    _tell(
        gettext_noop("Biểu quyết điểm buổi sinh hoạt ngày %(day)s của %(unit)s: tán thành %(votes)s/%(there)s."),
        score, votes=in_favour, there=there,
    )  # fmt: skip
    if not score_queries.used_by(score).table.confirm:
        score.state = "final"
        _finish(actor, score)
    score.save()


@action("meetings.confirm_score")
def confirm_score(
    *, actor: Actor, score: Score, points: Mapping[str, int] | None = None, seen: int | None = None, reason: str = ""
) -> None:
    """The superior confirms the points, or with a reason gives others; the grade is final. Refuses whoever scored or
    wrote down the vote, and while the minutes are not adopted."""
    _step(actor, score, "confirm_score", seen)
    if actor.account_id is not None and actor.account_id in (score.scored_by, score.voted_by):
        refuse("same_person", _("Người xác nhận phải là người khác, không phải người đã chấm hoặc ghi biểu quyết."))
    table = score_queries.used_by(score).table
    final = dict(score.given if points is None else points)
    if reasons := score_rules.points_blockers(table, final, score.thematic):
        raise Refused(reasons)
    changed = {code: n for code, n in final.items() if score.given.get(code) != n}
    if changed and not reason.strip():
        text = _("Điểm xác nhận khác điểm chi bộ chấm; hãy ghi lý do.")
        refuse("reason", text, field="reason")
    made = score_rules.result(table, final, score.thematic)
    score.superior, score.points, score.most = changed, made.points, made.most
    score.tenths, score.grade = made.tenths, made.grade
    _finish(actor, score)
    score.save()
    _tell(
        gettext_noop("Xác nhận điểm buổi sinh hoạt ngày %(day)s của %(unit)s: %(points)s/%(most)s điểm, %(grade)s; "
                     "%(changed)s mục khác điểm chi bộ chấm."),
        score, points=made.points, most=made.most, grade=GRADES[made.grade], changed=len(changed),
    )  # fmt: skip


@action("meetings.reopen_score")
def reopen_score(*, actor: Actor, score: Score, reason: str, seen: int | None = None) -> None:
    """Take a final grade back, so that it can be confirmed anew. What counted until now stays known of its time."""
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do mở lại."), field="reason")
    _step(actor, score, "reopen_score", seen)
    ScoreResult.objects.filter(UNVOIDED, meeting=score.meeting_id).update(voided_at=act().at, voided_in=act().id)
    score.confirmed_on, score.confirmed_by = None, ""
    score.save()
    _tell(gettext_noop("Mở lại điểm buổi sinh hoạt ngày %(day)s của %(unit)s."), score)


@dataclass(frozen=True)
class Scored:
    """The final score of a meeting as the cell's book has it: points by criterion and how many voted for them."""

    meeting: int
    points: Mapping[str, int]
    in_favour: int
    thematic: bool


@action("meetings.load_scores")
def load_scores(*, actor: Actor, unit: Unit, scored: Sequence[Scored], reason: str = "") -> int:
    """Load final scores of meetings of former months at and below `unit`, by the tables of the rulebook and of the
    unit's line; all of them or none. Returns how many. Refuses points out of bounds, meetings elsewhere or whose
    minutes are not adopted, and those that have a score."""
    actor.require(SCORE, at=unit)
    actor.require(CONFIRM, at=unit)
    below = Placement.objects.under(unit, actor.on).values("unit")
    rows = Meeting.objects.filter(UNVOIDED, pk__in=[one.meeting for one in scored], unit__in=below, state="adopted")
    meetings = {row.pk: row for row in rows.exclude(score__isnull=False)}
    if not scored or len(meetings) != len({one.meeting for one in scored}):
        refuse("meeting", _("Có buổi sinh hoạt không thuộc đơn vị này, chưa thông qua biên bản hoặc đã chấm điểm."))
    scores, results, tables = [], [], dict[tuple[str, date], score_queries.Chosen]()
    for number, one in enumerate(scored, 1):
        meeting = meetings[one.meeting]
        kind = score_queries.kind_of(meeting)
        day = (kind, meeting.held_on)
        tables[day] = tables.get(day) or score_queries.table_at(unit, kind, meeting.held_on)
        table = tables[day].table
        if reasons := score_rules.points_blockers(table, one.points, one.thematic):
            raise Refused([Reason(each.code, each.message, each.field, row=number) for each in reasons])
        made = score_rules.result(table, one.points, one.thematic)
        plain = {"points": made.points, "most": made.most, "tenths": made.tenths, "grade": made.grade}
        scores.append(
            Score(
                meeting=meeting, table=table.code, own=tables[day].own, thematic=one.thematic, given=dict(one.points),
                in_favour=one.in_favour, state="final", scored_on=meeting.held_on, scored_at=act().at,
                confirmed_on=meeting.held_on, confirmed_by=actor.label[:120], **plain,
            )
        )  # fmt: skip
        results.append(
            ScoreResult(
                meeting=meeting, unit_id=meeting.unit_id, kind=meeting.kind, held_on=meeting.held_on,
                recorded_at=act().at, recorded_in=act().id, **plain,
            )
        )  # fmt: skip
    Score.objects.bulk_create(scores, batch_size=BATCH)
    ScoreResult.objects.bulk_create(results, batch_size=BATCH)
    act().tell(
        gettext_noop("Nạp điểm của %(count)s buổi sinh hoạt của %(unit)s và các tổ chức trực thuộc."), units=[unit],
        count=len(scores), unit=name_of(unit, actor.on),
    )  # fmt: skip
    return len(scores)


@action("meetings.set_score_table")
def set_score_table(
    *, actor: Actor, unit: Unit, base: str, table: Mapping[str, Any], decision: str, on: date, until: date = FAR,
    reason: str = "",
) -> ScoreTable:  # fmt: skip
    """A committee sets its own score table for itself and all below, from a day on, by a decision. The table before
    ends on that day. Refuses a table whose points do not add up, one without a decision, and a day out of order."""
    actor.require(SET_TABLE, at=unit)
    if not nfc(decision):
        refuse("decision", _("Hãy ghi số quyết định."), field="decision")
    made = score_rules.table_of(base, table)
    reasons = score_rules.table_blockers(made)
    if on >= until:
        reasons.append(Reason("order", _("Ngày đầu phải trước ngày hết hiệu lực."), field="until"))
    if reasons:
        raise Refused(reasons)
    same = ScoreTable.objects.unvoided().filter(unit=unit, kind=made.kind)
    if later := same.filter(valid_from__gt=on).order_by("valid_from").first():
        text = _("Đã có bảng điểm từ ngày %(day)s; hãy bỏ bảng đó trước.")
        refuse("later", text % {"day": Known.of(later.valid_from)}, field="on")
    for row in same.filter(valid_to__gt=on):
        void(row) if row.valid_from == on else end(row, on)
    row = begin(
        ScoreTable(unit=unit, kind=made.kind, base=base, table=dict(table), decision=nfc(decision), valid_from=on,
                   valid_to=until)
    )  # fmt: skip
    act().tell(
        gettext_noop("%(unit)s đặt bảng điểm riêng cho %(kind)s theo %(decision)s, từ ngày %(day)s."), about=[row],
        units=[unit], unit=name_of(unit, on), kind=TABLE_KINDS[made.kind], decision=row.decision, day=Known.of(on),
    )  # fmt: skip
    return row


@action("meetings.end_score_table")
def end_score_table(*, actor: Actor, table: ScoreTable, on: date, reason: str = "") -> None:
    """A committee's own table holds no longer from the day on; what was scored by it stays."""
    actor.require(SET_TABLE, at=table.unit)
    if table.voided_at is not None or not table.valid_from <= on < table.valid_to:
        refuse("on", _("Ngày này bảng điểm không có hiệu lực."), field="on")
    void(table) if table.valid_from == on else end(table, on)
    act().tell(
        gettext_noop("%(unit)s thôi dùng bảng điểm riêng theo %(decision)s từ ngày %(day)s."), about=[table],
        units=[table.unit], unit=name_of(table.unit_id, on), decision=table.decision, day=Known.of(on),
    )  # fmt: skip


def _step(actor: Actor, score: Score, verb: str, seen: int | None) -> None:
    """Hold the sheet, see that nobody else was quicker, and lead the state along the table."""
    rows = Score.objects.filter(pk=score.pk)
    actor.require(CONFIRM if verb in ("confirm_score", "reopen_score") else SCORE, at=score.meeting.unit)
    if not (rows if seen is None else rows.filter(version=seen)).update(version=F("version") + 1):
        text = _(
            "Trong lúc đồng chí đang xem, người khác đã thay đổi phiếu chấm điểm này. Hãy xem lại rồi ghi lần nữa."
        )
        raise Refused(Reason("stale", text))
    score.refresh_from_db()
    apply(SCORING, score, verb, actor=actor, at=score.meeting.unit)


def _finish(actor: Actor, score: Score) -> None:
    """The grade is final: the result that figures count. The minutes are locked by then."""
    meeting = score.meeting
    if meeting.state != "adopted":
        refuse("minutes", _("Biên bản chưa được thông qua; thông qua biên bản rồi mới chốt điểm."))
    score.confirmed_on, score.confirmed_by = actor.on, actor.label[:120]
    ScoreResult.objects.create(
        meeting=meeting, unit_id=meeting.unit_id, kind=meeting.kind, held_on=meeting.held_on, points=score.points,
        most=score.most, tenths=score.tenths, grade=score.grade, recorded_at=act().at, recorded_in=act().id,
    )  # fmt: skip


def _tell(text: str, score: Score, **values: Any) -> None:
    meeting = score.meeting
    act().tell(
        text, about=[meeting], units=[meeting.unit], day=Known.of(meeting.held_on),
        unit=name_of(meeting.unit_id, meeting.held_on), **values,
    )  # fmt: skip
