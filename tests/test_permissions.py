"""Every page, every role, inside and outside the scope: no page is forgotten, because the pages name themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hatnhan.access import actions as access
from hatnhan.access.choices import ROLES
from hatnhan.access.models import Account
from hatnhan.admissions.models import Step
from hatnhan.admissions.pool import actions as pool
from hatnhan.documents import actions as documents
from hatnhan.documents.actions.blanks import add_blank
from hatnhan.documents.files import Given
from hatnhan.documents.models import File
from hatnhan.dues.books.actions import close_month
from hatnhan.dues.models import Payment
from hatnhan.dues.payments.actions import Paid, save_month
from hatnhan.honours.badges import actions as badges
from hatnhan.honours.commendations import actions as commendations
from hatnhan.honours.models import RestCall
from hatnhan.honours.rest import actions as rest
from hatnhan.kernel.actor import system
from hatnhan.kernel.days import today
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import PAGES
from hatnhan.kernel.registries import permissions_of
from hatnhan.meetings import actions as meetings
from hatnhan.meetings.minutes.rules import Sheet, TaskSheet
from hatnhan.meetings.models import AgendaItem, Task
from hatnhan.meetings.plan.agendas import ItemSheet
from hatnhan.meetings.plan.rules import Plan
from hatnhan.members import actions as members
from hatnhan.members.models import Membership, Person
from hatnhan.movements.residence import actions as residence
from hatnhan.movements.temporary import actions as temporary
from hatnhan.movements.transfers import actions as transfers
from hatnhan.units import actions as units

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

START = date(2025, 8, 1)
INSIDE, OUTSIDE = "Trong Vùng", "Ngoài Vùng"
# Pages whose answer to a GET is a redirect, a file, or a refusal of the method by design.
# Pages of a meeting that goes on.
LIVE = {
    "meetings.hold", "meetings.call_roll", "meetings.move_to", "meetings.write", "meetings.settle",
    "meetings.ask_vote", "meetings.close_vote", "meetings.reserve", "meetings.give_task", "meetings.close",
    "meetings.door", "meetings.ballots", "meetings.count", "meetings.follow", "meetings.vote", "meetings.arrive",
}  # fmt: skip
FINE = {200, 302, 303, 400, 404, 405, 409, 422}


@dataclass
class Side:
    """One commune with a cell, a member, an office, an account: what an address can name."""

    commune: Unit
    cell: Unit
    person: Person
    other: Person
    account: Account
    row: int
    meeting: int
    task: int
    sitting: int
    item: int
    motion: int
    held: int
    packet: int
    proposal: int
    papers: dict[str, int]
    transfer: int
    guest: int
    stay: int
    honours: dict[str, int]
    admission: dict[str, int | str]
    dues: dict[str, int]

    def value(self, name: str, page: str) -> object:
        """A value for an argument of an address."""
        if name == "pk" and page in ("meetings.report_task", "meetings.call_about"):
            return self.task
        if page.startswith("documents.") and page != "documents.unit_tree" and name in ("pk", "row"):
            return self.papers["file" if page == "documents.file" else "paper" if name == "pk" else "blank"]
        if name == "pk" and page.startswith("movements.stay"):
            return self.stay
        if name == "pk" and page in ("movements.residence_link", "movements.residence_end"):
            return self.guest
        if name == "pk" and page.startswith("honours."):
            return self.honours[HONOURED.get(page, "case")]
        if page.startswith("admissions.") and name in self.admission:
            return self.admission[name]
        if page.startswith("dues.") and name == "pk":
            return self.dues["book" if page in ("dues.book", "dues.hand_up", "dues.reopen_month") else "payment"]
        if name == "pk":
            return {
                "members": self.person.pk,
                "access": self.account.pk,
                "meetings": self.meeting,
                "movements": self.transfer,
            }.get(page.split(".")[0], self.cell.pk)
        return {
            "unit": self.cell.pk, "unit_id": self.cell.pk, "person": self.person.pk, "other": self.other.pk,
            "row": self.row, "model": "membership", "account": self.account.pk, "merge": 1, "grant": 1,
            "code": "members", "run": 1, "event": 1, "body": 1, "group": 1, "locality": 1, "link": 1, "question": 1,
            "guide": "member", "sitting": self.held if page in LIVE else self.sitting, "item": self.item,
            "template": "meetings.minutes", "passage": "about", "motion": self.motion, "packet": self.packet,
            "proposal": self.proposal,
        }.get(name, 1)  # fmt: skip


@dataclass
class World:
    """Two communes under one province; accounts of every role in the first."""

    inside: Side
    outside: Side
    accounts: dict[str, Account]


@pytest.fixture
def world() -> World:
    actor = system("test", today())
    province = units.found(actor=actor, name="Đảng bộ tỉnh Thử", kind="province", parent=None, on=START, code="T")
    inside, outside = (_side(actor, province, label, number) for number, label in enumerate((INSIDE, OUTSIDE)))
    accounts = {}
    for role in ROLES:
        at = inside.cell if role in {"member", "cell_secretary", "cell_deputy"} else inside.commune
        slip = access.create_account(actor=actor, label=f"Vai {role}", role=role, unit=at, on=START, username=role)
        Account.objects.filter(pk=slip.account.pk).update(must_change_password=False)
        accounts[role] = slip.account
    return World(inside, outside, accounts)


def _side(actor: object, province: Unit, label: str, number: int) -> Side:
    given: dict[str, object] = {"actor": actor, "on": START}
    commune = units.found(name=f"Đảng bộ xã {label}", kind="commune", parent=province, code=f"T.{number}", **given)  # type: ignore[arg-type]
    cell = units.found(name=f"Chi bộ thôn {label}", kind="village_cell", parent=commune, code=f"T.{number}.1", **given)  # type: ignore[arg-type]
    person, other = (
        members.receive(name=f"Trần Văn {name} {label}", unit=cell, decision_date=Known("1985-03-20"), **given)  # type: ignore[arg-type]
        for name in ("Một", "Hai")
    )
    slip = access.create_account(label=f"Người {label}", role="member", unit=cell, username=f"nguoi{number}", **given)  # type: ignore[arg-type]
    row = Membership.objects.get(person=person).pk
    held = Sheet(
        "regular", START, time(19), time(21), place=f"Nhà văn hóa {label}", tasks=[TaskSheet(f"Việc {label}", today())]
    )  # fmt: skip
    meeting = meetings.record(actor=actor, unit=cell, sheet=held)  # type: ignore[arg-type]
    task = Task.objects.get(meeting=meeting).pk
    planned = Plan("regular", today() + timedelta(days=3), time(19), place=f"Nhà văn hóa {label}")
    sitting = meetings.plan(actor=actor, unit=cell, plan=planned)  # type: ignore[arg-type]
    item = AgendaItem.objects.filter(sitting=sitting).values_list("pk", flat=True)[0]
    held_now = meetings.open_now(actor=actor, unit=cell, place=f"Nhà văn hóa {label}")  # type: ignore[arg-type]
    motion = meetings.ask_vote(actor=actor, sitting=held_now, text=f"Biểu quyết {label}", method="secret")  # type: ignore[arg-type]
    drafted = {"first": today(), "title": f"Nội dung {label}", "items": [ItemSheet(f"Mục {label}")]}
    packet = meetings.draft_packet(actor=actor, unit=commune, **drafted)  # type: ignore[arg-type]
    proposal = meetings.propose(actor=actor, meeting=meeting, text=f"Kiến nghị {label}")  # type: ignore[arg-type]
    return Side(
        commune, cell, person, other, slip.account, row, meeting.pk, task, sitting.pk, item, motion.pk, held_now.pk,
        packet.pk, proposal.pk, _papers(actor, cell, label), _transfer(actor, other),
        _guest(actor, cell, label), _stay(actor, person), _honours(actor, person, cell), _admission(actor, cell, label),
        _dues(actor, cell, person),
    )  # fmt: skip


def _stay(actor: Any, person: Person) -> int:
    """Somebody is away for a while."""
    return temporary.begin_stay(
        actor=actor, person=person, why="work", on=today(), last=today() + timedelta(days=200), number="1",
        destination_text="Đảng ủy phường Thử",
    ).pk  # fmt: skip


def _guest(actor: Any, cell: Unit, label: str) -> int:
    """Somebody who works elsewhere and lives here."""
    return residence.register_guest(actor=actor, unit=cell, name=f"Khách {label}", workplace_text="Sở", on=START).pk


def _transfer(actor: Any, person: Person) -> int:
    """Somebody is about to leave for a place outside."""
    return transfers.prepare_transfer(
        actor=actor, person=person, why="moved", moved_on=today(), destination_text="Đảng ủy phường Thử"
    ).pk


def _admission(actor: Any, cell: Unit, label: str) -> dict[str, int | str]:
    """Somebody whom a cell has listed."""
    case = pool.list_person(actor=actor, unit=cell, name=f"Lưu Thị {label}", on=START, told_on=START)
    return {"pk": case.pk, "row": 1, "step": Step.objects.get(case=case).pk, "ext": "pdf"}


def _dues(actor: object, cell: Unit, person: Person) -> dict[str, int]:
    """A payment of last month, whose book is closed."""
    given: dict[str, Any] = {"actor": actor, "unit": cell, "month": date(2025, 12, 1)}
    save_month(paid=[Paid(person.pk, 20_000)], paid_on=date(2025, 12, 3), **given)
    return {"payment": Payment.objects.get(person=person).pk, "book": close_month(**given).pk}


def _papers(actor: object, cell: Unit, label: str) -> dict[str, int]:
    """A paper with a file, and a blank, of a cell."""
    given: dict[str, Any] = {"actor": actor, "unit": cell}
    documents.begin_term(**given, on=START, name="2025–2030")
    content = Given(f"{label}.pdf", f"%PDF-1.7 {label}".encode())
    paper = documents.register(**given, kind="plan", day=START, about=f"Kế hoạch {label}", files=[content])
    blank = add_blank(**given, name=f"Mẫu {label}", file=None)
    return {"paper": paper.pk, "file": File.objects.get(paper=paper).pk, "blank": blank.pk}


HONOURED = {
    "honours.end_badge": "badge", "honours.lift_postponement": "wait", "honours.commendation": "commendation",
    "honours.decide_commendation": "commendation", "honours.end_commendation": "commendation",
    "honours.rest_round": "round", "honours.tell_rest": "call",
}  # fmt: skip


def _honours(actor: object, person: Person, cell: Unit) -> dict[str, int]:
    """A badge that is proposed, and one that is borne."""
    given: dict[str, Any] = {"actor": actor, "person": person}
    case = badges.declare(**given, level=40, on=today(), kind="late", explanation="Chuyển nơi sinh hoạt")
    wait = badges.postpone_by_discipline(**given, kind="warning", decided_on=START, decision="1-QĐ/UBKT")
    one = commendations.commend(**given, unit=cell, kind="praise", year=2026, what="Việc tốt", on=today())
    rest.mark_for_rest(**given, group="managed_retired", on=START, decision="2-QĐ/TU")
    when = {"first": today(), "last": today(), "places": 3}
    cure = rest.plan_rest(actor=actor, unit=cell, name="Đợt thử", place="Biển", **when)  # type: ignore[arg-type]
    rest.call_to_rest(actor=actor, rest=cure, people=[person.pk])  # type: ignore[arg-type]
    return {
        "case": case.pk, "badge": badges.record_badge(**given, level=30, on=START).pk, "wait": wait.pk,
        "commendation": one.pk, "round": cure.pk, "call": RestCall.objects.get(round=cure).pk,
    }  # fmt: skip


def arguments(code: str) -> list[str]:
    """The names of the arguments of a page's address."""
    return list(_patterns()[code].pattern.converters)


def _patterns() -> dict[str, URLPattern]:
    found: dict[str, URLPattern] = {}

    def walk(entries: list[URLPattern | URLResolver]) -> Iterator[None]:
        for entry in entries:
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns)
            elif entry.name:
                found[entry.name] = entry
        yield None

    for _step in walk(get_resolver().url_patterns):
        pass
    return found


def address(code: str, side: Side) -> str:
    return reverse(code, kwargs={name: side.value(name, code) for name in arguments(code)})


def signed_in(account: Account) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_every_page_has_an_address() -> None:
    _patterns()
    assert PAGES
    missing = [code for code in PAGES if code not in _patterns()]
    assert missing == []


def test_visitors_are_sent_to_sign_in(world: World) -> None:
    client = Client()
    _patterns()
    for code, page in PAGES.items():
        answer = client.get(address(code, world.inside))
        if not page.public:
            assert answer.status_code == 302, code
            assert "/sign-in/" in answer["Location"], code


@pytest.mark.parametrize("role", sorted(ROLES))
def test_pages_answer_by_right(world: World, role: str) -> None:
    """With the permission a page answers; without it nowhere: 403."""
    client, held = signed_in(world.accounts[role]), permissions_of(role)
    _patterns()
    for code, page in PAGES.items():
        answer = client.get(address(code, world.inside))
        allowed = page.permission is None or page.permission in held
        if allowed:
            assert answer.status_code in FINE | {403}, f"{code}: {answer.status_code}"
        else:
            assert answer.status_code in {403, 404}, f"{code}: {answer.status_code}"


@pytest.mark.parametrize("role", sorted(ROLES))
def test_nothing_of_another_commune_shows(world: World, role: str) -> None:
    """Whatever is asked for about the outside: no 200 about a thing there, and its name on no page."""
    client = signed_in(world.accounts[role])
    outside = world.outside
    _patterns()
    asked = f"?unit={outside.cell.pk}&q=Ngoai+Vung&person={outside.person.pk}&with={outside.person.pk}"
    for code in PAGES:
        names = arguments(code)
        answer = client.get(address(code, outside) + asked)
        if {"pk", "unit", "unit_id", "sitting", "packet", "proposal"} & set(names):
            assert answer.status_code in {403, 404, 405}, f"{code}: {answer.status_code}"
        assert answer.status_code < 500, code
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        text = body.decode(errors="ignore").replace("Ngoai Vung", "")
        assert OUTSIDE not in text, code
