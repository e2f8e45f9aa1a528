"""The dated tree: where units hang, by set SQL. The units module calls these inside its actions; nobody else writes.

Every function takes the day from which the change holds, past days too. A move holds until the unit's next own move, a
kind until its next own kind, both at most until its end. Rows that a change touches are voided and recorded again, cut
at its borders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from .action import act, stamp
from .days import FAR
from .models import Placement, Unit
from .paths import segment, segments
from .refusal import Reason, Refused, refuse

LATER = "CASE WHEN valid_from > %s THEN valid_from ELSE %s END"
EARLIER = "CASE WHEN valid_to < %s THEN valid_to ELSE %s END"


@dataclass(frozen=True)
class Span:
    """A stretch of time in which a path is replaced by another."""

    start: date
    end: date
    old: str
    new: str


def lock() -> None:
    """Tree changes come one at a time; held until the transaction ends. SQLite's writers do so anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(7401)")


def place(unit: Unit, *, parent: Unit | None, kind: str, on: date) -> None:
    """Hang a new unit under `parent`, or as a top, from the day on for good."""
    lock()
    if parent is None:
        spans = [(on, FAR, "")]
    else:
        must_stand(parent, on, FAR)
        rows = Placement.objects.during(on, FAR).filter(unit=parent).order_by("valid_from")
        spans = [(max(row.valid_from, on), row.valid_to, row.path) for row in rows]
    Placement.objects.bulk_create(
        stamp(
            Placement(unit=unit, parent=parent, kind=kind, path=path + segment(unit.pk), valid_from=start, valid_to=end)
        )
        for start, end, path in spans
    )


def rehang(unit: Unit, *, to: Unit, on: date) -> None:
    """Hang a unit, with all below it, under another parent. Refuses a cycle and a parent that does not stand."""
    lock()
    now, end = stretch(unit, on, keeps=("parent_id",))
    if now.parent_id == to.pk:
        refuse("already_there", _("Tổ chức này đã trực thuộc nơi đó."), field="to")
    must_stand(to, on, end)
    above = Placement.objects.during(on, end).filter(unit=to).values_list("path", flat=True)
    if any(segment(unit.pk) in segments(path) for path in above):
        refuse("cycle", _("Không thể đặt một tổ chức vào dưới chính nó hoặc dưới tổ chức trực thuộc nó."), field="to")
    _rewrite(unit, on, end, _spans(unit, on, end, to, segment(unit.pk)), parent=to.pk)


def rekind(unit: Unit, *, kind: str, on: date) -> None:
    """Let a unit be of another kind from the day on."""
    lock()
    _now, end = stretch(unit, on, keeps=("kind",))
    own = Placement.objects.during(on, end).filter(unit=unit)
    spans = [Span(max(r.valid_from, on), min(r.valid_to, end), r.path, r.path) for r in own]
    _rewrite(unit, on, end, spans, kind=kind, only_itself=True)


def close(unit: Unit, *, on: date, heir: Unit | None = None) -> Unit:
    """End a unit; it goes on hanging, as ended, under its heir (by default its last parent), which is returned.

    Refuses while units hang under it and when something later is recorded of it."""
    lock()
    if reasons := closing_blockers(unit, on):
        raise Refused(reasons)
    heir = heir or last_parent(unit, on)
    if heir == unit:
        refuse("cycle", _("Tổ chức kết thúc không thể tự tiếp nhận chính mình."), field="heir")
    if Placement.objects.during(on, FAR).filter(parent=unit, stands=True).exists():
        refuse("units_below", _("Vẫn còn tổ chức trực thuộc. Hãy chuyển hoặc kết thúc các tổ chức đó trước."))
    must_stand(heir, on, FAR)
    _rewrite(unit, on, FAR, _spans(unit, on, FAR, heir, ""), parent=heir.pk, stands=False)
    return heir


def closing_blockers(unit: Unit, on: date) -> list[Reason]:
    """Why a unit cannot end on the day, whatever hangs under it now: it does not stand, is the top, began that day, or
    has something recorded later."""
    try:
        now, end = stretch(unit, on)
    except Refused as refused:
        return refused.reasons
    if now.parent_id is None:
        return [Reason("top", _("Không thể kết thúc tổ chức cao nhất."))]
    before = Placement.objects.unvoided().filter(unit=unit, valid_from__lt=on).exists()
    under_it_later = Placement.objects.unvoided().filter(parent=unit, stands=True, valid_from__gt=on)
    here_now = Placement.objects.on(on).filter(parent=unit, stands=True).values("unit")
    if end != FAR or not before or under_it_later.exclude(unit__in=here_now).exists():
        text = _("Từ ngày này về sau tổ chức đã có thay đổi khác; hãy chọn ngày muộn hơn.")
        return [Reason("later", text, field="on")]
    return []


def last_parent(unit: Unit, on: date) -> Unit:
    """The unit under which another hangs on the day; refuses for the top and for one that does not stand."""
    now, _end = stretch(unit, on)
    if now.parent is None:
        raise Refused(Reason("top", _("Không thể kết thúc tổ chức cao nhất.")))
    return now.parent


def children(unit: Unit, on: date) -> list[Unit]:
    """The units that stand directly under a unit on the day."""
    rows = Placement.objects.on(on).filter(parent=unit, stands=True).order_by("unit_id").select_related("unit")
    return [row.unit for row in rows]


def successor(unit: Unit, on: date) -> Unit | None:
    """The unit that answers for `unit` on the day: itself, its heir, or the heir's heir; None before its founding."""
    row = Placement.objects.on(on).filter(unit=unit).first()
    if row is None:
        return None
    return Placement.objects.on(on).select_related("unit").get(stands=True, path=row.path).unit


def must_stand(unit: Unit, start: date, end: date) -> None:
    """Refuses when the unit does not stand on every day of `[start, end)`."""
    reached = start
    for row in Placement.objects.during(start, end).filter(unit=unit, stands=True).order_by("valid_from"):
        if row.valid_from > reached:
            break
        reached = row.valid_to
    if reached < end:
        refuse(
            "not_standing",
            _("Tổ chức được chọn không hoạt động suốt thời gian từ ngày %(day)s.") % {"day": _written(start)},
        )


def stretch(unit: Unit, on: date, keeps: Sequence[str] = ("parent_id", "kind")) -> tuple[Placement, date]:
    """The placement of the day, and the day until which the unit stands and keeps those columns of it. Refuses when it
    does not stand on the day."""
    rows = list(Placement.objects.unvoided().filter(unit=unit, valid_to__gt=on).order_by("valid_from"))
    if not rows or rows[0].valid_from > on or not rows[0].stands:
        refuse("not_standing", _("Tổ chức này không hoạt động vào ngày %(day)s.") % {"day": _written(on)}, field="on")
    end = rows[0].valid_to
    for row in rows[1:]:
        if not row.stands or any(getattr(row, column) != getattr(rows[0], column) for column in keeps):
            break
        end = row.valid_to
    return rows[0], end


def _spans(unit: Unit, start: date, end: date, parent: Unit, tail: str) -> list[Span]:
    """How the unit's path changes in `[start, end)` when it hangs under `parent`."""
    old = list(Placement.objects.during(start, end).filter(unit=unit).order_by("valid_from"))
    new = list(Placement.objects.during(start, end).filter(unit=parent).order_by("valid_from"))
    cut = [
        Span(max(a.valid_from, b.valid_from, start), min(a.valid_to, b.valid_to, end), a.path, b.path + tail)
        for a in old
        for b in new
    ]
    return [span for span in cut if span.start < span.end]


def _rewrite(
    unit: Unit, start: date, end: date, spans: Iterable[Span], *, only_itself: bool = False, **own: Any
) -> None:
    """Void what hangs at or under the unit in `[start, end)` and record it again with the new paths; `own` are the
    unit's own new columns."""
    running, moment = act(), _next_moment()
    spans = list(spans)
    touched = " OR ".join(["(path >= %s AND path < %s AND valid_from < %s AND valid_to > %s)"] * len(spans))
    reach: list[Any] = []
    for span in spans:
        reach += [span.old, span.old + "~", _day(span.end), _day(span.start)]
    with connection.cursor() as cursor:
        itself = " AND unit_id = %s" if only_itself else ""
        cursor.execute(
            f"UPDATE kernel_placement SET voided_at = %s, voided_in = %s "
            f"WHERE voided_at IS NULL AND ({touched}){itself}",
            [moment, running.id, *reach, *([unit.pk] if only_itself else [])],
        )
        for before, edge in (("valid_from", start), ("valid_to", end)):
            outside = f"{before} < %s" if before == "valid_from" else f"{before} > %s"
            bounds = ("valid_from", "%s") if before == "valid_from" else ("%s", "valid_to")
            _copy(cursor, moment, outside, [_day(edge)], bounds, [_day(edge)], "path", [], {}, unit)
        for span in spans:
            _copy(
                cursor, moment, "path >= %s AND path < %s AND valid_from < %s AND valid_to > %s",
                [span.old, span.old + "~", _day(span.end), _day(span.start)],
                (LATER, EARLIER),
                [_day(span.start), _day(span.start), _day(span.end), _day(span.end)],
                f"%s || SUBSTR(path, {len(span.old) + 1})", [span.new], own, unit,
            )  # fmt: skip


def _copy(
    cursor: Any, moment: Any, where: str, asked: list[Any], bounds: tuple[str, str], days: list[Any],
    path: str, path_values: list[Any], own: dict[str, Any], unit: Unit,
) -> None:  # fmt: skip
    """Record again, in other bounds, those rows that this act voided at the moment and that meet a condition."""
    running = act()
    columns, values = [], []
    for column, name in (("parent_id", "parent"), ("kind", "kind"), ("stands", "stands")):
        if name in own:
            columns.append(f"CASE WHEN unit_id = %s THEN %s ELSE {column} END")
            values += [unit.pk, own[name]]
        else:
            columns.append(column)
    day = "::date" if connection.vendor == "postgresql" else ""
    cursor.execute(
        "INSERT INTO kernel_placement (unit_id, parent_id, kind, stands, path, valid_from, valid_to, recorded_at, "
        f"recorded_in, replaces) SELECT unit_id, {', '.join(columns)}, {path}, "
        f"{bounds[0].replace('%s', '%s' + day)}, {bounds[1].replace('%s', '%s' + day)}, %s, %s, id "
        f"FROM kernel_placement WHERE voided_in = %s AND voided_at = %s AND {where}",
        [*values, *path_values, *days, moment, running.id, running.id, moment, *asked],
    )


def _written(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _day(day: date) -> Any:
    return connection.ops.adapt_datefield_value(day)


def _next_moment() -> Any:
    """A time of its own for each rewriting of an act, so that its rows can be told from those of the one before."""
    running = act()
    running.at = max(timezone.now(), running.at + timedelta(microseconds=1))
    return connection.ops.adapt_datetimefield_value(running.at)
