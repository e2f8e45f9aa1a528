"""Taking lists out in tests: asked for by one account, approved by another, fetched."""

from typing import Any

from hatnhan.members.models import ExportRequest
from tests.access.cast import opened
from tests.world import World


def second(world: World) -> str:
    """Another member of the provincial staff, who can answer requests of everybody."""
    if "second" not in world.accounts:
        world.accounts["second"] = opened("Cao Thị Hạnh", "provincial", world.land.province).pk
    return "second"


def asked(world: World, who: str, query: str = "", reason: str = "Đối chiếu", browser: Any = None) -> ExportRequest:
    """A request for the list of the address, as its page sends it."""
    browser = browser or world.browser(who)
    answer = browser.post(f"/members/export/{query}", {"reason": reason})
    assert answer.status_code == 302, answer.content.decode()
    row = ExportRequest.objects.latest("pk")
    assert answer.headers["Location"] == f"/members/exports/{row.pk}/"
    return row


def taken(world: World, who: str, form: str, query: str = "", *, reason: str = "Đối chiếu", browser: Any = None) -> Any:
    """The list as a file: of a cell at once, over more with a second person's word."""
    browser = browser or world.browser(who)
    answer = browser.post(f"/members/export/{query}", {"form": form, "reason": reason})
    if answer.status_code != 302:
        return answer
    page = answer.headers["Location"]
    approved = world.browser(second(world)).post(page, {"act": "approve", "reason": ""})
    assert approved.status_code == 302, approved.content.decode()
    return browser.post(f"{page}file/", {"form": form})
