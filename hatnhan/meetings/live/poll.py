"""The question that every phone in a hall asks every few seconds: has anything changed?

It carries a signed ticket, valid for one sitting, one account and a quarter of an hour, and is answered before all
other middleware with one indexed read: a full session would cost ten times as much. The answer is a number alone."""

import time
from collections.abc import Callable

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

from hatnhan.kernel.prepared import Prepared
from hatnhan.meetings.models import Sitting

PATH = "/meetings/live/poll/"
VALID_SECONDS = 900
OPEN_SECONDS, WAITING_SECONDS = 3, 15
"""How often a page asks while the sitting is open, and while it is not."""
Next = Callable[[HttpRequest], HttpResponse]
_VERSION = Prepared(lambda at: Sitting.objects.filter(pk=at.sitting).values_list("version"), {"sitting": 0})
_WORDS = Prepared(
    lambda at: Sitting.objects.filter(pk=at.sitting).values_list("version", "live__words"), {"sitting": 0}
)
_signer = Signer(sep="~", salt="meetings.live_poll")


def ticket(sitting: Sitting, account: int | None, *, words: bool = False) -> str:
    """What a page carries to ask for the version; with `words` the texts of the minutes count as well."""
    until = int(time.time()) + VALID_SECONDS
    return _signer.sign(f"{'w' if words else 'v'}.{sitting.pk}.{account or 0}.{until}")


def answer_polls(get_response: Next) -> Next:
    """Answer `/meetings/live/poll/TICKET`: the version; 403 for a ticket that is not ours or is too old (the page then
    fetches itself anew, and with it a fresh ticket)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PATH):
            return get_response(request)
        try:
            kind, sitting, _account, until = _signer.unsign(request.path[len(PATH) :]).split(".")
        except (BadSignature, ValueError):
            return _plain("", 403)
        return _plain("", 403) if int(until) < time.time() else _version(int(sitting), words=kind == "w")

    return middleware


def _version(sitting: int, *, words: bool) -> HttpResponse:
    rows = (_WORDS if words else _VERSION).rows({"sitting": sitting})
    return _plain(version_of(*rows[0])) if rows else HttpResponseNotFound()


def version_of(version: int, words: int | None = None) -> str:
    """How a version is written, in the page and in the answer."""
    return str(version) if words is None else f"{version}.{words}"


def _plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})
