"""Lists as files over the API: of one cell at once, over more than one cell after a second person, as on the pages."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import BaseModel

from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.api import Body, Day, Id, Query, Text, described, finds, means, offer, question, read, write
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import actor_of

from . import actions, files, permissions
from .models import ExportRequest
from .tables import MemberTable
from .takings import MAKINGS, TAKINGS
from .views.exporting import asked_by, question_of
from .views.listing import ground_of

router = Router(tags=["members"])

means(permissions.EXPORT, _("Lấy danh sách ra tệp"), writes=True)
means(permissions.APPROVE_EXPORT, _("Duyệt yêu cầu lấy danh sách"), writes=True)


def _request(actor: Actor, key: int) -> ExportRequest:
    row = ExportRequest.objects.filter(pk=key).select_related("unit").first()
    if row is None or not (row.account_id == actor.account_id or actor.can(permissions.APPROVE_EXPORT, at=row.unit)):
        raise NotFound(permissions.EXPORT)
    return row


finds(ExportRequest, _request)


class Of(Query):
    """Which list: that of `/members` with the same names for unit, day and filters."""

    unit: Annotated[Id | None, described(_("Tổ chức; bỏ trống là nơi cao nhất trong phạm vi của khóa"))] = None
    on: Annotated[Day | None, described(_("Ngày xem; bỏ trống là hôm nay"))] = None


class TakeIn(Body):
    """In which form, and why."""

    form: Literal["xlsx", "csv", "pdf"] = "xlsx"
    reason: Text(300) = ""  # type: ignore[valid-type]


class FetchIn(Body):
    """In which form."""

    form: Literal["xlsx", "csv", "pdf"] = "xlsx"


class AskedOut(BaseModel):
    """A request for a list over more than one cell."""

    id: int
    unit: int
    state: str
    count: int
    reason: str
    asked_at: datetime
    answer: str
    until: datetime | None


def take_file(request: HttpRequest, query: Of, sent: TakeIn) -> Any:
    """The list of one cell as a file. One over more than one cell becomes a request for a second person."""
    actor, land = actor_of(request), ground_of(request, permissions.EXPORT)
    unit = Unit.objects.get(pk=land.unit_id)
    actor.require(permissions.EXPORT, at=unit)
    table = MemberTable(request, actor, land)
    if not land.cell:
        row = actions.ask_export(
            actor=actor, unit=unit, on=land.on, query=question_of(table), count=table.found.count(), reason=sent.reason
        )
        return _told(row)
    file = files.made(request, sent.form, table, sent.reason)
    actions.export(actor=actor, unit=unit, people=file.people, form=file.form, reason=sent.reason)
    return file.answer


def asked_file(request: HttpRequest, number: int) -> dict[str, Any]:
    """How a request stands."""
    return _told(asked_by(request, number))


def fetch_file(request: HttpRequest, number: int, sent: FetchIn) -> HttpResponse:
    """The file of an approved request."""
    row = asked_by(request, number)
    actor = actor_of(request)
    kind = TAKINGS[row.what]
    actor.require(kind.permission, at=row.unit)
    file = MAKINGS[row.what].made(request, actor, row, sent.form if sent.form in kind.forms else kind.forms[0])
    actions.fetch_export(actor=actor, asked=row, people=file.people, form=file.form)
    return file.answer


def _told(row: ExportRequest) -> dict[str, Any]:
    return {
        "id": row.pk, "unit": row.unit_id, "state": row.state, "count": row.count, "reason": row.reason,
        "asked_at": row.asked_at, "answer": row.answer, "until": row.until,
    }  # fmt: skip


write(
    router, "/members/file", take_file, AskedOut, name="members.export", title=_("Lấy danh sách đảng viên ra tệp"),
    about=_("Danh sách của một chi bộ trả về ngay là tệp; gồm nhiều chi bộ thì chờ người thứ hai duyệt."),
    query=question("members.export", MemberTable, Of), body=TakeIn,
)  # fmt: skip
read(
    router, "/exports/{int:number}", asked_file, AskedOut, name="exports.request",
    title=_("Một yêu cầu lấy danh sách"), within={"number": Id},
)  # fmt: skip
write(
    router, "/exports/{number}/file", fetch_file, AskedOut, name="exports.fetch", title=_("Lấy tệp đã duyệt"),
    about=_("Trả về tệp, một lần hoặc nhiều lần trong thời hạn."), within={"number": Id}, body=FetchIn,
)  # fmt: skip
offer(router, "/exports/{asked}/answer", actions.answer_export, name="exports.answer", title=_("Trả lời yêu cầu"))
offer(router, "/exports/{asked}/withdraw", actions.withdraw_export, name="exports.withdraw", title=_("Rút yêu cầu"))
