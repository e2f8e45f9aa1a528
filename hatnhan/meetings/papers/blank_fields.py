"""What a user's own blank may name of meetings, and the figures of a unit."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from hatnhan.documents.fields import Fields, fields
from hatnhan.documents.heads import head_of
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE
from hatnhan.kernel.days import month as first_of
from hatnhan.kernel.figures import REGISTRY, BadQuestion, On, Ratio, When, Window, quotient, value
from hatnhan.kernel.models import Unit
from hatnhan.kernel.ui.text import num
from hatnhan.meetings.models import UNVOIDED, Meeting
from hatnhan.meetings.permissions import ROLL
from hatnhan.members.permissions import FIGURES

from .content import facts
from .wording import MEETING

PREFIX, OF_MEETING = "số liệu: ", "buổi họp: "


def _meeting_names() -> Mapping[str, Any]:
    return {f"{OF_MEETING}{name}": _("Buổi sinh hoạt gần nhất") for name in (*MEETING, "nội dung nghị quyết")}


def _meeting(actor: Actor, unit: Unit, on: date, wanted: Collection[str]) -> dict[str, str]:
    """Facts of the last meeting that the unit held until the day, for those who may read the roll."""
    if not actor.can(ROLL, at=unit):
        return {}
    rows = Meeting.objects.filter(UNVOIDED, unit=unit, held_on__lte=on).select_related("chair", "clerk")
    last = rows.order_by("-held_on", "-started").first()
    if last is None:
        return {}
    known = {name.replace("_", " "): text for name, text in facts(last, head_of(unit, last.held_on)).items()}
    known["nội dung nghị quyết"] = last.outcome_text
    return {name: known.get(name.removeprefix(OF_MEETING), "") for name in wanted}


def _figure_names() -> Mapping[str, Any]:
    return {f"{PREFIX}{code}": one.label for code, one in REGISTRY.items()}


def _figures(actor: Actor, unit: Unit, on: date, wanted: Collection[str]) -> dict[str, str]:
    """Figures of the unit: a stock on the day, a flow from the first of its month to the day; for those who may see
    figures there."""
    return (
        {name: _written(name.removeprefix(PREFIX), unit, on) for name in wanted} if actor.can(FIGURES, at=unit) else {}
    )


def _written(code: str, unit: Unit, on: date) -> str:
    try:
        return _asked(code, unit, On(on))
    except BadQuestion:
        return _asked(code, unit, Window(first_of(on), on + ONE))


def _asked(code: str, unit: Unit, when: When) -> str:
    one = REGISTRY[code]
    if isinstance(one, Ratio):
        return one.written(quotient(code, unit, when).share)
    return num(value(code, unit, when))


fields(
    Fields(_("Buổi sinh hoạt gần nhất"), _meeting_names, _meeting), Fields(_("Số liệu"), _figure_names, _figures)
)  # fmt: skip
