"""A label that the rulebook keeps in both languages and shows in the reader's."""

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Words:
    """Vietnamese and English wording of one thing; `str()` gives the active language's, at the moment it is shown."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "vi").startswith("en") else self.vi
