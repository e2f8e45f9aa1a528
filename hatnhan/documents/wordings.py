"""Which wording holds for a unit on a day."""

from datetime import date

from .wording import TEMPLATES, Wording


def wording_of(code: str, unit: int, on: date) -> Wording:
    """The wording of a template for a unit on a day. Raises KeyError for an unknown template."""
    return Wording(TEMPLATES[code], {})
