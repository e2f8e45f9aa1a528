"""Entries of this installation's own in the calendar of holidays."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.duties import rules
from hatnhan.duties.choices import DAY_KINDS
from hatnhan.duties.holidays import calendar_of
from hatnhan.duties.models import Duty, LocalDay
from hatnhan.duties.permissions import CALENDAR
from hatnhan.kernel.action import act, action, begin, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.vietnamese import nfc

LONGEST = 31  # days of one entry


@action("duties.add_day", of=LocalDay)
def add_day(
    *, actor: Actor, kind: str, first: date, last: date, label: str, decision: str, reason: str = ""
) -> LocalDay:
    """Record days off, days at work, or with `whole` that all days off of the year of `first` are known. Open duties
    that are counted in working days are counted again. Refuses an entry without a decision, and one over another."""
    actor.require(CALENDAR)
    label, decision = nfc(label), nfc(decision)
    if kind not in DAY_KINDS:
        refuse("kind", _("Hãy chọn ngày nghỉ hay ngày làm việc."), field="kind")
    if kind == "whole":
        first, last = date(first.year, 1, 1), date(first.year, 12, 31)
        label = label or str(DAY_KINDS[kind])
    if last < first:
        refuse("last", _("Ngày cuối phải từ ngày đầu trở đi."), field="last")
    if kind != "whole" and (last - first).days >= LONGEST:
        refuse("last", _("Một dòng ghi nhiều nhất %(n)s ngày.") % {"n": LONGEST}, field="last")
    if not label:
        refuse("label", _("Hãy ghi dịp nghỉ hoặc lý do làm bù."), field="label")
    if not decision:
        refuse("decision", _("Hãy ghi số văn bản quy định ngày này."), field="decision")
    there = LocalDay.objects.during(first, last + ONE)
    if (there.filter(kind="whole") if kind == "whole" else there.exclude(kind="whole")).exists():
        refuse("overlap", _("Trong những ngày này đã có một dòng ghi thêm. Hãy bỏ dòng đó trước."), field="first")
    row = begin(LocalDay(kind=kind, label=label, decision=decision, valid_from=first, valid_to=last + ONE))
    again = _count_again(first, last, actor.on)
    act().tell(
        gettext_noop("Ghi vào lịch: %(kind)s, từ %(first)s đến %(last)s (%(label)s), theo %(decision)s; tính lại hạn "
                     "của %(count)s việc."),
        about=[row], kind=DAY_KINDS[kind], first=Known.of(first), last=Known.of(last), label=label, decision=decision,
        count=again,
    )  # fmt: skip
    return row


@action("duties.void_day")
def void_day(*, actor: Actor, row: LocalDay, reason: str) -> None:
    """Take back an entry that was recorded wrongly; it stays, struck out."""
    actor.require(CALENDAR)
    if row.voided_at is not None:
        refuse("voided", _("Dòng này đã được bỏ từ trước."))
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do bỏ."), field="reason")
    void(row)
    again = _count_again(row.valid_from, row.valid_to - ONE, actor.on)
    act().tell(
        gettext_noop("Bỏ khỏi lịch: %(label)s, từ %(first)s đến %(last)s; tính lại hạn của %(count)s việc."),
        about=[row], label=row.label, first=Known.of(row.valid_from), last=Known.of(row.valid_to - ONE), count=again,
    )  # fmt: skip


def _count_again(first: date, last: date, on: date) -> int:
    """Inside an act: count the open duties anew whose time the days touch. Returns how many are due otherwise."""
    touched = Duty.objects.filter(state="open", counted="working", opened_on__lt=last, due__gte=first)
    changed = 0
    for duty in touched.order_by("pk").iterator():
        calendar = calendar_of(duty.opened_on, date(duty.due.year + 1, 12, 31), on)
        due = rules.due_day(duty.opened_on, duty.n, duty.counted, calendar)
        doubtful = bool(calendar.doubts(duty.opened_on, due))
        if (due, doubtful) != (duty.due, duty.provisional):
            changed += due != duty.due
            duty.due, duty.provisional = due, doubtful
            duty.save(update_fields=["due", "provisional"])
            act().about(Duty, [duty.pk])
    return changed
