"""What a cell asks of the committee above, and the answers."""

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.duties import actions as duties
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.kernel.workflow import apply
from hatnhan.meetings.choices import PROPOSAL_DUTY, PROPOSAL_ITEM, REGULAR
from hatnhan.meetings.flows import PROPOSAL
from hatnhan.meetings.models import AgendaItem, Meeting, Proposal, Sitting
from hatnhan.meetings.packets import proposals
from hatnhan.meetings.plan import sittings
from hatnhan.meetings.plan.actions.agenda_order import renumber
from hatnhan.units.queries import name_of

LONGEST, LONGEST_ANSWER, MOST = 1000, 2000, 30


@action("meetings.propose", of=Proposal)
def propose(*, actor: Actor, meeting: Meeting, text: str, reason: str = "") -> Proposal:
    """Send a proposal that stands in the minutes to the committee above: it gets a number, and a day by which its
    office answers. Refuses an empty one, and where nobody stands above."""
    sittings.must_plan(actor, meeting.unit_id)
    text = nfc(text)
    if not text or len(text) > LONGEST:
        refuse("text", _("Hãy ghi kiến nghị, nhiều nhất %(n)s chữ.") % {"n": LONGEST}, field="text")
    above = Placement.objects.on(actor.on).filter(unit=meeting.unit_id).values_list("parent", flat=True).first()
    if above is None:
        refuse("above", _("Không có tổ chức cấp trên để gửi kiến nghị."))
    Unit.objects.select_for_update().get(pk=meeting.unit_id)  # numbers are given one at a time
    year = meeting.held_on.year
    rows = Proposal.objects.filter(unit=meeting.unit_id, year=year)
    if Proposal.objects.filter(meeting=meeting).exclude(state="withdrawn").count() >= MOST:
        refuse("many", _("Mỗi buổi gửi nhiều nhất %(n)s kiến nghị.") % {"n": MOST}, field="text")
    row = Proposal.objects.create(
        meeting=meeting, unit_id=meeting.unit_id, to_id=above, year=year,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1, text=text, sent_on=actor.on,
        recorded_at=act().at, recorded_in=act().id,
    )  # fmt: skip
    _tell(gettext_noop("Gửi kiến nghị số %(number)s của %(unit)s."), row, actor)
    duties.open_duty(
        actor=actor, kind=PROPOSAL_DUTY, about=row.pk, deadline="proposal", on=actor.on, unit=row.to, role="office"
    )
    return row


@action("meetings.answer_proposal")
def answer_proposal(*, actor: Actor, proposal: Proposal, answer: str, reason: str = "") -> None:
    """Answer a proposal; the answer comes first in the agenda of the cell's next meeting. Refuses an empty answer, and
    a second one."""
    answer = nfc(answer, lines=True)
    if not answer or len(answer) > LONGEST_ANSWER:
        refuse("answer", _("Hãy ghi câu trả lời, nhiều nhất %(n)s chữ.") % {"n": LONGEST_ANSWER}, field="answer")
    row = Proposal.objects.select_for_update().get(pk=proposal.pk)
    proposal.state = row.state
    apply(PROPOSAL, proposal, "answer_proposal", actor=actor, at=proposal.to)
    proposal.answer, proposal.answered_on, proposal.answered_by = answer, actor.on, actor.label[:120]
    proposal.save()
    _tell(gettext_noop("Trả lời kiến nghị số %(number)s của %(unit)s."), proposal, actor)
    duties.close(actor=actor, kind=PROPOSAL_DUTY, about=proposal.pk, on=actor.on)
    ahead = Sitting.objects.filter(
        unit=proposal.unit, kind__in=REGULAR, state__in=("planned", "invited"), day__gte=actor.on
    )
    if coming := ahead.order_by("day", "starts").first():
        lay_answers(coming)


@action("meetings.withdraw_proposal")
def withdraw_proposal(*, actor: Actor, proposal: Proposal, reason: str = "") -> None:
    """The cell takes a proposal back that nobody has answered yet."""
    sittings.must_plan(actor, proposal.unit_id)
    row = Proposal.objects.select_for_update().get(pk=proposal.pk)
    proposal.state = row.state
    apply(PROPOSAL, proposal, "withdraw_proposal", actor=actor, at=proposal.unit)
    proposal.save()
    _tell(gettext_noop("Rút kiến nghị số %(number)s của %(unit)s."), proposal, actor)
    duties.withdraw(actor=actor, kind=PROPOSAL_DUTY, about=proposal.pk, on=actor.on)


def lay_answers(sitting: Sitting) -> None:
    """Inside an action: answers that no meeting has heard yet come first in the main part of the agenda."""
    if sitting.kind not in REGULAR or not (answered := proposals.unheard(sitting.unit_id)):
        return
    fresh = [
        AgendaItem(
            sitting=sitting, title=_title(row), text=f"{row.text}\n{row.answer}", origin="answer",
            subject=PROPOSAL_ITEM, subject_id=row.pk,
        )
        for row in answered
    ]  # fmt: skip
    rows = list(AgendaItem.objects.filter(sitting=sitting))
    at = sum(row.part == "opening" for row in rows)
    renumber([*rows[:at], *fresh, *rows[at:]])


def _title(row: Proposal) -> str:
    title = gettext_noop("Trả lời kiến nghị số %(number)s: %(text)s")
    return (title % {"number": row.number, "text": row.text})[:200]


def _tell(sentence: str, row: Proposal, actor: Actor) -> None:
    act().tell(
        sentence, about=[row, row.meeting], units=[row.unit, row.to], number=row.number,
        unit=name_of(row.unit_id, actor.on),
    )  # fmt: skip
