"""Giving and ending roles. Called on its own, each asks for the right to do so; inside another act, as the appointment
to an office, that act has asked."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from hatnhan import rulebook
from hatnhan.access.choices import LOCK_REASONS, ROLES
from hatnhan.access.models import Account, Grant, StandIn
from hatnhan.access.queries import dependent, standing
from hatnhan.access.rules import place_blockers
from hatnhan.kernel.action import act, action, begin, end_all, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Refused, refuse
from hatnhan.kernel.tree import must_stand
from hatnhan.units.queries import name_of

from .rights import may_give, may_look_after
from .tokens import revoke_all


@action("access.give")
def give(
    *, actor: Actor, account: Account, role: str, unit: Unit, on: date, until: date = FAR, source: int = 0,
    reason: str = "",
) -> Grant:  # fmt: skip
    """Give an account a role at a unit and below it, from the day on and before `until`. `source` is the key of the
    tenure that brings it. Nobody gives a role to the own account, or one that they may not give there."""
    if act().depth == 1:
        may_give(actor, role, unit)
        may_look_after(actor, account)
        if account.pk == actor.account_id:
            refuse("own", _("Đồng chí không tự cấp quyền cho tài khoản của mình; hãy nhờ người khác."))
    return record_grant(account, role, unit, on, until, source)


def record_grant(account: Account, role: str, unit: Unit, on: date, until: date, source: int = 0) -> Grant:
    """Inside an act: the role, where it is possible on those days."""
    if role not in ROLES:
        refuse("role", _("Hãy chọn vai trò."), field="role")
    if until <= on:
        refuse("until", _("Ngày kết thúc phải sau ngày bắt đầu."), field="until")
    must_stand(unit, on, on + ONE)
    if not source and (blockers := place_blockers(role, _is_cell(unit, on))):
        raise Refused(blockers)
    if Grant.objects.during(on, until).filter(account=account, role=role, unit=unit, source=source).exists():
        refuse("same", _("Tài khoản đã có vai trò này tại đơn vị trong thời gian đó."), field="role")
    row = begin(Grant(account=account, role=role, unit=unit, source=source, valid_from=on, valid_to=until))
    sentence = gettext_noop("Cấp cho tài khoản %(account)s vai trò %(role)s tại %(unit)s từ ngày %(on)s.")
    if until != FAR:
        sentence = gettext_noop(
            "Cấp cho tài khoản %(account)s vai trò %(role)s tại %(unit)s từ ngày %(on)s, đến hết ngày %(until)s."
        )
    act().tell(
        sentence, about=[account], units=[unit], account=account.username, role=role_name(role), unit=name_of(unit, on),
        on=written(on), until=written(until - ONE),
    )  # fmt: skip
    return row


@action("access.end_grant")
def end_grant(*, actor: Actor, grant: Grant, on: date, reason: str = "") -> None:
    """End a role given by hand before the day. A role that came with an office ends with the office."""
    may_look_after(actor, grant.account)
    if grant.account_id == actor.account_id:
        refuse("own", _("Đồng chí không tự thu hồi quyền của mình; hãy nhờ người khác."))
    if grant.voided_at is not None or grant.valid_to <= on:
        refuse("ended", _("Vai trò này đã kết thúc từ trước."), field="on")
    if StandIn.objects.unvoided().filter(key=grant.source).exists():
        refuse("stand_in", _("Vai trò này do làm thay người khác: hãy kết thúc ở trang “Nhờ làm thay”."))
    if grant.source:
        refuse("office", _("Vai trò này theo chức vụ: hãy ghi thôi chức vụ ở trang của đảng viên."))
    end_grants([grant], on)


@action("access.take")
def take(*, actor: Actor, source: int, on: date, reason: str = "") -> None:
    """End before the day what a tenure gave. It has given nothing when its holder has no account."""
    rows = list(Grant.objects.unvoided().filter(source=source, valid_to__gt=on).select_related("account", "unit"))
    if act().depth == 1:
        for row in rows:
            may_give(actor, row.role, row.unit)
        if not rows:
            refuse("none", _("Chức vụ này không còn kèm quyền sử dụng nào."))
    end_grants(rows, on)


@action("access.hand_over")
def hand_over(*, actor: Actor, old: Account, new: Account, unit: Unit, on: date, reason: str = "") -> list[Grant]:
    """A successor takes over: what the old account may do at the unit ends before the day, and the new account may do
    it from the day on. An old account that is left with nothing is locked. Returns the new roles."""
    may_look_after(actor, old)
    may_look_after(actor, new)
    if old.pk == new.pk:
        refuse("same", _("Hãy chọn tài khoản của người nhận bàn giao."), field="new")
    if actor.account_id in {old.pk, new.pk}:
        refuse("own", _("Đồng chí không tự bàn giao quyền của mình; hãy nhờ người khác."))
    if not new.is_active:
        refuse("locked", _("Tài khoản của người nhận bàn giao đang bị khóa."), field="new")
    borrowed = StandIn.objects.unvoided().filter(deputy=old).values("key")
    rows = list(
        standing(old, on).filter(unit=unit).exclude(role="member").exclude(source__in=borrowed)
        .select_related("account", "unit")
    )  # fmt: skip
    if not rows:
        refuse("none", _("Tài khoản bàn giao không còn vai trò nào tại đơn vị này."), field="unit")
    act().tell(
        gettext_noop("Bàn giao tại %(unit)s từ tài khoản %(old)s sang tài khoản %(new)s từ ngày %(on)s."),
        about=[old, new], units=[unit], unit=name_of(unit, on), old=old.username, new=new.username, on=written(on),
    )  # fmt: skip
    held = set(standing(new, on).filter(unit=unit, source=0).values_list("role", flat=True))
    end_grants(rows, on)
    fresh: list[Grant] = []
    for row in rows:
        if row.role not in held:
            held.add(row.role)
            fresh.append(record_grant(new, row.role, unit, max(on, row.valid_from), row.valid_to))
    if on <= actor.on and not standing(old, on).exists():
        shut(old, "handed_over")
    return fresh


@action("access.person_gone")
def person_gone(*, actor: Actor, account: Account, on: date, why: str, reason: str = "") -> None:
    """Somebody left or died: every role of the account ends before the day and the account is locked. `why` is one of
    `choices.LOCK_REASONS`."""
    rows = list(standing(account, on).select_related("account", "unit"))
    if act().depth == 1:
        may_look_after(actor, account)
        if not account.is_active and not rows:
            refuse("locked", _("Tài khoản này đã khóa từ trước."))
    if account.is_active:
        shut(account, why)
    end_grants(rows, on)


@action("access.follow")
def follow(*, actor: Actor, account: Account, into: Unit, on: date, reason: str = "") -> None:
    """A member's account follows its member to another cell: the member's role ends where it was and begins there."""
    if act().depth == 1:
        may_look_after(actor, account)
        may_give(actor, "member", into)
    rows = list(standing(account, on).filter(role="member", source=0).select_related("account", "unit"))
    if not rows:
        if act().depth == 1:
            refuse("none", _("Tài khoản này không có vai trò đảng viên."))
        return
    end_grants(rows, on)
    record_grant(account, "member", into, on, FAR)


def end_grants(rows: Iterable[Grant], on: date) -> None:
    """Inside an act: let roles end before the day; those that were to begin only then fall away. Whoever stands in for
    one of the holders loses that role the same day."""
    held = list(rows)
    held = list({row.pk: row for row in [*held, *dependent(held, on)]}.values())
    _end_stand_ins([row.source for row in held if row.source], on)
    void([row for row in held if row.valid_from >= on])
    end_all(Grant.objects.filter(pk__in=[row.pk for row in held if row.valid_from < on]), on)
    for row in held:
        act().tell(
            gettext_noop("Thu hồi của tài khoản %(account)s vai trò %(role)s tại %(unit)s từ ngày %(on)s."),
            about=[row.account], units=[row.unit], account=row.account.username, role=role_name(row.role),
            unit=name_of(row.unit, on), on=written(on),
        )  # fmt: skip


def _end_stand_ins(keys: list[int], on: date) -> None:
    """Those of the keys that are of stand-ins end with their grants."""
    rows = StandIn.objects.unvoided().filter(key__in=keys, valid_to__gt=on)
    void(rows.filter(valid_from__gte=on))
    end_all(rows.filter(valid_from__lt=on), on)


def shut(account: Account, why: str) -> None:
    """Inside an act: lock an account; whoever uses it is signed out by the next request, its keys are revoked."""
    if why not in LOCK_REASONS:
        refuse("why", _("Hãy chọn lý do khóa tài khoản."), field="why")
    account.is_active, account.locked_because, account.locked_in = False, why, act().id
    account.save(update_fields=["is_active", "locked_because", "locked_in"])
    units = [row.unit for row in Grant.objects.filter(account=account).select_related("unit").order_by("-pk")[:1]]
    with override("vi"):
        act().tell(
            gettext_noop("Khóa tài khoản %(account)s: %(why)s."), about=[account], units=units,
            account=account.username, why=str(LOCK_REASONS[why]),
        )  # fmt: skip
    revoke_all([account])


def _is_cell(unit: Unit, on: date) -> bool:
    kind = rulebook.at(on).kinds().get(Placement.objects.on(on).get(unit=unit).kind)
    return kind is not None and kind.cell


def role_name(role: str) -> str:
    """How the log names a role, in Vietnamese whoever writes."""
    with override("vi"):
        return str(ROLES[role])


def written(day: date) -> str:
    """A day as the log writes it."""
    return f"{day.day}/{day.month}/{day.year}"
