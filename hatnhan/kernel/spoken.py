"""Rules that spoke in an act or a refusal, as links to where they are explained."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from .models import Entry


@dataclass(frozen=True)
class Spoken:
    """A rule by its reference, "key@first day", with the address of its page."""

    reference: str
    href: str

    @property
    def key(self) -> str:
        return self.reference.partition("@")[0]


def address_of(reference: str) -> str:
    """The page of a rule, of the days of its window; empty while no module has one."""
    key, _at, version = reference.partition("@")
    try:
        where = reverse("rulebook.rule", args=[key])
    except NoReverseMatch:
        return ""
    return f"{where}?on={quote(version)}" if version else where


def linked(text: str, reference: str) -> str:
    """The words of a rule's source as a link to its page; the words alone while no module has one."""
    href = address_of(reference)
    return format_html('<a class="link" href="{}">{}</a>', href, text) if href else text


# Kinds of subjects of the log, and the page of one of them.
_PAGES: dict[str, str] = {}


def leads(kind: str, page: str) -> None:
    """Tell on which page a thing of this kind is read, so that whatever names it in the log leads there."""
    _PAGES[kind] = page


def way_to(subjects: Iterable[tuple[str, int]]) -> str:
    """The page of what an act was about: of several things that of the uppermost module; empty where none has one."""
    known = list(_PAGES)
    found = sorted((known.index(kind), kind, key) for kind, key in subjects if kind in _PAGES)
    return reverse(_PAGES[found[-1][1]], args=[found[-1][2]]) if found else ""


def spoken(entry: Entry) -> list[Spoken]:
    """The rules that spoke in an act, each once."""
    payload = entry.payload
    values = [payload.values, *(values for _sentence, values in payload.lines)]
    found = dict.fromkeys(str(one["rule"]) for one in values if one.get("rule"))
    return [Spoken(reference, address_of(reference)) for reference in found]
