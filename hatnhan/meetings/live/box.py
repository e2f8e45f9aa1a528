"""The ballot box of a hall: a vote from a phone, answered before all other middleware by the ticket that its page
carried, in one statement.

A ticket is for one vote, one member, one account and a quarter of an hour; it is made only for whoever may vote, and
travels in the body, so that no log of addresses holds it. Nobody else's page can have one, which is what protects
against forged requests. With each vote the roll, the account and all that the right was found on are asked again."""

import time
from collections.abc import Callable

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _

from hatnhan.kernel.ui.text import hour

from .actions.votes import Right, cast_by_right

PATH = "/meetings/live/vote/"
VALID_SECONDS = 900
Next = Callable[[HttpRequest], HttpResponse]
_signer = Signer(sep="~", salt="meetings.live.box")


def ticket(right: Right) -> str:
    """What the page of a member who may vote carries; the answer comes in the language of the page."""
    until, language = int(time.time()) + VALID_SECONDS, translation.get_language() or "vi"
    parts = (right.motion, right.person, right.account, int(right.full), right.deviation, until, language)
    return _signer.sign(".".join(map(str, parts)))


def answer_votes(get_response: Next) -> Next:
    """Answer `/meetings/live/vote/`: 200 with what was written down, else a number alone: 403 for a ticket that is not
    ours or is too old, 422 for what is not written down. The page then sends its form, which is answered in words."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path != PATH:
            return get_response(request)
        if request.method != "POST":
            return HttpResponse(status=405, headers={"Allow": "POST"})
        try:
            motion, person, account, full, deviation, until, language = _signer.unsign(
                request.POST.get("ticket", "")
            ).split(".")
        except (BadSignature, ValueError):
            return _number(403)
        if int(until) < time.time():
            return _number(403)
        right = Right(int(motion), int(person), int(account), full == "1", deviation)
        with translation.override(language):
            return _written(right, request.POST.get("choice", ""))

    return middleware


def noted(at: str) -> str:
    """What a voter reads once the vote is written down."""
    return _("Đã ghi nhận ý kiến biểu quyết lúc %(hour)s. Bấm lại không tính hai lần.") % {"hour": at}


def _written(right: Right, choice: str) -> HttpResponse:
    at = cast_by_right(right=right, choice=choice)
    if at is None:
        return _number(422)
    answer = JsonResponse({"choice": choice, "told": noted(hour(at))})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _number(status: int) -> HttpResponse:
    return HttpResponse(status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})
