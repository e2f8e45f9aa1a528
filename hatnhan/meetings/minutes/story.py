"""A recorded meeting in words: attendance with its base, each vote with its majority and the rule behind it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.spoken import Spoken, address_of
from hatnhan.kernel.ui.text import day, num, pct
from hatnhan.meetings.choices import COMMITTEE, FORMS, KINDS, MARKS, OUTCOMES, TASK_STATES
from hatnhan.meetings.flows import COLOURS, MEETING
from hatnhan.meetings.models import Addendum, Attendance, Meeting, Motion, Sitting, Task
from hatnhan.meetings.permissions import MINUTES, ROLL
from hatnhan.meetings.plan import sittings
from hatnhan.units.queries import name_of

from . import queries, rules
from .voted import majority_sentence, small_print, verdict

TASK_COLOURS = {"done": "ok", "stuck": "bad"}


@dataclass(frozen=True)
class Vote:
    """A motion as it is read: its matter, result and the sentence of its majority."""

    text: str
    result: str
    colour: str
    sentence: str
    small: str
    rule: Spoken


@dataclass(frozen=True)
class Given:
    """A task as it is read."""

    pk: int
    text: str
    small: str
    state: str
    colour: str
    done: bool


class Story:
    """One meeting for one reader. Who may not read the roll gets the day, the outcome and the tasks."""

    def __init__(self, meeting: Meeting, actor: Actor) -> None:
        self.meeting, self.actor = meeting, actor
        self.book = rulebook.at(meeting.held_on, meeting.unit_id)
        self.unit_name = name_of(meeting.unit_id, meeting.held_on)
        self.sees_roll = actor.can(ROLL, at=meeting.unit_id)
        self.may_record = sittings.may_plan(actor, meeting.unit_id)
        self.of_cell = meeting.kind != COMMITTEE

    @property
    def title(self) -> str:
        """What the meeting is called: Sinh hoạt thường kỳ 3/11/2026."""
        kind = str(KINDS[self.meeting.kind])
        return _("Sinh hoạt %(kind)s ngày %(day)s") % {"kind": kind[0].lower() + kind[1:], "day": self.day}

    @property
    def day(self) -> str:
        return day(self.meeting.held_on)

    @property
    def state(self) -> tuple[str, str]:
        return str(MEETING.states[self.meeting.state]), COLOURS.get(self.meeting.state, "")

    @property
    def has_notes(self) -> bool:
        """The meeting was held here, and the reader is among those who may read what was written down."""
        may = self.actor.can(MINUTES, at=self.meeting.unit_id)
        return may and Sitting.objects.filter(meeting=self.meeting).exists()

    @property
    def verbs(self) -> list[tuple[str, str]]:
        """(page, label) of the steps that the reader may take now."""
        offered = MEETING.offered(self.meeting.state) if self.may_record else []
        return [(f"meetings.{one.verb}", str(one.label)) for one in offered]

    @property
    def facts(self) -> list[tuple[str, str]]:
        one = self.meeting
        pairs = [
            (_("Chi bộ"), self.unit_name), (_("Ngày"), self.day),
            (_("Giờ"), _("%(start)s–%(end)s, %(minutes)s phút")
             % {"start": f"{one.started:%H:%M}", "end": f"{one.ended:%H:%M}", "minutes": num(one.minutes)}),
            (_("Nơi họp"), one.place), (_("Cách họp"), str(FORMS[one.form])),
            (_("Chủ trì"), one.chair.name if one.chair else ""), (_("Thư ký"), one.clerk.name if one.clerk else ""),
            (_("Khách dự"), num(one.guests) if one.guests else ""),
            (_("Số người phát biểu"), num(one.spoke) if one.spoke else ""),
            (_("Thông qua biên bản"), day(one.adopted_on)),
        ]  # fmt: skip
        return [(term, words) for term, words in pairs if words]

    @property
    def share(self) -> str:
        return pct(self.meeting.present / self.meeting.due if self.meeting.due else None)

    @property
    def base(self) -> str:
        """The attendance base in words."""
        return base_sentence(self.meeting.present, self.meeting.due, self.meeting.exempt_present)

    @property
    def numbers(self) -> list[tuple[str, str]]:
        one = self.meeting
        return [(num(one.present), _("có mặt")), (num(one.excused), _("vắng có lý do")),
                (num(one.unexcused), _("vắng không lý do"))]  # fmt: skip

    @property
    def warnings(self) -> list[Reason]:
        """What is unusual, for whoever records or reads the roll."""
        one = self.meeting
        held = rules.Held(one.kind, one.minutes, one.due, one.present, queries.others_that_month(one))
        return rules.warnings(held, self.book) if self.sees_roll else []

    @property
    def roll(self) -> list[tuple[str, str, str]]:
        """(name, mark, colour) of everybody who is not simply present in the room."""
        if not self.sees_roll:
            return []
        rows = Attendance.objects.filter(meeting=self.meeting).exclude(mark="present", due=True, online=False)
        rows = rows.select_related("person").order_by("person__sort_key", "pk")
        colours = {"unexcused": "bad", "excused": "warn"}
        online = _("trực tuyến")
        return [
            (row.person.name, f"{MARKS[row.mark]}, {online}" if row.online else str(MARKS[row.mark]),
             colours.get(row.mark, ""))
            for row in rows
        ]  # fmt: skip

    @property
    def outcome(self) -> str:
        return str(OUTCOMES[self.meeting.outcome])

    @property
    def motions(self) -> list[Vote]:
        if not self.sees_roll:
            return []
        return [self._vote(one) for one in Motion.objects.filter(meeting=self.meeting).order_by("number")]

    def _vote(self, one: Motion) -> Vote:
        result, colour = verdict(one.carried)
        sentence = majority_sentence(self.book[one.rule], one.in_favour, one.base, one.needed)
        small = small_print(one.rule, one.method, one.against, one.abstained, one.reserved)
        reference = self.book[one.rule].reference
        return Vote(one.text, result, colour, sentence, small, Spoken(reference, address_of(reference)))

    @property
    def tasks(self) -> list[Given]:
        rows = Task.objects.filter(meeting=self.meeting).select_related("leader").order_by("due_on", "pk")
        return [given(row, self.actor.on) for row in rows]

    @property
    def addenda(self) -> list[Addendum]:
        return list(Addendum.objects.filter(meeting=self.meeting).order_by("pk")) if self.sees_roll else []


def base_sentence(present: int, due: int, extra: int) -> str:
    """How many attend out of those obliged, and who is not among these (meetings.md §1.6)."""
    words = _("Có mặt %(present)s trên %(due)s đảng viên phải dự, không tính người được miễn, bị đình chỉ, "
              "tạm thời ở nơi khác.") % {"present": num(present), "due": num(due)}  # fmt: skip
    return words + (" " + _("Thêm %(n)s đồng chí không phải dự vẫn đến.") % {"n": num(extra)} if extra else "")


def given(row: Task, on: date) -> Given:
    """A task in words: who leads it, by when, how it stands; overdue is said."""
    late = row.state != "done" and row.due_on < on
    small = [row.leader.name if row.leader else "", _("hạn %(day)s") % {"day": day(row.due_on)}]
    small.append(_("xong ngày %(day)s") % {"day": day(row.done_on)} if row.done_on else "")
    state = _("Quá hạn") if late and row.state == "open" else str(TASK_STATES[row.state])
    colour = TASK_COLOURS.get(row.state, "bad" if late else "")
    return Given(row.pk, row.text, " · ".join(part for part in small if part), state, colour, row.state == "done")
