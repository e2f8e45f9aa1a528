"""The first account of an installation, and the way back in for an administrator who forgot the password."""

from django.utils.translation import gettext as _

from hatnhan.kernel.actor import system
from hatnhan.kernel.days import today
from hatnhan.kernel.refusal import refuse

from .actions import create_administrator, reset_passwords
from .models import Account


def create_first_administrator(username: str, password: str | None = None) -> str:
    """Open the installation's first administrator account. Returns the password: the given one, or a one-time password
    that is shown once. Raises `Refused` when there is an administrator, or for an unfit name or password."""
    return create_administrator(actor=system("cli", today()), username=username, password=password).password


def new_password(username: str) -> str:
    """Give an account a one-time password, for whoever has the shell. Raises `Refused` for an unknown name."""
    account = Account.objects.filter(username=username.strip().lower()).first()
    if account is None:
        refuse("unknown", _("Không có tài khoản “%(name)s”.") % {"name": username})
        raise AssertionError
    return reset_passwords(actor=system("cli", today()), accounts=[account])[0].password
