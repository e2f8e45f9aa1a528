"""Which rights an office brings: the role that `access` grants for the tenure's days."""

from datetime import date

from hatnhan import rulebook

CELL = {
    "secretary": "cell_secretary",
    "standing_deputy_secretary": "cell_deputy",
    "deputy_secretary": "cell_deputy",
}
LEADERS = ("secretary", "standing_deputy_secretary", "deputy_secretary")
WORKING_BODIES = ("office", "party_building_board", "organisation_board", "standing_secretariat", "standing_board")


def role_of(office: str, unit_kind: str, body_kind: str | None, on: date) -> str | None:
    """The role of an office at a unit of a kind, or in a body; None where the office brings no rights of its own."""
    if body_kind == "inspection_commission":
        return "inspector"
    kind = rulebook.at(on).kinds().get(unit_kind)
    upper = "provincial" if kind is not None and kind.level <= 1 else "office"
    if body_kind in WORKING_BODIES:
        return upper
    if body_kind is not None:
        return None
    if kind is not None and kind.cell:
        return CELL.get(office)
    return upper if office in LEADERS else None
