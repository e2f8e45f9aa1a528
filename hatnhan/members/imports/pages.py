"""The pages of imports, declared once for each desk."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.pages import Place, page
from hatnhan.members import permissions

from .views import asking, comparing, handing, looking
from .views.desks import COMPARISON, MEMBERS, UNITS, Desk

View = Callable[..., HttpResponse]

OF_A_RUN: tuple[tuple[str, str, View], ...] = (
    ("_columns", "columns/", handing.choose_columns),
    ("_drop", "drop/", looking.drop),
)
OF_AN_IMPORT: tuple[tuple[str, str, View], ...] = (
    *OF_A_RUN,
    ("_run", "", looking.look),
    ("_progress", "progress/", looking.progress),
    ("_write", "write/", looking.write),
    ("_undo", "undo/", looking.undo),
    ("_file", "file/", looking.file),
)


def declared(
    name: str, title: Any, permission: str, view: View, route: str, place: Place | None = None
) -> URLPattern:
    """A page and its address; the name of the address is the page's code."""
    return path(route, page(name, title, permission=permission, place=place)(view), name=name)


def of_desk(desk: Desk, route: str, views: tuple[tuple[str, str, View], ...]) -> list[URLPattern]:
    """The start page of a desk and the pages of one upload."""
    start = declared(desk.code, desk.title, desk.permission, partial(handing.start, desk), route)
    return [
        start,
        *(
            declared(f"{desk.code}{name}", desk.title, desk.permission, partial(view, desk), f"{route}<int:pk>/{rest}")
            for name, rest, view in views
        ),
    ]


QUESTIONS = _("Câu hỏi cần trả lời")

urlpatterns = [
    *of_desk(MEMBERS, "members/import/", OF_AN_IMPORT),
    *of_desk(UNITS, "units/import/", OF_AN_IMPORT),
    *of_desk(COMPARISON, "members/compare/", OF_A_RUN),
    declared(
        "members.compare_run", COMPARISON.title, COMPARISON.permission, comparing.look, "members/compare/<int:pk>/"
    ),
    declared(
        "members.check_sheets", _("Phiếu đối khớp"), COMPARISON.permission, comparing.sheets,
        "members/compare/<int:pk>/sheets/",
    ),
    declared("questions.list", QUESTIONS, permissions.ANSWER, asking.questions, "questions/", Place(1, 60, "inbox")),
    declared("questions.answer", QUESTIONS, permissions.ANSWER, asking.answer, "questions/<int:pk>/"),
]  # fmt: skip
