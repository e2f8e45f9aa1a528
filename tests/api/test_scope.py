"""Two communes: nothing of the one shows to keys of the other, through no list, count, search, figure or refusal."""

import json
from typing import Any

import pytest
from django.urls import get_resolver
from pytest_django import Settings

from hatnhan.access.tables import AccountTable
from hatnhan.admissions.tables import AdmissionTable
from hatnhan.config.api import api
from hatnhan.documents.tables import PaperTable
from hatnhan.dues.tables import BookTable, PaymentTable
from hatnhan.duties.campaigns.tables import CampaignTable, TargetTable
from hatnhan.duties.obligations.tables import TermTable
from hatnhan.duties.tables import DutyTable
from hatnhan.honours.badges.tables import BadgeTable, CaseTable, DueTable
from hatnhan.honours.commendations.tables import CommendationTable
from hatnhan.kernel.figures import REGISTRY
from hatnhan.kernel.listing import Listing
from hatnhan.meetings.minutes.tables import MeetingTable
from hatnhan.meetings.oversight.tables import CellTable
from hatnhan.meetings.packets.tables import ProposalTable
from hatnhan.meetings.plan.tables import SittingTable
from hatnhan.members.quality.tables import QualityTable
from hatnhan.members.tables import MemberTable
from hatnhan.movements.residence.tables import ResidenceTable
from hatnhan.movements.temporary.tables import StayTable
from hatnhan.movements.transfers.tables import TransferTable
from hatnhan.reports.api import ROWS
from hatnhan.reports.audit.tables import AuditTable
from hatnhan.reports.tables import FigureRows
from tests.api.program import program
from tests.world import World

FAR = ("Lý Thị Khánh", "Chè Đông", "thôn Chè", "Đỗ Minh Khoa")
SCHEMA: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
READS = sorted(path.removeprefix("/api/v1") for path, ways in SCHEMA["paths"].items() if "get" in ways)
WRITES = sorted(path.removeprefix("/api/v1") for path, ways in SCHEMA["paths"].items() if "post" in ways)


def every(kind: type[Listing]) -> set[type[Listing]]:
    return {kind, *(one for below in kind.__subclasses__() for one in every(below))}


def far_ids(world: World) -> dict[str, int]:
    far = {"unit": world.land.far_cell.pk, "parent": world.land.che.pk}
    people = dict.fromkeys(("person", "kept", "gone"), world.people["khanh"])
    return far | people


def filled(path: str, ids: dict[str, int], code: str = "members") -> str:
    for name, value in ids.items():
        path = path.replace(f"{{{name}}}", str(value))
    return path.replace("{code}", code)


def test_every_list_and_every_figure_can_be_reached(world: World, settings: Settings) -> None:
    settings.HATNHAN_API_PER_MINUTE = 10_000
    lists = {one for one in every(Listing) if one.__module__.startswith("hatnhan.") and one.columns}
    offered: set[type[Listing]] = {
        MemberTable,
        AccountTable,
        AdmissionTable,
        DutyTable,
        TermTable,
        CampaignTable,
        BadgeTable,
        BookTable,
        PaymentTable,
        CaseTable,
        DueTable,
        CommendationTable,
        TargetTable,
        QualityTable,
        AuditTable,
        MeetingTable,
        CellTable,
        SittingTable,
        ProposalTable,
        PaperTable,
        TransferTable,
        ResidenceTable,
        StayTable,
        *(kind for kind, _keys, _values in ROWS.values()),
    }
    assert lists <= offered | {FigureRows}
    dung = program(world, "dung")
    known = {one["code"]: one for one in dung.get("/figures").said}
    assert set(known) == set(REGISTRY)
    for code, one in known.items():
        assert dung.get(f"/figures/{code}").status == 200, code
        if one["rows"]:
            assert dung.get(one["rows"]).status == 200, code


@pytest.mark.parametrize("path", READS)
def test_no_reading_shows_anything_of_the_other_commune(world: World, settings: Settings, path: str) -> None:
    settings.HATNHAN_API_PER_MINUTE = 10_000
    ha, ids = program(world, "ha"), far_ids(world)
    asked: list[dict[str, Any]] = [
        {},
        {"q": "khanh"},
        {"q": "chi bo"},
        {"unit": world.land.far_cell.pk},
        {"q": "che dong"},
    ]
    for query in asked:
        answer = ha.get(filled(path, ids), **query)
        text = json.dumps(answer.said, ensure_ascii=False)
        assert not any(name in text for name in FAR), (path, query)
        if "unit" in query or any(f"{{{name}}}" in path for name in ids):
            assert answer.status in {404, 422}, (path, query)
        assert answer.status < 500


@pytest.mark.parametrize("path", WRITES)
def test_no_act_reaches_the_other_commune(world: World, path: str) -> None:
    ha, ids = program(world, "ha"), far_ids(world)
    answer = ha.post(filled(path, ids), {"on": "2026-11-22", "name": "x", "reason": "x"})
    text = json.dumps(answer.said, ensure_ascii=False)
    assert answer.status in {404, 422}, (path, answer.said)
    assert not any(name in text for name in FAR)


def test_counts_are_of_the_scope(world: World) -> None:
    assert program(world, "ha").get("/members").said["count"] == 9
    assert program(world, "dung").get("/members").said["count"] == 11
    assert program(world, "thuy").get("/members").said["count"] == 6
    assert program(world, "ha").get("/figures/members").said["value"] == 9


def test_accounts_are_those_one_looks_after(world: World) -> None:
    found = {row["name"] for row in program(world, "ha").get("/accounts").said["rows"]}
    assert found == {"Trần Thu Hà", "Lê Thị Thủy", "Phạm Văn Bình", "Nguyễn Văn An"}
    assert program(world, "thuy").get("/accounts").status == 403


def test_every_operation_lies_behind_a_key() -> None:
    open_ones = [path for path, ways in SCHEMA["paths"].items() for one in ways.values() if not one.get("security")]
    assert open_ones == []
    assert get_resolver().resolve("/api/v1/me")
