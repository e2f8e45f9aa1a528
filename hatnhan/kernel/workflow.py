"""A workflow is a table: from which states a verb leads where, who may, what may object, which time limit begins.

A module declares its table as a `Flow` in `flows.py`; `apply` is the one way along it. Buttons, diagrams and the test
of every state and verb come from the table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .actor import Actor
from .models import Unit
from .refusal import Reason, Refused

Guard = Callable[[Any], list[Reason]]


def _nothing(_facts: Any) -> list[Reason]:
    return []


@dataclass(frozen=True)
class Transition:
    """One row of the table. `permission` None: the action itself says whose right it is (the own request). `guard`
    gets the facts that the action gives and returns what stands in the way. `deadlines` are the time limits that begin
    with it, `ends` those that are met; the action opens and closes them. `reopens`: it takes an end back."""

    verb: str
    sources: tuple[str, ...]
    target: str
    label: Any
    permission: str | None = None
    guard: Guard = _nothing
    deadlines: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    reopens: bool = False


class Flow:
    """A table of transitions with its states and their labels, in order; the first state is where things begin, and
    those of `also` are others."""

    def __init__(
        self, code: str, states: Mapping[str, Any], transitions: Iterable[Transition], also: tuple[str, ...] = ()
    ) -> None:
        self.code, self.states, self.transitions = code, dict(states), tuple(transitions)
        self.start = next(iter(self.states))
        self.starts = (self.start, *also)
        named = {state for one in self.transitions for state in (*one.sources, one.target)}
        if unknown := named - set(self.states):
            raise RuntimeError(f"{code}: unknown states {sorted(unknown)}")
        pairs = [(state, one.verb) for one in self.transitions for state in one.sources]
        if len(pairs) != len(set(pairs)):
            raise RuntimeError(f"{code}: a verb leads to two places from one state")
        if code in FLOWS:
            raise RuntimeError(f"two workflows are called {code}")
        FLOWS[code] = self

    @property
    def verbs(self) -> list[str]:
        return list(dict.fromkeys(one.verb for one in self.transitions))

    def find(self, state: str, verb: str) -> Transition | None:
        """The row for a verb in a state; None when the verb is not possible there."""
        return next((one for one in self.transitions if one.verb == verb and state in one.sources), None)

    def offered(self, state: str) -> list[Transition]:
        """What can be done in a state, in the order of the table."""
        return [one for one in self.transitions if state in one.sources]

    def final(self, state: str) -> bool:
        """True when nothing leads on from the state, but to take it back."""
        return all(one.reopens for one in self.offered(state))

    @property
    def open_states(self) -> tuple[str, ...]:
        return tuple(state for state in self.states if not self.final(state))


FLOWS: dict[str, Flow] = {}


def apply(
    flow: Flow, thing: Any, verb: str, *, actor: Actor, at: Unit | int | None = None, facts: Any = None
) -> Transition:
    """Lead `thing.state` along the table, inside an action; saving is the caller's. Raises what `actor.require` raises,
    and `Refused`: the verb is not possible in this state, or a guard objects."""
    one = flow.find(thing.state, verb)
    if one is None:
        text = _("Việc này đang ở trạng thái “%(state)s” nên không làm bước này được nữa.")
        raise Refused(Reason("state", text % {"state": flow.states[thing.state]}))
    if one.permission is not None:
        actor.require(one.permission, at=at)
    if reasons := one.guard(facts):
        raise Refused(reasons)
    thing.state = one.target
    return one
