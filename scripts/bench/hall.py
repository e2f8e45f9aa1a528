"""A province's meeting evening, made up: cells with an open sitting each, members with sessions for their phones.

Accounts and sessions are written by bulk: signing in 6,000 people would only measure the hashing of passwords."""

import time
from dataclasses import dataclass
from datetime import date, timedelta
from secrets import token_hex

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from hatnhan.access.models import Account, Grant
from hatnhan.kernel.actor import Actor, system
from hatnhan.kernel.audit import new_id
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.meetings import actions
from hatnhan.meetings.live import poll as live_poll
from hatnhan.meetings.models import AgendaItem, RollMark, Sitting
from hatnhan.members.actions.loading import Newcomer, load
from hatnhan.members.models import Membership, Person
from hatnhan.units import actions as units

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CELLS_OF_A_COMMUNE = 60
BEGAN = date(2025, 8, 1)
UNUSABLE = "!"


@dataclass(frozen=True)
class Hall:
    """One meeting: its key, the keys of its agenda, the secretary's session, each phone's session and ticket."""

    sitting: int
    items: tuple[int, ...]
    desk: str
    phones: tuple[tuple[str, str], ...]


def build(cells: int, phones: int) -> list[Hall]:
    """`cells` cells with `phones` full members each, all there, a meeting open in each."""
    on = timezone.localdate()
    actor = system("bench", on)
    province = units.found(actor=actor, name="Tỉnh", kind="province", parent=None, on=BEGAN, code="E")
    halls: list[Hall] = []
    for number in range(0, cells, CELLS_OF_A_COMMUNE):
        commune = units.found(actor=actor, name=f"Xã {number}", kind="commune", parent=province, on=BEGAN)
        here = [
            units.found(actor=actor, name=f"Chi bộ {number + one}", kind="village_cell", parent=commune, on=BEGAN)
            for one in range(min(CELLS_OF_A_COMMUNE, cells - number))
        ]
        newcomers = [
            Newcomer(cell.pk, BEGAN, f"Trần Văn Thử {one}", values={"sex": "m", "birth": Known("1970-01-11")})
            for cell in here
            for one in range(phones)
        ]
        load(actor=actor, unit=commune, newcomers=newcomers, source="bench")
        sessions = _sessions(here)
        halls += [_opened(actor, cell, sessions) for cell in here]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return halls


def _sessions(cells: list[Unit]) -> dict[int, list[tuple[int, str]]]:
    """{cell: [(account, session)]}: an account with a session for every member; the first one is the secretary."""
    now, act = timezone.now(), new_id()
    rows = list(Membership.objects.filter(unit__in=cells).select_related("person").order_by("unit_id", "pk"))
    accounts = [
        Account(username=f"p{row.person_id}", label=row.person.name, password=UNUSABLE, created_at=now).keyed()
        for row in rows
    ]
    Account.objects.bulk_create(accounts, batch_size=1000)
    people: list[Person] = [row.person for row in rows]
    for person, account in zip(people, accounts, strict=True):
        person.account = account
    Person.objects.bulk_update(people, ["account"], batch_size=500)
    found: dict[int, list[tuple[int, str]]] = {}
    grants, sessions = [], []
    for row, account in zip(rows, accounts, strict=True):
        first = row.unit_id not in found
        for role in ("member", "cell_secretary") if first else ("member",):
            grants.append(Grant(account=account, role=role, unit_id=row.unit_id, valid_from=BEGAN, valid_to=FAR,
                                recorded_at=now, recorded_in=act))  # fmt: skip
        key = token_hex(16)
        sessions.append(_session(account, key))
        found.setdefault(row.unit_id, []).append((account.pk, key))
    Grant.objects.bulk_create(grants, batch_size=1000)
    Session.objects.bulk_create(sessions, batch_size=1000)
    return found


def _session(account: Account, key: str) -> Session:
    """A session as it is a moment after signing in."""
    now = int(time.time())
    held = {
        SESSION_KEY: str(account.pk), BACKEND_SESSION_KEY: BACKEND, "seen": now, "since": now, "noticed": key,
        "factor_due": False,
    }  # fmt: skip
    held[HASH_SESSION_KEY] = account.get_session_auth_hash()
    until = timezone.now() + timedelta(hours=12)
    return Session(session_key=key, session_data=SessionStore().encode(held), expire_date=until)


def _opened(actor: Actor, cell: Unit, sessions: dict[int, list[tuple[int, str]]]) -> Hall:
    sitting: Sitting = actions.open_now(actor=actor, unit=cell)
    people = Membership.objects.filter(unit=cell).values_list("person", flat=True)
    RollMark.objects.bulk_create(RollMark(sitting=sitting, person_id=pk, mark="present") for pk in people)
    items = AgendaItem.objects.filter(sitting=sitting).values_list("pk", flat=True)
    phones = tuple((key, live_poll.ticket(sitting, account)) for account, key in sessions[cell.pk])
    return Hall(sitting.pk, tuple(items), sessions[cell.pk][0][1], phones)
