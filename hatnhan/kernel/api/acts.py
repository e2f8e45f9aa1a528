"""An action as an operation: its typed keywords are the body, its path names what it is done to, and it is the same
function that the page calls."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from inspect import Parameter, signature
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Router
from pydantic import BaseModel, Field, create_model

from .. import audit
from ..actor import Actor, NotFound
from ..models import Entry
from ..pages import actor_of
from ..refusal import Reason, Refused
from .answers import ReasonOut, Reasons
from .fields import Body, Day, Id, Text, described
from .registry import findable, found, version_of
from .signing import Query, numbered, signed

Reading = Callable[[Actor, Any], Any]
MOST_TEXT = 300
MOST_THINGS = 2000


class Checked(Query):
    """Whether to only look what would happen."""

    check: Annotated[bool, described(gettext_lazy("Chỉ xem có làm được không; không ghi gì"))] = False


class Done(BaseModel):
    """What was done: the log's entry and its sentences, the id of what was made, the record's version from now on, and
    what an unsure rule has against it. With `check`, `done` is false and there is no entry."""

    done: bool
    entry: int | None = None
    said: list[str] = []
    id: int | None = None
    version: int | None = None
    warnings: list[ReasonOut] = []


@dataclass(frozen=True)
class _Plan:
    """How the keywords of an action are filled: from the path, from the body, or always the same."""

    function: Callable[..., Any]
    path: dict[str, type]
    fixed: Mapping[str, Any]
    things: dict[str, tuple[type, bool]] = field(default_factory=dict)
    model: Any = None
    reads: dict[str, Reading] = field(default_factory=dict)


def offer(
    router: Router, path: str, function: Callable[..., Any], *, name: str, title: Any, about: Any = "",
    fixed: Mapping[str, Any] | None = None, types: Mapping[str, Any] | None = None,
    labels: Mapping[str, Any] | None = None, fields: Mapping[str, Any] | None = None,
    kinds: Mapping[str, type] | None = None, reads: Mapping[str, Reading] | None = None,
) -> None:  # fmt: skip
    """Offer an action at a path, whose arguments are keywords of the action and things with an id. `types` narrow
    keywords (the length of a text, a closed list); `fields` are what an action takes as further keywords; `fixed` are
    keywords that nobody is asked for, worked out from the actor where they are functions. `kinds` say which thing is
    meant where the action takes several; `reads` make of what was sent what the action wants."""
    hints = get_type_hints(function) | dict(kinds or {})
    named = {part.strip("{}") for part in path.split("/") if part.startswith("{")}
    plan = _planned(function, hints, named, dict(fixed or {}), dict(types or {}), dict(labels or {}), fields or {})
    plan.reads.update(reads or {})
    plan.model.__name__ = f"{name.replace('.', '_')}_body"

    def run(request: HttpRequest, query: Checked, sent: Any, **given: Any) -> dict[str, Any]:
        return _done(plan, actor_of(request), given, sent, query.check)

    operation = signed(run, name=name, path=dict.fromkeys(plan.path, Id), query=Checked, body=plan.model)
    refusals = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Reasons)
    router.post(
        numbered(path), response={200: Done, **refusals}, operation_id=name, summary=title, description=about or title,
        url_name=f"api.{name}",
    )(operation)  # fmt: skip


def _planned(
    function: Callable[..., Any], hints: dict[str, Any], named: set[str], fixed: dict[str, Any],
    types: dict[str, Any], labels: dict[str, Any], fields: Mapping[str, Any],
) -> _Plan:  # fmt: skip
    path: dict[str, type] = {}
    things: dict[str, tuple[type, bool]] = {}
    body: dict[str, Any] = {}
    for one, parameter in signature(function).parameters.items():
        if one == "actor" or one in fixed or parameter.kind is Parameter.VAR_KEYWORD:
            continue
        if one in named:
            path[one] = _without_none(hints[one])[0]
            if not findable(path[one]):
                raise RuntimeError(f"nothing says how {one} is found by its id")
            continue
        kind, optional = _without_none(hints[one])
        inner, many = _of_many(kind)
        if findable(inner):
            things[one] = (inner, many)
        body[one] = _field(one, kind, optional, parameter.default, types, labels)
    body |= {one: (Annotated[kind | None, described(labels.get(one, ""))], None) for one, kind in fields.items()}
    build: Any = create_model
    model = build(f"{function.__name__}_{'_'.join(sorted(fixed)) or 'body'}", __base__=Body, **body)
    return _Plan(function, path, fixed, things, model)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, UnionType):
        rest = [one for one in get_args(hint) if one is not type(None)]
        return rest[0], len(rest) < len(get_args(hint))
    return hint, False


def _of_many(kind: Any) -> tuple[Any, bool]:
    if isinstance(get_origin(kind), type) and issubclass(get_origin(kind), Sequence):
        return get_args(kind)[0], True
    return kind, False


def _field(
    name: str, kind: Any, optional: bool, default: Any, types: dict[str, Any], labels: dict[str, Any]
) -> tuple[Any, Any]:
    inner, many = _of_many(kind)
    asked = types.get(name)
    if asked is None:
        asked = Id if findable(inner) or many else _plain(kind)
    if many and name not in types:
        asked = Annotated[list[asked], Field(max_length=MOST_THINGS)]  # type: ignore[valid-type]
    required = default is Parameter.empty or _must_say(types.get(name))
    may_miss = optional or (kind is date and not required)
    asked = asked | None if may_miss else asked
    shown = ... if required else (None if may_miss else default)
    return Annotated[asked, described(labels.get(name, _LABELS.get(name, "")))], shown


def _must_say(asked: Any) -> bool:
    """True for a text that may not be empty: then it may not be left out either."""
    limits = [limit for one in get_args(asked)[1:] for limit in getattr(one, "metadata", [])]
    return any(getattr(limit, "min_length", 0) for limit in limits)


def _plain(kind: Any) -> Any:
    known = {date: Day, str: Text(MOST_TEXT), bool: bool, int: Annotated[int, Field(ge=0, le=2**31 - 1)]}
    if kind not in known:
        raise RuntimeError(f"an operation cannot take {kind}: name its type")
    return known[kind]


_LABELS = {
    "on": gettext_lazy("Từ ngày"),
    "until": gettext_lazy("Trước ngày này thì hết; bỏ trống nếu chưa định"),
    "seen": gettext_lazy("Số phiên bản của hồ sơ lúc xem; nếu đã có người thay đổi thì không ghi"),
    "reason": gettext_lazy("Lý do; được ghi vào nhật ký"),
    "decision": gettext_lazy("Số quyết định"),
}


class _TakenBack(Exception):
    """Ends a try without an error."""


def _done(plan: _Plan, actor: Actor, path: dict[str, Any], body: Any, check: bool) -> dict[str, Any]:
    """Call the action with what the request names, or only try it."""
    onto = {name: found(kind, actor, path[name]) for name, kind in plan.path.items()}
    given = _given(plan, actor, body)
    result: Any = None
    try:
        with transaction.atomic():
            result = plan.function(actor=actor, **onto, **given, **_fixed(plan, actor))
            if check:
                raise _TakenBack
    except _TakenBack:
        return {"done": False, "warnings": _warnings(result)}
    entry = Entry.objects.select_related("payload").filter(
        account=actor.account_id, request_id=actor.request_id, refers_to__isnull=True
    ).latest("id")  # fmt: skip
    subject = next(iter(onto.values()), result)
    key = getattr(getattr(result, "account", None) if isinstance(result, tuple) else result, "pk", None)
    return {
        "done": True, "entry": entry.pk, "said": audit.in_words(entry), "id": key if isinstance(key, int) else None,
        "version": version_of(subject), "warnings": _warnings(result),
    }  # fmt: skip


def _fixed(plan: _Plan, actor: Actor) -> dict[str, Any]:
    return {name: value(actor) if callable(value) else value for name, value in plan.fixed.items()}


def _given(plan: _Plan, actor: Actor, body: Any) -> dict[str, Any]:
    """The body's values as the action wants them. A thing that the actor may not know of is refused at its field."""
    given: dict[str, Any] = {}
    for name in body.model_fields_set:
        value = getattr(body, name)
        if name in plan.reads and value is not None:
            sent = value.model_dump(exclude_unset=True) if isinstance(value, BaseModel) else value
            given[name] = plan.reads[name](actor, sent)
        elif name in plan.things and value is not None:
            given[name] = _things(plan, actor, name, value)
        elif isinstance(value, BaseModel):
            given[name] = value.model_dump(exclude_unset=True)
        elif value is not None or not _day_left_open(plan, name):
            given[name] = value
    return given


def _day_left_open(plan: _Plan, name: str) -> bool:
    parameter = signature(plan.function).parameters.get(name)
    return parameter is not None and isinstance(parameter.default, date)


def _things(plan: _Plan, actor: Actor, name: str, value: Any) -> Any:
    kind, many = plan.things[name]
    try:
        return [found(kind, actor, key) for key in value] if many else found(kind, actor, value)
    except NotFound as error:
        raise Refused(Reason("not_found", _("Không có trong phạm vi của khóa truy cập này."), field=name)) from error


def _warnings(result: Any) -> list[dict[str, Any]]:
    reasons = [one for one in result if isinstance(one, Reason)] if isinstance(result, list) else []
    return [
        {"code": one.code, "text": str(one.message), "field": one.field, "source": one.source, "rule": one.rule}
        for one in reasons
    ]
