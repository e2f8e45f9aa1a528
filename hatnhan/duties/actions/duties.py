"""Opening, closing, escalating and handing over duties. Other modules call these inside their own acts, which have
asked for the right; on its own only the program itself may call one."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from hatnhan import rulebook
from hatnhan.access.choices import ROLES
from hatnhan.access.models import Account
from hatnhan.duties import queries, rules
from hatnhan.duties.flows import DUTY
from hatnhan.duties.holidays import calendar_of
from hatnhan.duties.kinds import KINDS, label_of
from hatnhan.duties.models import Duty, Owner
from hatnhan.kernel import tree
from hatnhan.kernel.action import act, action, begin, end, restate
from hatnhan.kernel.actor import Actor, Forbidden
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Refused, refuse
from hatnhan.kernel.workflow import apply
from hatnhan.kernel.working_days import Calendar
from hatnhan.rulebook.spoken import spoke
from hatnhan.units.queries import name_of


@action("duties.open")
def open_duty(
    *, actor: Actor, kind: str, about: int, deadline: str = "", on: date, unit: Unit, role: str = "",
    account: Account | None = None, person: int | None = None, unit_name: str = "", fresh: bool = False,
    fixed: date | None = None, reason: str = "",
) -> Duty:  # fmt: skip
    """Something is owed from the day on: by the office `role` at the unit, or by an account there. `deadline` is a code
    of the rulebook's time limits, counted by the rule of the day; with `fixed` a decision has named the day, and no
    rule counts it. `unit_name`, and `fresh` for a thing that is new itself, spare asking what the caller knows.
    Refuses a second open duty about the same thing."""
    _inside(actor, "duties.open")
    if kind not in KINDS:
        raise LookupError(f"no duty is called {kind}")
    if not fresh and Duty.objects.filter(kind=kind, about=about, state="open").exists():
        refuse("open", _("Việc này đã được giao từ trước và đang chờ."))
    counted = _fixed(on, fixed) if fixed else _counted(on, deadline)
    duty = Duty.objects.create(
        kind=kind, about=about, person=person, opened_on=on, opened_at=act().at, opened_in=act().id, **counted
    )
    begin(Owner(duty=duty, unit=unit, role=role, account=account, valid_from=on))
    spoken = {} if fixed else {"rule": rulebook.at(on).deadline(deadline).rule.reference}
    for reference in spoken.values():
        spoke(reference)
    act().tell(
        gettext_noop("Giao việc “%(what)s” cho %(who)s, %(unit)s, hạn ngày %(due)s."), about=[duty], units=[unit],
        what=_label(kind), who=_role(role) or str(account), unit=unit_name or name_of(unit, on),
        due=Known.of(duty.due), **spoken,
    )  # fmt: skip
    return duty


def _fixed(on: date, due: date) -> dict[str, Any]:
    """The columns of a day that was named."""
    return {"due": due, "n": max((due - on).days, 0), "counted": "fixed", "rule": "", "document": "", "mark": ""}


def _counted(on: date, deadline: str) -> dict[str, Any]:
    """The columns of a day that the rule of the day counts."""
    limit = rulebook.at(on).deadline(deadline)
    far = date(on.year + 1 + limit.n // 200, 12, 31)
    calendar = calendar_of(on, far, on) if limit.counted == "working" else Calendar()
    due = rules.due_day(on, limit.n, limit.counted, calendar)
    doubtful = limit.counted == "working" and bool(calendar.doubts(on, due))
    return {
        "due": due, "n": limit.n, "counted": limit.counted, "rule": limit.rule.key,
        "document": limit.rule.document.number, "mark": limit.rule.mark, "provisional": doubtful,
    }  # fmt: skip


@action("duties.close")
def close(*, actor: Actor, kind: str, about: int, on: date, reason: str = "") -> Duty | None:
    """What was owed about a thing is done. Returns the duty; None when nothing was open."""
    return _shut(actor, "close", kind, about, on, gettext_noop("Xong việc “%(what)s”, hạn ngày %(due)s."))


@action("duties.withdraw")
def withdraw(*, actor: Actor, kind: str, about: int, on: date, reason: str = "") -> Duty | None:
    """It is no longer owed. Returns the duty; None when nothing was open."""
    return _shut(actor, "withdraw", kind, about, on, gettext_noop("Rút việc “%(what)s”, hạn ngày %(due)s."))


@action("duties.hand_to")
def hand_to(*, actor: Actor, duty: Duty, unit: Unit, role: str, on: date, reason: str = "") -> None:
    """Another office owes it from the day on."""
    _inside(actor, "duties.hand_to")
    now = Owner.objects.on(on).get(duty=duty)
    if (now.unit_id, now.role) == (unit.pk, role):
        if act().depth == 1:
            refuse("same", _("Việc này đã thuộc nơi đó."))
        return
    if now.valid_from == on:
        restate(now, unit=unit, role=role, account=None)
    else:
        end(now, on)
        begin(Owner(duty=duty, unit=unit, role=role, valid_from=on, valid_to=now.valid_to))
    act().tell(
        gettext_noop("Chuyển việc “%(what)s” sang %(who)s, %(unit)s."), about=[duty], units=[unit, now.unit],
        what=_label(duty.kind), who=_role(role), unit=name_of(unit, on),
    )  # fmt: skip


@action("duties.follow")
def follow(
    *, actor: Actor, person: int, line: Iterable[int], on: date, without: int | None = None, reason: str = ""
) -> None:
    """A person has moved: what offices owe that concerns the person goes to the office competent there. `line` are the
    ids of the unit and those above it, `without` the account that may not answer: the person's own."""
    _inside(actor, "duties.follow")
    open_ones = Duty.objects.filter(person=person, state="open", owners__in=Owner.objects.on(on).exclude(role=""))
    found = list(open_ones)
    if not found:
        if act().depth == 1:
            refuse("none", _("Không có việc nào đang chờ liên quan đến người này."))
        return
    pk, role = queries.competent(line, on, without=without)
    unit = Unit.objects.get(pk=pk)
    for duty in found:
        hand_to(actor=actor, duty=duty, unit=unit, role=role, on=on)


@action("duties.escalate")
def escalate(*, actor: Actor, duties: Iterable[Duty], on: date, reason: str = "") -> int:
    """Tell the superior unit of duties that are overdue. Returns how many; those of a top unit have none above."""
    _inside(actor, "duties.escalate")
    told = 0
    for duty in duties:
        owner = Owner.objects.on(on).filter(duty=duty).select_related("unit").first()
        if duty.state != "open" or duty.due >= on or duty.escalated_on is not None or owner is None:
            continue
        duty.escalated_on, duty.escalated_to = on, _above(owner.unit, on)
        duty.save(update_fields=["escalated_on", "escalated_to"])
        told += 1
        act().tell(
            gettext_noop("Quá hạn, báo lên %(above)s: việc “%(what)s” của %(unit)s, hạn ngày %(due)s."), about=[duty],
            units=[owner.unit, *([duty.escalated_to] if duty.escalated_to else [])],
            above=name_of(duty.escalated_to, on) if duty.escalated_to else "…", what=_label(duty.kind),
            unit=name_of(owner.unit, on), due=Known.of(duty.due),
        )  # fmt: skip
    if not told:
        refuse("none", _("Không có việc nào quá hạn cần báo."))
    return told


def _shut(actor: Actor, verb: str, kind: str, about: int, on: date, sentence: str) -> Duty | None:
    _inside(actor, f"duties.{verb}")
    duty = Duty.objects.filter(kind=kind, about=about, state="open").first()
    if duty is None:
        if act().depth == 1:
            refuse("none", _("Không có việc nào như thế đang chờ."))
        return None
    apply(DUTY, duty, verb, actor=actor)
    duty.closed_on, duty.closed_at, duty.closed_in = on, act().at, act().id
    duty.save(update_fields=["state", "closed_on", "closed_at", "closed_in"])
    owner = Owner.objects.on(on).filter(duty=duty).select_related("unit").first()
    act().tell(sentence, about=[duty], units=[owner.unit] if owner else [], what=_label(kind), due=Known.of(duty.due))
    return duty


def _above(unit: Unit, on: date) -> Unit | None:
    try:
        return tree.last_parent(unit, on)
    except Refused:
        return None


def _inside(actor: Actor, code: str) -> None:
    if act().depth == 1 and not actor.everything:
        raise Forbidden(code)


def _label(kind: str) -> str:
    with override("vi"):
        return label_of(kind)


def _role(role: str) -> str:
    with override("vi"):
        return str(ROLES.get(role, role))
