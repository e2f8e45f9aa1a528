"""Work of this module outside a request."""

from .imports import jobs as imports
from .quality import jobs as quality

__all__ = ["imports", "quality"]
