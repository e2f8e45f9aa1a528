"""Lists of members as files. Of one cell its secretary takes the list; over more than one cell a second person answers
first, and the file is fetched within a set time."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.access.second_person import check_answer, over_one_cell
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.members import permissions
from hatnhan.members.models import ExportRequest, Person
from hatnhan.members.takings import MEMBERS, TAKINGS
from hatnhan.units.queries import name_of

FETCH_WITHIN = timedelta(hours=48)


@action("members.export")
def export(*, actor: Actor, unit: Unit, people: Iterable[int], form: str, reason: str = "") -> None:
    """Record that the list of one cell was taken out as a file or printed; everybody in it can see that. Refuses a unit
    with cells below it: that needs a second person."""
    actor.require(permissions.EXPORT, at=unit)
    if over_one_cell([unit.pk], actor.on):
        refuse("second_person", _("Danh sách gồm nhiều chi bộ cần người thứ hai duyệt."))
    taken = list(people)
    act().about(Person, taken)
    act().tell(
        gettext_noop("Lấy danh sách %(count)s đảng viên của %(unit)s ra tệp %(form)s."), units=[unit],
        count=len(taken), unit=name_of(unit, actor.on), form=form.upper(),
    )  # fmt: skip


@action("members.ask_export")
def ask_export(
    *, actor: Actor, unit: Unit, on: date, query: str, count: int, reason: str, what: str = MEMBERS
) -> ExportRequest:
    """Ask for a list over more than one cell, with the reason that the second person and the log will read. `what` is
    one of `takings`."""
    kind = TAKINGS[what]
    actor.require(kind.permission, at=unit)
    if not reason.strip():
        refuse("reason", _("Danh sách gồm nhiều chi bộ. Hãy ghi lý do lấy ra."), field="reason")
    if actor.account_id is None:
        refuse("account", _("Hãy đăng nhập bằng tài khoản của đồng chí để yêu cầu lấy danh sách."))
    row = ExportRequest.objects.create(
        what=what, unit=unit, on=on, query=query, reason=reason.strip(), count=count,
        account_id=actor.account_id, asked_at=act().at,
    )  # fmt: skip
    act().tell(
        kind.asked, units=[unit], count=count, unit=name_of(unit, actor.on), number=row.pk,
    )  # fmt: skip
    return row


@action("members.answer_export")
def answer_export(*, actor: Actor, asked: ExportRequest, approved: bool, reason: str = "") -> None:
    """Approve or refuse a request. Nobody answers the own one; a refusal says why."""
    actor.require(permissions.APPROVE_EXPORT, at=asked.unit)
    row = _held(asked)
    check_answer(
        actor, asked_by=row.account_id, waits=row.state == "waiting", approved=approved, reason=reason
    )  # fmt: skip
    row.state, row.answered_by_id, row.answered_at = "approved" if approved else "refused", actor.account_id, act().at
    row.answer, row.until = reason.strip(), act().at + FETCH_WITHIN if approved else None
    row.save()
    kind = TAKINGS[row.what]
    sentence = kind.approved if approved else kind.refused
    act().tell(sentence, units=[row.unit], number=row.pk, count=row.count, unit=name_of(row.unit, actor.on))


@action("members.withdraw_export")
def withdraw_export(*, actor: Actor, asked: ExportRequest, reason: str = "") -> None:
    """Take the own request back while nobody has fetched the file."""
    row = _held(asked)
    if actor.account_id != row.account_id:
        refuse("own", _("Chỉ người yêu cầu rút lại được."))
    if row.state not in ("waiting", "approved") or row.fetched_at is not None:
        refuse("answered", _("Yêu cầu này không rút lại được nữa."))
    row.state = "withdrawn"
    row.save()
    act().tell(gettext_noop("Rút yêu cầu lấy danh sách số %(number)s."), units=[row.unit], number=row.pk)


@action("members.fetch_export")
def fetch_export(*, actor: Actor, asked: ExportRequest, people: Sequence[int], form: str, reason: str = "") -> None:
    """Record that the file of an approved request was fetched; everybody in it can see that. Refuses others than the
    one who asked, and after the set time."""
    row = _held(asked)
    kind = TAKINGS[row.what]
    actor.require(kind.permission, at=row.unit)
    if actor.account_id != row.account_id:
        refuse("own", _("Chỉ người yêu cầu lấy được tệp này."))
    if row.state != "approved":
        refuse("not_approved", _("Yêu cầu này chưa được duyệt."))
    if row.until is None or act().at >= row.until:
        refuse("late", _("Đã quá thời hạn lấy tệp. Hãy gửi yêu cầu mới."))
    row.fetched_at = act().at
    row.save()
    act().reason = act().reason or row.reason
    act().about(Person, people)
    act().tell(
        kind.fetched, units=[row.unit], count=len(people) or row.count, unit=name_of(row.unit, actor.on),
        form=form.upper(), number=row.pk,
    )  # fmt: skip


def _held(asked: ExportRequest) -> ExportRequest:
    """The request as it is now, held until the end."""
    return ExportRequest.objects.select_for_update(of=("self",)).select_related("unit").get(pk=asked.pk)
