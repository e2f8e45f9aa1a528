"""The table of transitions, and of every workflow of the program every state with every verb."""

from dataclasses import dataclass

import pytest

from hatnhan.kernel.actor import Actor, Forbidden, Grant, nobody, system
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.kernel.workflow import FLOWS, Flow, Transition, apply
from tests.units.ground import TODAY

EVERY = [(flow, state, verb) for flow in FLOWS.values() for state in flow.states for verb in flow.verbs]


@dataclass
class Thing:
    state: str


class Nothing:
    """Facts in which every guard finds nothing: not the own case, everything written."""

    own = needs_answer = False
    answer = "…"


@pytest.mark.parametrize(("flow", "state", "verb"), EVERY, ids=lambda one: getattr(one, "code", one))
def test_every_state_takes_exactly_the_verbs_of_its_table(flow: Flow, state: str, verb: str) -> None:
    thing, step = Thing(state), flow.find(state, verb)
    if step is None:
        with pytest.raises(Refused) as caught:
            apply(flow, thing, verb, actor=system("tests", TODAY), facts=Nothing)
        assert caught.value.codes == ["state"]
        assert str(flow.states[state]) in str(caught.value)
        assert thing.state == state
    else:
        apply(flow, thing, verb, actor=system("tests", TODAY), facts=Nothing)
        assert thing.state == step.target


@pytest.mark.parametrize(("flow", "state", "verb"), EVERY, ids=lambda one: getattr(one, "code", one))
def test_a_step_with_a_permission_is_nobodys_without_it(flow: Flow, state: str, verb: str) -> None:
    step = flow.find(state, verb)
    if step is None or step.permission is None:
        return
    thing = Thing(state)
    with pytest.raises(Forbidden):
        apply(flow, thing, verb, actor=nobody(TODAY), facts=Nothing)
    held = Actor("ai đó", TODAY, 1, grants=(Grant(frozenset({step.permission}), 1, "00001"),))
    apply(flow, thing, verb, actor=held, facts=Nothing)
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
