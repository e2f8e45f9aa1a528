"""Votes of an open sitting: by hands or cards and by secret ballot in numbers, by phone one voter at a time.

Who has voted by phone is known, and until closing the choice; closing writes the counts and empties the choices."""

from collections import Counter
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.meetings.choices import MATTERS, METHODS
from hatnhan.meetings.live import queries as now
from hatnhan.meetings.live import rules
from hatnhan.meetings.live.rules import Count, Voter
from hatnhan.meetings.models import AgendaItem, LiveMotion, PhoneVote, Reserved, Sitting
from hatnhan.units.queries import name_of

from .sittings import changed, held


@action("meetings.ask_vote", of=LiveMotion)
def ask_vote(
    *, actor: Actor, sitting: Sitting, text: str, rule: str = "vote.ordinary", method: str = "card",
    item: int | None = None, reason: str = "",
) -> LiveMotion:  # fmt: skip
    """Begin to take a vote, one at a time."""
    held(actor, sitting)
    book = rulebook.at(sitting.day, sitting.unit)
    if reasons := rules.motion_blockers(text, rule, method, book):
        raise Refused(reasons)
    if sitting.votes.filter(state="open").exists():
        refuse("open", _("Đang lấy biểu quyết một nội dung; hãy kết thúc nội dung ấy trước."))
    of = AgendaItem.objects.filter(sitting=sitting, pk=item).first() if item else None
    number = (sitting.votes.aggregate(last=Max("number"))["last"] or 0) + 1
    motion = LiveMotion.objects.create(
        sitting=sitting, number=number, item=of, text=nfc(text)[:300], rule=rule, method=method, opened_at=act().at
    )
    changed(sitting)
    _tell(gettext_noop("Lấy biểu quyết %(number)s (%(matter)s) bằng cách: %(method)s, ở %(unit)s."), motion,
          matter=MATTERS[rule], method=METHODS[method])  # fmt: skip
    return motion


def vote(*, actor: Actor, motion: LiveMotion, choice: str) -> PhoneVote:
    """Vote by phone. The same vote sent twice is one vote, and is answered as the first time; until the vote is closed
    another choice takes the place of the first. Refuses what comes late, whoever has no right to vote or is not marked
    as there."""
    before = PhoneVote.objects.filter(motion=motion, person=actor.person_id, motion__state="open").first()
    if before is not None and before.choice == choice:
        return before
    return cast(actor=actor, motion=motion, choice=choice)


@action("meetings.vote")
def cast(*, actor: Actor, motion: LiveMotion, choice: str, reason: str = "") -> PhoneVote:
    """Write a ballot down. The log is told who voted, never how."""
    held_now = LiveMotion.objects.select_for_update(of=("self",)).select_related("sitting__unit").get(pk=motion.pk)
    hour = f"{timezone.localtime(held_now.closed_at):%H:%M}" if held_now.closed_at else ""
    one = None if hour else now.line_of(held_now.sitting, actor.person_id)
    facts = Voter(held_now.method, hour, choice, one)
    if reasons := rules.vote_blockers(facts, rulebook.at(held_now.sitting.day)):
        raise Refused(reasons)
    ballot = PhoneVote(motion=held_now, person_id=actor.person_id or 0, choice=choice, at=act().at)
    PhoneVote.objects.bulk_create(
        [ballot], update_conflicts=True, unique_fields=["motion", "person"], update_fields=["choice", "at"]
    )
    _tell(gettext_noop("Bấm biểu quyết %(number)s trên điện thoại, ở %(unit)s."), held_now)
    return ballot


@action("meetings.close_vote")
def close_vote(*, actor: Actor, motion: LiveMotion, count: Count, reason: str = "") -> LiveMotion:
    """End a vote: the counts stay, the choices go. `count` are the hands, cards or ballots; votes by phone are added
    to it. Refuses a vote that is closed, and counts that cannot be true."""
    held(actor, motion.sitting)
    motion = _open(motion)
    sitting = motion.sitting
    by_phone = Counter(motion.cast.values_list("choice", flat=True)) if motion.method == "phone" else Counter()
    full = Count(
        motion.method, count.in_favour + by_phone["for"], count.against + by_phone["against"],
        count.abstained + by_phone["other"], sum(by_phone.values()), count.issued, count.spoilt,
    )  # fmt: skip
    book, roll = rulebook.at(sitting.day, sitting.unit), now.roll_of(sitting)
    if reasons := rules.count_blockers(full, roll, book):
        raise Refused(reasons)
    motion.in_favour, motion.against, motion.abstained = full.in_favour, full.against, full.abstained
    motion.issued, motion.spoilt = full.issued, full.spoilt
    motion.base, motion.needed = rules.majority(motion.rule, roll, book)
    _ended(motion, "closed")
    _tell(gettext_noop("Kết thúc biểu quyết %(number)s ở %(unit)s: tán thành %(votes)s/%(base)s, cần %(needed)s."),
          motion, votes=motion.in_favour, base=motion.base, needed=motion.needed)  # fmt: skip
    return motion


@action("meetings.withdraw_vote")
def withdraw_vote(*, actor: Actor, motion: LiveMotion, reason: str = "") -> None:
    """Stop a vote that was begun by mistake; nothing is counted and no choice is kept."""
    held(actor, motion.sitting)
    motion = _open(motion)
    _ended(motion, "withdrawn")
    _tell(gettext_noop("Dừng, không lấy biểu quyết %(number)s ở %(unit)s."), motion)


@action("meetings.reserve", of=Reserved)
def reserve(*, actor: Actor, motion: LiveMotion, person: int | None = None, text: str = "", reason: str = "") -> None:
    """Count an opinion reserved in a closed vote; with `person` at that member's own wish. Refuses more than there were
    votes against and other opinions, and the same member twice."""
    held(actor, motion.sitting)
    if motion.state != "closed":
        refuse("state", _("Ý kiến bảo lưu ghi sau khi kết thúc biểu quyết."))
    if person is not None and person not in now.roll_by_person(motion.sitting):
        refuse("strangers", _("Người này không thuộc chi bộ hôm nay."))
    if motion.reservations.count() >= motion.against + motion.abstained:
        refuse("reserved", _("Số ý kiến bảo lưu không thể nhiều hơn số không tán thành và ý kiến khác."))
    if person is not None and motion.reservations.filter(person=person).exists():
        refuse("twice", _("Ý kiến bảo lưu của đồng chí này đã được ghi."))
    Reserved.objects.create(motion=motion, person_id=person, text=nfc(text)[:2000])
    changed(motion.sitting)
    _tell(gettext_noop("Ghi một ý kiến bảo lưu ở biểu quyết %(number)s của %(unit)s."), motion)


def _open(motion: LiveMotion) -> LiveMotion:
    """The vote, held until the end of the transaction. Raises `Refused` when it is over."""
    found = LiveMotion.objects.select_for_update().select_related("sitting__unit").get(pk=motion.pk)
    if found.state != "open":
        text = _("Nội dung này đã kết thúc biểu quyết.")
        raise Refused(Reason("state", text))
    return found


def _ended(motion: LiveMotion, state: str) -> None:
    motion.state, motion.closed_at = state, act().at
    motion.save()
    motion.cast.exclude(choice="").update(choice="")
    changed(motion.sitting)


def _tell(text: str, motion: LiveMotion, **values: Any) -> None:
    sitting: Sitting = motion.sitting
    act().tell(
        text, about=[sitting], units=[sitting.unit], number=motion.number, unit=name_of(sitting.unit_id, sitting.day),
        **values,
    )  # fmt: skip
