"""The library as its reader sees it: papers by folder, the unread marked, one page at a time."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ui.text import day
from hatnhan.kernel.vietnamese import plain
from hatnhan.units.queries import names

from .models import Paper, Receipt, Saved
from .queries import library

SIZE = 30
LONGEST = 100


@dataclass(frozen=True)
class OnShelf:
    """A paper in the library."""

    title: str
    text: str
    href: str
    fresh: bool


@dataclass(frozen=True)
class Shelf:
    """One page of the library: groups of papers (folder, papers), and what can be asked for."""

    groups: list[tuple[str, list[OnShelf]]]
    text: str
    show: str
    tabs: list[tuple[str, str, bool]]
    before: str
    after: str

    @property
    def empty(self) -> bool:
        return not self.groups


def shelf_of(actor: Actor, text: str, show: str, page: str) -> Shelf:
    """The papers that reach the reader: those that hold every word, unread or put aside ones only where asked."""
    text, show = " ".join(text.split())[:LONGEST], show if show in {"unread", "saved"} else ""
    number = int(page) if page.isdecimal() and 0 < int(page[:6]) < 100_000 else 1
    rows = library(actor)
    for word in plain(text).split():
        rows = rows.filter(key__contains=word)
    read, mine = Receipt.objects.filter(account=actor.account_id), Saved.objects.filter(account=actor.account_id)
    if show == "unread":
        rows = rows.exclude(pk__in=read.values("paper"))
    elif show == "saved":
        rows = rows.filter(pk__in=mine.values("paper"))
    found = list(_ordered(rows)[(number - 1) * SIZE : number * SIZE + 1])
    return Shelf(
        groups=_grouped(actor, found[:SIZE], set(read.filter(paper__in=found).values_list("paper_id", flat=True))),
        text=text, show=show, tabs=[
            (label, _address(text, code, 1), code == show)
            for code, label in (("", _("Tất cả")), ("unread", _("Chưa đọc")), ("saved", _("Đã lưu")))
        ],
        before=_address(text, show, number - 1) if number > 1 else "",
        after=_address(text, show, number + 1) if len(found) > SIZE else "",
    )  # fmt: skip


def _ordered(rows: "QuerySet[Paper]") -> "QuerySet[Paper]":
    return rows.select_related("folder").order_by("-published_on", "-pk")


def _grouped(actor: Actor, rows: list[Paper], read: set[int]) -> list[tuple[str, list[OnShelf]]]:
    units = names({row.unit_id for row in rows}, actor.on)
    types = rulebook.at(actor.on).paper_types()
    groups: dict[str, list[OnShelf]] = {}
    for row in rows:
        kind = str(types[row.kind].label) if row.kind in types else row.kind
        small = " · ".join(
            filter(None, [kind[:1].upper() + kind[1:], row.symbol, day(row.day), units.get(row.unit_id)])
        )
        one = OnShelf(
            called(kind, row.about) or row.symbol, small, reverse("documents.paper", args=[row.pk]), row.pk not in read
        )
        groups.setdefault(row.folder.name if row.folder else "", []).append(one)
    return sorted(groups.items(), key=lambda pair: (pair[0] != "", pair[0]))


def called(kind: str, about: str) -> str:
    """How a paper is called in a list: an abstract that goes on from its type has the type before it."""
    return f"{kind[:1].upper()}{kind[1:]} {about}" if about[:1].islower() else about


def _address(text: str, show: str, page: int) -> str:
    asked = {"q": text, "show": show, "page": "" if page == 1 else str(page)}
    return "?" + urlencode({name: value for name, value in asked.items() if value})
