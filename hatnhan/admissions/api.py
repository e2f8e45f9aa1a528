"""Admission over the API: cases as far as the key's scope goes, and every step that pages offer."""

from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import BaseModel, Field

from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.api import KnownDate, Text, Value, finds, listed, means, offer, one_of
from hatnhan.kernel.pages import actor_of, working_unit
from hatnhan.meetings.minutes.api import Where
from hatnhan.meetings.models import Sitting
from hatnhan.meetings.plan import sittings

from . import permissions, queries
from .cases import actions
from .cases.matters import MATTERS
from .cases.story import LABELS
from .cases.views import STEPS
from .choices import CLASSES, DELIST_REASONS, INTRODUCERS, LEFT, METHODS, SECTORS, SEX, SOURCES
from .models import AdmissionCase, Introducer, Vetting
from .pool import actions as pool
from .rules import Vote
from .tables import AdmissionTable

import_module("hatnhan.members.api")  # says how a member is found by its id
router = Router(tags=["admissions"])

means(permissions.VIEW, _("Xem nguồn và hồ sơ kết nạp"))
means(permissions.PREPARE, _("Ghi các bước của chi bộ trong hồ sơ kết nạp"), writes=True)
means(permissions.DECIDE, _("Ghi các bước của cấp ủy trong hồ sơ kết nạp"), writes=True)


def _vetting(actor: Actor, key: int) -> Vetting:
    return _part(actor, Vetting, key)


def _introducer(actor: Actor, key: int) -> Introducer:
    return _part(actor, Introducer, key)


def _part(actor: Actor, model: Any, key: int) -> Any:
    row = model.objects.filter(pk=key).first()
    if row is None:
        raise NotFound(permissions.VIEW)
    queries.visible(actor, row.case_id)
    return row


finds(AdmissionCase, queries.visible)
finds(Vetting, _vetting)
finds(Introducer, _introducer)
finds(Sitting, sittings.visible)

Count = Annotated[int, Field(ge=0, le=9999)]


class VoteIn(BaseModel):
    """A vote in numbers."""

    base: Count
    in_favour: Count
    against: Count = 0
    method: one_of(list(METHODS), 10) = "card"  # type: ignore[valid-type]


def _cases(request: HttpRequest, query: Where) -> AdmissionTable:
    """Cases of the unit, where the key may see them."""
    actor = actor_of(request)
    actor.require(permissions.VIEW)
    return AdmissionTable(request, actor, working_unit(request, permissions.VIEW))


listed(
    router, "/admissions", AdmissionTable, _cases, name="admissions.cases", title=_("Hồ sơ kết nạp"), asks=Where,
    about=_("Hồ sơ của một đơn vị và các đơn vị trực thuộc: đang ở bước nào, bao lâu, hạn gần nhất."),
    keys={"case": "pk", "unit_id": "unit_id"},
    values={
        "state": Value(str, lambda row, _table: row.state),
        "age": Value(str, lambda row, _table: row.since.isoformat()),
        "due": Value(str | None, lambda row, _table: row.due and row.due.isoformat()),
    },
)  # fmt: skip

SHORT, PLACE, NOTE = Text(60), Text(120), Text(300)
NEEDED: dict[str, Any] = {
    "vote": VoteIn, "paper": SHORT, "place": PLACE, "consent": SHORT, "number": SHORT, "decision": Text(60, least=1),
    "reason": NOTE,
}  # fmt: skip
READS: dict[str, Callable[[Actor, Any], Any]] = {"vote": lambda _actor, sent: Vote(**sent)}


def _offer(path: str, name: str, function: Callable[..., Any], title: Any, **types: Any) -> None:
    offer(router, path, function, name=f"admissions.{name}", title=title, types=NEEDED | types, reads=READS)


for _verb, (_action, _right) in STEPS.items():
    _more = {"why": one_of(list(DELIST_REASONS), 20)} if _verb == "delist" else {}
    _offer(f"/admissions/{{case}}/{_verb}", _verb, _action, LABELS[_verb], **_more)

offer(
    router, "/admissions", pool.list_person, name="admissions.list", title=_("Đưa vào danh sách quần chúng ưu tú"),
    types={
        "name": Text(120, least=1), "sex": one_of(list(SEX), 1), "birth": KnownDate,
        "sector": one_of(list(SECTORS), 12), "left_how": one_of(list(LEFT), 20), "reason": NOTE,
    },
)  # fmt: skip
offer(
    router, "/admissions/{case}/describe", pool.describe, name="admissions.describe",
    title=_("Ghi thông tin người vào Đảng"),
    types={"name": Text(120, least=1), "sex": one_of(list(SEX), 1), "birth": KnownDate,
           "sector": one_of(list(SECTORS), 12), "reason": NOTE},
)  # fmt: skip
_offer("/admissions/{case}/helper", "assign_helper", pool.assign_helper, _("Phân công người giúp đỡ"))
_offer("/admissions/{case}/certificates", "record_certificate", pool.record_certificate,
       _("Ghi giấy chứng nhận học lớp"), kind=one_of(list(CLASSES), 12))  # fmt: skip
_offer("/admissions/{case}/begin_vetting", "begin_vetting", actions.begin_vetting, _("Bắt đầu thẩm tra lý lịch"))
_offer("/admissions/{case}/vettings", "ask_vetting", actions.ask_vetting, _("Gửi thẩm tra lý lịch"))
_offer("/admissions/vettings/{vetting}/answer", "answer_vetting", actions.answer_vetting, _("Ghi trả lời thẩm tra"))
_offer("/admissions/{case}/opinions", "record_opinion", actions.record_opinion, _("Ghi ý kiến nhận xét"),
       source=one_of(list(SOURCES), 10))  # fmt: skip
_offer("/admissions/{case}/introducers", "name_introducer", actions.name_introducer, _("Ghi người giới thiệu"),
       kind=one_of(list(INTRODUCERS), 12))  # fmt: skip
_offer("/admissions/introducers/{introducer}/end", "end_introducer", actions.end_introducer, _("Thôi giới thiệu"))
_offer("/admissions/{case}/papers", "receive_paper", actions.receive_paper, _("Ghi giấy tờ đã có"),
       item=Text(20, least=1))  # fmt: skip
_offer("/admissions/{case}/agenda", "put_on_agenda", actions.put_on_agenda, _("Đưa vào chương trình buổi họp"),
       verb=one_of(list(MATTERS), 24))  # fmt: skip
