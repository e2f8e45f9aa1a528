"""The API from declarations: a list gives its operation, an action gives its operation, and every refusal is the same
reasons that pages show. Nothing here knows what is listed or done."""

from .acts import Done, offer
from .answers import Door, Reasons
from .fields import Body, Clock, Day, Id, KnownDate, Moment, Text, described, one_of
from .lists import Value, listed, question
from .registry import Meaning, finds, meanings, means, unit_within, version_of
from .signing import Query, read, write

__all__ = [
    "Body", "Clock", "Day", "Done", "Door", "Id", "KnownDate", "Meaning", "Moment", "Query", "Reasons", "Text", "Value",
    "described", "finds", "listed", "meanings", "means", "offer", "one_of", "question", "read", "unit_within",
    "version_of", "write",
]  # fmt: skip
