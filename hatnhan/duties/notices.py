"""What an upper module tells the reader above the own inbox: no duty, nothing to be ticked off, but good to know."""

from dataclasses import dataclass

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.registries import fill

NOTICES = "inbox.notices"


@dataclass(frozen=True)
class Notice:
    """One line: what, when in small print, where it is read; `asks` says that an answer is waited for."""

    title: str
    small: str
    href: str
    asks: str = ""


def notices(actor: Actor) -> list[Notice]:
    """What every module has to tell the person who reads. A slot of the place gives {person: notices}."""
    if actor.person_id is None:
        return []
    person = actor.person_id
    return [one for found in fill(NOTICES, actor, [person], actor.on).values() for one in found.get(person, ())]
