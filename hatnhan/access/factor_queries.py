"""Questions to second factors and sessions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from .choices import MEANS, ROLES
from .devices import in_words
from .models import Account, Grant, OpenSession, RequiredFactor

SPARE = Authenticator.Type.RECOVERY_CODES


@dataclass(frozen=True)
class Means:
    """One way in which an account proves itself a second time."""

    id: int
    kind: str
    label: str
    name: str
    since: datetime
    used: datetime | None


def means_of(account: Account) -> list[Means]:
    """What the account has set up, the oldest first; recovery codes are no means of their own."""
    rows = Authenticator.objects.filter(user=account).exclude(type=SPARE).order_by("pk")
    return [
        Means(row.pk, row.type, str(MEANS[row.type]), row.data.get("name", ""), row.created_at, row.last_used_at)
        for row in rows
    ]


@dataclass(frozen=True)
class Spare:
    """The recovery codes of an account: how many are left, and the codes themselves until they have been kept."""

    left: int
    codes: tuple[str, ...]


def spare_of(account: Account) -> Spare | None:
    """None while the account has no recovery codes."""
    row = Authenticator.objects.filter(user=account, type=SPARE).first()
    if row is None:
        return None
    codes = row.wrap().get_unused_codes()
    return Spare(len(codes), () if row.wrap().did_view else tuple(codes))


def with_factor() -> Exists:
    """Condition on accounts: a means is set up."""
    return Exists(Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=SPARE))


def protected(accounts: "QuerySet[Account]", chosen: list[str]) -> "QuerySet[Account]":
    """Those that have set up a second factor (`set_up`), or have not (`none`)."""
    wanted = {"set_up": Q(with_factor()), "none": ~Q(with_factor())}
    if len(set(chosen) & set(wanted)) != 1:
        return accounts
    return accounts.filter(wanted[chosen[0]])


def roles_held(account: Account, on: date) -> set[str]:
    """Names of the roles that the account has on the day."""
    held = set(Grant.objects.on(on).filter(account=account).values_list("role", flat=True))
    return held | {"administrator"} if account.installation_admin else held


def required_of(account: Account, on: date) -> list[RequiredFactor]:
    """Requirements in force on the day for a role that the account has."""
    return list(RequiredFactor.objects.on(on).filter(role__in=roles_held(account, on)))


def requirement(role: str, on: date) -> RequiredFactor | None:
    """The requirement of a role that holds on the day or will hold later."""
    rows: list[RequiredFactor] = list(RequiredFactor.objects.unvoided().filter(role=role, valid_to__gt=on)[:1])
    return rows[0] if rows else None


def announced_to(account: Account, on: date) -> RequiredFactor | None:
    """The next requirement that is decided but not yet in force, for a role that the account has, while it has set up
    nothing."""
    coming = RequiredFactor.objects.unvoided().filter(valid_from__gt=on).order_by("valid_from")
    row = coming.first()
    if row is None:
        return None
    row = coming.filter(role__in=roles_held(account, on)).first()
    return row if row is not None and not means_of(account) else None


def is_due(account: Account, on: date) -> bool:
    """True when a role of the account needs a second factor today and none is set up. One query while no role does."""
    rules = set(RequiredFactor.objects.on(on).values_list("role", flat=True))
    return bool(rules and rules & roles_held(account, on) and not means_of(account))


@dataclass(frozen=True)
class RoleRule:
    """A role with its requirement (in force or to come) and how many of its holders, in the reader's scope, have set
    up a second factor."""

    role: str
    label: str
    row: RequiredFactor | None
    holders: int
    set_up: int


def role_rules(accounts: "QuerySet[Account]", on: date) -> list[RoleRule]:
    """Every role, with its requirement of the day or a later one. `accounts`: those that the reader looks after."""
    rows = {row.role: row for row in RequiredFactor.objects.unvoided().filter(valid_to__gt=on).order_by("-valid_from")}
    found = []
    for role, label in ROLES.items():
        held = Q(pk__in=Grant.objects.on(on).filter(role=role).values("account"))
        holders = accounts.filter(
            held | Q(installation_admin=True) if role == "administrator" else held, is_active=True
        )
        set_up = holders.filter(with_factor()).count()
        found.append(RoleRule(role, str(label), rows.get(role), holders.count(), set_up))
    return found


@dataclass(frozen=True)
class Session:
    """A browser in which an account is signed in, in words."""

    id: int
    words: str
    phone: bool
    since: datetime
    seen: datetime
    here: bool


def open_sessions(account: Account, now: datetime, here: str = "") -> list[Session]:
    """Where the account is signed in, the last used first. A session that has been idle for too long has ended."""
    alive = now - timedelta(seconds=settings.HATNHAN_IDLE_SECONDS)
    rows = OpenSession.objects.filter(account=account, seen__gte=alive, session__expire_date__gt=now)
    found = [
        Session(
            row.pk, in_words(row.machine, row.browser), row.machine in {"android", "iphone"}, row.since, row.seen,
            row.session_id == here,
        )
        for row in rows.order_by("-seen", "-pk")
    ]  # fmt: skip
    return sorted(found, key=lambda one: not one.here)
