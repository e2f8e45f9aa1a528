"""Scores, the state of cells and standing assignments over the API: what the pages do, by the same actions."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import BaseModel, Field

from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.api import Body as Sent
from hatnhan.kernel.api import Day, Id, Query, Text, Value, described, finds, listed, means, offer, read
from hatnhan.kernel.pages import actor_of, working_unit
from hatnhan.meetings import actions, permissions
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import Assignment, Following, Score
from hatnhan.meetings.oversight.tables import CellTable
from hatnhan.meetings.oversight.views import asked_first
from hatnhan.members import queries as people
from hatnhan.members.models import Person
from hatnhan.members.permissions import VIEW as MEMBERS

from .story import ScoreStory

router = Router(tags=["meetings"])

means(permissions.PLAN, _("Lên lịch, mời họp, ghi buổi họp"), writes=True)
means(permissions.MONTH, _("Xem các chi bộ đang ở bước nào trong tháng"))
means(permissions.SCORE, _("Chấm điểm buổi sinh hoạt"), writes=True)
means(permissions.CONFIRM, _("Xác nhận điểm buổi sinh hoạt"), writes=True)
means(permissions.REMIND, _("Nhắc chi bộ chậm sinh hoạt"), writes=True)
means(permissions.FOLLOW, _("Phân công theo dõi chi bộ"), writes=True)
means(permissions.ASSIGN, _("Phân công việc thường xuyên của chi bộ"), writes=True)


def _score(actor: Actor, key: int) -> Score:
    row = Score.objects.filter(pk=key).select_related("meeting__unit", "own").first()
    if row is None:
        raise NotFound(permissions.VIEW)
    queries.visible(actor, row.meeting_id)
    return row


def _following(actor: Actor, key: int) -> Following:
    rows = Following.objects.unvoided().filter(pk=key).select_related("committee", "target", "person")
    found = actor.scope(permissions.FOLLOW).filter(rows, "committee").first()
    if found is None:
        raise NotFound(permissions.FOLLOW)
    return found


def _assignment(actor: Actor, key: int) -> Assignment:
    rows = Assignment.objects.unvoided().filter(pk=key).select_related("unit", "person")
    found = actor.scope(permissions.VIEW).filter(rows).first()
    if found is None:
        raise NotFound(permissions.VIEW)
    return found


def _person(actor: Actor, key: int | None) -> Person | None:
    """A person whom the key may see."""
    return None if key is None else people.visible(actor, MEMBERS, key)


finds(Score, _score)
finds(Following, _following)
finds(Assignment, _assignment)

# --- how far the cells are ------------------------------------------------------------------------------------------


class Month(Query):
    """Of which unit, and which month."""

    unit: Annotated[Id | None, described(_("Đơn vị; bỏ trống là nơi cao nhất của khóa"))] = None
    month: Annotated[str, described(_("Tháng, như 2026-11; bỏ trống là tháng này")), Field(max_length=7)] = ""


def _cells(request: HttpRequest, query: Month) -> CellTable:
    """The cells of the unit in the month, where the key may see them."""
    actor = actor_of(request)
    actor.require(permissions.MONTH)
    return CellTable(request, actor, working_unit(request, permissions.MONTH), asked_first(query.month, actor.on))


listed(
    router, "/meetings/cells", CellTable, _cells, name="meetings.cells", title=_("Chi bộ trong tháng"), asks=Month,
    about=_("Mỗi chi bộ đang ở bước nào của buổi sinh hoạt thường kỳ trong tháng, theo cây tổ chức."),
    keys={"unit_id": "unit_id", "meeting": "meeting"},
    values={"stage": Value(str, lambda row, _table: row.stage)},
)  # fmt: skip
offer(
    router, "/units/{unit}/remind", actions.remind, name="meetings.remind", title=_("Nhắc chi bộ chậm"),
    labels={"first": _("Ngày đầu của tháng")}, types={"first": Day},
)  # fmt: skip

# --- scores ---------------------------------------------------------------------------------------------------------


class ScoreOut(BaseModel):
    """The score sheet of a meeting: points by criterion as the cell and, where they differ, the superior gave them."""

    id: int | None
    version: int | None
    state: str | None
    table: str
    proposed: dict[str, int]
    given: dict[str, int]
    superior: dict[str, int]
    points: int | None
    most: int
    grade: str | None
    in_favour: int | None
    confirmed_on: date | None
    steps: list[str]


def score_record(request: HttpRequest, meeting: int) -> dict[str, Any]:
    """The score sheet of a meeting, with what the program proposes, and the steps that this key may take now."""
    actor = actor_of(request)
    story = ScoreStory(queries.visible(actor, meeting), actor)
    one = story.score
    named = ("version", "state", "points", "grade", "in_favour", "confirmed_on")
    return {
        "id": one.pk if one else None, "table": story.chosen.table.code, "given": one.given if one else {},
        "superior": one.superior if one else {}, "most": story.chosen.table.most(story.thematic),
        "proposed": {code: said.points for code, said in story.proposals.items() if said.points is not None},
        **{name: getattr(one, name) if one else None for name in named},
        "steps": [code for code, _label in story.verbs],
    }  # fmt: skip


read(
    router, "/meetings/{int:meeting}/score", score_record, ScoreOut, name="meetings.score",
    title=_("Phiếu chấm điểm của một buổi sinh hoạt"), within={"meeting": Id},
)  # fmt: skip


class Point(Sent):
    """The points of one criterion."""

    code: Text(40, least=1)  # type: ignore[valid-type]
    points: Annotated[int, Field(ge=0, le=100)]


def _points(_actor: Actor, sent: list[Point] | None) -> dict[str, int] | None:
    """What was sent, as the action takes it."""
    return None if sent is None else {one.code: one.points for one in sent}


POINTS: dict[str, Any] = {
    "types": {"points": Annotated[list[Point], Field(max_length=100)]}, "reads": {"points": _points},
    "labels": {"points": _("Điểm từng mục")},
}  # fmt: skip
REASON = Text(300, least=1)
COUNT = Annotated[int, Field(ge=0, le=100_000)]

offer(
    router, "/meetings/{meeting}/score", actions.self_score, name="meetings.self_score", title=_("Chi bộ tự chấm"),
    **POINTS,
)  # fmt: skip
offer(
    router, "/scores/{score}/vote", actions.vote_score, name="meetings.vote_score", title=_("Ghi biểu quyết điểm"),
    types={"in_favour": COUNT, "against": COUNT, "abstained": COUNT},
)  # fmt: skip
offer(
    router, "/scores/{score}/confirm", actions.confirm_score, name="meetings.confirm_score", title=_("Xác nhận điểm"),
    **POINTS,
)  # fmt: skip
offer(
    router, "/scores/{score}/reopen", actions.reopen_score, name="meetings.reopen_score", title=_("Mở lại điểm"),
    types={"reason": REASON},
)  # fmt: skip
offer(
    router, "/meetings/{meeting}/reported", actions.report_result, name="meetings.report_result",
    title=_("Ghi là đã báo cáo cấp trên"),
)  # fmt: skip

# --- who follows, who does what -------------------------------------------------------------------------------------

offer(
    router, "/units/{committee}/following", actions.assign_following, name="meetings.assign_following",
    title=_("Phân công theo dõi"), types={"person": Id | None}, reads={"person": _person},
)  # fmt: skip
offer(
    router, "/following/{row}/end", actions.end_following, name="meetings.end_following",
    title=_("Thôi phân công theo dõi"),
)  # fmt: skip
offer(
    router, "/units/{unit}/assignments", actions.assign, name="meetings.assign",
    title=_("Phân công việc thường xuyên"), types={"person": Id}, reads={"person": _person},
)  # fmt: skip
offer(
    router, "/assignments/{row}/end", actions.end_assignment, name="meetings.end_assignment",
    title=_("Thôi phân công việc thường xuyên"),
)  # fmt: skip
