"""An item of the agenda that belongs to a case of another module: adopted minutes call the owner's action."""

from collections.abc import Iterator

import pytest

from hatnhan.kernel.action import act
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.registries import SUBJECTS, Decided, subject
from hatnhan.meetings import actions
from hatnhan.meetings.live.rules import Count
from hatnhan.meetings.minutes.rules import MotionSheet
from hatnhan.meetings.models import AgendaItem, Meeting, Motion
from tests.meetings.test_live import all_there, ended, opened
from tests.meetings.test_meetings import paper
from tests.world import World, last_entry, refused


@pytest.fixture
def owner() -> Iterator[list[Decided]]:
    """A made-up module that owns cases of the kind `gate.case` and writes down what it is told."""
    told: list[Decided] = []

    def follow(actor: Actor, decided: Decided) -> None:
        act().tell("Việc đã được chi bộ quyết định", units=[decided.unit])
        told.append(decided)

    subject("gate.case", follow)
    yield told
    del SUBJECTS["gate.case"]


def test_adopted_minutes_call_the_owner_of_a_case_once(world: World, owner: list[Decided]) -> None:
    actor, sitting = world.actor("thuy"), opened(world)
    voted, heard = AgendaItem.objects.filter(sitting=sitting)[:2]
    AgendaItem.objects.filter(pk=voted.pk).update(subject="gate.case", subject_id=41)
    AgendaItem.objects.filter(pk=heard.pk).update(subject="gate.case", subject_id=42)
    all_there(world, sitting)
    motion = actions.ask_vote(actor=actor, sitting=sitting, text="Đồng ý làm cổng", item=voted.pk)
    actions.close_vote(actor=actor, motion=motion, count=Count("card", 4))
    meeting = actions.close_sitting(actor=actor, sitting=sitting, ending=ended())
    assert owner == []  # recorded is not yet adopted
    actions.adopt(actor=actor, meeting=meeting)
    assert [(one.key, one.carried, one.in_favour, one.base) for one in owner] == [(41, True, 4, 4), (42, None, 0, 0)]
    told = [line[0] for line in last_entry().payload.lines]
    assert told.count("Việc đã được chi bộ quyết định") == 2  # lines of the one act
    with refused("adopted"):
        actions.adopt(actor=actor, meeting=meeting)
    assert len(owner) == 2


def test_a_correction_of_the_record_keeps_whose_case_it_is(world: World, owner: list[Decided]) -> None:
    actor = world.actor("thuy")
    sheet = paper(motions=[MotionSheet("Làm cổng", 3, subject="gate.case", subject_id=7)])
    meeting = actions.record(actor=actor, unit=world.land.one, sheet=sheet)
    actions.change(actor=actor, meeting=meeting, sheet=paper(motions=[MotionSheet("Làm cổng", 1, 2)]))
    assert Motion.objects.get().subject_id == 7
    actions.adopt(actor=actor, meeting=Meeting.objects.get())
    assert [(one.key, one.carried) for one in owner] == [(7, False)]


def test_a_kind_has_one_owner(owner: list[Decided]) -> None:
    with pytest.raises(RuntimeError):
        subject("gate.case", lambda _actor, _decided: None)
