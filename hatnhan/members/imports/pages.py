"""The pages of imports, declared once for each desk."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.pages import Place, page
from hatnhan.members import permissions

from .views import asking, comparing, handing, looking
from .views.desks import COMPARISON, MEMBERS, UNITS, Desk

OfRun = Callable[[Desk, HttpRequest, int], HttpResponse]

OF_EVERY_RUN: tuple[tuple[str, str, OfRun], ...] = (
    ("_columns", "columns/", handing.choose_columns),
    ("_drop", "drop/", looking.drop),
)
OF_AN_IMPORT: tuple[tuple[str, str, OfRun], ...] = (
    *OF_EVERY_RUN,
    ("_run", "", looking.look),
    ("_progress", "progress/", looking.progress),
    ("_write", "write/", looking.write),
    ("_undo", "undo/", looking.undo),
    ("_file", "file/", looking.file),
)
OF_A_COMPARISON: tuple[tuple[str, str, OfRun], ...] = (
    *OF_EVERY_RUN,
    ("_run", "", comparing.look),
    ("_sheets", "sheets/", comparing.sheets),
)
QUESTIONS = _("Câu hỏi cần trả lời")


def of_desk(desk: Desk, route: str, views: tuple[tuple[str, str, OfRun], ...]) -> list[URLPattern]:
    """The start page of a desk and the pages of one upload. The name of an address is its page's code."""
    found = [path(route, _start(desk), name=desk.code)]
    for name, rest, view in views:
        found.append(path(f"{route}<int:run>/{rest}", _of_run(desk, name, view), name=f"{desk.code}{name}"))
    return found


def _start(desk: Desk) -> Callable[..., HttpResponse]:
    def start(request: HttpRequest) -> HttpResponse:
        return handing.start(desk, request)

    return page(desk.code, desk.title, permission=desk.permission)(start)


def _of_run(desk: Desk, name: str, view: OfRun) -> Callable[..., HttpResponse]:
    def show(request: HttpRequest, run: int) -> HttpResponse:
        return view(desk, request, run)

    return page(f"{desk.code}{name}", desk.title, permission=desk.permission)(show)


def _declared(
    code: str, title: Any, permission: str, view: Callable[..., HttpResponse], route: str, place: Place | None = None
) -> URLPattern:
    return path(route, page(code, title, permission=permission, place=place)(view), name=code)


urlpatterns = [
    *of_desk(MEMBERS, "members/import/", OF_AN_IMPORT),
    *of_desk(UNITS, "units/import/", OF_AN_IMPORT),
    *of_desk(COMPARISON, "members/compare/", OF_A_COMPARISON),
    _declared(
        "questions.list", QUESTIONS, permissions.ANSWER, asking.questions, "questions/", Place(1, 60, "inbox")
    ),
    _declared("questions.answer", QUESTIONS, permissions.ANSWER, asking.answer, "questions/<int:question>/"),
]  # fmt: skip
