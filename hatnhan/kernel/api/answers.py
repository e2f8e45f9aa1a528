"""The door of the API: what comes in is checked for what no table can hold, and whatever goes wrong is answered by
reasons with a code, a sentence in the reader's language, and the field."""

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db.utils import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from pydantic import BaseModel

from ..actor import Forbidden, NotFound
from ..listing.keyset import storable
from ..refusal import Reason, Refused
from ..secrets import KeyProblem

MOST_BYTES = 262_144
STALE = "stale"


class ReasonOut(BaseModel):
    """One reason: a code for programs, a sentence for people, and the field that it is about."""

    code: str
    text: str
    field: str | None = None
    source: str | None = None
    rule: str | None = None


class Reasons(BaseModel):
    """Why a request was not answered; nothing was changed."""

    reasons: list[ReasonOut]


class Bad(Exception):
    """A request that cannot be taken: the status, why, and for "too many" after how many seconds it can be."""

    def __init__(self, status: int, reason: Reason, wait: int = 0) -> None:
        self.status, self.reason, self.wait = status, reason, wait
        super().__init__(reason.message)


class Strict(Parser):
    """Reads bodies and addresses; refuses what is too long, and characters that no text has."""

    def parse_body(self, request: HttpRequest) -> Any:
        body = _bytes(request)
        try:
            data = json.loads(body, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            text = _("Nội dung gửi không phải là JSON đọc được.")
            raise Bad(400, Reason("json", text)) from error
        _check(data)
        return data

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        for name, values in data.lists():
            _check([name, *values], name)
        return super().parse_querydict(data, list_fields, request)


def _bytes(request: HttpRequest) -> bytes:
    try:
        body = request.body
    except RequestDataTooBig:
        body = b" " * (MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        text = _("Nội dung gửi quá dài, nhiều nhất %(n)s KB.") % {"n": MOST_BYTES // 1024}
        raise Bad(413, Reason("too_long", text))
    return body


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _check(data: Any, field: str | None = None) -> None:
    """Raise `Bad` for a text with a character that cannot be stored: NUL, or half of a pair."""
    waiting = [(data, field)]
    while waiting:
        value, where = waiting.pop()
        if isinstance(value, str) and not storable(value):
            shown = "".join(ch for ch in where or "" if ch.isprintable())[:60] or None
            raise Bad(422, Reason("characters", _("Có ký tự không dùng được trong văn bản."), field=shown))
        if isinstance(value, dict):
            waiting += [(name, name) for name in value]
            waiting += [(inner, name) for name, inner in value.items()]
        elif isinstance(value, list):
            waiting += [(inner, where) for inner in value]


class Door(NinjaAPI):
    """The API with the answers of this program."""

    def __init__(self, **options: Any) -> None:
        super().__init__(parser=Strict(), docs_url=None, **options)

    def set_default_exception_handlers(self) -> None:
        handlers: dict[type[Exception], Any] = {
            Bad: self._bad,
            Refused: lambda request, error: self.refuse(request, _status(error), error.reasons),
            NotFound: lambda request, _error: self.refuse(request, 404, [_not_found()]),
            Http404: lambda request, _error: self.refuse(request, 404, [_not_found()]),
            Forbidden: lambda request, _error: self.refuse(request, 403, [_forbidden()]),
            PermissionDenied: lambda request, _error: self.refuse(request, 403, [_forbidden()]),
            AuthenticationError: self._unknown,
            ValidationError: lambda request, error: self.refuse(request, 422, map(_explained, error.errors)),
            HttpError: self._http,
            KeyProblem: lambda request, error: self.refuse(request, 503, [Reason("key", str(error))]),
            MultiPartParserError: lambda request, _error: self.refuse(request, 400, [_no_form()]),
            DataError: lambda request, _error: self.refuse(request, 422, [_cannot_store()]),
            IntegrityError: lambda request, _error: self.refuse(request, 409, [_contradicts()]),
        }
        for kind, handler in handlers.items():
            self.add_exception_handler(kind, handler)

    def refuse(self, request: HttpRequest, status: int, reasons: Iterable[Reason]) -> HttpResponse:
        """The reasons as an answer."""
        told = [
            {
                "code": reason.code,
                "text": str(reason.message),
                "field": reason.field,
                "source": reason.source,
                "rule": reason.rule,
            }
            for reason in reasons
        ]
        return self.create_response(request, {"reasons": told}, status=status)

    def _bad(self, request: HttpRequest, error: Bad) -> HttpResponse:
        answer = self.refuse(request, error.status, [error.reason])
        if error.wait:
            answer.headers["Retry-After"] = str(error.wait)
        return answer

    def _unknown(self, request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        text = _("Thiếu khóa truy cập, hoặc khóa đã hết hạn, đã thu hồi. Gửi trong đầu mục Authorization: Bearer …")
        answer = self.refuse(request, 401, [Reason("token", text)])
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer

    def _http(self, request: HttpRequest, error: HttpError) -> HttpResponse:
        """What the library itself refuses; its reading of a body wraps ours."""
        if isinstance(error.__cause__, Bad):
            return self._bad(request, error.__cause__)
        return self.refuse(request, error.status_code, [Reason("http", HTTPStatus(error.status_code).phrase)])


def _status(error: Refused) -> int:
    return 409 if STALE in error.codes else 422


def _not_found() -> Reason:
    return Reason("not_found", _("Không có trong phạm vi của khóa truy cập này."))


def _forbidden() -> Reason:
    return Reason("forbidden", _("Khóa truy cập này không được làm việc đó ở đây."))


def _no_form() -> Reason:
    return Reason("form", _("Không đọc được tệp gửi lên. Hãy gửi dạng multipart/form-data, mục file."))


def _cannot_store() -> Reason:
    return Reason("value", _("Có giá trị quá dài hoặc quá lớn."))


def _contradicts() -> Reason:
    return Reason("contradicts", _("Trái với điều đã ghi trong thời gian này; không ghi gì cả."))


def _explained(error: dict[str, Any]) -> Reason:
    """A flaw in the form of a request, in words."""
    kind, limits = str(error["type"]), error.get("ctx") or {}
    where = [str(part) for part in error["loc"][1:] if part not in ("query", "sent")]
    field = ".".join(where)[:60] or None
    said = {
        "missing": _("Thiếu mục này.") if field else _("Thiếu nội dung gửi, dạng JSON."),
        "phone": _("Số điện thoại chưa đúng. Hãy ghi như 0912 345 678."),
        "extra_forbidden": _("Không có mục này."),
        "day": _("Ngày chưa đúng. Hãy ghi như 2026-11-22, từ năm 1930 đến năm 2100."),
        "known": _("Ngày chưa đúng. Hãy ghi 1957-05-03, 1957-05 hoặc 1957."),
        "moment": _("Thời điểm chưa đúng. Hãy ghi như 2026-11-22T08:30:00+07:00."),
        "clock": _("Giờ chưa đúng. Hãy ghi như 19:30."),
        "literal_error": _("Chỉ nhận: %(values)s.") % {"values": limits.get("expected", "")},
        "string_too_long": _("Nhiều nhất %(n)s ký tự.") % {"n": limits.get("max_length", "")},
        "string_too_short": _("Hãy điền mục này."),
        "string_type": _("Cần một đoạn văn bản."),
        "int_type": _("Cần một số nguyên."),
        "int_parsing": _("Cần một số nguyên."),
        "greater_than_equal": _("Không nhỏ hơn %(n)s.") % {"n": limits.get("ge", "")},
        "less_than_equal": _("Không lớn hơn %(n)s.") % {"n": limits.get("le", "")},
    }
    return Reason(kind, said.get(kind, _("Giá trị chưa đúng.")), field=field)
