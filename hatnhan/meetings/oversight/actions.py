"""Following cells: who follows which, who came, reminders to those who are late."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.duties import actions as duties
from hatnhan.duties.models import Duty
from hatnhan.kernel.action import act, action, begin, end, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR, month
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.meetings.choices import REGULAR
from hatnhan.meetings.models import Following, Meeting, Observer, Reminder
from hatnhan.meetings.permissions import FOLLOW, RECORD, REMIND
from hatnhan.members.models import Person
from hatnhan.units.queries import name_of, names

from . import following, stages

MOST = 500  # cells reminded at once


@action("meetings.assign_following", of=Following)
def assign_following(
    *, actor: Actor, committee: Unit, target: Unit, on: date, until: date = FAR, person: Person | None = None,
    body: int | None = None, field: str = "", decision: str = "", reason: str = "",
) -> Following:  # fmt: skip
    """A member of the committee, or one of its bodies (by identity), follows a unit and all below it from a day on, or
    there only a field. Refuses who holds no office in the committee, units that do not hang under it, and the same
    twice."""
    actor.require(FOLLOW, at=committee)
    field = nfc(field)
    if (person is None) == (body is None):
        refuse("who", _("Hãy chọn một đồng chí hoặc một cơ quan của cấp ủy."), field="who")
    if on >= until:
        refuse("order", _("Ngày đầu phải trước ngày thôi."), field="last")
    if person is not None and person.pk not in dict(following.members_at(committee, on)):
        refuse("not_member", _("Đồng chí này không giữ chức vụ ở cấp ủy vào ngày đó."), field="who")
    if body is not None and body not in dict(following.bodies_at(committee, on)):
        refuse("not_body", _("Cơ quan này không thuộc cấp ủy vào ngày đó."), field="who")
    if not Placement.objects.under(committee, on).filter(unit=target, stands=True).exists():
        refuse("not_below", _("Tổ chức này không trực thuộc cấp ủy vào ngày đó."), field="target")
    who = Q(person=person) if person is not None else Q(body=body)
    if Following.objects.during(on, until).filter(who, target=target, field=field).exists():
        refuse("twice", _("Việc theo dõi này đã được phân công trong thời gian đó."), field="who")
    row = begin(
        Following(
            committee=committee, target=target, person=person, body=body, field=field, decision=nfc(decision),
            valid_from=on, valid_to=until,
        )
    )  # fmt: skip
    _tell_following(gettext_noop("%(committee)s phân công %(who)s theo dõi %(target)s từ ngày %(day)s."), row, on)
    return row


@action("meetings.end_following")
def end_following(*, actor: Actor, row: Following, on: date, reason: str = "") -> None:
    """Somebody follows a unit no longer from the day on; on the first day the assignment is voided."""
    actor.require(FOLLOW, at=row.committee)
    if row.voided_at is not None or not row.valid_from <= on < row.valid_to:
        refuse("on", _("Ngày này việc theo dõi không có hiệu lực."), field="on")
    void(row) if row.valid_from == on else end(row, on)
    _tell_following(gettext_noop("%(committee)s thôi phân công %(who)s theo dõi %(target)s từ ngày %(day)s."), row, on)


def _tell_following(text: str, row: Following, on: date) -> None:
    about = [row, row.person] if row.person is not None else [row]
    act().tell(
        text, about=about, units=[row.committee, row.target], committee=name_of(row.committee_id, on),
        who=following.who_names([row], on).get(row.pk, ""), target=name_of(row.target_id, on), day=Known.of(on),
    )  # fmt: skip


@action("meetings.mark_observers")
def mark_observers(*, actor: Actor, meeting: Meeting, people: Iterable[int], reason: str = "") -> None:
    """Which members of the committees above, of those who follow the cell, came to the meeting. Refuses others."""
    actor.require(RECORD, at=meeting.unit)
    chosen = set(people)
    if chosen - set(following.observers_offered(meeting)):
        refuse("stranger", _("Chỉ ghi những đồng chí được phân công theo dõi chi bộ vào ngày họp."))
    Observer.objects.filter(meeting=meeting).exclude(person__in=chosen).delete()
    known = set(Observer.objects.filter(meeting=meeting).values_list("person_id", flat=True))
    Observer.objects.bulk_create(Observer(meeting=meeting, person_id=pk) for pk in sorted(chosen - known))
    act().tell(
        gettext_noop("Ghi %(count)s đồng chí cấp ủy cấp trên dự buổi sinh hoạt ngày %(day)s của %(unit)s."),
        about=[meeting], units=[meeting.unit], count=len(chosen), day=Known.of(meeting.held_on),
        unit=name_of(meeting.unit_id, meeting.held_on),
    )  # fmt: skip


@action("meetings.remind")
def remind(*, actor: Actor, unit: Unit, first: date, reason: str = "") -> int:
    """Remind every late cell at and below the unit of the regular meeting of the month: each secretary owes it from now
    on. Returns how many. Refuses when none is late, and more than 500 at once."""
    actor.require(REMIND, at=unit)
    late = stages.late_cells(stages.month_at(unit, first, actor.on))
    if not late:
        refuse("none", _("Không có chi bộ nào chậm sinh hoạt trong tháng này."))
    if len(late) > MOST:
        text = _("Có %(n)s chi bộ chậm; mỗi lần nhắc nhiều nhất %(most)s chi bộ, hãy nhắc theo từng đảng bộ.")
        refuse("many", text % {"n": len(late), "most": MOST})
    known = {row.unit_id: row for row in Reminder.objects.filter(unit__in=late, first=first)}
    units = Unit.objects.in_bulk(late)
    open_ones = Duty.objects.filter(kind="meetings.hold", about__in=[row.pk for row in known.values()], state="open")
    waiting = set(open_ones.values_list("about", flat=True))
    for pk in late:
        row = known.get(pk)
        if row is None:
            row = Reminder.objects.create(unit_id=pk, first=first, last_on=actor.on)
        else:
            row.times, row.last_on = row.times + 1, actor.on
            row.save(update_fields=["times", "last_on"])
        if row.pk not in waiting:
            duties.open_duty(
                actor=actor, kind="meetings.hold", about=row.pk, deadline="meeting_hold", on=actor.on, unit=units[pk],
                role="cell_secretary",
            )  # fmt: skip
    act().tell(
        gettext_noop("Nhắc %(count)s chi bộ của %(unit)s sinh hoạt tháng %(month)s: %(names)s."), units=[unit],
        count=len(late), unit=name_of(unit, actor.on), month=f"{first.month}/{first.year}",
        names=", ".join(sorted(names(late[:10], actor.on).values())) + (" …" if len(late) > 10 else ""),
    )  # fmt: skip
    return len(late)


def after_holding(actor: Actor, meeting: Meeting) -> None:
    """A regular meeting was held: what a reminder asked for is done."""
    if meeting.kind in REGULAR:
        for pk in Reminder.objects.filter(unit=meeting.unit_id, first=month(meeting.held_on)).values_list(
            "pk", flat=True
        ):
            duties.close(actor=actor, kind="meetings.hold", about=pk, on=actor.on)
