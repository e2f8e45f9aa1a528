"""Which unit in the line above is meant by a seat. Pure: kinds from the unit upwards in, a position out."""

from collections.abc import Sequence

from hatnhan.rulebook.shapes import Kind


def seat_holder(seat: str, line: Sequence[Kind]) -> int | None:
    """Position in `line` (the unit first, then its superiors) of the unit that takes the seat; None if nobody does.

    Without a grassroots organisation in the line (a village cell directly under a commune that stands above the
    grassroots) its part falls to the direct superior."""
    for position, kind in enumerate(line):
        if seat in kind.seats:
            return position
    if seat == "grassroots":
        return seat_holder("direct_superior", line)
    return None
