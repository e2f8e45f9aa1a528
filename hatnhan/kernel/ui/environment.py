"""The Jinja2 environment of every page of ours; named in settings as the `environment` of Django's Jinja2 backend."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined

from ..forms import told
from ..spoken import address_of, spoken
from . import charts, text
from .icons import icon
from .remembered import filled, remembered
from .shell import address

EXTENSIONS = ["jinja2.ext.i18n", "jinja2.ext.do"]


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named page: `url("members.detail", pk=41)`."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def build(**options: Any) -> Environment:
    """An environment with the kit's functions and filters; a name that does not exist is an error, never an empty text.

    Translation is Django's own, in Jinja2's newstyle: `{{ _("Có %(n)s người", n=n) }}` escapes what is filled in."""
    settings = {**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    environment = Environment(extensions=EXTENSIONS, **settings)  # noqa: S701 - the backend passes autoescape=True
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    environment.globals.update(
        static=static,
        url=url,
        address=address,
        icon=icon,
        remembered=remembered,
        spark=charts.spark,
        line_plot=charts.line_plot,
        bar=charts.bar,
        rule_address=address_of,
        spoken=spoken,
        told=told,
    )
    environment.filters.update(
        filled=filled,
        num=text.num,
        pct=text.pct,
        day=text.day,
        moment=text.moment,
        hour=text.hour,
        stamp=text.stamp,
        passed=text.passed,
        known=text.known,
        initials=text.initials,
    )
    return environment
