"""The second factor with a real browser: an app's codes, and a passkey of Chromium's own virtual machine."""

import base64
import hmac
import re
import struct
import time
from collections.abc import Iterator
from hashlib import sha1

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.walk import PASSWORD, sign_in, too_wide, watched
from tests.site import Site

FACTORS = "/account/second-factor/"


def code_of(secret: str) -> str:
    """What the app shows now (RFC 6238)."""
    step = struct.pack(">Q", int(time.time()) // 30)
    told = hmac.digest(base64.b32decode(secret), step, sha1)
    at = told[-1] & 15
    return f"{(struct.unpack('>I', told[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def password_alone(page: Page, username: str) -> None:
    page.goto("/sign-in/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")


@pytest.fixture
def tidied(page: Page) -> Iterator[Page]:
    """A page of the member, who has no second factor before and none after: the demonstration is shared."""
    sign_in(page, "dangvien")
    yield page
    while True:
        page.goto(FACTORS)
        removals = page.get_by_role("link", name=re.compile("^Bỏ: "))
        if removals.count() == 0:
            break
        removals.first.click()
        page.get_by_role("button", name="Bỏ cách này").click()


def virtual_machine(page: Page) -> None:
    """A machine with a fingerprint, as Chromium plays it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def fine(page: Page) -> None:
    """Fits a phone, and axe finds nothing."""
    page.set_viewport_size({"width": 320, "height": 640})
    assert too_wide(page) <= 0
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_an_app_is_set_up_by_keyboard_and_asked_for_at_the_next_sign_in(tidied: Page) -> None:
    page, problems = tidied, watched(tidied.context)
    page.goto("/account/")
    page.get_by_role("link", name=re.compile("^Xác minh hai bước")).first.press("Enter")
    page.get_by_role("link", name="Cài ứng dụng tạo mã").press("Enter")
    picture = page.get_by_role("img", name=re.compile("^Mã QR"))
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100")
    secret = page.inner_text("[data-secret]").replace(" ", "")
    page.fill("input[name=code]", code_of(secret))
    page.press("input[name=code]", "Enter")
    codes = page.locator("main ol li")
    expect(codes).to_have_count(10)
    fine(page)
    spare = codes.first.inner_text()
    page.get_by_role("button", name="Đã cất giữ").press("Enter")
    page.goto("/sign-out/")
    page.locator("main").get_by_role("button", name="Đăng xuất").press("Enter")
    password_alone(page, "dangvien")
    expect(page.get_by_role("heading", name="Xác minh hai bước")).to_be_visible()
    expect(page.locator("input[name=code]")).to_be_focused()
    fine(page)
    page.fill("input[name=code]", spare)
    page.press("input[name=code]", "Enter")
    expect(page).to_have_url(re.compile("/me/$"))
    assert problems == []


def test_a_passkey_is_made_and_opens_the_door(tidied: Page) -> None:
    page, problems = tidied, watched(tidied.context)
    virtual_machine(page)
    page.goto(FACTORS)
    page.get_by_role("link", name="Thêm khóa của máy").press("Enter")
    page.get_by_label("Tên để nhận ra").fill("máy của tôi")
    page.get_by_role("button", name="Thêm khóa của máy").press("Enter")
    page.get_by_role("button", name="Đã cất giữ").click()
    expect(page.get_by_text("Khóa của máy · máy của tôi")).to_be_visible()
    page.goto(FACTORS + "passkey/")
    page.get_by_role("button", name="Thêm khóa của máy").click()
    expect(page.get_by_role("alert")).to_have_text("Máy này đã có khóa của tài khoản.")
    page.goto("/sign-out/")
    page.locator("main").get_by_role("button", name="Đăng xuất").click()
    password_alone(page, "dangvien")
    fine(page)
    page.get_by_role("button", name="Dùng khóa của máy").press("Enter")
    expect(page).to_have_url(re.compile("/me/$"))
    assert problems == []


def test_a_machine_that_recognises_nobody_is_said_in_words(tidied: Page) -> None:
    page = tidied
    page.goto(FACTORS + "passkey/")
    refuses = "navigator.credentials.create = () => Promise.reject(new DOMException('no', 'NotAllowedError'))"
    page.evaluate(f"() => {{ {refuses}; }}")
    page.get_by_role("button", name="Thêm khóa của máy").click()
    expect(page.get_by_role("alert")).to_contain_text("máy chưa nhận được vân tay")


def test_without_scripts_a_passkey_is_refused_in_words(browser: Browser, demo_site: Site) -> None:
    context = browser.new_context(base_url=demo_site.url, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    sign_in(page, "bithu")
    page.goto(FACTORS + "passkey/")
    page.get_by_role("button", name="Thêm khóa của máy").click()
    expect(page.get_by_text("Trình duyệt chưa trả lời.")).to_be_visible()
    context.close()


def test_at_a_number_a_page_says_that_passkeys_need_a_name(browser: Browser, demo_site: Site) -> None:
    context = browser.new_context(base_url=demo_site.url.replace("localhost", "127.0.0.1"), locale="vi-VN")
    page = context.new_page()
    sign_in(page, "bithu")
    page.goto(FACTORS + "passkey/")
    expect(page.get_by_text("Khóa của máy không dùng được ở địa chỉ bằng số")).to_be_visible()
    assert page.locator("form[data-passkey]").count() == 0
    context.close()


def test_a_second_machine_is_signed_out_from_the_first(page: Page, browser: Browser, demo_site: Site) -> None:
    sign_in(page, "bithu")
    context = browser.new_context(
        base_url=demo_site.url, locale="vi-VN",
        user_agent="Mozilla/5.0 (Linux; Android 8.0; SM-J730G) AppleWebKit/537.36 Chrome/99.0 Mobile Safari/537.36",
    )  # fmt: skip
    other = context.new_page()
    sign_in(other, "bithu")
    page.goto("/account/sessions/")
    page.get_by_role("button", name="Thoát khỏi Điện thoại Android, Chrome").first.press("Enter")
    expect(page.get_by_text("Đã thoát khỏi 1 máy.").first).to_be_visible()
    other.goto("/account/")
    expect(other).to_have_url(re.compile("/sign-in/"))
    context.close()
