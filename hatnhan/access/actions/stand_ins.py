"""Standing in: a holder of a role, or whoever may give it, names another member to act for a time. The rights follow
and end by themselves, on the last day or with the role that is stood in for."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.access import rules
from hatnhan.access.models import Account, Grant, StandIn
from hatnhan.kernel.action import act, action, begin
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.audit import new_id
from hatnhan.kernel.days import ONE
from hatnhan.kernel.models import Placement
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.undo import undoes
from hatnhan.units.queries import name_of

from .grants import end_grants, record_grant, role_name, written
from .rights import may_give, may_look_after


@action("access.stand_in")
def stand_in(*, actor: Actor, grant: Grant, deputy: Account, on: date, until: date, reason: str = "") -> StandIn:
    """Let `deputy` act in the role of `grant`, from the day on and before `until`. Its holder may, and whoever may give
    that role there. Refuses a role that is itself borrowed, and a deputy from elsewhere, locked, or with that role."""
    own = grant.account_id == actor.account_id
    if not own:
        may_look_after(actor, grant.account)
        may_give(actor, grant.role, grant.unit)
        if deputy.pk == actor.account_id:
            refuse("own", _("Đồng chí không tự cử mình làm thay; hãy nhờ người khác."), field="deputy")
    if reasons := rules.stand_in_blockers(_facts(grant, deputy, on, until)):
        raise Refused(reasons)
    if StandIn.objects.during(on, until).filter(principal=grant.account, role=grant.role, unit=grant.unit).exists():
        refuse(
            "same", _("Trong thời gian này đã có người làm thay. Hãy kết thúc lần trước rồi cử người khác."), field="on"
        )
    row = begin(
        StandIn(
            principal=grant.account, deputy=deputy, role=grant.role, unit=grant.unit, given=grant.source, key=new_id(),
            valid_from=on, valid_to=until,
        )
    )  # fmt: skip
    act().tell(
        gettext_noop(
            "Đồng chí %(deputy)s làm thay đồng chí %(principal)s, %(role)s tại %(unit)s, từ ngày %(on)s đến hết ngày "
            "%(until)s."
        ),
        about=[grant.account, deputy], units=[grant.unit], deputy=deputy.label, principal=grant.account.label,
        role=role_name(grant.role), unit=name_of(grant.unit, on), on=written(on), until=written(until - ONE),
    )  # fmt: skip
    record_grant(deputy, grant.role, grant.unit, on, until, source=row.key)
    return row


@action("access.end_stand_in")
def end_stand_in(*, actor: Actor, row: StandIn, on: date, reason: str = "") -> None:
    """End a standing in before the day. Both sides may, and whoever may give the role there."""
    if actor.account_id not in {row.principal_id, row.deputy_id}:
        may_look_after(actor, row.principal)
        may_give(actor, row.role, row.unit)
    if row.voided_at is not None or row.valid_to <= on:
        refuse("ended", _("Việc làm thay này đã kết thúc từ trước."))
    act().tell(
        gettext_noop("Đồng chí %(deputy)s thôi làm thay đồng chí %(principal)s từ ngày %(on)s."),
        about=[row.principal, row.deputy], units=[row.unit], deputy=row.deputy.label, principal=row.principal.label,
        on=written(on),
    )  # fmt: skip
    grants = Grant.objects.unvoided().filter(source=row.key, valid_to__gt=on)
    end_grants(grants.select_related("account", "unit"), on)


def _facts(grant: Grant, deputy: Account, on: date, until: date) -> rules.StandInFacts:
    held = Grant.objects.unvoided().filter(account=deputy)
    under = Placement.objects.under(grant.unit, on).values("unit")
    return rules.StandInFacts(
        role=grant.role, holds=(grant.valid_from, grant.valid_to) if grant.voided_at is None else None,
        borrowed=StandIn.objects.filter(key=grant.source).exists() if grant.source else False,
        own=deputy.pk == grant.account_id, active=deputy.is_active,
        here=held.filter(valid_from__lte=on, valid_to__gt=on, unit__in=under).exists(),
        has=held.filter(role=grant.role, unit=grant.unit, valid_from__lt=until, valid_to__gt=on).exists(),
        name=deputy.label, period=(on, until),
    )  # fmt: skip


def _built_on(act_id: int) -> list[Reason]:
    """A role that somebody stands in for now is not taken back under them."""
    given = Grant.objects.filter(recorded_in=act_id, voided_at__isnull=True)
    for row in given:
        rows = StandIn.objects.unvoided().filter(principal=row.account_id, role=row.role, unit=row.unit_id)
        if rows.filter(given=row.source).exclude(recorded_in=act_id).exists():
            return [Reason("stand_in", _("Không hoàn tác được: đang có người làm thay theo quyền này."))]
    return []


undoes(_built_on, lambda _act_id: None)
