"""A meeting on its way in words: when, where, what is on its agenda, what may be done now."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.audit import actor_name
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.ui.text import day as written
from hatnhan.kernel.ui.text import moment, num
from hatnhan.meetings.choices import FORMS, KINDS, ORIGINS, PARTS, TASKS_ITEM
from hatnhan.meetings.flows import SITTING, SITTING_COLOURS
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.minutes.story import Given, given
from hatnhan.meetings.models import AgendaItem, Chore, Preparation, Remark, Reply, Sitting
from hatnhan.meetings.permissions import RECORD
from hatnhan.units.queries import name_of

from . import rules, sittings

WEEKDAYS = (
    gettext_lazy("Thứ hai"), gettext_lazy("Thứ ba"), gettext_lazy("Thứ tư"), gettext_lazy("Thứ năm"),
    gettext_lazy("Thứ sáu"), gettext_lazy("Thứ bảy"), gettext_lazy("Chủ nhật"),
)  # fmt: skip
OWN_STEPS = ("invite", "change_plan", "cancel")


def weekday(day: date) -> str:
    """The day with the day of the week: Thứ năm 3/12/2026."""
    return f"{WEEKDAYS[day.weekday()]} {written(day)}"


def called(kind: str, day: date) -> str:
    """What a meeting is called: Sinh hoạt thường kỳ tháng 12/2026; Họp cấp ủy tháng 12/2026."""
    told = {"kind": str(KINDS[kind]), "month": f"{day.month}/{day.year}"}
    if kind == "committee":
        return _("%(kind)s tháng %(month)s") % told
    told["kind"] = told["kind"][0].lower() + told["kind"][1:]
    return _("Sinh hoạt %(kind)s tháng %(month)s") % told


WORDS_A_MINUTE = 200  # how many words an elderly reader takes in


@dataclass(frozen=True)
class Line:
    """One item of the agenda as it is read. `reading`: how long its draft takes; `first` and `last` in its part."""

    item: AgendaItem
    title: str
    small: str
    tasks: tuple[Given, ...] = ()
    reading: str = ""
    first: bool = False
    last: bool = False


class SittingStory:
    """One meeting on its way, for one reader."""

    def __init__(self, sitting: Sitting, actor: Actor) -> None:
        self.sitting, self.actor = sitting, actor
        self.unit_name = name_of(sitting.unit_id, sitting.day)
        self.may_plan = sittings.may_plan(actor, sitting.unit_id)
        self.may_record = actor.can(RECORD, at=sitting.unit_id)

    @property
    def title(self) -> str:
        return called(self.sitting.kind, self.sitting.day)

    @property
    def when(self) -> str:
        """Day, hour and place in one line."""
        parts = [f"{self.sitting.starts:%H:%M}", weekday(self.sitting.day), self.sitting.place]
        return " · ".join(part for part in parts if part)

    @property
    def state(self) -> tuple[str, str]:
        return str(SITTING.states[self.sitting.state]), SITTING_COLOURS.get(self.sitting.state, "")

    @property
    def verbs(self) -> list[tuple[str, str]]:
        """(page, label) of the steps of preparation that the reader may take now."""
        offered = SITTING.offered(self.sitting.state) if self.may_plan else []
        return [(f"meetings.{one.verb}", str(one.label)) for one in offered if one.verb in OWN_STEPS]

    @property
    def facts(self) -> list[tuple[str, str]]:
        one = self.sitting
        pairs = [
            (_("Tổ chức"), self.unit_name), (_("Ngày"), weekday(one.day)), (_("Giờ"), f"{one.starts:%H:%M}"),
            (_("Nơi họp"), one.place), (_("Cách họp"), str(FORMS[one.form])), (_("Chuyên đề"), one.topic),
            (_("Chủ trì"), one.chair.name if one.chair else ""), (_("Thư ký"), one.clerk.name if one.clerk else ""),
            (_("Cấp ủy viên theo dõi"), ", ".join(sittings.followers(one.unit_id, one.day).values())),
            (_("Mời lúc"), moment(one.invited_at)),
        ]  # fmt: skip
        return [(term, words) for term, words in pairs if words]

    @property
    def last_change(self) -> str:
        """Who changed it last and when, for those who prepare it together; empty when nobody has since the plan."""
        one = self.sitting
        if not self.may_plan or one.changed_at is None:
            return ""
        return _("%(who)s sửa lần cuối lúc %(at)s.") % {"who": actor_name(one.changed_by), "at": moment(one.changed_at)}

    @property
    def warnings(self) -> list[Reason]:
        """What is late, for whoever prepares."""
        if not self.may_plan or self.sitting.state != "planned":
            return []
        book = rulebook.at(self.sitting.day, self.sitting.unit_id)
        return rules.lateness(self.sitting.day, self.actor.on, book)

    @cached_property
    def items(self) -> list[AgendaItem]:
        return list(AgendaItem.objects.filter(sitting=self.sitting).select_related("speaker"))

    @cached_property
    def agenda(self) -> list[tuple[str, list[Line]]]:
        """The items by part of the meeting."""
        found: dict[str, list[AgendaItem]] = {code: [] for code in PARTS}
        for item in self.items:
            found.setdefault(item.part, []).append(item)
        return [
            (str(PARTS[code]), [self._line(item, item is rows[0], item is rows[-1]) for item in rows])
            for code, rows in found.items()
            if rows
        ]

    @property
    def minutes(self) -> str:
        """How long the agenda takes, where minutes are written."""
        total = sum(item.minutes for item in self.items)
        return _("dự kiến %(n)s phút") % {"n": num(total)} if total else ""

    @cached_property
    def preparation(self) -> Preparation | None:
        """What the committee agreed, for those who prepare."""
        return Preparation.objects.filter(sitting=self.sitting).first() if self.may_plan else None

    @cached_property
    def agreed_by(self) -> str:
        """Who agreed it, by name."""
        rows = self.preparation.people.order_by("sort_key", "pk") if self.preparation else []
        return ", ".join(row.name for row in rows)

    @cached_property
    def chores(self) -> list[Chore]:
        """The small jobs, for those who prepare: what is open first."""
        if not self.may_plan:
            return []
        rows = Chore.objects.filter(sitting=self.sitting).select_related("who").order_by("due_on", "pk")
        return sorted(rows, key=lambda row: row.done_on is not None)

    @cached_property
    def called(self) -> bool:
        """Whether the reader is on the roll, and the meeting is still to come."""
        if self.actor.person_id is None or self.sitting.state not in ("invited", "open"):
            return False
        roll = queries.roll_of(self.sitting.unit_id, self.actor.on, self.sitting.kind)
        return self.actor.person_id in {line.person for line in roll}

    @cached_property
    def own_reply(self) -> str:
        """What the reader answered: yes, no or nothing yet."""
        rows = Reply.objects.filter(sitting=self.sitting, person=self.actor.person_id or 0)
        return rows.values_list("will", flat=True).first() or ""

    @cached_property
    def remarks(self) -> list[Remark]:
        """Comments before the meeting: all of them for the cell's own secretary and deputy, for anybody else the own.
        Nobody above the unit reads them (design §7)."""
        rows = Remark.objects.filter(sitting=self.sitting).select_related("person", "item").order_by("pk")
        if self.may_plan and any(grant.unit_id == self.sitting.unit_id for grant in self.actor.grants):
            return list(rows)
        return list(rows.filter(person=self.actor.person_id or 0))

    def _line(self, item: AgendaItem, first: bool, last: bool) -> Line:
        small = [_("%(n)s phút") % {"n": num(item.minutes)} if item.minutes else ""]
        small.append(item.speaker.name if item.speaker else "")
        small.append(str(ORIGINS[item.origin]) if item.origin not in ("own", "template") else "")
        tasks: tuple[Given, ...] = ()
        if item.subject == TASKS_ITEM:
            rows = queries.open_tasks(self.sitting.unit_id, self.sitting.day)
            tasks = tuple(given(row, self.actor.on) for row in rows)
        small.append(_("có biểu quyết") if item.rule else "")
        words = len(item.text.split())
        reading = _("đọc khoảng %(n)s phút") % {"n": max(1, round(words / WORDS_A_MINUTE))} if words else ""
        return Line(item, item.title, " · ".join(part for part in small if part), tasks, reading, first, last)
