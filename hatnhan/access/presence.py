"""Which browsers an account is signed in with."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from .devices import browser_of, machine_of
from .models import Account, OpenSession

SINCE, NOTICED = "since", "noticed"


def notice(request: HttpRequest, account: Any) -> None:
    """Remember that the session is in use: at signing in, then at most once a minute. When it began lies in the session
    itself, since a new password gives it a new key."""
    key, now = request.session.session_key, timezone.now()
    if key is None or not isinstance(account, Account):
        return
    request.session[NOTICED] = key
    since = datetime.fromtimestamp(request.session.setdefault(SINCE, now.timestamp()), UTC)
    agent = request.headers.get("User-Agent", "")[:300]
    OpenSession.notice(
        session=key, account=account, machine=machine_of(agent), browser=browser_of(agent), since=since, now=now
    )


def is_new(request: HttpRequest) -> bool:
    """True when the session has a key that was not noticed yet."""
    return request.session.get(NOTICED) != request.session.session_key
