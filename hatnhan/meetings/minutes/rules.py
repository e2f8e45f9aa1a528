"""Rules of meetings: facts in, reasons out. Nothing here reads a clock or the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time

from django.utils.translation import gettext as _

from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import Reason
from hatnhan.meetings.choices import FORMS, FREE, KINDS, MARKS, MATTERS, METHODS, OBLIGED, OUTCOMES, REGULAR, THERE
from hatnhan.rulebook import Book, Rule, sourced
from hatnhan.rulebook.votes import Roll, required_votes

LONGEST_TEXT = 300


@dataclass(frozen=True)
class Line:
    """A member of the unit on the day: full or probationary, and the deviation from ordinary Party life, if any."""

    person: int
    name: str
    full: bool
    deviation: str = ""
    group: str = ""


@dataclass(frozen=True)
class MotionSheet:
    """A motion as the secretary writes it down: numbers only. `subject` and `subject_id` name the case of another
    module that it decides."""

    text: str
    in_favour: int
    against: int = 0
    abstained: int = 0
    reserved: int = 0
    method: str = "hands"
    rule: str = "vote.ordinary"
    subject: str = ""
    subject_id: int | None = None


@dataclass(frozen=True)
class TaskSheet:
    """A task as it was given."""

    text: str
    due_on: date
    leader: int | None = None
    report_on: date | None = None


@dataclass(frozen=True)
class Sheet:
    """A meeting as the paper tells it. `marks` are those of members that are not as everybody by default: present, or
    for whoever is not obliged to attend, not there. `absent` are numbers in place of names, excused and not: then
    nobody is marked absent, and the roll is kept in numbers alone. `online`: who attended from elsewhere."""

    kind: str
    held_on: date
    started: time
    ended: time
    form: str = "in_person"
    place: str = ""
    chair: int | None = None
    clerk: int | None = None
    guests: int = 0
    spoke: int = 0
    marks: Mapping[int, str] = field(default_factory=dict)
    motions: Sequence[MotionSheet] = ()
    outcome: str = "none"
    outcome_text: str = ""
    tasks: Sequence[TaskSheet] = ()
    reports: Mapping[int, str] = field(default_factory=dict)
    absent: tuple[int, int] | None = None
    online: frozenset[int] = frozenset()

    @property
    def minutes(self) -> int:
        """How long it took, in minutes."""
        return (self.ended.hour - self.started.hour) * 60 + self.ended.minute - self.started.minute


@dataclass(frozen=True)
class Called:
    """One line of the roll after it was called."""

    line: Line
    mark: str
    due: bool
    votes: bool

    @property
    def there(self) -> bool:
        return self.mark in THERE


def left_out(book: Book) -> frozenset[str]:
    """Deviations that take a member out of the attendance base (meetings.md §1.6)."""
    keys = ("meeting.attendance.leave_out", "meeting.attendance.leave_out_away")
    return frozenset(kind for key in keys for kind in book[key].value)


def call(lines: Sequence[Line], marks: Mapping[int, str], book: Book) -> list[Called]:
    """The roll of the day: the obliged are present and the others not there, unless a mark says otherwise."""
    out, barred = left_out(book), set(book["vote.base.leave_out_always"].value)
    probationary = bool(book["meeting.vote.probationary"].value)
    return [
        Called(
            line, marks.get(line.person) or ("present" if line.deviation not in out else "not_due"),
            line.deviation not in out, (line.full or probationary) and line.deviation not in barred,
        )
        for line in lines
    ]  # fmt: skip


@dataclass(frozen=True)
class Totals:
    """The roll in numbers: those obliged and how they attended, and who came without being obliged."""

    due: int
    present: int
    excused: int
    unexcused: int
    exempt_present: int


def totals(roll: Sequence[Called]) -> Totals:
    """How many of each kind."""
    obliged = [one for one in roll if one.due]
    marked = [one.mark for one in obliged]
    return Totals(
        len(obliged), sum(one.there for one in obliged), marked.count("excused"), marked.count("unexcused"),
        sum(one.there for one in roll if not one.due),
    )  # fmt: skip


def summed(sheet: Sheet, roll: Sequence[Called]) -> Totals:
    """The roll in numbers, where only these were written down without the names of the absent."""
    found = totals(roll)
    if sheet.absent is None:
        return found
    excused, unexcused = sheet.absent
    return replace(found, present=found.due - excused - unexcused, excused=excused, unexcused=unexcused)


def voters(roll: Sequence[Called], book: Book) -> Roll:
    """Those of whom a majority is taken: full members; the suspended never, those temporarily elsewhere and the exempt
    only when they attend (294-QĐ/TW, item 9.3)."""
    optional = set(book["vote.base.leave_out_if_absent"].value)
    optional |= {"exempt_for_time"} if "exempt" in optional else set()
    barred = set(book["vote.base.leave_out_always"].value)
    probationary = bool(book["meeting.vote.probationary"].value)
    full = [one for one in roll if one.line.full or probationary]
    absent = [one for one in full if not one.there and one.line.deviation in optional]
    away = sum(one.line.deviation == "temporary_out" for one in absent)
    return Roll(
        len(full), away=away, exempt=len(absent) - away, barred=sum(one.line.deviation in barred for one in full)
    )


def votes_there(roll: Sequence[Called]) -> int:
    """How many with the right to vote were there."""
    return sum(one.there and one.votes for one in roll)


def blockers(sheet: Sheet, roll: Sequence[Called], today: date, book: Book) -> list[Reason]:
    """What cannot be true of a meeting. `today` is the day of recording."""
    reasons: list[Reason] = []
    told = {"day": Known.of(sheet.held_on), "today": Known.of(today)}
    if sheet.held_on > today:
        text = _("Ngày sinh hoạt %(day)s ở sau hôm nay; chỉ ghi buổi đã họp, đến hết ngày %(today)s.") % told
        reasons.append(Reason("future", text, field="held_on"))
    if sheet.ended <= sheet.started:
        text = _("Giờ kết thúc %(end)s không sau giờ bắt đầu %(start)s; hãy xem lại hai giờ này.")
        hours = {"start": f"{sheet.started:%H:%M}", "end": f"{sheet.ended:%H:%M}"}
        reasons.append(Reason("order", text % hours, field="ended"))
    closed = ((sheet.kind, KINDS, "kind"), (sheet.form, FORMS, "form"), (sheet.outcome, OUTCOMES, "outcome"))
    reasons += [Reason(name, _("Hãy chọn trong danh sách."), field=name) for value, known, name in closed
                if value not in known]  # fmt: skip
    if sheet.outcome != "none" and not sheet.outcome_text.strip():
        text = _("Hãy ghi nội dung nghị quyết hoặc kết luận, hoặc chọn không ra văn bản.")
        reasons.append(Reason("outcome_text", text, field="outcome_text"))
    reasons += _roll_blockers(sheet, roll)
    there = min(votes_there(roll), summed(sheet, roll).present) if sheet.absent else None
    for number, motion in enumerate(sheet.motions, 1):
        reasons += motion_blockers(motion, number, roll, book, there)
    for number, task in enumerate(sheet.tasks, 1):
        if task.due_on < sheet.held_on:
            text = _("Nhiệm vụ %(n)s: hạn %(due)s trước ngày sinh hoạt; hạn phải từ ngày %(day)s trở đi.")
            words = text % {"n": number, "due": Known.of(task.due_on), "day": Known.of(sheet.held_on)}
            reasons.append(Reason("task_due", words, field=f"task_due_{number}"))
    return reasons


def _roll_blockers(sheet: Sheet, roll: Sequence[Called]) -> list[Reason]:
    people = {one.line.person: one for one in roll}
    reasons: list[Reason] = []
    if not roll:
        text = _("Ngày %(day)s chi bộ chưa có đảng viên nào trong danh sách; hãy xem lại ngày.")
        reasons.append(Reason("nobody", text % {"day": Known.of(sheet.held_on)}, field="held_on"))
    strangers = set(sheet.marks) - set(people)
    strangers |= {pk for pk in (sheet.chair, sheet.clerk) if pk is not None and pk not in people}
    strangers |= {task.leader for task in sheet.tasks if task.leader is not None and task.leader not in people}
    if strangers:
        text = _("Có %(n)s người không thuộc chi bộ vào ngày %(day)s; người ngoài chi bộ ghi vào số khách dự.")
        words = text % {"n": len(strangers), "day": Known.of(sheet.held_on)}
        reasons.append(Reason("strangers", words))
    for pk, mark in sheet.marks.items():
        one = people.get(pk)
        if one is not None and mark not in (OBLIGED if one.due else FREE):
            text = _("Đồng chí %(name)s: không ghi được “%(mark)s”; chọn một trong: %(allowed)s.")
            allowed = ", ".join(str(MARKS[code]).lower() for code in (OBLIGED if one.due else FREE))
            told = {"name": one.line.name, "mark": MARKS.get(mark, mark), "allowed": allowed}
            reasons.append(Reason("mark", text % told, field=f"mark_{pk}"))
    if numbers := _number_blockers(sheet, roll):
        return [*reasons, *numbers]
    held = summed(sheet, roll)
    there = held.present + held.exempt_present + sheet.guests
    if sheet.spoke > there:
        text = _("Ghi %(n)s người phát biểu, nhưng chỉ có %(there)s người dự kể cả khách.")
        reasons.append(Reason("spoke", text % {"n": sheet.spoke, "there": there}, field="spoke"))
    return reasons


def _number_blockers(sheet: Sheet, roll: Sequence[Called]) -> list[Reason]:
    if sheet.absent is None:
        return []
    due = totals(roll).due
    if any(mark in ("excused", "unexcused") for mark in sheet.marks.values()):
        return [Reason("both", _("Ghi tên người vắng hoặc ghi số người vắng, không ghi cả hai."), field="excused_n")]
    if min(sheet.absent) < 0 or sum(sheet.absent) > due:
        text = _("Ghi vắng %(n)s người, nhưng chỉ có %(due)s đồng chí phải dự.")
        return [Reason("absent", text % {"n": sum(sheet.absent), "due": due}, field="excused_n")]
    return []


def motion_blockers(
    motion: MotionSheet, number: int, roll: Sequence[Called], book: Book, most: int | None = None
) -> list[Reason]:
    """More votes than those who could vote, or nobody of whom a majority can be taken. `most` could vote at the most,
    where the roll is known in numbers alone."""
    where = f"motion_for_{number}"
    if motion.rule not in MATTERS or motion.rule not in book or motion.method not in METHODS:
        return [Reason("motion", _("Nội dung biểu quyết %(n)s: hãy chọn loại việc.") % {"n": number}, field=where)]
    there, base = votes_there(roll) if most is None else most, voters(roll, book).base
    votes = motion.in_favour + motion.against + motion.abstained
    told = {"n": number, "votes": votes, "there": there, "base": base}
    if not base:
        text = _("Nội dung biểu quyết %(n)s: ngày này chi bộ không có đảng viên chính thức được biểu quyết.")
        return [Reason("base", text % told, field=where)]
    if votes > there:
        text = _(
            "Nội dung biểu quyết %(n)s: có %(votes)s phiếu, nhiều hơn số đảng viên có mặt được biểu quyết; "
            "nhiều nhất %(there)s phiếu."
        )
        return [Reason("votes", text % told, field=where)]
    if motion.reserved > motion.against + motion.abstained:
        text = _("Nội dung biểu quyết %(n)s: số ý kiến bảo lưu nhiều hơn số không tán thành và ý kiến khác.")
        return [Reason("reserved", text % told, field=f"motion_reserved_{number}")]
    return []


def needed(motion: MotionSheet, roll: Sequence[Called], book: Book) -> tuple[int, int]:
    """(base, votes in favour needed) by the rule of the day."""
    base = voters(roll, book).base
    return base, required_votes(base, book[motion.rule].value)


@dataclass(frozen=True)
class Held:
    """A recorded meeting as the warnings look at it; `others` are other regular meetings of the unit that month."""

    kind: str
    minutes: int
    due: int
    present: int
    others: int = 0


def warnings(held: Held, book: Book) -> list[Reason]:
    """What is unusual, each with the rule that says so. None of it refuses."""
    found: list[Reason] = []

    def warn(code: str, text: str, rule: Rule) -> None:
        found.append(Reason(code, text, source=sourced(rule), rule=rule.reference))

    monthly = book["meeting.regular.per_month"]
    if held.kind in REGULAR and held.others >= monthly.value:
        warn("twice", _("Trong tháng này chi bộ đã có một buổi sinh hoạt thường kỳ khác."), monthly)
    least = book["meeting.minutes.least_both" if held.kind == "both" else "meeting.minutes.least"]
    if held.kind != "extraordinary" and held.minutes < least.value:
        text = _("Buổi sinh hoạt dài %(minutes)s phút, ngắn hơn mức %(least)s phút.")
        warn("short", text % {"minutes": held.minutes, "least": least.value}, least)
    aim = book["meeting.attendance.aim"]
    if held.due and held.present * 100 <= held.due * aim.value:
        text = _("Có mặt %(present)s/%(due)s, chưa trên %(aim)s %% số đảng viên phải dự.")
        warn("attendance", text % {"present": held.present, "due": held.due, "aim": aim.value}, aim)
    return found
