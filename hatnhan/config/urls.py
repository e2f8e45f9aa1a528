"""Every address. A module's own addresses stand in its `urls.py`; none depends on the language."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path, re_path

from hatnhan.config.api import api, unknown
from hatnhan.config.home import home

MODULES = (
    "rulebook",
    "access",
    "duties",
    "units",
    "members",
    "members.imports",
    "members.reorganise",
    "members.corrections",
    "members.quality",
    "meetings",
    "dues",
    "movements",
    "admissions",
    "honours",
    "documents",
    "reports",
    "config.help",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    *(path("", include(f"hatnhan.{module}.urls")) for module in MODULES if find_spec(f"hatnhan.{module}.urls")),
    path("api/v1/", api.urls),
    re_path(r"^api/", unknown),
    path("styleguide/", include("hatnhan.kernel.ui.styleguide")),
]
