"""The actor of a request: an account's roles of a day, each at its unit and below."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, Value
from django.db.models.expressions import Combinable

from hatnhan.kernel.actor import Actor, nobody
from hatnhan.kernel.actor import Grant as Right
from hatnhan.kernel.models import Placement
from hatnhan.kernel.registries import permissions_of

from .models import Account, Grant

PersonOf = Callable[[OuterRef], Combinable]
_person_of: list[PersonOf] = []


def find_person_by(person_of: PersonOf) -> None:
    """An upper module tells how an account's person is found: from a reference to the account's id, a subquery that
    gives the person's id."""
    _person_of[:] = [person_of]


def actor_for(account: Account | None, on: date, request_id: str = "") -> Actor:
    """Who acts with this account on the day. A locked account is nobody. A role at a unit that has ended gives nothing:
    the unit's rows hang under its heir, but its officers have no rights there. At most two queries."""
    if account is None or not account.is_active:
        return nobody(on)
    rows = list(
        Grant.objects.on(on)
        .filter(
            account=account,
            unit__placements__voided_at__isnull=True,
            unit__placements__valid_from__lte=on,
            unit__placements__valid_to__gt=on,
            unit__placements__stands=True,
        )
        .annotate(path=F("unit__placements__path"), person=_person("account_id"))
        .values_list("role", "unit_id", "path", "person")
    )
    rights = [Right(permissions_of(role), unit, path) for role, unit, path, _person_id in rows]
    if account.installation_admin:
        rights.append(_everywhere(on))
    return Actor(
        label=account.label, on=on, account_id=account.pk, person_id=rows[0][3] if rows else _lone_person(account),
        grants=tuple(rights), request_id=request_id,
    )  # fmt: skip


def _everywhere(on: date) -> Right:
    """The administrator's role at and below every unit; as unit counts the top one, where there is one yet."""
    top = Placement.objects.on(on).filter(parent__isnull=True, stands=True).order_by("path")
    return Right(permissions_of("administrator"), top.values_list("unit_id", flat=True).first() or 0, "")


def _person(name: str) -> Any:
    return _person_of[0](OuterRef(name)) if _person_of else Value(None, output_field=BigIntegerField())


def _lone_person(account: Account) -> int | None:
    """The person of an account without a role today. The first administrator has none."""
    if account.installation_admin or not _person_of:
        return None
    found = Account.objects.filter(pk=account.pk).annotate(belongs=_person("pk"))
    return found.values_list("belongs", flat=True).first()
