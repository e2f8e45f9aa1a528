"""A change is an action: one function with an actor, checked, atomic, written to the log.

Page, API, import and job call the same function. An action may call others: they share one transaction and one entry,
in which the inner ones are lines."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from . import audit, lengths
from .audit import Act
from .facts import marks
from .period import Dated

P = ParamSpec("P")
R = TypeVar("R")
D = TypeVar("D", bound=Dated)

ACTIONS: dict[str, Callable[..., Any]] = {}
_current: ContextVar[Act | None] = ContextVar("act", default=None)


def action(
    code: str, *, of: type[Model] | None = None, counted: bool = True
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action. It is called with keywords only, `actor` among them, and must call `act().tell`. Texts
    that are longer than their columns are refused; `of` is the table meant where names are used by several. One
    that is not `counted` writes no table of any sheet of facts, and none is asked whether it did."""

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        if code in ACTIONS:
            raise RuntimeError(f"two actions are called {code}")

        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            lengths.check(code, kwargs, of)
            outer = _current.get()
            if outer is not None:
                outer.depth += 1
                try:
                    return function(*args, **kwargs)
                finally:
                    outer.depth -= 1
            actor: Any = kwargs["actor"]
            fresh = Act(code=code, actor=actor, at=timezone.now(), reason=str(kwargs.get("reason") or ""), depth=1)
            token, waiting = _current.set(fresh), marks.collect()
            try:
                with transaction.atomic():
                    result = function(*args, **kwargs)
                    if counted:
                        marks.write(fresh.id, fresh.at)
                    audit.write(fresh)
                    return result
            finally:
                marks.forget(waiting)
                _current.reset(token)

        run.of = of  # type: ignore[attr-defined]
        ACTIONS[code] = run
        return run

    return wrap


def act() -> Act:
    """The act that is running. Raises LookupError outside an action."""
    current = _current.get()
    if current is None:
        raise LookupError("this may only be called inside an action")
    return current


# --- dated rows: the only way they are written --------------------------------------------------------------------


def stamp(row: D) -> D:
    """Give a new dated row its act and time, for bulk writing."""
    running = act()
    row.recorded_at, row.recorded_in = running.at, running.id
    return row


def begin(row: D) -> D:
    """Record a new dated row."""
    stamp(row).save(force_insert=True)
    return row


def void(rows: D | Iterable[D]) -> None:
    """Declare rows not to hold, from now on."""
    running = act()
    for row in [rows] if isinstance(rows, Dated) else rows:
        row.voided_at, row.voided_in = running.at, running.id
        row.save(update_fields=["voided_at", "voided_in"])


def end(row: D, on: date, **changes: Any) -> D:
    """Let a row end before the day `on`: void it and record the same with its end. Returns the row that now holds."""
    return restate(row, valid_to=on, **changes)


def restate(row: D, **changes: Any) -> D:
    """Correct a row: void it and record it again with changes. Returns the replacement."""
    void(row)
    fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    fields |= {"voided_at": None, "voided_in": None, "replaces": row.pk}
    fresh = type(row)(**fields)
    for name, value in changes.items():
        setattr(fresh, name, value)
    return begin(fresh)


def end_all(rows: QuerySet[Any], on: date, **changes: Any) -> list[Any]:
    """Let many rows of one dated table end before the day, in three statements. Returns the rows that now hold."""
    running = act()
    old = list(rows)
    model: Any = rows.model
    model._default_manager.filter(pk__in=[row.pk for row in old]).update(voided_at=running.at, voided_in=running.id)
    fresh = []
    for row in old:
        fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
        fields |= {"voided_at": None, "voided_in": None, "replaces": row.pk, "valid_to": on}
        ended = stamp(model(**fields))
        for name, value in changes.items():  # not in the call: there the old `…_id` would win over a new object
            setattr(ended, name, value)
        fresh.append(ended)
    return list(model._default_manager.bulk_create(fresh, batch_size=1000))
