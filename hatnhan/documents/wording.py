"""The sentences of papers: a template is a list of passages with fields to be filled, `{{có mặt}}`. The program brings
its own wording; a committee may set another for itself and all below, from a day on."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

FIELD = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")


@dataclass(frozen=True)
class Passage:
    """One passage: what it is for, the program's own text, and the fields that a text may name."""

    code: str
    label: Any
    text: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Template:
    """The passages of one kind of paper; `samples` fill the fields of a preview with made-up facts."""

    code: str
    label: Any
    passages: tuple[Passage, ...]
    samples: Mapping[str, str]

    def passage(self, code: str) -> Passage:
        """Raises KeyError for one that the template does not have."""
        return next((one for one in self.passages if one.code == code), None) or _missing(code)


TEMPLATES: dict[str, Template] = {}


def template(*given: Template) -> None:
    """Register templates."""
    for one in given:
        TEMPLATES[one.code] = one


@dataclass(frozen=True)
class Wording:
    """The wording that holds for a unit on a day: the program's own, with what a committee has set in its place."""

    template: Template
    given: Mapping[str, str]

    def say(self, code: str, **values: Any) -> str:
        """A passage with its fields filled in; names of fields have underscores where the text has spaces. A passage
        that a committee has emptied is left out."""
        return filled(self.given.get(code, self.template.passage(code).text), values)

    def lines(self, code: str, **values: Any) -> list[str]:
        """A passage of several lines."""
        return [line.strip() for line in self.say(code, **values).splitlines() if line.strip()]


def filled(text: str, values: Mapping[str, Any]) -> str:
    """A text with its fields filled in; what is typed into a value is never looked at as a field."""
    known = {name.replace("_", " "): str(value) for name, value in values.items()}
    return FIELD.sub(lambda found: known.get(found[1], ""), text)


def unknown(text: str, fields: Iterable[str]) -> list[str]:
    """The fields of a text that a passage does not know, in their order."""
    known = set(fields)
    return [name for name in dict.fromkeys(FIELD.findall(text)) if name not in known]


def _missing(code: str) -> Passage:
    raise KeyError(code)
