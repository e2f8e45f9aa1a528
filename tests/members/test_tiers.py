"""What is known of a person lies in tiers: who lacks one sees nothing of it anywhere."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client

from hatnhan.kernel import registries
from hatnhan.kernel.secrets import unseal
from hatnhan.members import actions, exports, permissions, tiers
from hatnhan.members.actions.loading import Newcomer, load
from hatnhan.members.choices import FIELDS
from hatnhan.members.imports import reading
from hatnhan.members.imports.plan import plan_rows
from hatnhan.members.models import Person, PersonPast
from hatnhan.members.passthrough import holds, kept
from hatnhan.members.tables import MemberTable
from tests.access.cast import opened
from tests.fixtures.lists import Cell
from tests.members.lists import listed
from tests.units.ground import START, TODAY
from tests.world import World, boss, refused

# Of An: the birth date, a day in the Party, the trade, the telephone number, the last digits of the card.
CORE = ("3/5/1957", "20/3/1981", "Hưu trí", "…489")
PHONE = "0900000123"
TABS = ("", "record/", "history/", "who/")


@pytest.fixture
def inspector(world: World) -> World:
    """Khiêm of the inspection commission sees the core and nothing of how to reach people."""
    world.accounts["khiem"] = opened("Ngô Văn Khiêm", "inspector", world.land.lim).pk
    return world


@pytest.fixture
def directory_only(inspector: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """As if inspectors were given the directory alone."""
    held = registries.PERMISSIONS
    for code in (permissions.CORE, permissions.CONTACT, permissions.NUMBERS):
        monkeypatch.setitem(held, code, held[code] - {"inspector"})
    return inspector


def shown(browser: Client, *pages: str) -> str:
    return " ".join(browser.get(page).content.decode() for page in pages)


def test_every_field_column_filter_and_order_belongs_to_a_tier() -> None:
    codes = {one.code for things in (MemberTable.columns, MemberTable.filters, MemberTable.sorts) for one in things}
    codes |= {column.code for column in exports.COLUMNS} | set(FIELDS)
    assert codes - set(tiers.TIER_OF) == tiers.UNREAD


def test_nobody_has_a_tier_for_belief_or_ethnicity() -> None:
    assert not tiers.shows(tiers.EVERY, "sealed")
    labels = " ".join(str(tier.holds) for tier in tiers.TIERS.values())
    assert "tôn giáo" not in labels


def test_an_inspector_sees_the_core_and_no_way_to_reach_anybody(inspector: World) -> None:
    text = shown(inspector.browser("khiem"), *(inspector.page("an", tab) for tab in TABS))
    assert all(one in text for one in CORE)
    assert PHONE not in text
    assert PHONE in shown(inspector.browser("ha"), inspector.page("an"))
    listed = shown(inspector.browser("khiem"), "/members/?col=phone&col=residence&col=birth")
    assert PHONE not in listed
    assert "3/5/1957" in listed


def test_with_the_directory_alone_nothing_else_shows_on_any_page(directory_only: World) -> None:
    khiem = directory_only.browser("khiem")
    text = shown(khiem, *(directory_only.page("an", tab) for tab in TABS))
    assert "Nguyễn Văn An" in text
    assert "Chi bộ thôn Một" in text
    assert [one for one in (*CORE, PHONE) if one in text] == []
    assert "Miễn sinh hoạt" not in shown(khiem, *(directory_only.page("sau", tab) for tab in TABS))
    assert khiem.get(directory_only.page("an", "log/")).status_code == 403
    assert khiem.get(directory_only.page("an", "summary.pdf")).status_code == 403


@pytest.mark.parametrize(
    "query", ["", "?col=birth&col=card&col=phone&col=hometown&col=party_age", "?participation=exempt", "?age=over_60",
              "?sort=birth", "?sort=party_age", "?party_age=40_49"],
)  # fmt: skip
def test_with_the_directory_alone_the_list_neither_shows_nor_filters_nor_sorts_by_more(
    directory_only: World, query: str
) -> None:
    text = shown(directory_only.browser("khiem"), f"/members/{query}")
    assert [one for one in (*CORE, PHONE) if one in text] == []
    assert text.count('class="name"') == 9
    assert "năm tuổi đảng" not in text
    assert "Miễn sinh hoạt" not in text


def test_fields_outside_the_own_tiers_are_not_written(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    held = registries.PERMISSIONS
    monkeypatch.setitem(held, permissions.CONTACT, held[permissions.CONTACT] - {"cell_secretary"})
    with pytest.raises(Exception, match=permissions.CONTACT):
        actions.change(actor=world.actor("thuy"), person=world.person("an"), on=TODAY, phone="0900000999")
    actions.change(actor=world.actor("thuy"), person=world.person("an"), on=TODAY, occupation="Nông dân")
    page = world.page("an", "change/")
    text = world.browser("thuy").get(page).content.decode()
    assert PHONE not in text
    assert 'name="phone"' not in text
    given = {
        "name": "Nguyễn Văn An",
        "occupation": "Giáo viên",
        "birth": "3/5/1957",
        "seen": world.person("an").version,
    }
    assert world.browser("thuy").post(page, {**given, "phone": "0900000999"}).status_code == 302
    assert (world.person("an").occupation, world.person("an").phone) == ("Giáo viên", PHONE)


# --- what passes through ------------------------------------------------------------------------------------------


def test_what_passes_through_is_sealed_and_two_of_the_same_do_not_look_alike() -> None:
    one, other = kept("Kinh; Không"), kept("Kinh; Không")
    assert one != other
    assert len(one) == len(kept("Xơ Đăng; Phật giáo"))
    assert holds(one, "Kinh; Không")
    assert not holds(one, "Kinh; Phật giáo")
    assert kept("") == ""
    assert holds("", "")
    assert not holds("", "Kinh")
    assert unseal(one).rstrip() == "Kinh; Không"


def test_no_way_in_leaves_it_in_clear(world: World) -> None:
    load(actor=boss(), unit=world.land.lim, source="d.xlsx", newcomers=[
        Newcomer(world.land.two.pk, START, "Cao Văn Mới", values={"sealed": "Tày; Không"}),
    ])  # fmt: skip
    world.receive("fresh", "Cao Thị Mới", world.land.two, sealed="Thái; Không")
    actions.change(actor=boss(), person=world.person("an"), on=TODAY, sealed="Kinh; Không")
    actions.change(actor=boss(), person=world.person("an"), on=TODAY, sealed="Mường; Không")
    stored = [*Person.objects.exclude(sealed="").values_list("sealed", flat=True)]
    stored += [str(past.values) for past in PersonPast.objects.all()]
    assert len(stored) >= 5
    assert [one for one in stored if "Không" in one or "Tày" in one] == []


def test_an_upgrade_seals_what_lay_in_clear(world: World) -> None:
    person = world.person("an")
    Person.objects.filter(pk=person.pk).update(sealed="Kinh; Không")
    past = PersonPast.objects.create(
        person=person, values={"sealed": "Tày; Không", "phone": "1"}, known_until=person.recorded_at, act=1
    )
    import_module("hatnhan.members.migrations.0003_looks").seal_what_passes_through(apps, None)
    person.refresh_from_db()
    past.refresh_from_db()
    assert holds(person.sealed, "Kinh; Không")
    assert holds(past.values["sealed"], "Tày; Không")
    assert past.values["phone"] == "1"


def test_the_preview_of_an_import_shows_no_more_than_the_tiers(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head: list[Cell] = ["Họ và tên", "Ngày sinh", "Điện thoại", "Nghề nghiệp", "Chi bộ"]
    row: list[Cell] = ["Nguyễn Văn An", "3/5/1957", "0900000999", "Nông dân", "Chi bộ thôn Một"]
    path, said = listed(tmp_path, row, head=head), []
    opened_list = reading.opened(path, path.name, "members")
    monkeypatch.setitem(
        registries.PERMISSIONS, permissions.CONTACT, registries.PERMISSIONS[permissions.CONTACT] - {"office"}
    )
    for actor in (world.actor("dung"), world.actor("ha")):
        told: list[str] = []

        def tell(changes: object, told: list[str] = told) -> None:
            told.append(str(changes))

        plan_rows(opened_list.entries(TODAY), actor=actor, unit=world.land.lim, on=TODAY, source="d.xlsx", tell=tell)
        said.append(" ".join(told))
    assert "0900000999" in said[0]
    assert PHONE in said[0]
    assert "0900000999" not in said[1]
    assert PHONE not in said[1]
    assert "Nông dân" in said[1]


def test_the_same_again_is_no_change(world: World) -> None:
    actions.change(actor=boss(), person=world.person("an"), on=TODAY, sealed="Kinh; Không")
    with refused("same"):
        actions.change(actor=boss(), person=world.person("an"), on=TODAY, sealed="Kinh; Không")
