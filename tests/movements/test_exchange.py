"""Transfers between two installations: a file that is signed, sealed, used once; and several members at once."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.test import override_settings

from hatnhan.documents import actions as documents
from hatnhan.kernel.models import Unit
from hatnhan.movements.exchange import actions, envelope
from hatnhan.movements.exchange.models import Peer
from hatnhan.movements.models import TransferCase
from hatnhan.movements.transfers import actions as transfers
from hatnhan.movements.transfers.choices import CHECKS
from tests.units.ground import TODAY
from tests.world import World, boss, last_entry, refused

pytestmark = pytest.mark.django_db


@contextmanager
def elsewhere() -> Iterator[None]:
    """Inside, the other installation."""
    with override_settings(HATNHAN_FIELD_KEY="another-installation"):
        yield


def out(world: World) -> TransferCase:
    ha = world.actor("ha")
    case = transfers.prepare_transfer(
        actor=ha, person=world.person("an"), why="work", moved_on=date(2026, 11, 2), proof="12-QĐ",
        destination_text="Đảng ủy phường Mai Sơn",
    )  # fmt: skip
    for code in CHECKS:
        transfers.check_paper(actor=ha, case=case, code=code)
    transfers.issue_letter(actor=ha, case=case, on=date(2026, 11, 16), number="12-GT", despite=True)
    return case


def file_for(world: World) -> bytes:
    with elsewhere():
        there = envelope.own_key()
    peer = actions.trust_peer(actor=world.actor("ha"), name="Mai Sơn", key=there)
    return actions.send_file(actor=world.actor("ha"), case=out(world), peer=peer, on=TODAY)


def took(world: World, raw: bytes, to: Unit | None = None) -> TransferCase:
    return actions.take_file(actor=world.actor("khoa"), to=to or world.land.far_cell, raw=raw, on=TODAY)


def trusted(world: World) -> str:
    key = envelope.own_key()
    with elsewhere():
        actions.trust_peer(actor=world.actor("khoa"), name="Lim Thượng", key=key)
    return key


def test_a_file_goes_out_and_makes_a_case_at_the_other_installation(world: World) -> None:
    raw = file_for(world)
    assert "Nguyễn" not in raw.decode()
    trusted(world)
    with elsewhere():
        case = took(world, raw)
        assert (case.name, case.letter_number, case.state) == ("Nguyễn Văn An", "12-GT", "in_transit")
        with refused("used"):
            took(world, raw)


def test_altered_unknown_and_foreign_files_are_refused_in_words(world: World) -> None:
    raw = file_for(world)
    with refused("receiver"):
        took(world, raw)
    with elsewhere():
        with refused("sender"):
            took(world, raw)
        for field in ("sealed", "signature"):
            file = json.loads(raw)
            file[field] = file[field][:40] + ("A" if file[field][40] != "A" else "B") + file[field][41:]
            with refused("altered"):
                took(world, json.dumps(file).encode())
        for other in (b"", b"[]", b"{}", b"\x00\xff", b"x" * 70_000):
            with refused("kind"):
                took(world, other)
    assert TransferCase.objects.count() == 1


def test_a_key_is_checked_and_can_be_taken_off(world: World) -> None:
    ha = world.actor("ha")
    with refused("key"):
        actions.trust_peer(actor=ha, name="Sai", key="abc")
    with refused("own"):
        actions.trust_peer(actor=ha, name="Mình", key=envelope.own_key())
    raw = file_for(world)
    trusted(world)
    with elsewhere():
        actions.end_peer(actor=ha, peer=Peer.objects.get(name="Lim Thượng"))
        with refused("sender"):
            took(world, raw)


def test_over_the_pages(world: World) -> None:
    with elsewhere():
        there = envelope.own_key()
    browser, case = world.browser("ha"), out(world)
    assert browser.post("/transfers/peers/", {"name": "Mai Sơn", "key": there}).status_code == 302
    peer = Peer.objects.get()
    answer = browser.post(f"/transfers/{case.pk}/file/", {"peer": peer.pk})
    assert answer["Content-Disposition"].startswith("attachment")
    assert json.loads(answer.content)["kind"] == envelope.KIND
    assert browser.get("/transfers/files/take/").status_code == 200


# --- several at once --------------------------------------------------------------------------------------------------


def test_several_of_a_cell_go_by_one_decision_and_their_letters_have_following_numbers(world: World) -> None:
    ha, land = world.actor("ha"), world.land
    documents.begin_term(actor=boss(), unit=land.lim, on=date(2025, 8, 1), name="2025–2030")
    people = [world.person(name) for name in ("an", "anh", "binh")]
    given: dict[str, Any] = {"why": "dissolved", "moved_on": date(2026, 11, 2), "proof": "9-QĐ", "to": land.two}
    cases = transfers.prepare_transfers(actor=ha, people=people, **given)
    assert last_entry().code == "movements.prepare_transfers"
    with refused("open_case"):
        transfers.prepare_transfers(actor=ha, people=[world.person("thuy"), *people], **given)
    assert TransferCase.objects.count() == 3
    for case in cases[:2]:
        for code in CHECKS:
            transfers.check_paper(actor=ha, case=case, code=code)
    with refused("check.self_review", "check.card", "check.dues"):
        transfers.issue_letters(actor=ha, cases=cases, on=TODAY, despite=True)
    assert set(TransferCase.objects.values_list("state", flat=True)) == {"preparing"}
    ready = list(TransferCase.objects.filter(pk__in=[case.pk for case in cases[:2]]))
    transfers.issue_letters(actor=ha, cases=ready, on=TODAY, despite=True)
    numbers = [int(case.letter_number.split("-")[0]) for case in ready]
    assert numbers[1] == numbers[0] + 1


def test_several_at_once_over_the_pages(world: World) -> None:
    browser, land = world.browser("ha"), world.land
    assert "Chi bộ thôn Một" in browser.get("/transfers/many/prepare/").content.decode()
    path = f"/transfers/many/prepare/?unit={land.one.pk}&to={land.two.pk}"
    assert "Trần Thị Ánh" in browser.get(path).content.decode()
    sent = {"why": "moved", "moved_on": "2/11/2026", "proof": "9-QĐ"}
    assert browser.post(path, sent).status_code == 422
    people = [world.people["an"], world.people["anh"]]
    assert browser.post(path, {**sent, "person": people}).status_code == 302
    assert TransferCase.objects.count() == 2
    assert "Nguyễn Văn An" in browser.get("/transfers/many/issue/").content.decode()
    refusal = browser.post(
        "/transfers/many/issue/", {"on": "20/11/2026", "case": [TransferCase.objects.latest("pk").pk]}
    )
    assert refusal.status_code == 422
