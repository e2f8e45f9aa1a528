"""How a reader wants pages to look: kept on the account, and in a cookie for the sign-in page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .choices import LANGUAGES, SIZES, THEMES
from .models import Account

COOKIE = "hatnhan_reading"
YEAR = 365 * 86_400


@dataclass(frozen=True)
class Preferences:
    """Colours (`auto`, `light`, `dark`), text size (`md`, `lg`, `xl`) and language (`vi`, `en`)."""

    theme: str = "auto"
    size: str = "md"
    language: str = "vi"

    def changed(self, given: Mapping[str, str]) -> "Preferences":
        """The same with what is given and known; the rest stays."""
        allowed = {"theme": set(THEMES), "size": set(SIZES), "language": set(LANGUAGES)}
        return replace(self, **{name: given[name] for name, known in allowed.items() if given.get(name) in known})


def preferences_of(request: HttpRequest, account: Account | None) -> Preferences:
    """The account's own, or for a visitor those of the last reader of this browser."""
    if account is not None:
        return Preferences(account.theme, account.size, account.language)
    words = request.COOKIES.get(COOKIE, "").split(".")
    return Preferences().changed(dict(zip(("theme", "size", "language"), words, strict=False)))


def keep(response: HttpResponse, preferences: Preferences) -> None:
    """Leave the preferences in the browser for a year. They say nothing about who the reader is."""
    words = ".".join((preferences.theme, preferences.size, preferences.language))
    response.set_cookie(
        COOKIE, words, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
