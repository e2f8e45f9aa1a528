"""Every address. A module's own addresses stand in its `urls.py`; none depends on the language."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

MODULES = ("access", "units", "members", "members.imports", "members.reorganise", "documents", "reports")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"hatnhan.{module}.urls")) for module in MODULES if find_spec(f"hatnhan.{module}.urls")
]
if find_spec("hatnhan.kernel.ui") and find_spec("hatnhan.kernel.ui.styleguide"):
    urlpatterns.append(path("styleguide/", include("hatnhan.kernel.ui.styleguide")))
