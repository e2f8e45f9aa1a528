"""Planning a campaign, choosing its units, starting and closing it."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel import bulk
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.kernel.workflow import apply
from hatnhan.units.queries import name_of

from ...flows import CAMPAIGN as FLOW
from ...models import Campaign, Duty, Owner, Piece, Step, Target
from ...obligations.queries import role_of
from ...permissions import CAMPAIGN
from .. import queries
from ..choices import KIND
from ..rules import StepSheet, plan_flaws, start_flaws

DUTY_FIELDS = (
    "id", "kind", "about", "opened_on", "opened_at", "opened_in", "due", "n", "counted", "rule", "document", "mark",
    "provisional", "state",
)  # fmt: skip
OWNER_FIELDS = ("duty_id", "unit_id", "role", "valid_from", "valid_to", "recorded_at", "recorded_in")
PIECE_FIELDS = (
    "id", "target_id", "step_id", "unit_id", "due", "valid_from", "valid_to", "recorded_at", "recorded_in",
)  # fmt: skip


@action("duties.plan_campaign")
def plan_campaign(
    *, actor: Actor, unit: Unit, title: str, steps: Sequence[StepSheet], aim: str = "", document: str = "",
    reason: str = "",
) -> Campaign:  # fmt: skip
    """Draft a campaign of a committee. Refuses one without a name or a step, and steps whose days go backwards."""
    actor.require(CAMPAIGN, at=unit)
    title = nfc(title)
    if flaws := plan_flaws(title, steps):
        raise Refused(flaws)
    running = act()
    campaign = Campaign.objects.create(
        unit=unit, title=title, aim=nfc(aim), document=nfc(document), made_at=running.at, made_in=running.id
    )
    _set_steps(campaign, steps)
    running.tell(
        gettext_noop("Soạn đợt công tác “%(title)s” tại %(unit)s, %(count)s bước."), about=[campaign], units=[unit],
        title=title, unit=name_of(unit, actor.on), count=len(steps),
    )  # fmt: skip
    return campaign


@action("duties.revise_campaign")
def revise_campaign(
    *, actor: Actor, campaign: Campaign, title: str, steps: Sequence[StepSheet], aim: str = "", document: str = "",
    reason: str = "",
) -> None:  # fmt: skip
    """Change the plan of a campaign that has not begun."""
    queries.lead(actor, campaign)
    _drafted(campaign)
    if flaws := plan_flaws(title, steps):
        raise Refused(flaws)
    campaign.title, campaign.aim, campaign.document = nfc(title), nfc(aim), nfc(document)
    campaign.save(update_fields=["title", "aim", "document"])
    Step.objects.filter(campaign=campaign).delete()
    _set_steps(campaign, steps)
    act().tell(
        gettext_noop("Sửa bản soạn đợt công tác “%(title)s”, %(count)s bước."), about=[campaign],
        units=[campaign.unit], title=campaign.title, count=len(steps),
    )  # fmt: skip


def _set_steps(campaign: Campaign, steps: Sequence[StepSheet]) -> None:
    rows = [
        Step(campaign=campaign, number=n, label=nfc(one.label), due=one.due) for n, one in enumerate(steps, start=1)
    ]
    Step.objects.bulk_create(rows)


def _drafted(campaign: Campaign) -> None:
    if campaign.state != "draft":
        refuse("state", _("Đợt này đã bắt đầu hoặc đã bỏ, không sửa bản soạn được nữa."))


# --- its units ----------------------------------------------------------------------------------------------------


@action("duties.add_targets")
def add_targets(*, actor: Actor, campaign: Campaign, units: Iterable[int], reason: str = "") -> int:
    """Take units into a campaign; in one that runs they owe its steps from today on. Those that are in it stay as they
    are. Refuses units that do not stand under the committee, and when none is new. Returns how many were added."""
    queries.lead(actor, campaign)
    if campaign.state not in FLOW.open_states:
        refuse("state", _("Đợt này đã kết thúc, không thêm đơn vị được nữa."))
    asked = list(dict.fromkeys(units))
    below = Placement.objects.under(campaign.unit, actor.on).filter(stands=True, unit__in=asked)
    kinds = dict(below.values_list("unit", "kind"))
    if len(kinds) < len(asked):
        refuse("outside", _("Có đơn vị không thuộc cấp ủy này hoặc đã kết thúc hoạt động."))
    there = set(Target.objects.filter(campaign=campaign, unit__in=asked).values_list("unit", flat=True))
    fresh = [pk for pk in asked if pk not in there]
    if not fresh:
        refuse("none", _("Những đơn vị này đã có trong đợt, hoặc chưa chọn đơn vị nào."))
    targets = bulk.reserve(Target, len(fresh))
    bulk.insert(
        Target, ("id", "campaign_id", "unit_id", "done", "obstacle"),
        ((pk, campaign.pk, unit, 0, "") for pk, unit in zip(targets, fresh, strict=True)),
    )  # fmt: skip
    if campaign.state == "running":
        _open(campaign, list(zip(targets, fresh, strict=True)), kinds, actor.on)
    act().tell(
        gettext_noop("Thêm %(count)s đơn vị vào đợt công tác “%(title)s”."), about=[campaign], units=[campaign.unit],
        count=len(fresh), title=campaign.title,
    )  # fmt: skip
    return len(fresh)


@action("duties.remove_target")
def remove_target(*, actor: Actor, target: Target, reason: str = "") -> None:
    """Take a unit out: of a draft without a trace, of one that runs with a reason; what it still owes is withdrawn."""
    campaign = target.campaign
    queries.lead(actor, campaign)
    if campaign.state not in FLOW.open_states:
        refuse("state", _("Đợt này đã kết thúc, không bớt đơn vị được nữa."))
    name = name_of(target.unit, actor.on)
    if campaign.state == "draft":
        target.delete()
    else:
        if not reason.strip():
            refuse("reason", _("Hãy ghi lý do đưa đơn vị ra khỏi đợt."), field="reason")
        target.left_on = actor.on
        target.save(update_fields=["left_on"])
        pieces = Piece.objects.unvoided().filter(target=target)
        _withdraw(list(pieces.values_list("pk", flat=True)), actor.on)
        pieces.filter(done_on__isnull=True).update(voided_at=act().at, voided_in=act().id)
    act().tell(
        gettext_noop("Đưa %(unit)s ra khỏi đợt công tác “%(title)s”."), about=[campaign],
        units=[campaign.unit, target.unit], unit=name, title=campaign.title,
    )  # fmt: skip


# --- start and end ------------------------------------------------------------------------------------------------


@action("duties.start_campaign")
def start_campaign(*, actor: Actor, campaign: Campaign, on: date, reason: str = "") -> int:
    """From today each unit owes each step by its day; each has its duty. Returns how many duties were opened. Refuses a
    campaign without units and one with a step whose day has passed."""
    queries.lead(actor, campaign)
    rows = list(Target.objects.filter(campaign=campaign, left_on__isnull=True).values_list("pk", "unit"))
    steps = [StepSheet(one.label, one.due) for one in Step.objects.filter(campaign=campaign).order_by("number")]
    if flaws := start_flaws(len(rows), steps, on):
        raise Refused(flaws)
    apply(FLOW, campaign, "start", actor=actor)
    campaign.started_on = on
    campaign.save(update_fields=["state", "started_on"])
    below = Placement.objects.on(on).filter(unit__in=Target.objects.filter(campaign=campaign).values("unit"))
    opened = _open(campaign, rows, dict(below.values_list("unit", "kind")), on)
    act().tell(
        gettext_noop("Bắt đầu đợt công tác “%(title)s” tại %(unit)s: %(targets)s đơn vị, %(steps)s bước."),
        about=[campaign], units=[campaign.unit], title=campaign.title, unit=name_of(campaign.unit, on),
        targets=len(rows), steps=len(steps),
    )  # fmt: skip
    return opened


def _open(campaign: Campaign, rows: Sequence[tuple[int, int]], kinds: dict[int, str], on: date) -> int:
    """The pieces of units and their duties, by bulk."""
    running, known = act(), rulebook.at(on).kinds()
    steps = list(Step.objects.filter(campaign=campaign).order_by("number"))
    each = [(target, unit, step) for target, unit in rows for step in steps]
    pieces, duties = bulk.reserve(Piece, len(each)), bulk.reserve(Duty, len(each))
    bulk.insert(
        Piece, PIECE_FIELDS,
        (
            (piece, target, step.pk, unit, step.due, on, FAR, running.at, running.id)
            for piece, (target, unit, step) in zip(pieces, each, strict=True)
        ),
    )  # fmt: skip
    bulk.insert(
        Duty, DUTY_FIELDS,
        (
            (duty, KIND, piece, on, running.at, running.id, step.due, max((step.due - on).days, 0), "fixed", "",
             campaign.document, "", False, "open")
            for duty, piece, (_target, _unit, step) in zip(duties, pieces, each, strict=True)
        ),
    )  # fmt: skip
    roles = {unit: role_of(known[kind]) if kind in known else "office" for unit, kind in kinds.items()}
    bulk.insert(
        Owner, OWNER_FIELDS,
        (
            (duty, unit, roles.get(unit, "office"), on, FAR, running.at, running.id)
            for duty, (_target, unit, _step) in zip(duties, each, strict=True)
        ),
    )  # fmt: skip
    return len(each)


def _withdraw(pieces: Sequence[int], on: date) -> int:
    """Inside an act: what is still owed about these pieces is no longer owed."""
    running = act()
    rows = Duty.objects.filter(kind=KIND, about__in=pieces, state="open")
    return rows.update(state="withdrawn", closed_on=on, closed_at=running.at, closed_in=running.id)


@action("duties.close_campaign")
def close_campaign(*, actor: Actor, campaign: Campaign, on: date, reason: str = "") -> int:
    """The campaign is over; what units still owe is withdrawn and stays visible as not done. Returns how many."""
    queries.lead(actor, campaign)
    apply(FLOW, campaign, "close", actor=actor)
    campaign.closed_on, campaign.closed_in = on, act().id
    campaign.save(update_fields=["state", "closed_on", "closed_in"])
    running = act()
    pieces = Piece.objects.filter(step__campaign=campaign).values("pk")
    rows = Duty.objects.filter(kind=KIND, about__in=pieces, state="open")
    left = rows.update(state="withdrawn", closed_on=on, closed_at=running.at, closed_in=running.id)
    running.tell(
        gettext_noop("Kết thúc đợt công tác “%(title)s” ngày %(day)s; còn %(count)s việc chưa xong."),
        about=[campaign], units=[campaign.unit], title=campaign.title, day=Known.of(on), count=left,
    )  # fmt: skip
    return left


@action("duties.drop_campaign")
def drop_campaign(*, actor: Actor, campaign: Campaign, on: date, reason: str = "") -> None:
    """A draft that will not be started."""
    queries.lead(actor, campaign)
    apply(FLOW, campaign, "drop", actor=actor)
    campaign.closed_on, campaign.closed_in = on, act().id
    campaign.save(update_fields=["state", "closed_on", "closed_in"])
    act().tell(
        gettext_noop("Bỏ bản soạn đợt công tác “%(title)s”."), about=[campaign], units=[campaign.unit],
        title=campaign.title,
    )  # fmt: skip
