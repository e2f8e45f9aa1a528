"""Merging and splitting cells with their new posts over the API: one act each, as on the page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Router

from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.api import Body, Id, Text, offer
from hatnhan.kernel.refusal import refuse
from hatnhan.members import permissions, queries
from hatnhan.members.models import Person

from . import actions
from .actions import Posts

router = Router(tags=["units"])


class PostsIn(Body):
    """Who is to be secretary and deputy: exactly these, nobody else."""

    secretary: Id | None = None
    deputies: list[Id] = []


def _posts(actor: Actor, sent: dict[str, Any]) -> Posts:
    secretary = sent.get("secretary")
    deputies = tuple(_person(actor, key) for key in sent.get("deputies", []))
    return Posts(_person(actor, secretary) if secretary is not None else None, deputies)


def _person(actor: Actor, key: int) -> Person:
    try:
        return queries.visible(actor, permissions.VIEW, key)
    except NotFound:
        refuse("not_found", str(_("Không có trong phạm vi của khóa truy cập này.")), field="posts")


NAMES = {"name": Text(200), "code": Text(40), "decision": Text(60)}

offer(
    router, "/cells/merge", actions.merge_with_posts, name="units.merge_with_posts",
    title=_("Sáp nhập chi bộ và bố trí chức vụ"), types=NAMES | {"posts": PostsIn}, reads={"posts": _posts},
    labels={"merging": _("Các chi bộ sáp nhập"), "into": _("Chi bộ giữ lại; để trống nếu lập chi bộ mới")},
)  # fmt: skip
offer(
    router, "/cells/{unit}/split", actions.split_with_posts, name="units.split_with_posts",
    title=_("Tách chi bộ và bố trí chức vụ"), types=NAMES | {"posts": PostsIn, "staying": PostsIn},
    reads={"posts": _posts, "staying": _posts}, labels={"people": _("Những đồng chí sang chi bộ mới")},
)  # fmt: skip
