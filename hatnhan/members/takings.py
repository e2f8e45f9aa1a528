"""What may be taken out as a file over more than one cell. Every kind goes the same way: asked for with a reason,
answered by a second person, fetched within a set time. Upper modules add theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ui.text import num

from . import permissions
from .models import ExportRequest


@dataclass(frozen=True)
class File:
    """The answer with the file, who is in it (person ids), and its form."""

    answer: HttpResponse
    people: list[int]
    form: str


@dataclass(frozen=True)
class Taking:
    """A kind of list. `permission` is what asking and fetching need at the unit; `forms` are the files that there are;
    `counted` says how many of what; `asked`, `approved`, `refused`, `fetched` are the sentences of the log."""

    code: str
    permission: str
    forms: tuple[str, ...]
    counted: Callable[[int], str]
    asked: str
    approved: str
    refused: str
    fetched: str


@dataclass(frozen=True)
class Making:
    """How pages show what was asked for (`chips`: its filters), and make its file."""

    chips: Callable[[HttpRequest, Actor, ExportRequest], list[Any]]
    made: Callable[[HttpRequest, Actor, ExportRequest, str], File]


TAKINGS: dict[str, Taking] = {}
MAKINGS: dict[str, Making] = {}


def taking(one: Taking) -> None:
    """Register a kind."""
    TAKINGS[one.code] = one


def making(code: str, one: Making) -> None:
    """Tell how the file of a kind is made."""
    MAKINGS[code] = one


MEMBERS = "members"
taking(
    Taking(
        MEMBERS, permissions.EXPORT, ("xlsx", "csv", "pdf"), lambda count: _("%(n)s đảng viên") % {"n": num(count)},
        asked=gettext_noop("Yêu cầu lấy danh sách %(count)s đảng viên của %(unit)s, yêu cầu số %(number)s."),
        approved=gettext_noop("Duyệt yêu cầu số %(number)s: lấy danh sách %(count)s đảng viên của %(unit)s."),
        refused=gettext_noop("Không duyệt yêu cầu số %(number)s: lấy danh sách %(count)s đảng viên của %(unit)s."),
        fetched=gettext_noop(
            "Lấy danh sách %(count)s đảng viên của %(unit)s ra tệp %(form)s, yêu cầu số %(number)s."
        ),
    )
)  # fmt: skip
