"""Applying a plan: one act, all or nothing, undone as long as nothing was built on it."""

from collections.abc import Callable
from datetime import date

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.kernel.undo import take_back
from hatnhan.members import permissions
from hatnhan.members.actions import (
    appoint,
    correct_row,
    end_participation,
    recognise,
    set_participation,
    withdraw_row,
)  # fmt: skip
from hatnhan.members.actions.loading import Revision, Stale, load, revise
from hatnhan.members.imports.differing import STATUSES
from hatnhan.members.imports.judging import in_row
from hatnhan.members.imports.line import Line
from hatnhan.members.imports.plan import Plan, log_state
from hatnhan.members.models import Participation, Person, Question, Standing

from .asking import open_questions, unasked

Progress = Callable[[int, int], None]
"""How many rows are written, of how many."""
LOCK = 7402


def apply(
    plan: Plan, *, actor: Actor, skip_refused: bool = False, reason: str = "",
    progress: Progress = lambda done, of: None,
) -> int:  # fmt: skip
    """Write a plan's new and changed rows and open its questions. Without `skip_refused` one refused row stops the
    whole list with `Refused`. Raises `Stale` when the scope has changed since the plan was made. Returns the act's id,
    0 when there was nothing to write."""
    refused = [line for line in plan.lines if line.outcome == "refused"]
    if refused and not skip_refused:
        raise Refused(Reason("row", text, row=line.row) for line in refused for text in line.problems)
    asked = [line for line in plan.lines if line.question]
    if not any(line.outcome in ("new", "changed") for line in plan.lines) and not unasked(plan.unit, asked):
        return 0
    try:
        return _write(actor=actor, plan=plan, reason=reason, progress=progress)
    except IntegrityError as error:
        raise Stale from error
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", None) in ("40001", "40P01"):  # serialization failure, deadlock
            raise Stale from error
        raise


@action("members.import")
def _write(*, actor: Actor, plan: Plan, reason: str, progress: Progress) -> int:
    actor.require(permissions.IMPORT, at=plan.unit)
    _alone()
    if log_state(plan.unit, plan.on) != plan.seen:
        raise Stale
    counts = plan.counts()
    act().tell(
        gettext_noop(
            "Nhập danh sách %(source)s: %(new)s mới, %(changed)s thay đổi, %(questions)s cần hỏi lại, "
            "%(refused)s bị từ chối."
        ),
        units=[plan.unit], source=plan.source, new=counts["new"], changed=counts["changed"],
        questions=counts["questions"], refused=counts["refused"],
    )  # fmt: skip
    fresh = plan.fresh()
    changed = [line for line in plan.lines if line.outcome == "changed"]
    total = len(fresh) + len(changed)
    if fresh:
        ids = load(
            actor=actor, unit=plan.unit, newcomers=plan.newcomers, source=plan.source,
            progress=lambda done: progress(done, total),
        )  # fmt: skip
        for line, pk in zip(fresh, ids, strict=True):
            line.person_id = pk
    _revise(actor, plan, changed, lambda done: progress(len(fresh) + done, total))
    for line in (*fresh, *changed):
        if line.changes:
            _one_by_one(actor, line, plan.on)
    open_questions(plan.unit, [line for line in plan.lines if line.question], plan.on)
    return act().id


def _alone() -> None:
    """Imports are written one after the other; SQLite's writers come one at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _revise(actor: Actor, plan: Plan, changed: list[Line], progress: Callable[[int], None]) -> None:
    revisions = []
    for line in changed:
        fields = {name: v for name, v in line.changes.items() if ":" not in name and name not in STATUSES}
        numbers = {name.removeprefix("number:"): v for name, v in line.changes.items() if name.startswith("number:")}
        if line.person_id is not None and (fields or numbers):
            revisions.append(Revision(line.person_id, line.version, fields, numbers))
    if revisions:
        revise(actor=actor, unit=plan.unit, revisions=revisions, source=plan.source, on=plan.on, progress=progress)


def _one_by_one(actor: Actor, line: Line, on: date) -> None:
    """Statuses and offices go through the same actions as the pages; a refusal names the row."""
    if not any(name in line.changes for name in STATUSES):
        return
    person = Person.objects.get(pk=line.person_id or 0)
    try:
        with transaction.atomic():
            if "standing" in line.changes:
                _recognise(actor, person, on)
            if "participation" in line.changes:
                _take_part(actor, person, line.changes["participation"], on)
            for office in line.changes.get("offices", ()):
                appoint(actor=actor, person=person, unit=Unit.objects.get(pk=line.unit_id or 0), office=office, on=on)
    except Refused as refused:
        raise Refused(
            Reason(one.code, in_row(line.row, one.message), row=line.row) for one in refused.reasons
        ) from None


def _recognise(actor: Actor, person: Person, on: date) -> None:
    """Full from the official day as far as known, not before the probation that is recorded began."""
    held = Standing.objects.on(on).get(person=person)
    official: Known | None = person.official_date
    day = official.earliest if official is not None and official.earliest <= on else on
    recognise(actor=actor, person=person, on=max(day, held.valid_from))


def _take_part(actor: Actor, person: Person, kind: str, on: date) -> None:
    """Another participation from the day on; one recorded from that very day is corrected instead of ended."""
    now = Participation.objects.on(on).filter(person=person).first()
    if now is not None and now.valid_from == on:
        if kind == "active":
            withdraw_row(actor=actor, row=now)
        else:
            correct_row(actor=actor, row=now, kind=kind)
    elif kind == "active":
        if now is not None:
            end_participation(actor=actor, row=now, on=on)
    else:
        set_participation(actor=actor, person=person, kind=kind, on=on)


def ask_elsewhere(plan: Plan, *, actor: Actor) -> None:
    """Of a list that is refused as a whole: open its questions about numbers that are held elsewhere all the same."""
    refused = [line for line in plan.lines if line.outcome == "refused" and line.question]
    if asked := unasked(plan.unit, refused):
        _ask(actor=actor, unit=plan.unit, lines=asked, on=plan.on)


@action("members.ask")
def _ask(*, actor: Actor, unit: Unit, lines: list[Line], on: date) -> None:
    actor.require(permissions.IMPORT, at=unit)
    opened = open_questions(unit, lines, on)
    sentence = gettext_noop("Gửi %(count)s câu hỏi về số thẻ, số định danh lên cấp trên chung.")
    act().tell(sentence, units=[unit], count=opened)


@action("members.undo_import")
def undo(*, actor: Actor, unit: Unit, act_id: int, reason: str = "") -> int:
    """Take a whole import back. Refused once something was built on it. Returns the id of the undoing act."""
    actor.require(permissions.IMPORT, at=unit)
    take_back(act_id)
    Question.objects.filter(act=act_id, closed_at__isnull=True).update(closed_at=act().at, closed_in=act().id)
    act().tell(gettext_noop("Hoàn tác việc nhập danh sách."), units=[unit])
    return act().id
