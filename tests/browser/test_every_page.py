"""What holds for every page: it fits a phone and large text, axe finds nothing, it is light, and nothing breaks."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.walk import sign_in, too_wide, watched
from tests.site import Site

OFFICE = {
    "dashboard": "/",
    "members": "/members/",
    "units": "/units/",
    "accounts": "/accounts/",
    "log": "/log/",
    "receive": "/members/receive/",
    "import members": "/members/import/",
    "import units": "/units/import/",
    "compare": "/members/compare/",
    "merge": "/units/merge/",
    "split": "/units/split/",
    "own account": "/account/",
    "second factor": "/account/second-factor/",
    "an app of codes": "/account/second-factor/app/",
    "a passkey": "/account/second-factor/passkey/",
    "signed-in devices": "/account/sessions/",
    "roles with a second factor": "/accounts/second-factor/",
    "exports": "/members/exports/",
    "export": "/members/export/",
    "stand-ins": "/account/stand-ins/",
    "own": "/me/",
    "own looks": "/me/looks/",
    "own who": "/me/who/",
    "own export": "/me/export/",
    "request": "/members/exports/1/",
    "duties": "/duties/",
    "duties of a unit": "/duties/unit/",
    "duties of the year": "/duties/year/",
    "obligations of units": "/duties/year/units/",
    "an obligation of one's own": "/duties/year/add/",
    "a duty": "/duties/1/",
    "reminders": "/reminders/",
    "campaigns": "/campaigns/",
    "a campaign": "/campaigns/1/",
    "units of a campaign": "/campaigns/2/choose/",
    "a plan": "/campaigns/2/edit/",
    "a unit in a campaign": "/campaigns/1/units/1/",
    "holidays": "/calendar/",
    "meetings": "/meetings/",
    "meetings of a month": "/meetings/month/",
    "register of papers": "/papers/",
    "a paper": "/papers/1/",
    "an outgoing paper": "/papers/out/",
    "an incoming paper": "/papers/in/",
    "signed copy": "/papers/1/sign/",
    "publish a paper": "/papers/1/publish/",
    "terms": "/papers/terms/",
    "working rules": "/papers/rules/",
    "wordings": "/papers/wording/",
    "a wording": "/papers/wording/meetings.minutes/",
    "blanks": "/papers/blanks/",
    "a blank": "/papers/blanks/1/",
    "library": "/library/",
    "folders": "/library/folders/",
    "the month as a checklist": "/meetings/checklist/",
    "calendar of meetings": "/meetings/calendar/",
    "a meeting planned": "/meetings/plan/",
    "fixed day": "/meetings/fixed-day/",
    "calendar feeds": "/meetings/feeds/",
    "packets": "/meetings/packets/",
    "a packet": "/meetings/packets/new/",
    "proposals": "/meetings/proposals/",
    "cells of a month": "/meetings/cells/",
    "who follows": "/meetings/following/",
    "ask to follow": "/meetings/following/assign/",
    "score tables": "/meetings/score-tables/",
    "own score table": "/meetings/score-tables/full/set/",
    "score of a meeting": "/meetings/1/score/",
    "conferences": "/meetings/conferences/",
    "record a conference": "/meetings/conferences/record/",
    "standing assignments": "/meetings/assignments/",
    "dues": "/dues/",
    "dues of the units": "/dues/units/",
    "closing a month": "/dues/close/",
    "dues kept": "/dues/fund/",
    "spending": "/dues/fund/spend/",
    "statement of dues": "/dues/statement/",
    "own dues": "/me/dues/",
    "badges": "/honours/badges/",
    "badge cases": "/honours/badges/cases/",
    "a badge case": "/honours/badges/cases/1/",
    "badges borne": "/honours/badges/borne/",
    "letters": "/honours/badges/letters/",
    "summary of badges": "/honours/badges/summary/",
    "commendations": "/honours/commendations/",
    "a commendation": "/honours/commendations/1/",
    "propose a commendation": "/honours/commendations/add/",
    "rest cures": "/honours/rest/",
    "a rest cure": "/honours/rest/1/",
    "falling due": "/reports/coming/",
    "hand-over": "/reports/hand-over/",
    "quality": "/members/quality/",
    "quality rows": "/members/quality/number/",
    "transfers": "/transfers/",
    "a transfer": "/transfers/1/",
    "temporary transfers": "/temporary/",
    "residence links": "/residence/",
    "a residence link": "/residence/1/",
    "a guest": "/residence/guests/add/",
    "cells of the desk": "/residence/desk/",
    "a letter from elsewhere": "/transfers/arrivals/note/",
    "admissions by stage": "/admissions/",
    "list a promising person": "/admissions/list/",
    "an admission case": "/admissions/12/",
    "a case before its review": "/admissions/10/",
    "a cell's review": "/admissions/10/review/",
    "a decision on admission": "/admissions/12/decide/",
    "admission targets": "/admissions/targets/",
    "set admission targets": "/admissions/targets/set/",
    "help": "/help/",
    "found in help": "/help/?q=mat+khau",
    "a guide": "/help/office/",
    "a guide with a table": "/help/records/",
    "help with signing in": "/sign-in/help/",
    "styleguide": "/styleguide/",
}
SIZES = {"phone": (390, 844), "narrow": (320, 640), "desktop": (1440, 900)}


def opened(page: Page, path: str, size: str, *, language: str = "vi") -> None:
    page.set_viewport_size({"width": SIZES[size][0], "height": SIZES[size][1]})
    sign_in(page, "vanphong")
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200, f"{path}: {answer.status}"


@pytest.mark.parametrize("name", OFFICE)
def test_a_page_fits_every_screen_and_large_text(page: Page, name: str) -> None:
    problems = watched(page.context)
    opened(page, OFFICE[name], "desktop")
    assert too_wide(page) <= 0, f"{name} on a desktop"
    for size in ("phone", "narrow"):
        page.set_viewport_size({"width": SIZES[size][0], "height": SIZES[size][1]})
        assert too_wide(page) <= 0, f"{name} at {SIZES[size][0]} px"
    page.set_viewport_size({"width": 640, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert too_wide(page) <= 0, f"{name} with text of 200 %"
    assert problems == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", OFFICE)
def test_axe_finds_nothing(page: Page, name: str, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    opened(page, OFFICE[name], "phone" if theme == "light" else "desktop")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", [name for name in OFFICE if name != "styleguide"])
def test_a_first_view_is_light(page: Page, browser: Browser, demo_site: Site, name: str) -> None:
    """At most 6 requests and 110 KB on a first view, with nothing kept from before."""
    sign_in(page, "vanphong")
    context = browser.new_context(base_url=demo_site.url, storage_state=page.context.storage_state())
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
    fresh.goto(OFFICE[name], wait_until="networkidle")
    context.close()
    assert len(weights) <= 6, f"{len(weights)} requests"
    assert sum(weights) <= 110 * 1024, f"{sum(weights) / 1024:.0f} KB"
