"""The named world, and an applicant of cell one whom the secretary has led as far as a test wants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from hatnhan.admissions.cases import actions
from hatnhan.admissions.models import AdmissionCase, Vetting
from hatnhan.admissions.pool import actions as pool
from hatnhan.admissions.rules import Vote
from hatnhan.kernel.known import Known
from tests.world import World, build

DAYS = {
    "list": date(2025, 9, 3), "class": date(2025, 10, 10), "allow": date(2025, 10, 20), "apply": date(2025, 11, 3),
    "declare": date(2025, 11, 10), "vetting": date(2025, 11, 12), "answer": date(2025, 12, 2),
    "opinions": date(2025, 12, 5), "review": date(2026, 1, 5), "decide": date(2026, 2, 6),
    "receive": date(2026, 2, 9), "ceremony": date(2026, 2, 25),
}  # fmt: skip
STAGES = ("listed", "class_done", "allowed", "applied", "vetting", "opinions", "cell_resolved", "decided",
          "probationary")  # fmt: skip


@dataclass
class Path:
    """Leads an applicant of cell one along the usual way."""

    world: World

    def listed(self, **more: Any) -> AdmissionCase:
        given: dict[str, Any] = {
            "name": "Lưu Thị Mận", "on": DAYS["list"], "told_on": DAYS["list"], "sex": "f",
            "birth": Known("2001-05-06"), "sector": "countryside",
        }  # fmt: skip
        return pool.list_person(actor=self.world.actor("thuy"), unit=self.world.land.one, **(given | more))

    def to(self, stage: str, **more: Any) -> AdmissionCase:
        case = self.listed(**more)
        for step in STAGES[1 : STAGES.index(stage) + 1]:
            getattr(self, f"_{step}")(case)
        return AdmissionCase.objects.get(pk=case.pk)

    def _class_done(self, case: AdmissionCase) -> None:
        pool.record_certificate(actor=self.world.actor("thuy"), case=case, on=DAYS["class"], number="12/GCN")

    def _allowed(self, case: AdmissionCase) -> None:
        actions.allow_dossier(actor=self.world.actor("ha"), case=case, on=DAYS["allow"])

    def _applied(self, case: AdmissionCase) -> None:
        actions.apply_for(actor=self.world.actor("thuy"), case=case, on=DAYS["apply"])

    def _vetting(self, case: AdmissionCase) -> None:
        actor = self.world.actor("thuy")
        actions.declare(actor=actor, case=case, on=DAYS["declare"])
        actions.ask_vetting(actor=actor, case=case, on=DAYS["vetting"])

    def _opinions(self, case: AdmissionCase) -> None:
        actor = self.world.actor("thuy")
        vetting = Vetting.objects.get(case=case)
        actions.answer_vetting(actor=actor, vetting=vetting, on=DAYS["answer"], right=True, place="Tủ hồ sơ")
        case.refresh_from_db()
        actions.gather_opinions(actor=actor, case=case, on=DAYS["opinions"])
        actions.record_opinion(actor=actor, case=case, source="residence", on=DAYS["opinions"], in_favour=True)
        for name in ("anh", "thuy"):
            actions.name_introducer(
                actor=actor, case=case, on=DAYS["opinions"], person=self.world.person(name),
                together_since=date(2024, 1, 1),
            )  # fmt: skip
        actions.receive_paper(actor=actor, case=case, item="education", on=DAYS["opinions"])

    def _cell_resolved(self, case: AdmissionCase) -> None:
        actions.review(actor=self.world.actor("thuy"), case=case, on=DAYS["review"], vote=Vote(4, 4))

    def _decided(self, case: AdmissionCase) -> None:
        actions.decide(actor=self.world.actor("ha"), case=case, on=DAYS["decide"], vote=Vote(9, 8), decision="12-QĐ/ĐU")

    def _probationary(self, case: AdmissionCase) -> None:
        actor = self.world.actor("thuy")
        actions.receive_decision(actor=actor, case=case, on=DAYS["receive"])
        actions.hold_ceremony(actor=actor, case=case, on=DAYS["ceremony"])


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world within a transaction around the whole file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World, db: None) -> World:
    """The world; what a test changes is rolled back."""
    return World(built.land, dict(built.people), dict(built.accounts), built.group)


@pytest.fixture
def path(world: World) -> Path:
    return Path(world)
