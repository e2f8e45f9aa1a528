"""Work of this module outside a request."""

from .imports import jobs as imports

__all__ = ["imports"]
