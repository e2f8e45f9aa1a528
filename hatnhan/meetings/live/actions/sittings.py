"""Opening a sitting, leading it from item to item, and closing it into a recorded meeting.

The log is told of the acts: opening, each vote and its end, who cast a ballot by phone, closing. The roll, the texts
and the tasks are a draft meanwhile; they are told when closing records them."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.meetings.choices import TASKS_ITEM
from hatnhan.meetings.flows import SITTING
from hatnhan.meetings.live import queries as now
from hatnhan.meetings.minutes.actions.minutes import record
from hatnhan.meetings.minutes.rules import Sheet
from hatnhan.meetings.models import AgendaItem, Live, Meeting, Sitting
from hatnhan.meetings.permissions import RECORD
from hatnhan.meetings.plan import agendas
from hatnhan.meetings.plan.actions.agenda_order import append
from hatnhan.meetings.plan.actions.agendas import add_item, lay
from hatnhan.meetings.plan.actions.plans import plan
from hatnhan.meetings.plan.agendas import ItemSheet
from hatnhan.meetings.plan.rules import Plan
from hatnhan.units.queries import name_of

CODE_DIGITS, TRIES = 6, 20


@action("meetings.open_now")
def open_now(
    *, actor: Actor, unit: Unit, kind: str = "regular", form: str = "in_person", place: str = "", topic: str = "",
    chair: int | None = None, clerk: int | None = None, agenda: Iterable[str] = (), reason: str = "",
) -> Sitting:  # fmt: skip
    """Open a sitting that nobody prepared, today, now: it is planned and opened in one. `agenda` are titles; without
    them the template of the rulebook that fits. What the last meeting left open is on it as well."""
    actor.require(RECORD, at=unit)
    starts = timezone.localtime(act().at).time().replace(second=0, microsecond=0)
    planned = Plan(kind, actor.on, _free(unit, actor, starts), form, place, topic, chair, clerk)
    _tell(gettext_noop("Mở buổi sinh hoạt ngày %(day)s của %(unit)s, không qua bước mời họp."), unit, actor.on)
    sitting = plan(actor=actor, unit=unit, plan=planned)
    titles = [nfc(title)[: agendas.LONGEST_TITLE] for title in agenda if title.strip()]
    if titles:
        append(sitting, [AgendaItem(sitting=sitting, title=title) for title in titles[: agendas.MOST_ITEMS]])
    else:
        cell = Placement.objects.on(actor.on).filter(unit=unit).values_list("kind", flat=True).first() or ""
        for template in agendas.fitting(agendas.templates(rulebook.at(actor.on)), cell, kind)[:1]:
            lay(sitting, template)
    open_sitting(actor=actor, sitting=sitting)
    return sitting


@action("meetings.open")
def open_sitting(*, actor: Actor, sitting: Sitting, reason: str = "") -> None:
    """Open a sitting: from now on the roll is called. Refuses a second time and while another of the cell is open. It
    is held on the day on which it is opened."""
    actor.require(RECORD, at=sitting.unit)
    now_stands = Sitting.objects.select_for_update().get(pk=sitting.pk)
    step = SITTING.find(now_stands.state, "open")
    if step is None:
        refuse("state", _("Buổi sinh hoạt này đã được mở hoặc không còn họp được."))
    if Sitting.objects.filter(unit=sitting.unit_id, state="open").exists():
        refuse("another", _("Chi bộ đang có một buổi sinh hoạt chưa kết thúc; hãy kết thúc buổi ấy trước."))
    sitting.state, sitting.opened_at, sitting.day = step.target, act().at, actor.on
    sitting.save(update_fields=["state", "opened_at", "day"])
    first = AgendaItem.objects.filter(sitting=sitting).order_by("number").first()
    Live.objects.create(sitting=sitting, item=first, item_since=act().at, code=_fresh_code())
    changed(sitting)
    _tell(gettext_noop("Bắt đầu buổi sinh hoạt ngày %(day)s của %(unit)s."), sitting.unit, sitting.day, sitting)


@dataclass(frozen=True)
class Ending:
    """What the secretary says at the end: when it began and ended, who led and wrote, how many spoke."""

    started: time
    ended: time
    chair: int | None = None
    clerk: int | None = None
    spoke: int = 0


@action("meetings.close")
def close_sitting(*, actor: Actor, sitting: Sitting, ending: Ending, reason: str = "") -> Meeting:
    """Close a sitting: what was gathered becomes a recorded meeting, whose minutes are still to be adopted. Refuses
    while a vote is open or somebody obliged to attend has no mark, and whatever recording refuses."""
    held(actor, sitting)
    if sitting.votes.filter(state="open").exists():
        refuse("vote", _("Còn một nội dung đang lấy biểu quyết; hãy kết thúc biểu quyết trước."))
    blank = [one.line.name for one in now.roll_of(sitting) if not one.mark]
    if blank:
        text = _("Còn %(n)s đồng chí chưa điểm danh: %(names)s. Hãy điểm danh, hoặc ghi những đồng chí còn lại có mặt.")
        refuse("roll", text % {"n": len(blank), "names": ", ".join(blank[:5])})
    meeting = record(actor=actor, unit=sitting.unit, sheet=_sheet(sitting, ending))
    sitting.state, sitting.closed_at, sitting.meeting = "closed", act().at, meeting
    sitting.save(update_fields=["state", "closed_at", "meeting"])
    _carry_on(sitting)
    Live.objects.filter(sitting=sitting).update(code="", item=None)
    changed(sitting)
    _tell(gettext_noop("Kết thúc buổi sinh hoạt ngày %(day)s của %(unit)s."), sitting.unit, sitting.day, sitting)
    return meeting


@transaction.atomic
def move_to(*, actor: Actor, sitting: Sitting, item: int) -> None:
    """Turn to an item of the agenda; its clock begins, and the one before is done."""
    held(actor, sitting)
    rows = AgendaItem.objects.filter(sitting=sitting)
    if not rows.filter(pk=item).exists():
        refuse("item", _("Nội dung này không có trong chương trình."))
    before = Live.objects.filter(sitting=sitting).values_list("item", flat=True).first()
    rows.filter(pk=before or 0, state="waiting").exclude(pk=item).update(state="done")
    rows.filter(pk=item).update(state="waiting")
    Live.objects.filter(sitting=sitting).update(item=item, item_since=timezone.now())
    changed(sitting)


@transaction.atomic
def put_off(*, actor: Actor, sitting: Sitting, item: int) -> None:
    """Leave an item to the next meeting."""
    held(actor, sitting)
    AgendaItem.objects.filter(sitting=sitting, pk=item).update(state="put_off")
    changed(sitting)


@transaction.atomic
def put_on(*, actor: Actor, sitting: Sitting, title: str) -> AgendaItem:
    """Put an item onto the agenda while the meeting goes on."""
    held(actor, sitting)
    sheet = ItemSheet(nfc(title))
    return add_item(actor=actor, sitting=sitting, item=sheet)


def _carry_on(sitting: Sitting) -> None:
    """What the cell wrote onto the agenda itself and did not reach comes again; what a template brings comes anyway."""
    rows = AgendaItem.objects.filter(sitting=sitting, state="waiting")
    reached = Live.objects.filter(sitting=sitting).values_list("item__number", flat=True).first()
    if reached is not None:
        own = rows.filter(number__gt=reached).exclude(origin="template").exclude(subject=TASKS_ITEM)
        own.update(state="put_off")
    rows.update(state="done")


# --- what the other acts of a running meeting share -----------------------------------------------------------------


def held(actor: Actor, sitting: Sitting) -> None:
    """Hold the sitting's row and see that it is still open. Raises what `require` raises, and `Refused`."""
    actor.require(RECORD, at=sitting.unit_id)
    must_be_open(sitting)


def must_be_open(sitting: Sitting) -> None:
    """Raises `Refused` when the sitting is not open now; keeps others from closing it until the transaction ends."""
    state = Sitting.objects.select_for_update().values_list("state", flat=True).get(pk=sitting.pk)
    if state != "open":
        text = _("Buổi sinh hoạt này đã kết thúc hoặc chưa mở nên không ghi tiếp được.")
        raise Refused(Reason("not_open", text))
    sitting.state = state


def changed(sitting: Sitting) -> None:
    """Something happened that phones must see."""
    Sitting.objects.filter(pk=sitting.pk).update(version=F("version") + 1)


def _free(unit: Unit, actor: Actor, starts: time) -> time:
    """The minute in which it begins, or the next that no other sitting of the day has."""
    taken = set(Sitting.objects.filter(unit=unit, day=actor.on).exclude(state="cancelled")
                .values_list("starts", flat=True))  # fmt: skip
    while starts in taken and starts < time(23, 59):
        starts = starts.replace(minute=starts.minute + 1) if starts.minute < 59 else time(starts.hour + 1)
    return starts


def _fresh_code() -> str:
    for _try in range(TRIES):
        code = "".join(secrets.choice("0123456789") for _digit in range(CODE_DIGITS))
        if not Live.objects.filter(code=code).exists():
            return code
    raise RuntimeError("no free code for a door")


def _sheet(sitting: Sitting, ending: Ending) -> Sheet:
    texts = now.texts_of(sitting)
    return Sheet(
        kind=sitting.kind, held_on=sitting.day, started=ending.started, ended=ending.ended, form=sitting.form,
        place=sitting.place, chair=ending.chair, clerk=ending.clerk, guests=int(texts.get("guests") or 0),
        spoke=ending.spoke, marks=now.marks_of(sitting), motions=now.motions_of(sitting),
        outcome=texts.get("outcome") or "none", outcome_text=texts.get("outcome_text", ""),
        tasks=now.tasks_of(sitting), reports=now.reports_of(sitting),
        online=now.online_at(sitting),
    )  # fmt: skip


def _tell(text: str, unit: Unit, day: date, *about: Sitting) -> None:
    act().tell(text, about=about, units=[unit], day=Known.of(day), unit=name_of(unit, day))
