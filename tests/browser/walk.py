"""Signing in and looking at pages as a reader does."""

from playwright.sync_api import BrowserContext, Page

PASSWORD = "sen-trang-2026"


def sign_in(page: Page, username: str) -> None:
    """Through the form, as anybody."""
    page.goto("/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_selector("main")
    assert page.locator("input[name=password]").count() == 0, page.inner_text("main")


def too_wide(page: Page) -> int:
    """Pixels by which the page is wider than the window: a reader would have to scroll sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def watched(context: BrowserContext) -> list[str]:
    """Everything that went wrong in the console or on the wire, from now on."""
    found: list[str] = []
    context.on("console", lambda message: found.extend([message.text] if message.type == "error" else []))
    context.on("weberror", lambda error: found.append(str(error.error)))
    context.on(
        "response", lambda answer: found.extend([f"{answer.status} {answer.url}"] if answer.status >= 500 else [])
    )
    return found
