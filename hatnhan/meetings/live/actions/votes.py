"""Votes of an open sitting: by hands or cards and by secret ballot in numbers, by phone one voter at a time.

Who has voted by phone is known, and until closing the choice; closing writes the counts and empties the choices."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.meetings.choices import MATTERS, METHODS, THERE, VOTES
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


# One statement: the vote goes in only while it is open and its voter stands on the roll as there, whatever was read a
# moment before. The same choice again changes nothing, and answers with the hour of the first time.
_CAST = """
INSERT INTO meetings_phonevote (motion_id, person_id, choice, at)
SELECT m.id, %s, %s, %s FROM meetings_livemotion m JOIN meetings_sitting s ON s.id = m.sitting_id
WHERE m.id = %s AND m.state = 'open' AND m.method = 'phone' AND s.state = 'open' AND EXISTS (
    SELECT 1 FROM meetings_rollmark r
    WHERE r.sitting_id = m.sitting_id AND r.person_id = %s AND r.mark IN ({there}) AND NOT r.claimed
){more}{lock}
ON CONFLICT (motion_id, person_id) DO UPDATE SET choice = excluded.choice,
at = CASE WHEN meetings_phonevote.choice = excluded.choice THEN meetings_phonevote.at ELSE excluded.at END
RETURNING at
"""
# What the right was found on, when a ticket was made, holds still; and the account is that member's, and not locked.
_STILL = """
AND EXISTS (
    SELECT 1 FROM members_person p JOIN access_account a ON a.id = p.account_id
    WHERE p.id = %s AND a.id = %s AND a.is_active
) AND EXISTS (
    SELECT 1 FROM members_membership b WHERE b.person_id = %s AND b.unit_id = s.unit_id AND b.kind = 'home' AND {b}
) AND EXISTS (
    SELECT 1 FROM members_standing f WHERE f.person_id = %s AND f.kind = 'full' AND {f}
) = %s AND COALESCE((SELECT d.kind FROM members_participation d WHERE d.person_id = %s AND {d}), '') = %s
"""
_HOLDS = "{0}.voided_at IS NULL AND {0}.valid_from <= s.day AND {0}.valid_to > s.day"


@dataclass(frozen=True)
class Right:
    """The right of a member to vote by phone on one matter, with what it was found on: full or probationary, and the
    deviation from ordinary Party life, if any."""

    motion: int
    person: int
    account: int
    full: bool
    deviation: str


def vote(*, actor: Actor, motion: LiveMotion, choice: str) -> PhoneVote:
    """Vote by phone. The same vote sent twice is one vote, and is answered as the first time; until the vote is closed
    another choice takes the place of the first. Refuses what comes late, whoever has no right to vote or is not marked
    as there."""
    return cast(motion=motion.pk, person=actor.person_id, choice=choice)


def cast(*, motion: int, person: int | None, choice: str) -> PhoneVote:
    """Put a ballot into the box, in one statement. No act of its own: it is a draft of the count until the vote is
    closed, and the log is told then who has voted, never how."""
    asked = now.motion_of(motion)
    one = None if asked.closed_at or asked.sitting_state != "open" else now.line_of_sitting(asked, person)
    ended = f"{timezone.localtime(asked.closed_at):%H:%M}" if asked.closed_at else ""
    if reasons := rules.vote_blockers(Voter(asked.method, ended, choice, one), rulebook.at(asked.day)):
        raise Refused(reasons)
    at = _put_in(motion, person, choice)
    if at is None:  # it was closed meanwhile: asked again, and told why
        return cast(motion=motion, person=person, choice=choice)
    return PhoneVote(motion_id=motion, person_id=person or 0, choice=choice, at=at)


def cast_by_right(*, right: Right, choice: str) -> datetime | None:
    """The same in nothing but the one statement, for a right that was found a moment ago. None when the vote is not
    open, or anything that the right stands on has changed: then `cast` says what."""
    more = _STILL.format(**{row: _HOLDS.format(row) for row in "bfd"})
    values = [right.person, right.account, right.person, right.person, right.full, right.person, right.deviation]
    return _put_in(right.motion, right.person, choice, more, values) if choice in VOTES else None


def _put_in(
    motion: int, person: int | None, choice: str, more: str = "", values: Sequence[Any] = ()
) -> datetime | None:
    """When the vote was cast; None when nothing went in."""
    there = ", ".join("%s" for _mark in THERE)
    lock = " FOR SHARE OF m" if connection.features.has_select_for_update else ""
    now_at = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(
            _CAST.format(there=there, more=more, lock=lock),
            [person, choice, now_at, motion, person, *THERE, *values],
        )  # fmt: skip
        row = cursor.fetchone()
    if row is None:
        return None
    at = row[0] if isinstance(row[0], datetime) else datetime.fromisoformat(row[0])
    return at if at.tzinfo else at.replace(tzinfo=UTC)


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
    _tell_voters(motion)
    return motion


@action("meetings.withdraw_vote")
def withdraw_vote(*, actor: Actor, motion: LiveMotion, reason: str = "") -> None:
    """Stop a vote that was begun by mistake; nothing is counted and no choice is kept."""
    held(actor, motion.sitting)
    motion = _open(motion)
    _ended(motion, "withdrawn")
    _tell(gettext_noop("Dừng, không lấy biểu quyết %(number)s ở %(unit)s."), motion)
    _tell_voters(motion)


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


def _tell_voters(motion: LiveMotion) -> None:
    """Who has voted by phone, in the order of their names, which says nothing of when and how."""
    names = list(motion.cast.order_by("person__sort_key", "person_id").values_list("person__name", flat=True))
    if names:
        text = gettext_noop("Đã bấm biểu quyết %(number)s trên điện thoại: %(names)s.")
        act().tell(text, number=motion.number, names=", ".join(names))


def _tell(text: str, motion: LiveMotion, **values: Any) -> None:
    sitting: Sitting = motion.sitting
    act().tell(
        text, about=[sitting], units=[sitting.unit], number=motion.number, unit=name_of(sitting.unit_id, sitting.day),
        **values,
    )  # fmt: skip
