"""How far ahead a day may be recorded: a plan may be, a mistyped year not."""

from datetime import date

from django.utils.translation import gettext as _

from .actor import Actor
from .known import Known
from .refusal import Reason, Refused


def too_far(actor: Actor, on: date) -> list[Reason]:
    """The reason against a day more than a year ahead: a year mistyped, not a plan."""
    latest = actor.on.replace(year=actor.on.year + 1, day=min(actor.on.day, 28))
    if on <= latest:
        return []
    text = _("Ngày %(day)s còn quá xa. Chỉ ghi trước được đến ngày %(latest)s.")
    return [Reason("far", text % {"day": Known.of(on), "latest": Known.of(latest)}, field="on")]


def not_too_far(actor: Actor, on: date) -> None:
    """Refuses a day that is too far ahead."""
    if reasons := too_far(actor, on):
        raise Refused(reasons)
