"""How far ahead a day may be recorded: a plan may be, a mistyped year not."""

from datetime import date

from django.utils.translation import gettext as _

from .actor import Actor
from .known import Known
from .refusal import refuse


def not_too_far(actor: Actor, on: date) -> None:
    """Refuses a day more than a year ahead: a year mistyped, not a plan."""
    latest = actor.on.replace(year=actor.on.year + 1, day=min(actor.on.day, 28))
    if on > latest:
        text = _("Ngày %(day)s còn quá xa. Chỉ ghi trước được đến ngày %(latest)s.")
        refuse("far", text % {"day": Known.of(on), "latest": Known.of(latest)}, field="on")
