"""Which wording holds for a unit on a day: the nearest committee's own text comes before the program's."""

from datetime import date

from hatnhan.units.queries import line_of

from .models import PassageText
from .wording import TEMPLATES, Wording


def wording_of(code: str, unit: int, on: date) -> Wording:
    """The wording of a template for a unit on a day. Raises KeyError for an unknown template."""
    line = line_of(unit, on) or [unit]
    rows = PassageText.objects.on(on).filter(template=code, unit__in=line)
    found = sorted(rows.values_list("unit_id", "passage", "text"), key=lambda row: -line.index(row[0]))
    return Wording(TEMPLATES[code], {passage: text for _unit, passage, text in found})
