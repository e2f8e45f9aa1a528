"""Honours in a demonstration: badges of long ago, cases in every stage, one who must wait, a round, commendations."""

from datetime import date, timedelta
from random import Random
from typing import Any

from hatnhan import rulebook
from hatnhan.honours.badges import actions, queries
from hatnhan.honours.badges.rules import batch_of, due_on
from hatnhan.honours.commendations import actions as commendations
from hatnhan.honours.models import BadgeCase
from hatnhan.honours.rest import actions as rest
from hatnhan.honours.rest import queries as entitled
from hatnhan.honours.veterans import actions as veterans
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.refusal import Refused
from hatnhan.members.models import Person

from .places import Places

SYMBOL = "SV"


def honour(actor: Actor, places: Places, on: date, seed: int) -> None:
    """Everything before the year was awarded; who falls due in this batch and the next stands somewhere on the way."""
    die = Random(seed)
    commune = places.commune or places.province
    actions.set_symbol(actor=actor, unit=places.province, symbol=SYMBOL, on=date(2025, 7, 1))
    _awarded_before(actor, places, die, on)
    _cases(actor, commune.pk, die, on)
    _benefits(actor, places, die, on)


def _awarded_before(actor: Actor, places: Places, die: Random, on: date) -> None:
    """The highest level that each reached more than a year ago."""
    levels = rulebook.at(on)["party_age.marks"].value
    rows = queries.homes(places.province, on).filter(person__party_base__lt=date(on.year - 31, 1, 1))
    for row in rows.select_related("person").order_by("pk"):
        base = row.person.party_base
        reached = [level for level in levels if base and due_on(base, level) < on - timedelta(days=330)]
        if reached and base and die.random() < 0.97:
            given = max(due_on(base, reached[-1]), row.valid_from - timedelta(days=9000))
            actions.record_badge(actor=actor, person=row.person, level=reached[-1], on=given)


def _cases(actor: Actor, commune: int, die: Random, on: date) -> None:
    """Four in five of those who fall due have declared; each went some way."""
    book = rulebook.at(on)
    window = batch_of(on, book)
    if window is None:
        return
    due = queries.eligible(commune, on, window.first - timedelta(days=90), window.last + timedelta(days=150))
    for number, one in enumerate(due):
        person = Person.objects.get(pk=one.person)
        if die.random() > 0.8:
            continue
        opened = on - timedelta(days=die.randrange(20, 60))
        late = (found := batch_of(one.day, book)) is not None and opened > found.day
        given: dict[str, Any] = {
            "kind": "late",
            "explanation": "Chuyển nơi sinh hoạt, hồ sơ về muộn; đã nhắc người giữ hồ sơ.",
        }
        try:
            case = actions.declare(
                actor=actor, person=person, level=one.level, on=opened, despite=True, **(given if late else {})
            )
        except Refused:
            continue
        _some_way(actor, case, number, opened, on)


def _some_way(actor: Actor, case: BadgeCase, number: int, opened: date, on: date) -> None:
    """As many steps as the place in the list says, two days apart."""
    steps = number % 8
    day = opened
    for _step in range(steps):
        day = min(on, day + timedelta(days=2))
        try:
            _one_step(actor, case, day, number)
        except Refused:
            return
        case.refresh_from_db()
    if steps == 2:
        actions.send_back(actor=actor, case=case, on=day, note="Thiếu bản gốc lý lịch đảng viên")


def _one_step(actor: Actor, case: BadgeCase, day: date, number: int) -> None:
    if case.state == "declared":
        actions.review(actor=actor, case=case, on=day, paper=f"{number + 3}-NQ/CB", in_favour=11, base=12)
    elif case.state == "reviewed":
        try:
            actions.propose(actor=actor, case=case, on=day, paper=f"{number + 20}-TTr/ĐU")
        except Refused:
            case.refresh_from_db()
            actions.adopt(actor=actor, case=case, on=day, paper=f"{number + 8}-NQ/ĐU", in_favour=7, base=7)
    elif case.state == "adopted":
        actions.propose(actor=actor, case=case, on=day, paper=f"{number + 20}-TTr/ĐU")
    elif case.state == "proposed":
        actions.decide(actor=actor, case=case, on=day, decision=f"{number + 100}-QĐ/TU", decision_all="99-QĐ/TU")
    elif case.state == "decided":
        actions.award(actor=actor, case=case, on=day, place="home" if number % 3 else "base")


def _benefits(actor: Actor, places: Places, die: Random, on: date) -> None:
    """Two veterans, a man who must wait, a round in autumn, and commendations."""
    commune = places.commune or places.province
    old = queries.homes(commune, on).filter(person__party_base__isnull=False).select_related("person")
    rows = list(old.order_by("person__party_base", "pk")[:12])
    for row, kind in zip(rows[:2], ("pre_1945", "pre_uprising"), strict=False):
        veterans.recognise_veteran(
            actor=actor, person=row.person, kind=kind, on=date(2012, 5, 19), decision="214-QĐ/TU",
            paper="Tủ hồ sơ của Đảng ủy",
        )  # fmt: skip
    for row in rows[2:4]:
        rest.mark_for_rest(
            actor=actor, person=row.person, group="managed_retired", on=date(2019, 1, 1), decision="88-QĐ/TU"
        )
    waiting = BadgeCase.objects.filter(state="declared").select_related("person").first()
    if waiting is not None:
        actions.postpone_by_discipline(
            actor=actor, person=waiting.person, kind="reprimand", decided_on=on - timedelta(days=60),
            decision="12-QĐ/UBKT",
        )  # fmt: skip
    first = on - timedelta(days=40)
    made = rest.plan_rest(
        actor=actor, unit=commune, name="Đợt mùa thu", place="Khu điều dưỡng Bãi Sim", first=first,
        last=first + timedelta(days=7), places=6,
    )  # fmt: skip
    chosen = [one.person for one in entitled.entitled(commune, on)][:5]
    if chosen:
        rest.call_to_rest(actor=actor, rest=made, people=chosen)
        for call in made.calls.order_by("pk")[:4]:
            rest.tell_rest(actor=actor, call=call, state=die.choice(("went", "went", "declined")))
    _commend(actor, places, rows, on)


def _commend(actor: Actor, places: Places, rows: list[Any], on: date) -> None:
    for number, row in enumerate(rows[4:10]):
        one = commendations.commend(
            actor=actor, unit=row.unit, person=row.person, kind="praise" if number % 2 else "member_year",
            year=on.year - 1, what="Vận động các hộ góp đất mở rộng đường thôn", on=on - timedelta(days=30),
        )  # fmt: skip
        if number % 3 == 0:
            commendations.decide_commendation(
                actor=actor, commendation=one, on=on - timedelta(days=9), decision=f"{41 + number}-QĐ/ĐU"
            )
