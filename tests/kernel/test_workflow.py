"""The table of transitions, and of every workflow of the program every state with every verb."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest

from hatnhan.kernel.actor import Actor, Forbidden, Grant, nobody, system
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.kernel.workflow import FLOWS, Flow, Transition, apply
from tests.units.ground import TODAY

EVERY = [(flow, state) for flow in FLOWS.values() for state in flow.states]


@dataclass
class Thing:
    state: str


@contextmanager
def unguarded(flow: Flow) -> Iterator[None]:
    """The table alone; what its guards object to is told by the tests of their modules."""
    kept = flow.transitions
    flow.transitions = tuple(replace(one, guard=lambda _facts: []) for one in kept)
    try:
        yield
    finally:
        flow.transitions = kept


@pytest.mark.parametrize(("flow", "state"), EVERY, ids=lambda one: getattr(one, "code", one))
def test_every_state_takes_exactly_the_verbs_of_its_table(flow: Flow, state: str) -> None:
    for verb in flow.verbs:
        thing, step = Thing(state), flow.find(state, verb)
        if step is None:
            with pytest.raises(Refused) as caught:
                apply(flow, thing, verb, actor=system("tests", TODAY))
            assert caught.value.codes == ["state"]
            assert str(flow.states[state]) in str(caught.value)
            assert thing.state == state
        else:
            with unguarded(flow):
                apply(flow, thing, verb, actor=system("tests", TODAY))
            assert thing.state == step.target


@pytest.mark.parametrize(("flow", "state"), EVERY, ids=lambda one: getattr(one, "code", one))
def test_a_step_with_a_permission_is_nobodys_without_it(flow: Flow, state: str) -> None:
    for step in flow.offered(state):
        if step.permission is None:
            continue
        thing = Thing(state)
        with pytest.raises(Forbidden):
            apply(flow, thing, step.verb, actor=nobody(TODAY))
        held = Actor("ai đó", TODAY, 1, grants=(Grant(frozenset({step.permission}), 1, "00001"),))
        with unguarded(flow):
            apply(flow, thing, step.verb, actor=held)
        assert thing.state == step.target


@pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.code)
def test_every_state_is_reached_and_every_way_ends(flow: Flow) -> None:
    reached, new = set(flow.starts), set(flow.starts)
    while new:
        new = {step.target for state in new for step in flow.offered(state)} - reached
        reached |= new
    assert reached == set(flow.states)
    assert any(flow.final(state) for state in flow.states)


def test_a_guard_objects_and_nothing_moves() -> None:
    flow = Flow("tests.guarded", {"a": "a", "b": "b"}, [
        Transition("go", ("a",), "b", "go", guard=lambda facts: [Reason("no", "không")] if facts else []),
    ])  # fmt: skip
    try:
        thing = Thing("a")
        with pytest.raises(Refused, match="không"):
            apply(flow, thing, "go", actor=nobody(TODAY), facts=True)
        assert thing.state == "a"
    finally:
        del FLOWS["tests.guarded"]


@pytest.mark.parametrize(
    "rows",
    [[Transition("go", ("x",), "b", "")], [Transition("go", ("a",), "b", ""), Transition("go", ("a",), "a", "")]],
)
def test_a_table_that_contradicts_itself_is_refused_at_once(rows: list[Transition]) -> None:
    with pytest.raises(RuntimeError):
        Flow("tests.wrong", {"a": "", "b": ""}, rows)
    assert "tests.wrong" not in FLOWS
