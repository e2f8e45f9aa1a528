"""How long a text may be that an action is given: as long as the column it is meant for, whichever way it came.

A keyword is held against the column of its name in the table that the action names, else in the tables of its module
(a test sees to it that they agree); sheets are checked by the forms and operations that make them. SQLite would take
any length and PostgreSQL end with an error; here both refuse."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import CharField, Model, TextField
from django.utils.translation import gettext as _

from .refusal import Reason, Refused

USUAL = 300
# Shorter columns hold codes of closed lists: which there are, the action says itself.
CODE = 30
LONGEST = 20_000
# Whose tables hold what an action of this name writes, where that is not the module of the same name.
ELSEWHERE = {"audit": "reports"}


def check(code: str, given: Mapping[str, Any], of: type[Model] | None = None) -> None:
    """Refuses texts that are too long, each at its field, with what is allowed."""
    reasons = [
        Reason("too_long", _("Dài nhất %(most)s ký tự; đang có %(n)s.") % {"most": most, "n": len(text)}, field=name)
        for name, text in given.items()
        if isinstance(text, str) and len(text) > (most := limit(code, name, of))
    ]
    if reasons:
        raise Refused(reasons)


@cache
def limit(code: str, name: str, of: type[Model] | None = None) -> int:
    """The most characters of a keyword of an action."""
    return max(lengths_of(code, name, of), default=USUAL)


def lengths_of(code: str, name: str, of: type[Model] | None = None) -> set[int]:
    """The lengths of the columns that a keyword may be meant for."""
    if name == "reason":
        return {USUAL}
    if of is not None and (own := _length(of, name)) is not None:
        return {max(own, CODE)}
    label = code.partition(".")[0]
    label = ELSEWHERE.get(label, label)
    models = apps.get_app_config(label).get_models() if label in apps.app_configs else ()
    return {max(found, CODE) for model in models if (found := _length(model, name)) is not None}


def _length(model: type[Model] | None, name: str) -> int | None:
    """How long a column is; None when the table has none of that name that holds text."""
    if model is None:
        return None
    for column in model._meta.concrete_fields:
        if column.name == name and isinstance(column, CharField):
            return column.max_length
        if column.name == name and isinstance(column, TextField):
            return LONGEST
    return None
