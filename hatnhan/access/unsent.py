"""What was being sent when a session ended from idleness: kept sealed in the session until its sender is back."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from hatnhan.kernel.secrets import seal, unseal

KEPT = "unsent"
HOURS = 12
LONGEST = 200_000


@dataclass(frozen=True)
class Unsent:
    """The address and the fields of a form that did not arrive."""

    path: str
    fields: list[tuple[str, str]]


def keep_unsent(request: HttpRequest) -> Callable[[HttpRequest], None] | None:
    """Take what a request was sending, before its session ends. Returns what puts it into the next session; None when
    there is nothing to keep: no form, a file, a password, or more than 200,000 characters."""
    if request.method != "POST" or request.content_type != "application/x-www-form-urlencoded":
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if isinstance(value, str) and name != "csrfmiddlewaretoken"
    ]
    if not fields or any("password" in name for name, _value in fields):
        return None
    text = json.dumps({
        "account": getattr(request.user, "pk", None), "at": int(time.time()), "path": request.get_full_path(),
        "fields": fields,
    })  # fmt: skip
    if len(text) > LONGEST:
        return None
    sealed = seal(text)

    def put(fresh: HttpRequest) -> None:
        fresh.session[KEPT] = sealed

    return put


def unsent_of(request: HttpRequest) -> Unsent | None:
    """What the signed-in account was sending before; nothing of another account, and nothing older than half a day."""
    sealed = request.session.get(KEPT)
    if not sealed:
        return None
    kept = json.loads(unseal(sealed))
    if kept["account"] != request.user.pk or time.time() - kept["at"] > HOURS * 3600:
        del request.session[KEPT]
        return None
    return Unsent(kept["path"], [(name, value) for name, value in kept["fields"]])


def drop_unsent(request: HttpRequest) -> None:
    """Forget it."""
    request.session.pop(KEPT, None)
