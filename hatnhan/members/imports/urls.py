"""Addresses of imports, of lists of members and of organisations alike."""

from .pages import urlpatterns

__all__ = ["urlpatterns"]
