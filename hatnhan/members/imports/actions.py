"""Applying a plan: one act, all or nothing, undone as long as nothing was built on it."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.kernel.undo import take_back
from hatnhan.members import permissions
from hatnhan.members.actions import appoint, change, end_participation, recognise, set_number, set_participation
from hatnhan.members.actions.loading import load
from hatnhan.members.models import Membership, Participation, Person, Question

from .plan import Line, Plan

Progress = Callable[[int], None]


def apply(
    plan: Plan, *, actor: Actor, skip_refused: bool = False, reason: str = "", progress: Progress = lambda done: None
) -> int:
    """Write a plan's new and changed rows and open its questions. Without `skip_refused` one refused row stops the
    whole list: it raises `Refused`, and only the questions about numbers held elsewhere are opened. Returns the act's
    id, 0 when there was nothing to write."""
    refused = [line for line in plan.lines if line.outcome == "refused"]
    asked = [line for line in plan.lines if line.question.get("kind") == "number_elsewhere"]
    if refused and not skip_refused:
        if asked:
            _ask_only(actor=actor, unit=plan.unit, lines=asked, on=plan.on)
        raise Refused(
            [Reason("row", f"{_('Dòng %(row)s') % {'row': line.row}}: {' '.join(line.problems)}", row=line.row)
             for line in refused]
        )  # fmt: skip
    if not any(line.outcome in ("new", "changed", "question") or line.question for line in plan.lines):
        return 0
    return _write(actor=actor, plan=plan, reason=reason, progress=progress)


@action("members.import")
def _write(*, actor: Actor, plan: Plan, reason: str, progress: Progress) -> int:
    actor.require(permissions.IMPORT, at=plan.unit)
    fresh = [line for line in plan.lines if line.outcome == "new" and line.newcomer is not None]
    if fresh:
        newcomers = [line.newcomer for line in fresh if line.newcomer is not None]
        ids = load(
            actor=actor, unit=plan.unit, newcomers=newcomers, source=plan.source,
            progress=lambda tables: progress(tables * 12),
        )  # fmt: skip
        for line, pk in zip(fresh, ids, strict=True):
            line.person_id = pk
            _appoint(actor, line, plan.on)
    changed = [line for line in plan.lines if line.outcome == "changed"]
    for number, line in enumerate(changed, start=1):
        _change(actor, line, plan.on)
        progress(60 + 40 * number // len(changed))
    _open_questions(plan.unit, [line for line in plan.lines if line.question], plan.on)
    counts = plan.counts()
    act().tell(
        gettext_noop("Nhập danh sách %(source)s: %(new)s mới, %(changed)s thay đổi, %(questions)s cần hỏi lại."),
        units=[plan.unit], source=plan.source, new=counts["new"], changed=counts["changed"],
        questions=counts["questions"],
    )  # fmt: skip
    return act().id


def _change(actor: Actor, line: Line, on: date) -> None:
    person = Person.objects.get(pk=line.person_id)
    plain = {name: value for name, value in line.changes.items() if ":" not in name and name not in STATUSES}
    if plain:
        change(actor=actor, person=person, on=on, **plain)
    for name, value in line.changes.items():
        if name.startswith("number:"):
            set_number(actor=actor, person=person, kind=name.removeprefix("number:"), digits=value, on=on)
    if "standing" in line.changes:
        official: Known | None = person.official_date
        recognise(actor=actor, person=person, on=official.earliest if official and official.earliest <= on else on)
    if "participation" in line.changes:
        _take_part(actor, person, line.changes["participation"], on)

    _appoint(actor, line, on)


STATUSES = ("standing", "participation", "offices")


def _appoint(actor: Actor, line: Line, on: date) -> None:
    offices = line.changes.get("offices", ())
    if offices and line.unit_id is not None:
        person, unit = Person.objects.get(pk=line.person_id), Unit.objects.get(pk=line.unit_id)
        for office in offices:
            appoint(actor=actor, person=person, unit=unit, office=office, on=on)


def _take_part(actor: Actor, person: Person, kind: str, on: date) -> None:
    if kind == "active":
        for row in Participation.objects.on(on).filter(person=person, valid_from__lt=on):
            end_participation(actor=actor, row=row, on=on)
    else:
        set_participation(actor=actor, person=person, kind=kind, on=on)


@action("members.ask")
def _ask_only(*, actor: Actor, unit: Unit, lines: list[Line], on: date) -> None:
    actor.require(permissions.IMPORT, at=unit)
    _open_questions(unit, lines, on)
    act().tell(
        gettext_noop("Gửi %(count)s câu hỏi về số thẻ, số định danh lên cấp trên chung."), units=[unit],
        count=len(lines),
    )  # fmt: skip


def _open_questions(unit: Unit, lines: list[Line], on: date) -> None:
    """Questions of one scope stay there; one about a person elsewhere goes to the unit that stands above both."""
    for line in lines:
        person_id = line.question.get("person")
        where = unit
        if line.question.get("kind") == "number_elsewhere" and person_id is not None:
            where = common_superior(unit, person_id, on)
        known = Question.objects.filter(
            kind=line.question["kind"], unit=where, person=person_id, asked_by=unit, closed_at__isnull=True
        )
        if not known.exists():
            Question.objects.create(
                kind=line.question["kind"], unit=where, person_id=person_id, asked_by=unit, act=act().id,
                opened_at=act().at, values={"row": line.row, "name": line.name, "birth": line.birth},
            )  # fmt: skip


def common_superior(unit: Unit, person_id: int, on: date) -> Unit:
    """The lowest unit under which both the asking unit and the person's home hang."""
    home = Membership.objects.unvoided().filter(person=person_id, kind="home").order_by("-valid_from").first()
    mine = segments(Placement.objects.path_of(unit, on) or "")
    theirs = segments(Placement.objects.path_of(home.unit_id, on) or "") if home else []
    shared = [one for one, other in zip(mine, theirs, strict=False) if one == other]
    return Unit.objects.get(pk=unit_of(shared[-1])) if shared else unit


@action("members.undo_import")
def undo(*, actor: Actor, unit: Unit, act_id: int, reason: str = "") -> None:
    """Take a whole import back. Refused once something was built on it."""
    actor.require(permissions.IMPORT, at=unit)
    take_back(act_id)
    Question.objects.filter(act=act_id, closed_at__isnull=True).update(closed_at=act().at, closed_in=act().id)
    act().tell(gettext_noop("Hoàn tác việc nhập danh sách."), units=[unit])
