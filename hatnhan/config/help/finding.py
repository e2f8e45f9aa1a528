"""Finding in all guides: by words, in any order, without marks; each word from its beginning."""

from collections.abc import Sequence
from dataclasses import dataclass

from hatnhan.kernel.vietnamese import plain

from .guides import Guide, Section, address

LONGEST = 100
MOST = 30


@dataclass(frozen=True)
class Found:
    """A section that has all the words."""

    guide: Guide
    section: Section
    excerpt: str

    @property
    def url(self) -> str:
        return address(self.guide.code, self.section.anchor)


def find(text: str, guides: Sequence[Guide]) -> list[Found]:
    """The sections that have every word; those with the words in their heading first, then those with the words as
    they were written, then in the order of the guides. At most 30."""
    asked = plain(text[:LONGEST])
    words = asked.split()
    if not words:
        return []
    found = []
    for guide in guides:
        for section in guide.sections:
            if _has(section.key, words):
                heading = _has(f" {plain(section.title)}", words)
                found.append(((not heading, f" {asked}" not in section.key), guide, section))
    found.sort(key=lambda one: one[0])
    return [Found(guide, section, _excerpt(section, words)) for _rank, guide, section in found[:MOST]]


def _has(key: str, words: Sequence[str]) -> bool:
    return all(f" {word}" in key for word in words)


def _excerpt(section: Section, words: Sequence[str]) -> str:
    """The paragraph that has most of the words."""
    if not section.paragraphs:
        return ""
    return max(section.paragraphs, key=lambda one: sum(f" {word}" in f" {plain(one)}" for word in words))
