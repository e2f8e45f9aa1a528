"""Who asks: puts the actor, the reading preferences and a request id on every request; ends idle sessions; leads to a
new password whoever still has a one-time one, and to a second factor whose role needs one."""

import secrets
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor, nobody
from hatnhan.kernel.days import today
from hatnhan.units.queries import name_of

from .actors import actor_for
from .choices import FACTOR_DUE
from .factor_queries import is_due
from .models import Account
from .preferences import preferences_of
from .presence import is_new, notice
from .unsent import keep_unsent

SEEN, DUE = "seen", FACTOR_DUE
WRITE_EVERY = 60
FOR_PROGRAMS = "/api/"
# Help says nothing of anybody: who is led to a first step may read how it is done.
ALWAYS = frozenset({"account_logout", "preferences", "help", "help.guide", "help.signing_in"})
WITH_ONE_TIME_PASSWORD = ALWAYS | {"account_change_password"}
AFTER_A_RESET = ALWAYS | {"access.factor_was_reset"}
WITHOUT_A_FACTOR = ALWAYS | {
    "access.factors", "access.add_app", "access.add_passkey", "account_reauthenticate", "account_change_password",
}  # fmt: skip

Next = Callable[[HttpRequest], HttpResponseBase]


class ActorMiddleware:
    """The last middleware: after sessions, authentication, messages and allauth's own."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        account = _account(request)
        asked: Any = request
        asked.request_id = secrets.token_hex(8)
        asked.actor = actor_for(account, today(), asked.request_id)
        asked.preferences = preferences_of(request, account)
        asked.unit_name = SimpleLazyObject(lambda: unit_name(request, asked.actor))
        before = translation.get_language()
        translation.activate(asked.preferences.language)
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", asked.preferences.language)
        response.headers["X-Request-ID"] = asked.request_id
        if account is not None:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if not response.streaming and before:
            translation.activate(before)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """After the check against forged requests, so that nothing forged is kept as unsent. Programs have no session:
        they are known by their keys alone."""
        if request.path_info.startswith(FOR_PROGRAMS):
            return None
        account = _account(request)
        if account is None:
            return _signed_out(request, locked_sentence()) if SESSION_KEY in request.session else None
        if _idle(request):
            return _signed_out(request, idle_sentence())
        if account.must_change_password and _name(request) not in WITH_ONE_TIME_PASSWORD:
            return _sent_to(request, reverse("account_change_password"))
        return _led_to_factor(request, account)


def idle_sentence() -> str:
    """Why one has been signed out."""
    text = _("Đồng chí đã không dùng máy trong %(minutes)s phút nên hệ thống tự thoát. Mời đồng chí đăng nhập lại.")
    return text % {"minutes": settings.HATNHAN_IDLE_SECONDS // 60}


def locked_sentence() -> str:
    """Why one has been signed out."""
    return _("Tài khoản này đã bị khóa nên hệ thống tự thoát.")


def unit_name(request: HttpRequest, actor: Actor) -> str:
    """Where the reader works: the unit of the address, when it is theirs, else their highest one."""
    asked = request.GET.get("unit", "")
    if asked.isdigit() and len(asked) < 19 and (actor.everything or actor.reach().covers(actor.path_of(int(asked)))):
        return name_of(int(asked), actor.on)
    return name_of(actor.highest, actor.on) if actor.highest else ""


def _account(request: HttpRequest) -> Account | None:
    return request.user if isinstance(request.user, Account) else None


def _name(request: HttpRequest) -> str:
    return (request.resolver_match.url_name or "") if request.resolver_match else ""


def _idle(request: HttpRequest) -> bool:
    """True when the last request is too long ago; else remembers this one, at most once a minute."""
    now = int(time.time())
    seen = request.session.get(SEEN)
    if seen is not None and now - seen > settings.HATNHAN_IDLE_SECONDS:
        return True
    if seen is None or now - seen >= WRITE_EVERY:
        request.session[SEEN] = now
        request.session.pop(DUE, None)
        notice(request, request.user)
    elif is_new(request):
        notice(request, request.user)
    return False


def _led_to_factor(request: HttpRequest, account: Account) -> HttpResponse | None:
    """To the news that the second factor was reset, or to setting one up when a role needs it. Whether it does is
    asked once a minute, and never while a form arrives, so that nothing typed is lost; whoever has to set up is asked
    at every request, and goes on at once when it is done."""
    if account.factor_reset_in:
        return _sent_to(request, reverse("access.factor_was_reset")) if _name(request) not in AFTER_A_RESET else None
    due = request.session.get(DUE)
    if due or (due is None and request.method in {"GET", "HEAD"}):
        due = request.session[DUE] = is_due(account, today())
    if due and _name(request) not in WITHOUT_A_FACTOR:
        return _sent_to(request, reverse("access.factors"))
    return None


def _signed_out(request: HttpRequest, sentence: str) -> HttpResponse:
    """End the session and lead to signing in; then back to where the reader was, and to what was being sent."""
    unsent = keep_unsent(request) if _account(request) and _name(request) not in WITH_ONE_TIME_PASSWORD else None
    back = reverse("access.unsent") if unsent else _where(request)
    actor: Any = request
    logout(request)
    actor.actor = nobody(today())
    if unsent:
        unsent(request)
    messages.warning(request, sentence)
    return _sent_to(request, redirect_to_login(back).url)


def _where(request: HttpRequest) -> str:
    """The page that the reader has before the eyes: for a piece of it, the whole."""
    if "HX-Request" in request.headers:
        current = urlsplit(request.headers.get("HX-Current-URL", ""))
        return current.path + (f"?{current.query}" if current.query else "") or "/"
    return request.get_full_path() if request.method in {"GET", "HEAD"} else "/"


def _sent_to(request: HttpRequest, url: str) -> HttpResponse:
    """Elsewhere; a script that asked for a piece of a page is told to open the whole."""
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
