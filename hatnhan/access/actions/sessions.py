"""Ending sessions: the holder's own ones, and those of an account that somebody looks after."""

from collections.abc import Iterable

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from hatnhan.access.choices import FACTOR_DUE
from hatnhan.access.devices import in_words
from hatnhan.access.models import Account, OpenSession
from hatnhan.access.queries import units_of
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.refusal import refuse

from .rights import may_look_after


@action("access.end_sessions")
def end_sessions(*, actor: Actor, account: Account, sessions: Iterable[OpenSession], reason: str = "") -> int:
    """End sessions of an account: whoever works in them is signed out by the next request. Its holder may, and whoever
    looks after the account. Returns how many there were."""
    if account.pk != actor.account_id:
        may_look_after(actor, account)
    rows = [row for row in sessions if row.account_id == account.pk]
    if not rows:
        refuse("none", _("Không còn máy nào khác đang đăng nhập tài khoản này."))
    Session.objects.filter(pk__in=[row.session_id for row in rows]).delete()
    with override("vi"):
        machines = "; ".join(in_words(row.machine, row.browser) for row in rows)
    act().tell(
        gettext_noop("Kết thúc %(n)s lần đăng nhập của tài khoản %(account)s: %(machines)s."), about=[account],
        units=units_of([account]), n=len(rows), account=account.username, machines=machines,
    )  # fmt: skip
    return len(rows)


def ask_anew(accounts: Iterable[int]) -> None:
    """Inside an act that changes who needs a second factor: open sessions find out with their next request."""
    rows = Session.objects.filter(pk__in=OpenSession.objects.filter(account__in=accounts).values("session"))
    changed = []
    for row in rows.iterator():
        data = row.get_decoded()
        if data.pop(FACTOR_DUE, None) is not None:
            row.session_data = SessionStore().encode(data)
            changed.append(row)
    Session.objects.bulk_update(changed, ["session_data"], batch_size=500)


def close_sessions(accounts: Iterable[Account], keep: str = "") -> None:
    """Inside an act that changes how accounts are signed in to: their sessions end, except the one that acts."""
    rows = OpenSession.objects.filter(account__in=[account.pk for account in accounts]).exclude(session=keep)
    Session.objects.filter(pk__in=list(rows.values_list("session", flat=True))).delete()
