"""Organisations over the API: found by name, one as of a day, and every act upon them."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import BaseModel, Field

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.api import Day, Id, Moment, Query, Text, described, finds, means, offer, one_of, read, unit_within
from hatnhan.kernel.days import FAR, today
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.pages import actor_of
from hatnhan.kernel.period import known
from hatnhan.rulebook.book import shelf

from . import actions, permissions, queries
from .choices import LOCALITY_KINDS
from .models import Body, Group, Locality, LocalityCell, UnitEvent

router = Router(tags=["units"])

means(permissions.VIEW, _("Xem cây tổ chức"))
means(permissions.FOUND, _("Lập tổ chức mới"), writes=True)
means(permissions.CHANGE, _("Đổi tên, đổi mã, chuyển tổ chức"), writes=True)
means(permissions.CHANGE_GROUPS, _("Lập, kết thúc tổ đảng"), writes=True)
means(permissions.REORGANISE, _("Sáp nhập, chia tách, kết thúc tổ chức"), writes=True)


# --- how things are found -------------------------------------------------------------------------------------------


def _of_unit(model: Any) -> Any:
    """A row that stands at a unit, seen by whoever sees the unit."""

    def find(actor: Actor, key: int) -> Any:
        row = model.objects.unvoided().filter(pk=key).select_related("unit").first()
        if row is None:
            raise NotFound(permissions.VIEW)
        unit_within(actor, row.unit_id)
        return row

    return find


def _event(actor: Actor, key: int) -> UnitEvent:
    event = UnitEvent.objects.filter(pk=key).first()
    parts = event.parts.values_list("unit_id", flat=True) if event is not None else []
    if event is None or not any(actor.can(permissions.VIEW, at=unit) for unit in parts):
        raise NotFound(permissions.VIEW)
    return event


finds(UnitEvent, _event)
for _model in (Body, Group, Locality, LocalityCell):
    finds(_model, _of_unit(_model))


# --- reading --------------------------------------------------------------------------------------------------------


class At(Query):
    """As of which day, and as it was known when."""

    on: Annotated[Day | None, described(_("Ngày xem; bỏ trống là hôm nay"))] = None
    known_at: Annotated[Moment | None, described(_("Theo những gì đã ghi đến thời điểm này"))] = None

    @property
    def day(self) -> date:
        return self.on or today()


class UnitShort(BaseModel):
    """A unit as lists name it on a day."""

    id: int
    code: str
    name: str
    kind: str
    stands: bool


class Held(BaseModel):
    """Where a unit hangs in a period; an open end is null."""

    parent: int | None
    kind: str
    stands: bool
    valid_from: date
    valid_to: date | None
    recorded_at: datetime


class UnitOut(UnitShort):
    """A unit on a day: where it hangs, by what regime, what hangs below, and all its placements."""

    on: date
    kind_label: str
    regime: str
    above: list[UnitShort]
    below: list[UnitShort]
    placements: list[Held]


class Search(At):
    """What to look for."""

    q: Annotated[str, Field(min_length=1, max_length=100), described(_("Tên hoặc mã, không cần dấu"))]
    ended: Annotated[bool, described(_("Cả tổ chức đã kết thúc"))] = False
    size: Annotated[int, Field(ge=1, le=100)] = 20


def find_units(request: HttpRequest, query: Search) -> list[dict[str, Any]]:
    """Units in scope whose name holds every word, or whose code begins so."""
    actor = actor_of(request)
    actor.require(permissions.VIEW)
    cards = queries.find(query.q, actor.scope(permissions.VIEW), query.day, query.size, ended=query.ended)
    return [_short(card) for card in cards]


def unit_record(request: HttpRequest, query: At, unit: int) -> dict[str, Any]:
    """One unit on a day, as known now or at a moment."""
    actor, day = actor_of(request), query.day
    one = unit_within(actor, unit)
    actor.require(permissions.VIEW, at=one)
    rows = _placements(one, query.known_at)
    held = next((row for row in rows if row.valid_from <= day < row.valid_to), None)
    if held is None:
        raise NotFound(permissions.VIEW)
    card = queries.cards(Placement.objects.filter(pk=held.pk), day)[0]
    kinds = rulebook.at(day).kinds()
    above = [pk for pk, _name in queries.ancestors(held.path, day)[:-1]]
    seen = {one.id: one for one in queries.cards(Placement.objects.on(day).filter(unit__in=above), day)}
    return {
        **_short(card), "on": day, "kind_label": str(kinds[card.kind].label) if card.kind in kinds else card.kind,
        "regime": queries.regime_on(one, day).code, "above": [_short(seen[pk]) for pk in above if pk in seen],
        "below": [_short(child) for child in queries.children(one, day)], "placements": [_held(row) for row in rows],
    }  # fmt: skip


def _placements(unit: Unit, known_at: datetime | None) -> list[Placement]:
    rows = Placement.objects.unvoided() if known_at is None else Placement.objects.filter(known(known_at))
    return list(rows.filter(unit=unit).order_by("valid_from"))


def _short(card: queries.Card) -> dict[str, Any]:
    return {"id": card.id, "code": card.code, "name": card.name, "kind": card.kind, "stands": card.stands}


def _held(row: Placement) -> dict[str, Any]:
    return {
        "parent": row.parent_id, "kind": row.kind, "stands": row.stands, "valid_from": row.valid_from,
        "valid_to": None if row.valid_to == FAR else row.valid_to, "recorded_at": row.recorded_at,
    }  # fmt: skip


read(
    router, "/units", find_units, list[UnitShort], name="units.find", title=_("Tìm tổ chức"), query=Search,
    about=_("Tìm theo tên không dấu hoặc mã, trong phạm vi của khóa."),
)  # fmt: skip
read(
    router, "/units/{int:unit}", unit_record, UnitOut, name="units.unit", title=_("Một tổ chức"), query=At,
    about=_("Tổ chức vào một ngày, kèm cấp trên, cấp dưới và quá trình trực thuộc."), within={"unit": Id},
)  # fmt: skip


# --- acts -----------------------------------------------------------------------------------------------------------

NAME, CODE, DECISION = Text(200), Text(40), Text(60)


def _codes(kind: str) -> Any:
    """The codes of any day, as the description names them; the action judges by the rules of its own day."""
    return lambda: sorted({code for day in shelf().days() for code in getattr(rulebook.at(day), kind)()})


KIND, REGIME, LOCALITY = one_of(_codes("kinds")), one_of(_codes("regimes")), one_of(list(LOCALITY_KINDS), 20)

offer(
    router, "/units/{parent}/found", actions.found, name="units.found", title=_("Thêm tổ chức trực thuộc"),
    types={"name": NAME, "kind": KIND, "code": CODE}, labels={"name": _("Tên tổ chức"), "kind": _("Loại hình")},
)  # fmt: skip
offer(router, "/units/{unit}/rename", actions.rename, name="units.rename", title=_("Đổi tên"), types={"name": NAME})
offer(router, "/units/{unit}/recode", actions.recode, name="units.recode", title=_("Đổi mã"), types={"code": CODE})
offer(
    router, "/units/{unit}/move", actions.move, name="units.move", title=_("Chuyển về nơi trực thuộc khác"),
    types={"kind": KIND, "decision": DECISION}, labels={"to": _("Cấp trên trực tiếp mới")},
)  # fmt: skip
offer(
    router, "/units/{unit}/change-kind", actions.change_kind, name="units.change_kind", title=_("Đổi loại hình"),
    types={"kind": KIND},
)  # fmt: skip
offer(
    router, "/units/{unit}/dissolve", actions.dissolve, name="units.dissolve", title=_("Kết thúc hoạt động"),
    types={"decision": DECISION}, labels={"heir": _("Tổ chức kế tục")},
)  # fmt: skip
offer(
    router, "/units/{unit}/switch-regime", actions.switch_regime, name="units.switch_regime",
    title=_("Đổi mô hình tổ chức"), types={"regime": REGIME, "decision": DECISION},
)  # fmt: skip
offer(
    router, "/units/merge", actions.merge, name="units.merge", title=_("Sáp nhập"),
    types={"name": NAME, "code": CODE, "decision": DECISION},
    labels={"units": _("Các tổ chức sáp nhập"), "into": _("Tổ chức giữ lại; để trống nếu lập tổ chức mới")},
)  # fmt: skip
offer(
    router, "/units/{unit}/split", actions.split, name="units.split", title=_("Chia tách"),
    types={"name": NAME, "code": CODE, "decision": DECISION}, labels={"people": _("Những đồng chí sang tổ chức mới")},
)  # fmt: skip
offer(router, "/units/events/{event}/undo", actions.undo_event, name="units.undo", title=_("Hoàn tác việc sắp xếp"))
offer(
    router, "/units/{unit}/bodies", actions.add_body, name="units.add_body", title=_("Lập cơ quan của cấp ủy"),
    types={"kind": Text(30), "name": NAME},
)  # fmt: skip
offer(router, "/bodies/{body}/end", actions.end_body, name="units.end_body", title=_("Kết thúc cơ quan của cấp ủy"))
offer(
    router, "/units/{unit}/groups", actions.add_group, name="units.add_group", title=_("Lập tổ đảng"),
    types={"name": Text(100)},
)  # fmt: skip
offer(router, "/groups/{group}/end", actions.end_group, name="units.end_group", title=_("Kết thúc tổ đảng"))
offer(
    router, "/units/{unit}/localities", actions.add_locality, name="units.add_locality", title=_("Thêm địa bàn"),
    types={"kind": LOCALITY, "name": Text(100)},
)  # fmt: skip
offer(
    router, "/localities/{locality}/end", actions.end_locality, name="units.end_locality",
    title=_("Kết thúc địa bàn"),
)  # fmt: skip
offer(
    router, "/localities/{locality}/lead", actions.lead_locality, name="units.lead_locality",
    title=_("Giao chi bộ lãnh đạo địa bàn"),
)  # fmt: skip
offer(
    router, "/localities/links/{link}/end", actions.leave_locality, name="units.leave_locality",
    title=_("Thôi lãnh đạo địa bàn"),
)  # fmt: skip
