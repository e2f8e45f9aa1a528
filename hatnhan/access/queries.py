"""Questions to accounts and grants: which ones somebody looks after, and what an account may do where."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from hatnhan.kernel.actor import Actor, Scope
from hatnhan.kernel.audit import actor_name, in_words
from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.models import Entry, Subject, Unit
from hatnhan.kernel.vietnamese import plain
from hatnhan.units.queries import names

from .choices import ROLES
from .models import Account, Grant, StandIn
from .permissions import GIVE, MANAGE


def everywhere(scope: Scope) -> bool:
    """True for the system and for an installation's administrator."""
    return scope.everything or "" in scope.paths


def in_scope(actor: Actor) -> "QuerySet[Account]":
    """Accounts with a role, now or later, in the part of the tree that the actor looks after; of accounts without any
    role now, those that had their roles there, or, opened and locked on one day, were to have them."""
    scope = actor.scope(MANAGE)
    if everywhere(scope):
        return Account.objects.all()
    here = Grant.objects.unvoided().filter(unit__in=scope.units())
    now = Grant.objects.unvoided().filter(valid_to__gt=actor.on)
    meant, ever = Grant.objects.filter(unit__in=scope.units()), Grant.objects.unvoided()
    return Account.objects.filter(
        Q(pk__in=here.filter(valid_to__gt=actor.on).values("account"))
        | (Q(pk__in=here.values("account")) & ~Q(pk__in=now.values("account")))
        | (Q(pk__in=meant.values("account")) & ~Q(pk__in=ever.values("account"))),
        installation_admin=False,
    )


def search(accounts: "QuerySet[Account]", text: str) -> "QuerySet[Account]":
    """Those whose name or sign-in name holds every word, marks or none."""
    for word in plain(text.replace(".", " ")).split():
        accounts = accounts.filter(Q(key__contains=word) | Q(username__contains=word))
    return accounts


def in_states(accounts: "QuerySet[Account]", states: Iterable[str]) -> "QuerySet[Account]":
    """Those in one of the states of `choices.STATES`."""
    meant = {"open": Q(is_active=True), "locked": Q(is_active=False), "fresh": Q(is_active=True, last_login=None)}
    return accounts.filter(reduce(or_, (meant[state] for state in states)))


def with_roles(accounts: "QuerySet[Account]", roles: Iterable[str], on: date) -> "QuerySet[Account]":
    """Those who have one of the roles on the day or later."""
    held = Grant.objects.unvoided().filter(role__in=list(roles), valid_to__gt=on).values("account")
    meant = Q(pk__in=held) | Q(installation_admin=True) if "administrator" in roles else Q(pk__in=held)
    return accounts.filter(meant)


@dataclass(frozen=True)
class Held:
    """A role at a unit in a period, as pages show it; `given_by` and `ended_by` name the accounts of the log."""

    id: int
    role: str
    unit_id: int
    unit: str
    valid_from: date
    valid_to: date
    by_office: bool
    stands_for: str = ""
    given_by: str = ""
    given_at: datetime | None = None
    ended_by: str = ""

    @property
    def label(self) -> str:
        return str(ROLES.get(self.role, self.role))

    @property
    def last(self) -> date | None:
        """The last day; None while no end is known."""
        return None if self.valid_to == FAR else self.valid_to - ONE

    def holds_on(self, day: date) -> bool:
        """True when the role holds on the day."""
        return self.valid_from <= day < self.valid_to


def roles_of(accounts: Iterable[Account | int], on: date) -> dict[int, list[Held]]:
    """What each of the accounts may do on the day or later, in two queries."""
    current = Grant.objects.unvoided().filter(account__in=list(accounts), valid_to__gt=on)
    rows = list(current.order_by("valid_from", "pk"))
    called, stands_for = names({row.unit_id for row in rows}, on), _stood_for(rows)
    found: dict[int, list[Held]] = {}
    for row in rows:
        unit, whom = called.get(row.unit_id, ""), stands_for.get(row.source, "")
        found.setdefault(row.account_id, []).append(_held(row, unit, stands_for=whom))
    return found


def history(account: Account, on: date) -> list[Held]:
    """Every role the account has or had, the newest first, with who gave and who ended it."""
    rows = {row.pk: row for row in Grant.objects.filter(account=account)}
    called = names({row.unit_id for row in rows.values()}, on)
    stands_for = _stood_for(rows.values())
    firsts = {row.pk: _first(row, rows) for row in rows.values() if row.voided_at is None}
    acts = {row.recorded_in for row in rows.values()}
    who = {pk: actor_name(actor) for pk, actor in Entry.objects.filter(pk__in=acts).values_list("pk", "actor")}
    held = [
        _held(
            rows[pk], called.get(rows[pk].unit_id, ""), stands_for=stands_for.get(rows[pk].source, ""),
            given_by=who.get(first.recorded_in, ""),
            given_at=first.recorded_at, ended_by="" if first.pk == pk else who.get(rows[pk].recorded_in, ""),
        )
        for pk, first in firsts.items()
    ]  # fmt: skip
    return sorted(held, key=lambda one: (one.valid_to, one.valid_from, one.id), reverse=True)


def standing(account: Account, on: date) -> "QuerySet[Grant]":
    """Roles that hold on the day or begin later."""
    return Grant.objects.unvoided().filter(account=account, valid_to__gt=on)


def lent(account: Account, on: date) -> "QuerySet[Grant]":
    """The roles, on the day or later, of those who stand in for the account, and its own for others."""
    keys = StandIn.objects.unvoided().filter(Q(principal=account) | Q(deputy=account), valid_to__gt=on).values("key")
    return Grant.objects.unvoided().filter(source__in=keys, valid_to__gt=on)


def units_of(accounts: Iterable[Account]) -> list[Unit]:
    """The units at which the accounts have or had roles, the longest lasting first: where the log tells about them."""
    rows = Grant.objects.unvoided().filter(account__in=list(accounts)).order_by("-valid_to", "pk")
    return list(dict.fromkeys(row.unit for row in rows.select_related("unit")))


def may_manage(actor: Actor, account: Account) -> bool:
    """True when the actor may give every role that the account has now: nobody gets at an account above their own."""
    if account.installation_admin and not everywhere(actor.scope(MANAGE)):
        return False
    return all(row.role in GIVE and actor.can(GIVE[row.role], at=row.unit_id) for row in standing(account, actor.on))


def givable(actor: Actor) -> dict[str, str]:
    """Roles that the actor may give somewhere, with their labels."""
    return {role: str(label) for role, label in ROLES.items() if actor.can(GIVE[role])}


@dataclass(frozen=True)
class Told:
    """One entry of the log about an account, in words."""

    at: datetime
    by: str
    sentences: list[str] = field(default_factory=list)
    reason: str = ""


def log_of(account: Account, limit: int = 50) -> list[Told]:
    """The newest acts about the account, in the reader's words."""
    about = Subject.objects.filter(kind=Account._meta.label_lower, key=account.pk).order_by("-entry_id")[:limit]
    entries = [subject.entry for subject in about.select_related("entry__payload")]
    return [Told(entry.at, actor_name(entry.actor), in_words(entry), entry.reason) for entry in entries]


def act_of(act_id: int) -> Told | None:
    """One act of the log in the reader's words; None when there is none."""
    entry = Entry.objects.filter(pk=act_id).select_related("payload").first()
    return Told(entry.at, actor_name(entry.actor), in_words(entry), entry.reason) if entry is not None else None


def _first(row: Grant, rows: dict[int, Grant]) -> Grant:
    """The row that was recorded when the role was given: ending a role replaces it."""
    while row.replaces in rows:
        row = rows[row.replaces]
    return row


def _stood_for(rows: Iterable[Grant]) -> dict[int, str]:
    """For whom the holder stands in, by the source of the role."""
    found = StandIn.objects.filter(key__in={row.source for row in rows if row.source})
    return dict(found.values_list("key", "principal__label"))


def dependent(rows: Iterable[Grant], on: date) -> list[Grant]:
    """The roles of those who, on the day or later, stand in for the holders of these roles."""
    held = {(row.account_id, row.role, row.unit_id, row.source) for row in rows}
    standing_in = StandIn.objects.unvoided().filter(
        principal__in={account for account, *_rest in held}, valid_to__gt=on
    )
    keys = [row.key for row in standing_in if (row.principal_id, row.role, row.unit_id, row.given) in held]
    if not keys:
        return []
    return list(Grant.objects.unvoided().filter(source__in=keys, valid_to__gt=on).select_related("account", "unit"))


def stand_ins_of(account: Account, on: date) -> "QuerySet[StandIn]":
    """Who acts for the account, and for whom it acts, on the day or later."""
    rows = StandIn.objects.unvoided().filter(valid_to__gt=on)
    mine = rows.filter(principal=account) | rows.filter(deputy=account)
    return mine.select_related("principal", "deputy", "unit").order_by("valid_from", "pk")


def _held(row: Grant, unit: str, stands_for: str = "", **who: Any) -> Held:
    period = (row.valid_from, row.valid_to)
    by_office = bool(row.source) and not stands_for
    return Held(row.pk, row.role, row.unit_id, unit, *period, by_office, stands_for, **who)
