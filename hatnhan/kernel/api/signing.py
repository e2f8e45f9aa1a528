"""Operations made from declarations: a function gets the signature that the API reads, and names that are not in it are
refused instead of ignored."""

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, Signature
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Path, Router
from ninja import Query as QueryParam
from ninja.files import UploadedFile
from pydantic import BaseModel, ConfigDict

from ..refusal import Reason, Refused
from .answers import Reasons

Operation = Callable[..., Any]


class Query(BaseModel):
    """What an address may ask. Names are checked by `signed`, because an address is read name by name."""

    model_config = ConfigDict(extra="ignore")


def signed(
    function: Operation, *, name: str, path: dict[str, Any] | None = None, query: type[Query] | None = None,
    body: type[BaseModel] | None = None, file: bool = False,
) -> Operation:  # fmt: skip
    """The function as an operation: called with the request, path arguments by name, `query`, the body as `sent`, and
    with `file` a file of a form of that name."""
    kinds: dict[str, Any] = {"request": HttpRequest}
    kinds |= {one: Path[kind] for one, kind in (path or {}).items()}  # type: ignore[misc, valid-type]
    if query is not None:
        kinds["query"] = QueryParam[query]  # type: ignore[misc, valid-type]
    if body is not None:
        kinds["sent"] = body
    if file:
        kinds["file"] = File[UploadedFile]

    @wraps(function)
    def run(request: HttpRequest, **given: Any) -> Any:
        _only_known(request, query)
        return function(request, **given)

    run.__name__ = name
    run.__signature__ = Signature(  # type: ignore[attr-defined]
        [Parameter(one, Parameter.KEYWORD_ONLY, annotation=kind) for one, kind in kinds.items()]
    )
    return run


def read(
    router: Router, path: str, function: Operation, answer: Any, *, name: str, title: Any, about: Any = "",
    within: dict[str, Any] | None = None, query: type[Query] | None = None,
) -> None:  # fmt: skip
    """Offer a question: `function(request, query=…, **path)` gives what `answer` describes."""
    operation = signed(function, name=name, path=within, query=query)
    refusals = dict.fromkeys((401, 403, 404, 422, 429), Reasons)
    router.get(
        path, response={200: answer, **refusals}, operation_id=name, summary=title, description=about or title,
        url_name=f"api.{name}", exclude_unset=True,
    )(operation)  # fmt: skip


def write(
    router: Router, path: str, function: Operation, answer: Any, *, name: str, title: Any, about: Any = "",
    within: dict[str, Any] | None = None, query: type[Query] | None = None, body: type[BaseModel] | None = None,
    file: bool = False,
) -> None:  # fmt: skip
    """Offer what is more than one action: `function(request, query=…, sent=…, file=…, **path)`."""
    operation = signed(function, name=name, path=within, query=query, body=body, file=file)
    refusals = dict.fromkeys((400, 401, 403, 404, 413, 422, 429), Reasons)
    router.post(
        numbered(path), response={200: answer, **refusals}, operation_id=name, summary=title,
        description=about or title, url_name=f"api.{name}",
    )(operation)  # fmt: skip


def numbered(path: str) -> str:
    """A path whose arguments are ids: what is no number is another address."""
    return path.replace("{", "{int:")


def _only_known(request: HttpRequest, query: type[Query] | None) -> None:
    allowed = [field.alias or name for name, field in query.model_fields.items()] if query is not None else []
    unknown = [name for name in request.GET if name not in allowed]
    if unknown:
        text = _("Không có mục này. Có thể dùng: %(names)s.") % {"names": ", ".join(allowed) or "–"}
        raise Refused([Reason("unknown", text, field=name[:60]) for name in unknown])
