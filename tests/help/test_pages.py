"""Help over HTTP, as a reader opens it: signed in with a role, and before signing in."""

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hatnhan.access.models import Account
from hatnhan.config.help import guides
from hatnhan.config.help.finding import find
from tests.access.cast import opened
from tests.units.ground import Ground, ground

pytestmark = pytest.mark.django_db

QUERIES = 6
TARGET = re.compile(r'href="(/help/[a-z-]+/(?:#[a-z-]+)?)"')


@pytest.fixture
def land() -> Ground:
    return ground()


def browser(account: Account, language: str = "vi") -> Client:
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    if language != "vi":
        client.post("/preferences/", {"language": language})
    return client


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def own(text: str) -> list[str]:
    """The guides that are offered as the reader's own, in order."""
    assert 'id="own"' in text
    return re.findall(r'href="/help/([a-z-]+)/"', text.split('id="own"')[1].split('id="others"')[0])


@pytest.mark.parametrize(
    ("role", "guide"),
    [
        ("member", "member"),
        ("cell_secretary", "secretary"),
        ("cell_deputy", "secretary"),
        ("office", "office"),
        ("inspector", "higher"),
        ("provincial", "higher"),
        ("administrator", "administrator"),
    ],
)
def test_the_guide_of_ones_own_role_comes_first_and_all_can_be_read(land: Ground, role: str, guide: str) -> None:
    unit = land.one if role in {"member", "cell_secretary", "cell_deputy"} else land.lim
    client = browser(opened("Nguyễn Văn Đọc", role, unit))
    text = text_of(client, "/help/")
    assert own(text) == [guide, guides.FOR_ALL]
    for code in guides.GUIDES:
        assert f'href="/help/{code}/"' in text
        assert guides.guide(code, "vi").title in text_of(client, f"/help/{code}/")


def test_the_first_administrator_has_the_guide_without_any_role(land: Ground) -> None:
    account = opened("Nguyễn Quản Trị", "member", land.one)
    Account.objects.filter(pk=account.pk).update(installation_admin=True)
    assert own(text_of(browser(account), "/help/")) == ["administrator", "member", guides.FOR_ALL]


def test_the_menu_has_help_and_leads_to_the_section_of_the_page(land: Ground) -> None:
    client = browser(opened("Trần Thu Hà", "office", land.lim))
    assert '<a class="nav-link" href="/help/"' in text_of(client, "/help/")
    assert '<a class="nav-link" href="/help/office/#import"' in text_of(client, "/members/import/")
    assert '<a class="nav-link" href="/help/secretary/#members"' in text_of(client, "/members/")


def test_a_guide_has_its_contents_and_every_address_in_it_leads_somewhere(land: Ground) -> None:
    client = browser(opened("Trần Thu Hà", "office", land.lim))
    for code in guides.GUIDES:
        text = text_of(client, f"/help/{code}/")
        for section in guides.guide(code, "vi").sections[1:]:
            assert f'<a href="#{section.anchor}">{section.title}</a>' in text
            assert f'<h2 id="{section.anchor}">{section.title}</h2>' in text
        assert ".md" not in text.replace("operating.md", "")
        for target in TARGET.findall(text):
            address, _hash, anchor = target.partition("#")
            there = text_of(client, address)
            assert not anchor or f'id="{anchor}"' in there, target


def test_whoever_reads_english_gets_the_english_guides(land: Ground) -> None:
    client = browser(opened("Trần Thu Hà", "office", land.lim), "en")
    assert "Guides for you" in text_of(client, "/help/")
    assert "Importing a list of members" in text_of(client, "/help/office/")
    assert "Forgotten password" in text_of(client, "/help/?q=password")


@pytest.mark.parametrize("asked", ["quen mat khau", "Quên mật khẩu", "MAT KHAU quen", "quên mat kh"])
def test_finding_needs_neither_marks_nor_order(land: Ground, asked: str) -> None:
    text = text_of(browser(opened("Nguyễn Văn An", "member", land.one)), f"/help/?q={asked}")
    assert 'href="/help/signing-in/#forgotten"' in text.split('id="found"')[1].split("</li>")[0]


def test_what_is_not_found_says_so_and_keeps_what_was_typed(land: Ground) -> None:
    text = text_of(browser(opened("Nguyễn Văn An", "member", land.one)), "/help/?q=<b>voi+bay</b>")
    assert "Không có mục nào nói về “<b>voi bay</b>”" in text
    assert 'value="<b>voi bay</b>"' in text
    assert 'id="found"' not in text


@pytest.mark.parametrize("asked", ["", "   ", "?!", "%00", "a" * 5000])
def test_strange_questions_are_answered(land: Ground, asked: str) -> None:
    assert 'id="found"' not in text_of(browser(opened("Nguyễn Văn An", "member", land.one)), f"/help/?q={asked}")


def test_a_word_in_a_heading_comes_before_one_in_the_text() -> None:
    found = find("nhật ký", guides.every("vi"))
    assert found
    headings = ["Nhật ký" in one.section.title or "nhật ký" in one.section.title for one in found]
    assert headings == sorted(headings, reverse=True)


def test_a_guide_that_does_not_exist_is_not_found(land: Ground) -> None:
    client = browser(opened("Nguyễn Văn An", "member", land.one))
    for name in ("nobody", "vi", "first_time"):
        assert client.get(f"/help/{name}/").status_code == 404


def test_before_signing_in_only_the_help_with_it_is_read() -> None:
    client = Client()
    assert 'href="/sign-in/help/"' in text_of(client, "/sign-in/")
    text = text_of(client, "/sign-in/help/")
    assert '<h2 id="forgotten">Quên mật khẩu</h2>' in text
    for address in ("/help/", "/help/member/", "/help/nobody/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")


def test_whoever_still_has_a_one_time_password_reads_help_and_nothing_else(land: Ground) -> None:
    account = opened("Nguyễn Văn Mới", "member", land.one)
    Account.objects.filter(pk=account.pk).update(must_change_password=True)
    client = browser(account)
    for address in ("/sign-in/help/", "/help/", "/help/first-time/"):
        text_of(client, address)
    assert client.get("/me/")["Location"] == "/account/password/"


def test_help_asks_the_database_little(land: Ground, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = browser(opened("Trần Thu Hà", "office", land.lim))
    client.get("/help/")
    with django_assert_max_num_queries(QUERIES):
        client.get("/help/?q=mat+khau")
    with django_assert_max_num_queries(QUERIES):
        client.get("/help/office/")
