"""Recording a meeting from paper, changing and adopting what was recorded, taking back what was recorded wrongly."""

from dataclasses import replace
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.registries import decide
from hatnhan.kernel.tree import must_stand
from hatnhan.kernel.vietnamese import nfc
from hatnhan.meetings.calendars import fixed_days
from hatnhan.meetings.choices import KINDS, MATTERS, REGULAR
from hatnhan.meetings.flows import MEETING
from hatnhan.meetings.minutes import queries, rules
from hatnhan.meetings.minutes.rules import Called, Sheet
from hatnhan.meetings.models import UNVOIDED, Addendum, Attendance, Meeting, MeetingPast, Motion, Task
from hatnhan.meetings.oversight.actions import after_holding
from hatnhan.meetings.plan import sittings
from hatnhan.rulebook import Book
from hatnhan.rulebook.spoken import spoke
from hatnhan.units.queries import name_of

from .reports import owe_report, report_done, report_dropped
from .rows import columns_of, motions_of, task_of
from .tasks import report_task

KEPT = (
    "kind", "form", "held_on", "started", "ended", "place", "chair_id", "clerk_id", "due", "present", "excused",
    "unexcused", "exempt_present", "by_numbers", "guests", "spoke", "minutes", "outcome", "outcome_text",
)  # fmt: skip


@action("meetings.record")
def record(*, actor: Actor, unit: Unit, sheet: Sheet, reason: str = "") -> Meeting:
    """Record a meeting that was held. Refuses what cannot be true: a day to come or before the unit stood, an end
    before the start, people who were not of the unit that day, more votes than voters, the same meeting twice."""
    sittings.must_plan(actor, unit)
    roll, book = _checked(unit, sheet, actor)
    meeting = Meeting(unit=unit, recorded_at=act().at, recorded_in=act().id, **columns_of(sheet, roll))
    meeting.tasks = len(sheet.tasks)
    meeting.save(force_insert=True)
    _write_roll(meeting, sheet, roll, book)
    Task.objects.bulk_create(task_of(meeting, one) for one in sheet.tasks)
    name = name_of(unit, sheet.held_on)
    act().tell(
        gettext_noop("Ghi buổi sinh hoạt ngày %(day)s của %(unit)s (%(kind)s): có mặt %(present)s/%(due)s, "
                     "%(motions)s nội dung biểu quyết, %(tasks)s nhiệm vụ."),
        about=[meeting], units=[unit], day=Known.of(sheet.held_on), unit=name,
        kind=KINDS[sheet.kind], present=meeting.present, due=meeting.due, motions=len(sheet.motions),
        tasks=len(sheet.tasks),
    )  # fmt: skip
    _report(actor, meeting, sheet)
    after_holding(actor, meeting)
    owe_report(actor, meeting, name)
    return meeting


@action("meetings.change")
def change(*, actor: Actor, meeting: Meeting, sheet: Sheet, seen: int | None = None, reason: str = "") -> None:
    """Change what was recorded, until the minutes are adopted. What was known before is kept; tasks given stay as they
    are and those of the sheet come on top. Refuses as recording does, and when somebody else changed it meanwhile."""
    _step(actor, meeting, "change", seen)
    sheet = _still_numbers(meeting, sheet)
    roll, book = _checked(meeting.unit, sheet, actor, besides=meeting.pk)
    MeetingPast.objects.create(meeting=meeting, values=_plain(meeting), known_until=act().at, act=act().id)
    for name, value in columns_of(sheet, roll).items():
        setattr(meeting, name, value)
    meeting.tasks += len(sheet.tasks)
    meeting.save()
    sheet = _with_cases(meeting, sheet)
    Attendance.objects.filter(meeting=meeting).delete()
    Motion.objects.filter(meeting=meeting).delete()
    _write_roll(meeting, sheet, roll, book)
    Task.objects.bulk_create(task_of(meeting, one) for one in sheet.tasks)
    _tell(
        gettext_noop("Sửa buổi sinh hoạt ngày %(day)s của %(unit)s: có mặt %(present)s/%(due)s."), meeting,
        present=meeting.present, due=meeting.due,
    )  # fmt: skip
    _report(actor, meeting, sheet)


@action("meetings.adopt")
def adopt(*, actor: Actor, meeting: Meeting, seen: int | None = None, reason: str = "") -> None:
    """The minutes were read out and adopted: they are locked from now on, and the owners of the cases that the
    meeting decided are told. Refuses a second time."""
    _step(actor, meeting, "adopt", seen)
    meeting.adopted_on = actor.on
    if meeting.kind in REGULAR:
        meeting.on_day = fixed_days.on_fixed_day(meeting.unit_id, meeting.held_on, actor.on)
    meeting.save(update_fields=["state", "adopted_on", "on_day"])
    _tell(gettext_noop("Thông qua biên bản buổi sinh hoạt ngày %(day)s của %(unit)s."), meeting)
    report_done(actor, meeting)
    for decided in queries.decided_by(meeting):
        decide(actor, decided)


@action("meetings.withdraw")
def withdraw(*, actor: Actor, meeting: Meeting, reason: str, seen: int | None = None) -> None:
    """Take back a meeting that was recorded by mistake; it counts nowhere any more and stays in the log. Refuses
    without a reason, once adopted, and while a later meeting has told how its tasks went."""
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do bỏ."), field="reason")
    if Task.objects.filter(meeting=meeting, reported_in__isnull=False).exists():
        refuse("reported", _("Nhiệm vụ giao ở buổi này đã được báo kết quả ở buổi sau nên không bỏ được."))
    _step(actor, meeting, "withdraw", seen)
    meeting.voided_at, meeting.voided_in = act().at, act().id
    meeting.save(update_fields=["state", "voided_at", "voided_in"])
    _tell(gettext_noop("Bỏ buổi sinh hoạt ngày %(day)s của %(unit)s đã ghi nhầm."), meeting)
    report_dropped(actor, meeting)


@action("meetings.add_addendum", of=Addendum)
def add_addendum(*, actor: Actor, meeting: Meeting, text: str, reason: str = "") -> Addendum:
    """Add to adopted minutes what they lack or say wrongly; the minutes stay as they were adopted."""
    _step(actor, meeting, "add_addendum", None)
    text = nfc(text)
    if not text:
        refuse("text", _("Hãy ghi nội dung bổ sung."), field="text")
    added = Addendum.objects.create(
        meeting=meeting, text=text, added_on=actor.on, added_by=actor.label[:120], recorded_at=act().at,
        recorded_in=act().id,
    )  # fmt: skip
    _tell(gettext_noop("Ghi bổ sung vào biên bản buổi sinh hoạt ngày %(day)s của %(unit)s."), meeting)
    return added


def _step(actor: Actor, meeting: Meeting, verb: str, seen: int | None) -> None:
    """Hold the row, see that nobody else was quicker, and lead the state along the table."""
    sittings.must_plan(actor, meeting.unit_id)
    rows = Meeting.objects.filter(pk=meeting.pk)
    if not (rows if seen is None else rows.filter(version=seen)).update(version=F("version") + 1):
        text = _("Trong lúc đồng chí đang sửa, người khác đã thay đổi buổi sinh hoạt này. Hãy xem lại rồi ghi lần nữa.")
        raise Refused(Reason("stale", text))
    meeting.refresh_from_db()
    if verb == "adopt" and meeting.state == "adopted":
        text = _("Biên bản này đã được thông qua ngày %(day)s; điều gì còn thiếu thì ghi bổ sung.")
        refuse("adopted", text % {"day": Known.of(meeting.adopted_on) if meeting.adopted_on else ""})
    step = MEETING.find(meeting.state, verb)
    if step is None:
        text = _("Buổi sinh hoạt này đang ở trạng thái “%(state)s” nên không làm bước này được nữa.")
        refuse("state", text % {"state": MEETING.states[meeting.state]})
    meeting.state = step.target


def _checked(unit: Unit, sheet: Sheet, actor: Actor, besides: int = 0) -> tuple[list[Called], Book]:
    """The roll and the rules of the day, when the sheet can be true."""
    try:
        must_stand(unit, sheet.held_on, sheet.held_on + ONE)
    except Refused as refused:
        text = _("Ngày %(day)s chi bộ này không hoạt động; hãy chọn ngày trong thời gian chi bộ hoạt động.")
        told = text % {"day": Known.of(sheet.held_on)}
        raise Refused(Reason("not_standing", told, field="held_on")) from refused
    book = rulebook.at(sheet.held_on, unit)
    roll = rules.call(queries.roll_of(unit, sheet.held_on, sheet.kind, grouped=False), sheet.marks, book)
    if reasons := rules.blockers(sheet, roll, actor.on, book):
        raise Refused(reasons)
    same = Meeting.objects.filter(UNVOIDED, unit=unit, held_on=sheet.held_on, started=sheet.started)
    if same.exclude(pk=besides).exists():
        text = _("Buổi sinh hoạt ngày %(day)s lúc %(hour)s đã được ghi rồi.")
        refuse("twice", text % {"day": Known.of(sheet.held_on), "hour": f"{sheet.started:%H:%M}"}, field="held_on")
    return roll, book


def _write_roll(meeting: Meeting, sheet: Sheet, roll: list[Called], book: Book) -> None:
    if not meeting.by_numbers:
        Attendance.objects.bulk_create(
            Attendance(
                meeting=meeting, person_id=one.line.person, mark=one.mark, due=one.due, votes=one.votes,
                online=one.there and one.line.person in sheet.online,
            )
            for one in roll
        )  # fmt: skip
    motions = motions_of(meeting, sheet, roll, book)
    Motion.objects.bulk_create(motions)
    for motion in motions:
        act().tell(
            gettext_noop("Biểu quyết %(number)s (%(matter)s): tán thành %(votes)s/%(base)s, cần %(needed)s."),
            number=motion.number, matter=MATTERS[motion.rule], votes=motion.in_favour, base=motion.base,
            needed=motion.needed, rule=book[motion.rule].reference,
        )  # fmt: skip
        spoke(book[motion.rule].reference)


def _report(actor: Actor, meeting: Meeting, sheet: Sheet) -> None:
    """How tasks of earlier meetings went, as it was told at this one."""
    if not sheet.reports:
        return
    for task in queries.open_tasks(meeting.unit_id, meeting.held_on):
        state = sheet.reports.get(task.pk, task.state)
        if state != task.state:
            report_task(actor=actor, task=task, state=state, on=meeting.held_on, meeting=meeting)


def _still_numbers(meeting: Meeting, sheet: Sheet) -> Sheet:
    """A roll of numbers stays one until somebody is named as absent."""
    named = any(mark in ("excused", "unexcused") for mark in sheet.marks.values())
    if not meeting.by_numbers or named or sheet.absent is not None:
        return sheet
    return replace(sheet, absent=(meeting.excused, meeting.unexcused))


def _with_cases(meeting: Meeting, sheet: Sheet) -> Sheet:
    """The sheet, each motion with the case that the one of its number decided until now."""
    rows = Motion.objects.filter(meeting=meeting).exclude(subject="")
    cases = {number: (kind, key) for number, kind, key in rows.values_list("number", "subject", "subject_id")}
    motions = [
        replace(one, subject=cases[number][0], subject_id=cases[number][1]) if number in cases else one
        for number, one in enumerate(sheet.motions, 1)
    ]
    return replace(sheet, motions=motions)


def _plain(meeting: Meeting) -> dict[str, Any]:
    """The meeting as it stood, as values that JSON knows; of people only their keys."""
    row = Meeting.objects.get(pk=meeting.pk)
    values = {name: getattr(row, name) for name in KEPT}
    values = {name: value if isinstance(value, int | None) else str(value) for name, value in values.items()}
    roll = Attendance.objects.filter(meeting=meeting).order_by("person_id").values_list("person_id", "mark")
    columns = ("text", "method", "rule", "base", "needed", "in_favour", "against", "abstained", "reserved")
    motions = Motion.objects.filter(meeting=meeting).order_by("number").values(*columns)
    return values | {"roll": [list(pair) for pair in roll], "motions": list(motions)}


def _tell(text: str, meeting: Meeting, **values: Any) -> None:
    act().tell(
        text, about=[meeting], units=[meeting.unit], day=Known.of(meeting.held_on),
        unit=name_of(meeting.unit_id, meeting.held_on), **values,
    )  # fmt: skip
