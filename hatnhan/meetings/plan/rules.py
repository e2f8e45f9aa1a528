"""Rules of planning: facts in, reasons out. Days before a meeting warn, never block (meetings.md §1.3)."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils.translation import gettext as _

from hatnhan.kernel.days import ONE, month
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import Reason
from hatnhan.meetings.choices import COMMITTEE, FORMS, KINDS
from hatnhan.rulebook import Book, Rule, sentence

FURTHEST = timedelta(days=400)


@dataclass(frozen=True)
class Plan:
    """When, where and as what a meeting is to be held; `chair` and `clerk` are ids of members of the unit."""

    kind: str
    day: date
    starts: time
    form: str = "in_person"
    place: str = ""
    topic: str = ""
    chair: int | None = None
    clerk: int | None = None


def blockers(plan: Plan, today: date, *, cell: bool) -> list[Reason]:
    """Why a plan cannot be: an unknown kind or way, a day that is past or out of sight, a meeting of members where
    only a committee meets."""
    found: list[Reason] = []
    if plan.kind not in KINDS:
        found.append(Reason("kind", _("Hãy chọn loại buổi họp trong danh sách."), field="kind"))
    elif not cell and plan.kind != COMMITTEE:
        found.append(Reason("kind", _("Ở đây chỉ lên lịch họp cấp ủy; sinh hoạt là của chi bộ."), field="kind"))
    if plan.form not in FORMS:
        found.append(Reason("form", _("Hãy chọn cách họp trong danh sách."), field="form"))
    if plan.day < today:
        text = _("Ngày %(day)s đã qua. Buổi đã họp thì ghi lại bằng “Ghi buổi sinh hoạt”.")
        found.append(Reason("past", text % {"day": Known.of(plan.day)}, field="day"))
    if plan.day > today + FURTHEST:
        text = _("Chỉ lên lịch đến hết ngày %(day)s.")
        found.append(Reason("far", text % {"day": Known.of(today + FURTHEST)}, field="day"))
    return found


@dataclass(frozen=True)
class Deadline:
    """The last day for a step of the month, and the rule that says so."""

    day: date
    rule: Rule

    @property
    def source(self) -> str:
        return sentence(self.rule)


def deadlines(day: date, book: Book) -> dict[str, Deadline]:
    """The last day for each step around a meeting on `day`; days are calendar days."""
    before = {
        "prepared": "meeting.committee.days_before", "agenda": "meeting.agenda.days_before",
        "invited": "meeting.invite.days_before", "papers": "meeting.papers.days_before",
    }  # fmt: skip
    found = {code: Deadline(day - ONE * book[key].value, book[key]) for code, key in before.items()}
    found["planned"] = plan_deadline(month(day), book)
    report = book.get("meeting.report.days")
    if report is not None:
        found["minutes"] = found["scored"] = Deadline(day + ONE * report.value, report)
    return found


def plan_deadline(first: date, book: Book) -> Deadline:
    """The day of the month before by which the meeting of the month that begins on `first` is planned."""
    rule = book["meeting.plan.day_of_month"]
    return Deadline((first - ONE).replace(day=rule.value), rule)


def lateness(day: date, today: date, book: Book) -> list[Reason]:
    """What is late when members are invited today to a meeting on `day`: a warning with its rule, never a refusal."""
    last = deadlines(day, book)["invited"]
    if today <= last.day:
        return []
    text = _("Mời sát ngày họp: nên mời trước %(n)s ngày. Vẫn mời được.")
    return [Reason("short_notice", text % {"n": last.rule.value}, source=last.source, rule=last.rule.reference)]
