"""Rules that spoke in an act or a refusal, as links to where they are explained."""

from dataclasses import dataclass
from urllib.parse import quote

from django.urls import NoReverseMatch, reverse

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


def spoken(entry: Entry) -> list[Spoken]:
    """The rules that spoke in an act, each once."""
    payload = entry.payload
    values = [payload.values, *(values for _sentence, values in payload.lines)]
    found = dict.fromkeys(str(one["rule"]) for one in values if one.get("rule"))
    return [Spoken(reference, address_of(reference)) for reference in found]
