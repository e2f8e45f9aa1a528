"""What every page shows around its content: menu, unit, day, account, reading preferences, messages.

`context` is the context processor of the Jinja2 backend. Nothing here is computed unless a template asks for it, and
every part copes with a request that no middleware has touched (an error page, a visitor who has not signed in)."""

from collections.abc import Hashable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.translation import get_language

from .. import pages
from ..actor import Actor
from ..days import today
from .text import initials

Entry = dict[str, Any]

TABS = 4
KINDS = {"success": "ok", "warning": "warn", "error": "bad"}
THEMES = ("light", "dark", "auto")
SIZES = ("md", "lg", "xl")


class AccountLabel(NamedTuple):
    """How the signed-in account is shown."""

    label: str
    initials: str


class Toast(NamedTuple):
    """A short message after an act, with the address that undoes it, or without one."""

    text: str
    kind: str
    undo: str


class Shell:
    """The frame of one page for one request."""

    # Where a remembered piece takes what differs between two requests.
    HERE, TOKEN = "\ue000here", "\ue000token"

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        preferences = getattr(request, "preferences", None)
        self.theme: str = _one_of(THEMES, getattr(preferences, "theme", "auto"), "auto")
        self.size: str = _one_of(SIZES, getattr(preferences, "size", "md"), "md")
        self.language: str = getattr(preferences, "language", "") or get_language() or "vi"

    @cached_property
    def _actor(self) -> Actor | None:
        actor: Actor | None = getattr(self._request, "actor", None)
        return actor if actor is not None and actor.account_id is not None else None

    @cached_property
    def account(self) -> AccountLabel | None:
        """The signed-in account; None for a visitor."""
        return AccountLabel(self._actor.label, initials(self._actor.label)) if self._actor else None

    @property
    def account_key(self) -> tuple[Hashable, ...]:
        """What the menu of the account depends on, besides the address and the token of the form."""
        return ("account", get_urlconf(), self.account, self.theme, self.size, self.language)

    @cached_property
    def menu(self) -> list[list[Entry]]:
        """The entries that the account may open, by group; each with label, url, icon, current and count."""
        if self._actor is None:
            return []
        return [[{"count": None, **entry} for entry in group] for group in pages.menu(self._request)]

    @property
    def menu_key(self) -> tuple[Hashable, ...] | None:
        """What the menu depends on; None on a page whose menu tells what waits for the account."""
        here: pages.Page | None = getattr(self._request, "page", None)
        if self._actor is None or (here is not None and here.tells):
            return None
        held = frozenset(grant.permissions for grant in self._actor.grants)
        own = self._actor.person_id is not None
        return ("menu", get_urlconf(), here and here.code, held, self._actor.everything, own)

    @cached_property
    def tabs(self) -> list[Entry]:
        """At most four entries for the bar at the bottom of a phone."""
        entries = [entry for group in self.menu for entry in group]
        return [entry for entry in entries if entry.get("phone")][:TABS] or entries[:TABS]

    @property
    def has_more(self) -> bool:
        """True when the menu has entries that are not among the tabs."""
        return sum(map(len, self.menu)) > len(self.tabs)

    @property
    def unit_name(self) -> str:
        """Name of the unit in which the reader works, as the middleware put it on the request."""
        return str(getattr(self._request, "unit_name", ""))

    @cached_property
    def day(self) -> date:
        """The day for which figures and lists are shown."""
        return getattr(self._request, "day", None) or pages.day_of(self._request)

    @property
    def other_day(self) -> bool:
        """True when the page does not show today."""
        return self.day != today()

    @property
    def today_url(self) -> str:
        """The same page as of today."""
        return address(self._request, on=None)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form that changes the day carries along of the address."""
        return [(name, value) for name, values in self._request.GET.lists() for value in values if name != "on"]

    @property
    def find_url(self) -> str | None:
        """The page `find`, which takes `?q=`; None while no module has it."""
        return _address_of("find")

    @property
    def preferences_url(self) -> str | None:
        """The page `preferences`, which takes theme, size or language and `next` by POST."""
        return _address_of("preferences")

    @property
    def account_url(self) -> str | None:
        """The page of one's own account."""
        return _address_of("access.preferences")

    @property
    def sign_out_url(self) -> str | None:
        return _address_of("account_logout")

    @property
    def toasts(self) -> Iterator[Toast]:
        """Messages of the last act. The extra tag `undo:/address/` gives one its way back."""
        for message in get_messages(self._request):
            tags = (message.extra_tags or "").split()
            undo = next((tag.removeprefix("undo:") for tag in tags if tag.startswith("undo:")), "")
            yield Toast(str(message), KINDS.get(message.level_tag, "info"), undo)


def context(request: HttpRequest) -> dict[str, object]:
    """The context processor of every page."""
    return {"shell": Shell(request), "demo": settings.HATNHAN_DEMO}


def address(request: HttpRequest, **changes: object) -> str:
    """The page's address with its filters, date and unit, changed in what is named: `address(request, on=None)`."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _one_of(allowed: tuple[str, ...], value: str, default: str) -> str:
    return value if value in allowed else default


def _address_of(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
