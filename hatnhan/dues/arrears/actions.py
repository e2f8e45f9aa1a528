"""That somebody was asked why months are not paid."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.refusal import refuse
from hatnhan.members.models import Person

from ..choices import ANSWERS
from ..models import Asked
from ..places import collector_of


@action("dues.ask")
def ask(*, actor: Actor, person: Person, answer: str, reason: str = "") -> Asked:
    """Somebody was asked why dues of this year are not paid, and answered with one of four words; no more is kept. A
    second time in a year replaces the first."""
    unit = collector_of(actor, person, actor.on)
    if answer not in ANSWERS:
        refuse("answer", _("Hãy chọn một trong bốn câu trả lời."), field="answer")
    Asked.objects.filter(person=person, year=actor.on.year, voided_at=None).update(voided_at=act().at)
    row = Asked.objects.create(
        person=person, unit=unit, year=actor.on.year, answer=answer, asked_on=actor.on, recorded_at=act().at,
        recorded_in=act().id,
    )  # fmt: skip
    act().tell(
        gettext_noop("Đã hỏi đồng chí %(name)s về đảng phí năm %(year)s."), about=[person], units=[unit],
        name=person.name, year=actor.on.year,
    )  # fmt: skip
    return row
