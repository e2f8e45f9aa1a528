"""Requests for correction over the API: read as far as the tiers go, asked by the member, answered by the office."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import BaseModel

from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.api import Id, Text, finds, offer, one_of, read
from hatnhan.members import permissions
from hatnhan.members.api import DIGITS
from hatnhan.members.models import Correction
from hatnhan.members.queries import may_see
from hatnhan.members.views.profile import looked, profile_of

from . import actions, queries
from .fields import LABELS
from .views import readable

router = Router(tags=["members"])


def _correction(actor: Actor, key: int) -> Correction:
    row = Correction.objects.filter(pk=key, person__voided_at__isnull=True).select_related("person").first()
    if row is None or not (actor.person_id == row.person_id or may_see(actor, permissions.VIEW, row.person)):
        raise NotFound(permissions.VIEW)
    return row


finds(Correction, _correction)


class CorrectionOut(BaseModel):
    """A request: about what, what is right as far as the key's tiers open it, how it stands, by when it is due."""

    id: int
    field: str
    right: str | None
    why: str | None
    state: str
    asked_on: date
    due: date | None
    late: bool
    answered_on: date | None
    answer: str


def correction_list(request: HttpRequest, person: int) -> list[dict[str, Any]]:
    """The requests of a member, the latest first; the look is in the log."""
    one = looked(profile_of(request, person))
    return [
        {
            "id": told.row.pk, "field": told.row.field, "state": told.row.state, "asked_on": told.row.asked_on,
            "right": told.right if readable(one.seen, told.row.field) else None,
            "why": told.row.why if readable(one.seen, told.row.field) else None, "due": told.due, "late": told.late,
            "answered_on": told.row.answered_on, "answer": told.row.answer,
        }
        for told in queries.told(queries.of_person(one.person)[:100], one.actor.on)
    ]  # fmt: skip


read(
    router, "/members/{int:person}/corrections", correction_list, list[CorrectionOut], name="members.corrections",
    title=_("Đề nghị điều chỉnh của một đồng chí"), within={"person": Id},
)  # fmt: skip
offer(
    router, "/members/{person}/corrections", actions.ask_correction, name="members.ask_correction",
    title=_("Đề nghị điều chỉnh"), about=_("Chỉ chính đồng chí ấy đề nghị được, cho hồ sơ của mình."),
    types={
        "field": one_of(list(LABELS), 20), "right": Text(300, least=1), "why": Text(300, least=1),
        "evidence": Text(200),
    },
)  # fmt: skip
offer(
    router, "/corrections/{row}/acknowledge", actions.acknowledge_correction, name="members.acknowledge_correction",
    title=_("Báo đã nhận đề nghị"),
)  # fmt: skip
offer(
    router, "/corrections/{row}/accept", actions.accept_correction, name="members.accept_correction",
    title=_("Điều chỉnh theo đề nghị"), types={"answer": Text(300), "digits": DIGITS},
)  # fmt: skip
offer(
    router, "/corrections/{row}/refuse", actions.refuse_correction, name="members.refuse_correction",
    title=_("Trả lời không điều chỉnh"), types={"answer": Text(300, least=1)},
)  # fmt: skip
offer(
    router, "/corrections/{row}/withdraw", actions.withdraw_correction, name="members.withdraw_correction",
    title=_("Rút đề nghị điều chỉnh"),
)  # fmt: skip
