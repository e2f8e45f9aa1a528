"""Residence links over the API: the register and its acts."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router

from hatnhan.kernel.api import Body, Id, Query, Text, Value, finds, listed, means, offer, one_of
from hatnhan.kernel.pages import actor_of
from hatnhan.movements import permissions

from . import actions, queries
from .choices import ENDED, GROUPS, LEVELS
from .models import ResidenceLink
from .tables import ResidenceTable

router = Router(tags=["residence"])

means(permissions.GUESTS, _("Xem danh sách giữ mối liên hệ nơi cư trú"))
means(permissions.INTRODUCE, _("Giới thiệu đảng viên về nơi cư trú"), writes=True)
means(permissions.COMMENT, _("Ghi đảng viên đến cư trú, nhận xét"), writes=True)
finds(ResidenceLink, queries.find)


class Said(Body):
    """What is said of one guest."""

    link: Id
    level: one_of(list(LEVELS), 10)  # type: ignore[valid-type]
    text: Text(500, least=1)  # type: ignore[valid-type]


def _links(request: HttpRequest, query: Query) -> ResidenceTable:
    """Those that the key may see."""
    actor = actor_of(request)
    actor.require(permissions.GUESTS)
    return ResidenceTable(request, actor, queries.visible(actor, actor.on))


def _lines(_actor: Any, sent: list[Any]) -> list[actions.Line]:
    return [actions.Line(one.link, one.level, one.text) for one in sent]


listed(
    router, "/residence", ResidenceTable, _links, name="movements.residence", title=_("Giữ mối liên hệ nơi cư trú"),
    about=_("Đảng viên nơi khác cư trú trong phạm vi của khóa, đảng viên được giới thiệu đi; không tính vào đảng số."),
    keys={"link": "pk", "key": "key", "unit": "unit_id", "workplace": "workplace_id"},
    values={"since": Value(str, lambda row, _table: row.valid_from.isoformat())},
)  # fmt: skip
offer(
    router, "/residence/guests", actions.register_guest, name="movements.register_guest",
    title=_("Ghi đảng viên đến cư trú"), labels={"unit": _("Chi bộ nơi cư trú")},
    types={
        "name": Text(120, least=1), "workplace_text": Text(200, least=1), "address": Text(200), "phone": Text(30),
        "group": one_of(list(GROUPS), 10), "letter": Text(60),
    },
)  # fmt: skip
offer(
    router, "/members/{person}/residence", actions.introduce, name="movements.introduce",
    title=_("Giới thiệu về nơi cư trú"), labels={"to": _("Chi bộ nơi cư trú trong phạm vi của khóa")},
    types={"to_code": Text(40), "place": Text(200), "group": one_of(list(GROUPS), 10), "letter": Text(60)},
)  # fmt: skip
offer(
    router, "/residence/{link}/end", actions.end_residence, name="movements.end_residence",
    title=_("Kết thúc mối liên hệ"), types={"why": one_of(list(ENDED), 10)},
)  # fmt: skip
offer(
    router, "/residence/comments", actions.comment_guests, name="movements.comment_guests",
    title=_("Nhận xét đảng viên cư trú"), types={"lines": list[Said]}, reads={"lines": _lines},
    labels={"unit": _("Chi bộ nơi cư trú"), "year": _("Năm"), "lines": _("Nhận xét từng đồng chí, theo key")},
)  # fmt: skip
offer(
    router, "/residence/comments/sent", actions.send_comments, name="movements.send_comments",
    title=_("Ghi đã gửi nhận xét"), types={"paper": Text(60)},
)  # fmt: skip
offer(
    router, "/residence/gatherings", actions.record_gathering, name="movements.record_gathering",
    title=_("Ghi buổi gặp mặt"), types={"place": Text(120)},
)  # fmt: skip
