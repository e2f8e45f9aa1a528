"""Temporary transfers over the API."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router

from hatnhan.kernel.api import Query, Text, Value, finds, listed, offer, one_of
from hatnhan.kernel.days import ONE
from hatnhan.kernel.pages import actor_of
from hatnhan.movements import permissions

from . import actions, queries
from .choices import WHY
from .models import TemporaryStay
from .tables import StayTable

router = Router(tags=["transfers"])

finds(TemporaryStay, queries.find)


def _stays(request: HttpRequest, query: Query) -> StayTable:
    """Those that the key may see."""
    actor = actor_of(request)
    actor.require(permissions.VIEW)
    return StayTable(request, actor, queries.visible(actor))


listed(
    router, "/temporary", StayTable, _stays, name="movements.stays", title=_("Sinh hoạt tạm thời"),
    about=_("Việc chuyển sinh hoạt tạm thời đi từ và đến phạm vi của khóa."),
    keys={"stay": "pk", "origin": "origin_id", "destination": "destination_id"},
    values={
        "starts": Value(str, lambda row, _table: row.starts.isoformat()),
        "last": Value(str, lambda row, _table: (row.until - ONE).isoformat()),
    },
)  # fmt: skip
offer(
    router, "/members/{person}/temporary", actions.begin_stay, name="movements.begin_stay",
    title=_("Chuyển sinh hoạt tạm thời"), labels={"to": _("Nơi đến trong phạm vi của khóa"), "last": _("Đến hết ngày")},
    types={
        "why": one_of(list(WHY), 10), "number": Text(40, least=1), "to_code": Text(40), "destination_text": Text(200)
    },
)  # fmt: skip
offer(
    router, "/temporary/{stay}/extend", actions.extend_stay, name="movements.extend_stay",
    title=_("Gia hạn sinh hoạt tạm thời"), labels={"last": _("Đến hết ngày")},
)  # fmt: skip
offer(
    router, "/temporary/{stay}/end", actions.end_stay, name="movements.end_stay", title=_("Ghi đã về chi bộ"),
    labels={"on": _("Về từ ngày")},
)  # fmt: skip
