"""Transfers over the API: the board, one case with its story, and every step."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import BaseModel

from hatnhan.kernel.api import Id, KnownDate, Query, Text, Value, finds, listed, means, offer, one_of, read
from hatnhan.kernel.pages import actor_of
from hatnhan.members.choices import MEMBER_STANDINGS
from hatnhan.movements import permissions

from . import actions, queries
from .choices import CHECKS, WHY
from .models import TransferCase
from .tables import TransferTable

router = Router(tags=["transfers"])

means(permissions.VIEW, _("Xem việc chuyển sinh hoạt"))
means(permissions.OPEN, _("Bắt đầu thủ tục chuyển sinh hoạt, đối chiếu giấy tờ"), writes=True)
means(permissions.ISSUE, _("Cấp giấy giới thiệu, hủy, giao hồ sơ"), writes=True)
means(permissions.RECEIVE, _("Tiếp nhận, trả lại, chuyển tiếp"), writes=True)
finds(TransferCase, queries.find)


def _transfers(request: HttpRequest, query: Query) -> TransferTable:
    """Those that the key may see."""
    actor = actor_of(request)
    actor.require(permissions.VIEW)
    return TransferTable(request, actor, queries.visible(actor))


listed(
    router, "/transfers", TransferTable, _transfers, name="movements.transfers", title=_("Việc chuyển sinh hoạt"),
    about=_("Việc chuyển sinh hoạt chính thức đi từ và đến phạm vi của khóa; việc đã xong chỉ có khi hỏi theo bước."),
    keys={"transfer": "pk", "origin": "origin_id", "destination": "destination_id"},
    values={
        "letter": Value(str | None, lambda row, _table: row.letter_number or None),
        "age": Value(int, lambda row, table: ((row.settled_on or table.on) - row.opened_on).days),
    },
)  # fmt: skip


class StepOut(BaseModel):
    """A step of the story."""

    on: date
    title: str
    text: str
    by: str


class TransferOut(BaseModel):
    """A case: where it stands, its letter, where the dossier is, its version and its story as far as the key reads
    it."""

    id: int
    name: str
    state: str
    origin: int | None
    destination: int | None
    cell: int | None
    letter_number: str
    letter_on: date | None
    present_by: date | None
    custody: str
    version: int
    steps: list[StepOut]


def one_transfer(request: HttpRequest, case: int) -> dict[str, Any]:
    """One case with its story."""
    actor = actor_of(request)
    row = queries.find(actor, case)
    steps = queries.story(row, actor.on, whole=queries.releasing(actor, row))
    return {
        "id": row.pk, "name": row.name, "state": row.state, "origin": row.origin_id, "destination": row.destination_id,
        "cell": row.cell_id, "letter_number": row.letter_number, "letter_on": row.letter_on,
        "present_by": row.present_by, "custody": row.custody, "version": row.version,
        "steps": [{"on": one.on, "title": one.title, "text": one.text, "by": one.by} for one in steps],
    }  # fmt: skip


read(
    router, "/transfers/{int:case}", one_transfer, TransferOut, name="movements.transfer",
    title=_("Một việc chuyển sinh hoạt"), within={"case": Id},
)  # fmt: skip

NOTE, NUMBER, PLACE = Text(300, least=1), Text(40), Text(200)
SEEN = {"seen": _("Số phiên bản của việc chuyển lúc xem")}
TO = {"to": _("Nơi đến trong phạm vi của khóa"), "to_code": _("Mã nơi đến ở bất cứ đâu trong hệ thống")}

offer(
    router, "/members/{person}/transfers", actions.prepare_transfer, name="movements.prepare_transfer",
    title=_("Bắt đầu thủ tục chuyển sinh hoạt"), labels={**TO, "moved_on": _("Ngày quyết định có hiệu lực")},
    types={"why": one_of(list(WHY)), "to_code": Text(40), "destination_text": PLACE, "proof": Text(120)},
)  # fmt: skip
offer(
    router, "/transfers/many", actions.prepare_transfers, name="movements.prepare_transfers",
    title=_("Bắt đầu chuyển nhiều đồng chí"), labels={**TO, "people": _("Những đồng chí chuyển")},
    types={"why": one_of(list(WHY)), "to_code": Text(40), "destination_text": PLACE, "proof": Text(120)},
)  # fmt: skip
offer(
    router, "/transfers/many/issue", actions.issue_letters, name="movements.issue_letters",
    title=_("Cấp nhiều giấy giới thiệu"), labels={"cases": _("Những việc chuyển")},
)  # fmt: skip
offer(
    router, "/transfers/arrivals", actions.note_arrival, name="movements.note_arrival",
    title=_("Ghi giấy giới thiệu của nơi khác gửi đến"), labels={"to": _("Chuyển đến")},
    types={
        "name": Text(120, least=1), "origin_text": Text(200, least=1), "number": Text(40, least=1),
        "why": one_of(list(WHY)), "standing": one_of(list(MEMBER_STANDINGS)), "sex": one_of(["", "m", "f"], 1),
        "birth": KnownDate, "ceremony_date": KnownDate,
    },
    fixed={"carried": None},
)  # fmt: skip
offer(
    router, "/transfers/{case}/check", actions.check_paper, name="movements.check_paper",
    title=_("Đối chiếu giấy tờ"), types={"code": one_of(list(CHECKS))}, labels=SEEN,
)  # fmt: skip
offer(
    router, "/transfers/{case}/issue", actions.issue_letter, name="movements.issue_letter",
    title=_("Cấp giấy giới thiệu"), types={"number": NUMBER, "proof": Text(120)},
    labels={**SEEN, "despite": _("Đã xem điểm được nhắc, vẫn cấp")},
)  # fmt: skip
offer(
    router, "/transfers/{case}/receive", actions.receive_transfer, name="movements.receive_transfer",
    title=_("Tiếp nhận vào chi bộ"), types={"explanation": Text(300)}, labels={**SEEN, "cell": _("Về chi bộ")},
)  # fmt: skip
offer(
    router, "/transfers/{case}/left", actions.confirm_left, name="movements.confirm_left",
    title=_("Ghi nơi đến ngoài hệ thống đã tiếp nhận"), types={"paper": Text(60)}, labels=SEEN,
)  # fmt: skip
offer(
    router, "/transfers/{case}/give-back", actions.give_back, name="movements.give_back_transfer",
    title=_("Trả lại để bổ sung"), types={"note": NOTE}, labels=SEEN,
)  # fmt: skip
offer(
    router, "/transfers/{case}/resend", actions.resend, name="movements.resend_transfer",
    title=_("Gửi lại sau khi bổ sung"), types={"note": Text(300)}, labels=SEEN,
)  # fmt: skip
offer(
    router, "/transfers/{case}/redirect", actions.redirect, name="movements.redirect_transfer",
    title=_("Chuyển tiếp đến nơi khác"), labels={**SEEN, **TO},
    types={"number": Text(40, least=1), "to_code": Text(40), "destination_text": PLACE, "note": Text(300)},
)  # fmt: skip
offer(
    router, "/transfers/{case}/cancel", actions.cancel_transfer, name="movements.cancel_transfer",
    title=_("Hủy việc chuyển"), types={"note": NOTE}, labels=SEEN,
)  # fmt: skip
for _verb, _act, _title in (
    ("seal", actions.seal_dossier, _("Niêm phong hồ sơ")), ("unseal", actions.unseal_dossier, _("Hồ sơ về lại nơi đi")),
    ("hand-over", actions.hand_over_dossier, _("Giao hồ sơ")), ("take", actions.take_dossier, _("Nhận hồ sơ")),
):  # fmt: skip
    offer(
        router, f"/transfers/{{case}}/dossier/{_verb}", _act, name=f"movements.{_verb.replace('-', '_')}_dossier",
        title=_title, types={"note": Text(200)}, labels=SEEN,
    )  # fmt: skip
