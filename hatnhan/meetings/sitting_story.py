"""A meeting on its way in words: when, where, what is on its agenda, what may be done now."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.ui.text import day as written
from hatnhan.kernel.ui.text import moment, num
from hatnhan.units.queries import name_of

from . import plan_rules, queries, sittings
from .choices import FORMS, ORIGINS, PARTS, SITTING_KINDS, TASKS_ITEM
from .flows import SITTING, SITTING_COLOURS
from .models import AgendaItem, Sitting
from .permissions import RECORD
from .story import Given, given

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
    told = {"kind": str(SITTING_KINDS[kind]), "month": f"{day.month}/{day.year}"}
    if kind == "committee":
        return _("%(kind)s tháng %(month)s") % told
    told["kind"] = told["kind"][0].lower() + told["kind"][1:]
    return _("Sinh hoạt %(kind)s tháng %(month)s") % told


@dataclass(frozen=True)
class Line:
    """One item of the agenda as it is read."""

    item: AgendaItem
    title: str
    small: str
    tasks: tuple[Given, ...] = ()


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
            (_("Mời lúc"), moment(one.invited_at)),
        ]  # fmt: skip
        return [(term, words) for term, words in pairs if words]

    @property
    def last_change(self) -> str:
        """Who changed it last and when, for those who prepare it together; empty when nobody has since the plan."""
        one = self.sitting
        if not self.may_plan or one.changed_at is None:
            return ""
        return _("%(who)s sửa lần cuối lúc %(at)s.") % {"who": one.changed_by, "at": moment(one.changed_at)}

    @property
    def warnings(self) -> list[Reason]:
        """What is late, for whoever prepares."""
        if not self.may_plan or self.sitting.state != "planned":
            return []
        book = rulebook.at(self.sitting.day, self.sitting.unit_id)
        return plan_rules.lateness(self.sitting.day, self.actor.on, book)

    @property
    def agenda(self) -> list[tuple[str, list[Line]]]:
        """The items by part of the meeting."""
        found: dict[str, list[Line]] = {code: [] for code in PARTS}
        for item in AgendaItem.objects.filter(sitting=self.sitting).select_related("speaker"):
            found.setdefault(item.part, []).append(self._line(item))
        return [(str(PARTS[code]), lines) for code, lines in found.items() if lines]

    @property
    def minutes(self) -> str:
        """How long the agenda takes, where minutes are written."""
        total = sum(AgendaItem.objects.filter(sitting=self.sitting).values_list("minutes", flat=True))
        return _("dự kiến %(n)s phút") % {"n": num(total)} if total else ""

    def _line(self, item: AgendaItem) -> Line:
        small = [_("%(n)s phút") % {"n": num(item.minutes)} if item.minutes else ""]
        small.append(item.speaker.name if item.speaker else "")
        small.append(str(ORIGINS[item.origin]) if item.origin not in ("own", "template") else "")
        tasks: tuple[Given, ...] = ()
        if item.subject == TASKS_ITEM:
            rows = queries.open_tasks(self.sitting.unit_id, self.sitting.day)
            tasks = tuple(given(row, self.actor.on) for row in rows)
        return Line(item, item.title, " · ".join(part for part in small if part), tasks)


def begins(day: date, starts: time) -> datetime:
    """The moment at which a meeting begins, in Vietnam."""
    return timezone.make_aware(datetime.combine(day, starts))
