"""What upper modules show on the page of a member, to the member, and in the member's own copy."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.registries import fill

CARDS, COPY, ACTS = "member.cards", "member.copy", "member.acts"


@dataclass(frozen=True)
class Card:
    """What a slot of the place `member.cards` gives for one person: a title, numbers in large (number, words), lines
    (term, text, address or nothing) and a sentence that is read first."""

    title: str
    numbers: tuple[tuple[str, str], ...] = ()
    lines: tuple[tuple[str, str, str], ...] = ()
    first: str = ""


def cards(actor: Actor, person: int, on: date) -> list[Card]:
    """The cards of every module for one person, as the actor may see them."""
    return [card for one in fill(CARDS, actor, [person], on).values() for card in one.get(person, ())]


def copy(actor: Actor, person: int, on: date) -> dict[str, Any]:
    """What other modules hold about a person, by the name of the slot, as values that JSON knows. A slot of the place
    `member.copy` gives it; the actor is the member."""
    return {name: one[person] for name, one in fill(COPY, actor, [person], on).items() if person in one}


def acts(actor: Actor, person: int, on: date) -> list[tuple[str, str, str]]:
    """(page, label, icon) of what upper modules let the actor do with a person; the address has the person's id."""
    return [act for one in fill(ACTS, actor, [person], on).values() for act in one.get(person, ())]
