"""The rulebook over the API: rules in force on a day, one rule through time, and what committees set for themselves."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import BaseModel

from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.api import Day, Id, Query, Text, described, finds, means, offer, read, unit_within
from hatnhan.kernel.days import FAR, today
from hatnhan.kernel.pages import actor_of

from . import actions, shown
from .book import at, history
from .errors import RuleMissingError
from .models import Override
from .permissions import OVERRIDE
from .rule import Rule

router = Router(tags=["rulebook"])

means(OVERRIDE, _("Ghi quy định riêng của cấp ủy"), writes=True)


def _override(actor: Actor, key: int) -> Override:
    row: Override | None = Override.objects.unvoided().filter(pk=key).select_related("unit").first()
    if row is None or not (actor.everything or actor.reach().covers(actor.path_of(row.unit_id))):
        raise NotFound(OVERRIDE)
    return row


finds(Override, _override)


class Where(Query):
    """As of which day, and for which unit."""

    on: Annotated[Day | None, described(_("Ngày xem; bỏ trống là hôm nay"))] = None
    unit: Annotated[Id | None, described(_("Kể cả quy định riêng của các cấp ủy từ tổ chức này trở lên"))] = None


class RuleOut(BaseModel):
    """A rule in words: `verified` ones may refuse, others warn. Open sides of the window are null."""

    key: str
    family: str
    text: str
    value: str
    document: str
    source: str
    mark: str
    verified: bool
    valid_from: date | None
    valid_to: date | None
    set_by: int | None


def every_rule(request: HttpRequest, query: Where) -> list[dict[str, Any]]:
    """Every rule in force on the day; with a unit, as its committees have set it."""
    unit = unit_within(actor_of(request), query.unit) if query.unit is not None else None
    return [_told(rule) for rule in at(query.on or today(), unit).every()]


def one_rule(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    """Every window of a key, the oldest first."""
    try:
        return [_told(rule) for rule in history(key)]
    except RuleMissingError as error:
        raise NotFound(key) from error


def _told(rule: Rule) -> dict[str, Any]:
    line = shown.line(rule)
    start, end = rule.window
    return {
        "key": rule.key, "family": rule.family, "text": line.title, "value": line.value, "document": line.document,
        "source": str(rule.source), "mark": rule.mark, "verified": rule.verified, "set_by": rule.unit,
        "valid_from": None if start == date.min else start, "valid_to": None if end == FAR else end,
    }  # fmt: skip


read(
    router, "/rules", every_rule, list[RuleOut], name="rulebook.rules", title=_("Mọi quy định"), query=Where,
    about=_("Quy định có hiệu lực vào một ngày, kèm văn bản, nguồn và mức đối chiếu."),
)  # fmt: skip
read(
    router, "/rules/{key}", one_rule, list[RuleOut], name="rulebook.rule", title=_("Một quy định"),
    about=_("Một quy định qua các thời kỳ."), within={"key": str},
)  # fmt: skip
offer(
    router, "/units/{unit}/rules", actions.set_local, name="rulebook.override",
    title=_("Quy định riêng của cấp ủy"), types={"key": Text(80), "decision": Text(60)},
)  # fmt: skip
offer(
    router, "/rules/local/{row}/end", actions.end_local, name="rulebook.end_override",
    title=_("Thôi quy định riêng"),
)  # fmt: skip
offer(
    router, "/rules/local/{row}/withdraw", actions.withdraw_local, name="rulebook.withdraw_override",
    title=_("Bỏ quy định riêng ghi nhầm"),
)  # fmt: skip
