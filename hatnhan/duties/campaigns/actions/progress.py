"""What units and those who follow them tell of a campaign: a step done, what stands in the way, a visit, a reminder."""

from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action, begin, end, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.kernel.workflow import apply
from hatnhan.units.queries import name_of

from ...actions.by_hand import remind
from ...flows import DUTY
from ...models import Campaign, Duty, Obstacle, Piece, Step, Target, Visit
from ...permissions import PROGRESS
from .. import queries
from ..choices import KIND, OBSTACLES

AT_ONCE = 5000  # reminders of one act


@action("duties.report_step")
def report_step(*, actor: Actor, target: Target, step: Step, on: date, reason: str = "") -> None:
    """A unit did a step on a day; its duty is closed. Refuses one that is done, a day ahead or before the campaign."""
    piece = _piece(actor, target, step)
    if piece.done_on is not None:
        refuse("done", _("Bước này đã ghi là xong từ trước."))
    _past(actor, target, on)
    piece.done_on = on
    piece.save(update_fields=["done_on"])
    duty = Duty.objects.filter(kind=KIND, about=piece.pk, state="open").first()
    if duty is not None:
        apply(DUTY, duty, "close", actor=actor)
        duty.closed_on, duty.closed_at, duty.closed_in = on, act().at, act().id
        duty.save(update_fields=["state", "closed_on", "closed_at", "closed_in"])
    _count(target, on)
    _tell(
        actor,
        target,
        gettext_noop("%(unit)s xong bước “%(step)s” ngày %(day)s (đợt “%(title)s”)."),
        on,
        step=step.label,
    )


@action("duties.take_back_step")
def take_back_step(*, actor: Actor, target: Target, step: Step, on: date, reason: str = "") -> None:
    """A step was marked as done by mistake: the unit owes it again."""
    piece = _piece(actor, target, step)
    if piece.done_on is None:
        refuse("open", _("Bước này chưa ghi là xong."))
    piece.done_on = None
    piece.save(update_fields=["done_on"])
    duty = Duty.objects.filter(kind=KIND, about=piece.pk, state="done").order_by("-pk").first()
    if duty is not None:
        apply(DUTY, duty, "reopen", actor=actor)
        duty.closed_on = duty.closed_at = duty.closed_in = None
        duty.save(update_fields=["state", "closed_on", "closed_at", "closed_in"])
    _count(target, on)
    _tell(
        actor, target, gettext_noop("Bỏ ghi xong bước “%(step)s” của %(unit)s (đợt “%(title)s”)."), on, step=step.label
    )


@action("duties.report_obstacle")
def report_obstacle(*, actor: Actor, target: Target, kind: str, on: date, text: str = "", reason: str = "") -> Obstacle:
    """What stands in a unit's way since a day, in place of what stood there before."""
    _running(actor, target)
    if kind not in OBSTACLES:
        refuse("kind", _("Hãy chọn vướng mắc trong danh sách."), field="kind")
    _past(actor, target, on)
    _end_obstacle(target, on)
    row = begin(Obstacle(target=target, unit=target.unit, kind=kind, text=nfc(text)[:300], valid_from=on))
    target.obstacle = kind
    target.save(update_fields=["obstacle"])
    _tell(actor, target, gettext_noop("%(unit)s báo vướng: %(kind)s (đợt “%(title)s”)."), on, kind=OBSTACLES[kind])
    return row


@action("duties.clear_obstacle")
def clear_obstacle(*, actor: Actor, target: Target, on: date, reason: str = "") -> None:
    """Nothing stands in the unit's way any more."""
    _running(actor, target)
    if not target.obstacle:
        refuse("none", _("Đơn vị này không có vướng mắc nào đang ghi."))
    _end_obstacle(target, on)
    target.obstacle = ""
    target.save(update_fields=["obstacle"])
    _tell(actor, target, gettext_noop("%(unit)s hết vướng (đợt “%(title)s”)."), on)


def _end_obstacle(target: Target, on: date) -> None:
    row = Obstacle.objects.unvoided().filter(target=target, valid_to=FAR).first()
    if row is None:
        return
    if row.valid_from >= on:
        void(row)
    else:
        end(row, on)


@action("duties.record_visit", of=Visit)
def record_visit(*, actor: Actor, target: Target, on: date, post: str, note: str = "", reason: str = "") -> Visit:
    """Somebody came to a unit, named by the post and not by the name. For those who run the campaign."""
    queries.lead(actor, target.campaign)
    _running(actor, target)
    post = nfc(post)
    if not post:
        refuse("post", _("Hãy ghi chức danh người đến, ví dụ: Phó Bí thư Thường trực."), field="post")
    _past(actor, target, on)
    row = begin(Visit(target=target, unit=target.unit, post=post[:120], note=nfc(note)[:300], valid_from=on,
                      valid_to=on + ONE))  # fmt: skip
    _last_visit(target)
    _tell(actor, target, gettext_noop("%(post)s đến %(unit)s ngày %(day)s (đợt “%(title)s”)."), on, post=post)
    return row


@action("duties.void_visit")
def void_visit(*, actor: Actor, visit: Visit, reason: str) -> None:
    """A visit that was recorded wrongly; it stays, struck out."""
    target = visit.target
    queries.lead(actor, target.campaign)
    if visit.voided_at is not None:
        refuse("voided", _("Dòng này đã được bỏ từ trước."))
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do bỏ."), field="reason")
    void(visit)
    _last_visit(target)
    _tell(actor, target, gettext_noop("Bỏ lần đến ngày %(day)s ở %(unit)s (đợt “%(title)s”)."), visit.valid_from)


@action("duties.remind_late")
def remind_late(*, actor: Actor, campaign: Campaign, on: date, reason: str = "") -> int:
    """Remind the units that are late with a step. Returns of how many steps; refuses when there is none."""
    queries.lead(actor, campaign)
    pieces = Piece.objects.unvoided().filter(step__campaign=campaign, done_on__isnull=True, due__lt=on)
    duties = Duty.objects.filter(kind=KIND, about__in=pieces.values("pk"), state="open").order_by("due", "pk")
    count = remind(actor=actor, duties=list(duties[:AT_ONCE]), on=on)
    act().tell(
        gettext_noop("Nhắc các đơn vị quá hạn của đợt “%(title)s”: %(count)s bước."), about=[campaign],
        units=[campaign.unit], title=campaign.title, count=count,
    )  # fmt: skip
    return count


# --- what they share ----------------------------------------------------------------------------------------------


def _running(actor: Actor, target: Target) -> None:
    actor.require(PROGRESS, at=target.unit)
    if target.campaign.state != "running" or target.left_on is not None:
        refuse("state", _("Đợt này không còn chạy ở đơn vị, không ghi thêm được."))


def _piece(actor: Actor, target: Target, step: Step) -> Piece:
    _running(actor, target)
    found: Piece | None = Piece.objects.unvoided().filter(target=target, step=step).first()
    if found is None:
        refuse("step", _("Đơn vị này không có bước đó."))
    return found


def _past(actor: Actor, target: Target, on: date) -> None:
    started = target.campaign.started_on
    if on > actor.on:
        refuse("on", _("Chưa thể ghi cho một ngày chưa tới."), field="on")
    if started is not None and on < started:
        text = _("Ngày phải từ ngày bắt đầu đợt, %(day)s, trở đi.")
        refuse("on", text % {"day": Known.of(started)}, field="on")


def _count(target: Target, on: date) -> None:
    """Keep how far the unit is beside the steps that tell it."""
    pieces = Piece.objects.unvoided().filter(target=target)
    done = pieces.filter(done_on__isnull=False)
    target.done = done.count()
    whole = target.done == pieces.count()
    target.finished_on = done.aggregate(last=Max("done_on"))["last"] if whole else None
    target.save(update_fields=["done", "finished_on"])


def _last_visit(target: Target) -> None:
    target.visited_on = Visit.objects.unvoided().filter(target=target).aggregate(last=Max("valid_from"))["last"]
    target.save(update_fields=["visited_on"])


def _tell(actor: Actor, target: Target, sentence: str, day: date, **values: object) -> None:
    act().tell(
        sentence, about=[target, target.campaign], units=[target.unit, target.campaign.unit],
        unit=name_of(target.unit, actor.on), day=Known.of(day), title=target.campaign.title, **values,
    )  # fmt: skip
