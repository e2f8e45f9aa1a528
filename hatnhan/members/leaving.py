"""Who is told, inside the running act, when somebody has left the Party or died. Upper modules tell themselves in."""

from collections.abc import Callable
from datetime import date

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit

from .models import Person

Told = Callable[[Actor, Person, str, date, Unit], None]
TOLD: list[Told] = []
"""Each is called with the actor, the person, how they left (`choices.LEFT_STANDINGS`), the day and the last cell."""


def when_left(*told: Told) -> None:
    """Be told when somebody has left."""
    TOLD.extend(told)


def tell(actor: Actor, person: Person, how: str, on: date, unit: Unit) -> None:
    """Tell everybody who wants to know."""
    for one in TOLD:
        one(actor, person, how, on, unit)
