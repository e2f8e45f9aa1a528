"""Every address. A module's own addresses stand in its `urls.py`; none depends on the language."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from hatnhan.config.home import home

MODULES = (
    "access",
    "duties",
    "units",
    "members",
    "members.imports",
    "members.reorganise",
    "members.corrections",
    "documents",
    "reports",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    *(path("", include(f"hatnhan.{module}.urls")) for module in MODULES if find_spec(f"hatnhan.{module}.urls")),
    path("styleguide/", include("hatnhan.kernel.ui.styleguide")),
]
