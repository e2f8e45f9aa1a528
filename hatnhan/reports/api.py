"""Figures over the API: what there is, a number in total, by child and by month, and the rows behind it."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Router
from pydantic import BaseModel

from hatnhan.kernel.actor import Actor, Forbidden, NotFound
from hatnhan.kernel.api import Day, Id, Moment, Query, Value, described, listed, read
from hatnhan.kernel.figures import (
    OWN,
    REGISTRY,
    BadQuestion,
    Figure,
    Named,
    Ratio,
    Table,
    UnknownFigure,
    Window,
    named,
    snapshot,
    table,
)  # fmt: skip
from hatnhan.kernel.pages import actor_of
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.members.permissions import FIGURES, VIEW
from hatnhan.units.queries import codes, names

from .asked import Asked, asked_of
from .dues_rows import BookRows, PayerRows
from .duty_rows import ObstacleRows, PieceRows, VisitRows
from .residence_rows import GatheringRows, GuestRows, IntroducedRows
from .tables import (
    ArrivalRows,
    FigureRows,
    LeftRows,
    MeetingRows,
    MemberRows,
    TransferInRows,
    TransferOutRows,
    UnitRows,
    may_list,
    rows_kind,
    rows_table,
)  # fmt: skip
from .transfer_rows import ComingRows, LeavingRows

router = Router(tags=["figures"])


class Ask(Query):
    """Of which unit, for which days, and by the tree of which day rows are placed."""

    unit: Annotated[Id | None, described(gettext_lazy("Tổ chức; bỏ trống là nơi cao nhất của khóa"))] = None
    on: Annotated[Day | None, described(gettext_lazy("Vào ngày này; bỏ trống là hôm nay"))] = None
    start: Annotated[Day | None, described(gettext_lazy("Từ ngày này"), alias="from")] = None
    to: Annotated[Day | None, described(gettext_lazy("Đến hết ngày này"))] = None
    frame: Annotated[str, described(gettext_lazy("then: theo tổ chức khi đó; now: hiện nay; hoặc một ngày"))] = "then"


class AskKnown(Ask):
    """The same, as it was known at a moment."""

    known_at: Annotated[Moment | None, described(gettext_lazy("Theo những gì đã ghi đến thời điểm này"))] = None


class FigureOut(BaseModel):
    """What a figure is: what it means, what is counted, whether it is asked for a window or a day, and at which address
    its rows are; null: it has none, or none for this key."""

    code: str
    label: str
    meaning: str
    noun: str | None
    flow: bool
    ratio: bool
    adds_up: bool
    rows: str | None


class Part(BaseModel):
    """The number of a child, or of what stands at the unit itself (without an id)."""

    unit: int | None
    code: str
    name: str
    value: float | None


class Month(BaseModel):
    """The number of a month."""

    month: date
    value: float | None


class Answer(BaseModel):
    """A number with all that it says: unit, days, frame, its parts and its course. A ratio lies between 0 and 1 and
    names its base; null: there is nothing to divide by."""

    code: str
    label: str
    unit: int
    name: str
    first: date | None
    last: date
    frame: str
    value: float | None
    base: int | None
    by_child: list[Part]
    series: list[Month]


def every_figure(request: HttpRequest) -> list[dict[str, Any]]:
    """Every figure there is."""
    actor = actor_of(request)
    actor.require(FIGURES)
    return [_about(one, actor) for one in REGISTRY.values()]


def _about(one: Named, actor: Actor) -> dict[str, Any]:
    ratio = isinstance(one, Ratio)
    opens = isinstance(one, Figure) and actor.can(rows_kind(one).permission)
    return {
        "code": one.code, "label": str(one.label), "meaning": str(one.meaning),
        "noun": None if isinstance(one, Ratio) else str(one.noun), "flow": one.flow, "ratio": ratio,
        "adds_up": isinstance(one, Figure) and one.additive,
        "rows": f"/figures/{one.code}/rows/{_ROWS_AT[rows_kind(one)]}" if isinstance(one, Figure) and opens else None,
    }  # fmt: skip


def one_figure(request: HttpRequest, query: AskKnown, code: str) -> dict[str, Any]:
    """A figure's number for a unit, its parts and its course; everything of one moment."""
    one, asked = _figure(code), _asked(request, query)
    try:
        with snapshot():
            found = table([code], asked.unit, asked.when(one), asked.tree, known_at=query.known_at)
            course = Window(max(asked.first, asked.course.start), asked.window.end) if one.flow else asked.course
            months = table([code], asked.unit, course, asked.tree, by="month", known_at=query.known_at)
    except BadQuestion as problem:
        raise _refused(problem) from problem
    return {
        "code": code, "label": str(one.label), "unit": asked.unit.pk,
        "name": names([asked.unit.pk], asked.last).get(asked.unit.pk, ""), "first": asked.first if one.flow else None,
        "last": asked.last, "frame": asked.frame, "value": _number(one, found.total),
        "base": found.total[one.bottom] if isinstance(one, Ratio) else None,
        "by_child": _parts(asked, one, found),
        "series": [{"month": m, "value": _number(one, months.parts[m])} for m in sorted(months.parts)],
    }  # fmt: skip


def _figure(code: str) -> Named:
    try:
        return named(code)
    except UnknownFigure as error:
        raise NotFound(FIGURES) from error


def _asked(request: HttpRequest, query: Ask) -> Asked:
    """What the address asks, as the pages read it."""
    if query.on is not None and (query.start is not None or query.to is not None):
        raise Refused(Reason("question", _("Hãy hỏi một ngày, hoặc một khoảng thời gian; không hỏi cả hai."), "on"))
    try:
        return asked_of(request)
    except BadQuestion as problem:
        raise _refused(problem) from problem


def _refused(problem: BadQuestion) -> Refused:
    return Refused(Reason("question", str(problem)))


def _number(one: Named, numbers: dict[str, int]) -> float | None:
    """A share of one with four digits, or a count."""
    if not isinstance(one, Ratio):
        return numbers.get(one.code, 0)
    top, bottom = numbers.get(one.top, 0), numbers.get(one.bottom, 0)
    return round(top / bottom, 4) if bottom else None


def _parts(asked: Asked, one: Named, found: Table) -> list[dict[str, Any]]:
    keys = [key for key in found.parts if key is not OWN]
    called, coded = names(keys, asked.last), codes(keys, asked.last)
    return [
        {"unit": key, "code": coded.get(key or 0, ""), "name": called.get(key or 0, ""),
         "value": _number(one, found.parts[key])}
        for key in sorted(found.parts, key=lambda key: (key is OWN, key or 0))
    ]  # fmt: skip


read(
    router, "/figures", every_figure, list[FigureOut], name="figures.all", title=gettext_lazy("Mọi số liệu"),
    about=gettext_lazy("Tên, ý nghĩa và cách tính của từng số liệu."),
)  # fmt: skip
read(
    router, "/figures/{code}", one_figure, Answer, name="figures.figure", title=gettext_lazy("Một số liệu"),
    about=gettext_lazy("Giá trị, số của từng tổ chức trực thuộc và diễn biến theo tháng."), within={"code": str},
    query=AskKnown,
)  # fmt: skip


# --- rows -----------------------------------------------------------------------------------------------------------


def _made(kind: type[FigureRows]) -> Any:
    """The list of a figure whose rows are of this kind; 404 for another."""

    def make(request: HttpRequest, query: Ask, code: str) -> FigureRows:
        one, asked, actor = _figure(code), _asked(request, query), actor_of(request)
        if not isinstance(one, Figure):
            raise NotFound(FIGURES)
        if not may_list(actor, one, asked.unit):
            raise Forbidden(VIEW)
        if rows_kind(one) is not kind:
            raise NotFound(FIGURES)
        return rows_table(request, actor, one, asked)

    return make


_KEYS = {"person": "person_id", "unit_id": "unit_id"}
_DAYS = {
    "valid_from": Value(str, lambda row, _table: row.valid_from.isoformat()),
    "valid_to": Value(str, lambda row, _table: row.valid_to.isoformat()),
}
_NAMED = {"name": Value(str, lambda row, _table: row.person__name)}

_HELD = {"held_on": Value(str, lambda row, _table: row.held_on.isoformat())}


def _sum(field: str) -> Value:
    """A column's whole number as programs read it."""
    return Value(int, lambda row, _table: getattr(row, field))


def _day(name: str, field: str) -> dict[str, Value]:
    """A column's day as programs read it."""
    return {name: Value(str | None, lambda row, _table: getattr(row, field) and getattr(row, field).isoformat())}


ROWS: dict[str, tuple[type[FigureRows], dict[str, str], dict[str, Value]]] = {
    "members": (MemberRows, _KEYS, _NAMED | _DAYS),
    "arrivals": (ArrivalRows, _KEYS, _NAMED | _DAYS),
    "transfers-in": (TransferInRows, _KEYS, _NAMED | _DAYS),
    "transfers-out": (TransferOutRows, _KEYS, _NAMED | _DAYS),
    "departures": (LeftRows, _KEYS, _NAMED),
    "units": (UnitRows, {"unit_id": "unit_id"}, {}),
    "meetings": (MeetingRows, {"meeting": "pk", "unit_id": "unit_id"}, _HELD),
    "campaign-steps": (PieceRows, {"target": "target_id"}, _day("due", "due") | _day("done", "done_on")),
    "campaign-obstacles": (ObstacleRows, {"target": "target_id"}, _day("since", "valid_from")),
    "campaign-visits": (VisitRows, {"target": "target_id"}, _day("day", "valid_from")),
    "dues-books": (
        BookRows,
        {"book": "pk", "unit_id": "unit_id"},
        {"month": Value(str, lambda row, _table: row.month.isoformat())}
        | {name: _sum(name) for name in ("collected", "received", "kept", "remitted", "paid", "obliged")},
    ),
    "dues-payers": (
        PayerRows,
        {"person": "person_id", "unit_id": "unit_id"},
        _NAMED | {"month": Value(str, lambda row, _table: row.month.isoformat())},
    ),
    "transfers-leaving": (LeavingRows, {"transfer": "case_id"}, _day("since", "valid_from") | _day("due", "due")),
    "residence-guests": (GuestRows, {"link": "pk"}, _day("since", "valid_from")),
    "residence-introduced": (IntroducedRows, {"link": "pk"}, _day("since", "valid_from")),
    "residence-gatherings": (GatheringRows, {"unit_id": "unit_id"}, _day("day", "valid_from")),
    "transfers-coming": (ComingRows, {"transfer": "case_id"}, _day("since", "valid_from") | _day("due", "due")),
}
_ROWS_AT = {kind: name for name, (kind, _keys, _values) in ROWS.items()}
for _name, (_kind, _keys, _values) in ROWS.items():
    listed(
        router, f"/figures/{{code}}/rows/{_name}", _kind, _made(_kind), name=f"figures.rows.{_name}",
        title=_kind.label, about=gettext_lazy("Đúng những dòng mà số liệu đã đếm, trong phạm vi của khóa."),
        keys=_keys, values=_values, asks=Ask, within={"code": str},
    )  # fmt: skip
