"""A meeting with a laptop and two phones, from its opening to adopted minutes, on the database under test."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.walk import sign_in, too_wide, watched
from tests.conftest import installation
from tests.installed import inside
from tests.site import ROOT, Site

LAPTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
LIVE = 15_000  # ms within which a page that follows has followed


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation with one small cell, served."""
    with installation(tmp_path_factory.mktemp("village") / "data") as place:
        place.command("init", "--no-admin")
        environment = place.environment | {"DJANGO_SETTINGS_MODULE": "hatnhan.config.settings"}
        done = subprocess.run(
            [sys.executable, "-m", "tests.browser.village"], env=environment, cwd=ROOT, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        place.start("--workers", "1")
        expect.set_options(timeout=LIVE)
        yield place
        expect.set_options(timeout=5_000)


def visitor(browser: Browser, place: Site, name: str, size: dict[str, int]) -> Page:
    """Somebody's own device, signed in."""
    context = browser.new_context(
        base_url=place.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh",
        viewport={"width": size["width"], "height": size["height"]},
    )  # fmt: skip
    context.set_default_timeout(LIVE)
    page = context.new_page()
    sign_in(page, name)
    return page


def follows(phone: Page) -> None:
    """From the list of meetings to the one that goes on."""
    phone.goto("/meetings/")
    phone.get_by_role("link", name="Theo dõi, biểu quyết").click()
    expect(phone.locator("#now")).to_be_visible()


def fits(page: Page) -> None:
    """Narrow phones and large text, without scrolling sideways; nothing for axe to find."""
    size = page.viewport_size
    assert size is not None
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # looked at when its colours have changed
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 320, "height": 640})
    assert too_wide(page) <= 0
    page.set_viewport_size({"width": 640, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert too_wide(page) <= 0
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size(size)


def code_of(place: Site) -> str:
    """The code on the door, as it was printed."""
    with inside(place) as cursor:
        cursor.execute("SELECT code FROM meetings_live WHERE code <> ''")
        return str(cursor.fetchone()[0])


def test_a_meeting_from_its_opening_to_adopted_minutes(browser: Browser, village: Site) -> None:
    laptop = visitor(browser, village, "thuy", LAPTOP)
    an, anh = (visitor(browser, village, name, PHONE) for name in ("nguyen.an", "tran.anh"))
    problems = [watched(one.context) for one in (laptop, an)]
    # opened, and followed
    laptop.goto("/meetings/")
    laptop.get_by_text("Việc khác").click()
    laptop.get_by_role("link", name="Bắt đầu sinh hoạt").click()
    laptop.get_by_role("button", name="Bắt đầu sinh hoạt").click()
    expect(laptop.locator("#roll")).to_contain_text("Có mặt 0 trên 6")
    for phone in (an, anh):
        follows(phone)
    # An tells at the door; the secretary's page sees it by itself and confirms; Ánh is tapped, the others follow
    an.fill("#door-code", code_of(village))
    an.get_by_role("button", name="Báo có mặt").click()
    expect(an.locator("#own")).to_contain_text("thư ký sẽ xác nhận")
    laptop.get_by_role("button", name="Xác nhận 1 đồng chí báo đã đến").click()
    laptop.get_by_role("button", name=re.compile("Trần Thị Ánh")).first.click()
    expect(laptop.locator("#roll")).to_contain_text("Có mặt 2 trên 6")
    laptop.get_by_role("button", name="Những đồng chí còn lại có mặt").click()
    expect(laptop.locator("#roll")).to_contain_text("Có mặt 6 trên 6")
    expect(an.locator("#own")).to_contain_text("Đồng chí đã được điểm danh: có mặt.")
    # the next item reaches the phones; what is typed saves itself, and outlives the server
    laptop.get_by_role("button", name="Sang nội dung tiếp theo").click()
    expect(an.locator("#now-title")).to_contain_text("Thông báo tình hình nộp đảng phí")
    said = laptop.locator("details.point[open] textarea").last
    said.fill("Đọc thông báo của Đảng ủy.")
    expect(laptop.locator("details.point[open] [data-state]").last).to_have_text("Đã lưu")
    village.stop()
    village.start("--workers", "1")
    laptop.reload()
    expect(laptop.locator("details.point[open] textarea").last).to_have_value("Đọc thông báo của Đảng ủy.")
    fits(laptop)
    fits(an)
    # a vote by phone: An's tap arrives; Ánh's is lost on the way, told, and repeated
    laptop.fill("#vote-text", "Thông qua nghị quyết")
    laptop.select_option("#p-method", "phone")
    laptop.get_by_role("button", name="Lấy biểu quyết").click()
    an.get_by_role("button", name="Tán thành", exact=True).click()
    expect(an.locator("#ballot")).to_contain_text("Đã ghi nhận ý kiến biểu quyết lúc")
    fits(an)
    lost = anh.get_by_role("button", name="Không tán thành")
    expect(lost).to_be_visible()
    anh.context.set_offline(True)
    lost.click()
    expect(anh.locator("#toasts")).to_contain_text("Mất mạng")
    anh.context.set_offline(False)
    for _twice in range(2):
        lost.click()
        expect(anh.locator("#ballot")).to_contain_text("Đã ghi nhận")
    expect(laptop.locator("#votes")).to_contain_text("Đã bấm trên điện thoại: 2/6")
    assert "Tán thành 1" not in an.inner_text("main")
    laptop.fill("#c-in_favour", "4")
    laptop.get_by_role("button", name="Kết thúc biểu quyết").click()
    expect(laptop.locator("#votes")).to_contain_text("Tán thành 5/6")
    expect(an.locator("main")).to_contain_text("Tán thành 5/6")
    # the end: recorded, then adopted
    laptop.get_by_role("link", name="Kết thúc sinh hoạt").click()
    laptop.fill("#id_started", "00:00")
    laptop.fill("#id_ended", "01:40")
    laptop.get_by_role("button", name="Kết thúc và ghi lại").click()
    expect(laptop.locator("main")).to_contain_text("Tán thành 5/6")
    expect(an.locator("main")).to_contain_text("Buổi sinh hoạt đã kết thúc")
    laptop.get_by_role("link", name="Thông qua biên bản").click()
    laptop.get_by_role("button", name="Thông qua biên bản").click()
    expect(laptop.locator("main")).to_contain_text("Đã thông qua biên bản")
    # the restart is the only thing that went wrong on the wire
    assert [one for found in problems for one in found if "ERR_CONNECTION" not in one] == []
    for page in (laptop, an, anh):
        page.context.close()


def test_two_who_write_at_once_see_both_texts(browser: Browser, village: Site) -> None:
    thuy, binh = (visitor(browser, village, name, LAPTOP) for name in ("thuy", "binh"))
    thuy.goto("/meetings/open/")
    thuy.get_by_role("button", name="Bắt đầu sinh hoạt").click()
    expect(thuy.locator("#agenda")).to_be_visible()
    binh.goto(thuy.url)
    for page, text in ((thuy, "Bản của Thủy"), (binh, "Bản của Bình")):
        page.locator("#t-outcome_text").fill(text)
    for page in (thuy, binh):
        expect(page.locator("#outcome")).to_contain_text("Hai người cùng ghi mục này")
    both = f"{thuy.inner_text('#outcome')} {thuy.input_value('#t-outcome_text')}"
    assert "Bản của Thủy" in both
    assert "Bản của Bình" in both
    thuy.get_by_role("button", name="Ghép cả hai").click()
    expect(thuy.locator("#t-outcome_text")).to_have_value(re.compile("Bản của (Thủy|Bình)\n\nBản của (Thủy|Bình)"))
    finish(thuy, "02:00")
    for page in (thuy, binh):
        page.context.close()


def test_a_phone_comes_in_six_requests_and_little_data(browser: Browser, village: Site) -> None:
    thuy = visitor(browser, village, "thuy", LAPTOP)
    thuy.goto("/meetings/open/")
    thuy.get_by_role("button", name="Bắt đầu sinh hoạt").click()
    an = visitor(browser, village, "nguyen.an", PHONE)
    follows(an)
    requests, weight = first_view(browser, an.context, village, an.url)
    assert requests <= 6
    assert weight <= 110 * 1024
    finish(thuy, "04:00")
    for page in (thuy, an):
        page.context.close()


def first_view(browser: Browser, known: BrowserContext, place: Site, address: str) -> tuple[int, float]:
    """Requests and bytes on the wire of a first view, with nothing kept from before."""
    context = browser.new_context(base_url=place.url, storage_state=known.storage_state())
    fresh = context.new_page()
    session = context.new_cdp_session(fresh)
    session.send("Network.enable")
    asked: dict[str, str] = {}
    weights: list[float] = []
    session.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]}))
    session.on(
        "Network.loadingFinished",
        lambda event: weights.extend(
            [event["encodedDataLength"]] if asked[event["requestId"]].startswith("http") else []
        ),
    )
    fresh.goto(address, wait_until="load")
    fresh.evaluate("document.fonts.ready")
    context.close()
    return len(weights), sum(weights)


def finish(page: Page, begun: str) -> None:
    """Leave the cell as it was found: nobody is in a meeting. Two of one day do not begin in the same minute."""
    page.get_by_role("button", name="Những đồng chí còn lại có mặt").click()
    expect(page.locator("#roll")).to_contain_text("Có mặt 6 trên 6")
    page.get_by_role("link", name="Kết thúc sinh hoạt").click()
    page.fill("#id_started", begun)
    page.fill("#id_ended", "23:59")
    page.get_by_role("button", name="Kết thúc và ghi lại").click()
    expect(page.get_by_role("link", name="Thông qua biên bản")).to_be_visible()
