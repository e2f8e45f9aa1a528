"""The translations: one English catalogue per module, from Vietnamese sentences in Python and Jinja2.

    python scripts/catalogues.py update    take new sentences over from the sources, drop those that are gone
    python scripts/catalogues.py compile   make the .mo files (not committed)
    python scripts/catalogues.py check     refuse a missing, empty or doubtful translation, or different placeholders

A `vi` catalogue, where one exists, translates sentences of a library (django-allauth has no Vietnamese); it is written
by hand, compiled and checked like the others.
"""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "hatnhan"
METHODS = [("**/migrations/**", "ignore"), ("**/jinja2/**", "jinja2.ext:babel_extract"), ("**.py", "python")]
OPTIONS = {
    "**/jinja2/**": {"silent": "false", "trimmed": "true", "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols"}
}
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Text = str | list[str] | tuple[str, ...] | None
PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]")
# The dates in a catalogue's head would make every update a change.
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def modules() -> Iterator[Path]:
    """Directories of the modules, in order."""
    return (path for path in sorted(PACKAGE.iterdir()) if (path / "__init__.py").exists())


def catalogue_path(module: Path, language: str) -> Path:
    return module / "locale" / language / "LC_MESSAGES" / "django.po"


def sentences(module: Path) -> Catalog:
    """Every sentence of the module's sources."""
    found = Catalog(project="hatnhan", charset="utf-8", creation_date=NO_DATE)
    for file, line, text, comments, context in extract_from_dir(module, METHODS, OPTIONS, KEYWORDS, ("Translators:",)):
        found.add(text, None, [(file, line)], auto_comments=comments, context=context)
    return found


def load(path: Path, language: str) -> Catalog:
    """The catalogue as it stands; an empty one when there is none yet."""
    if path.exists():
        with path.open("rb") as file:
            return read_po(file, locale=language)
    return Catalog(locale=language, project="hatnhan", charset="utf-8", creation_date=NO_DATE)


def update() -> int:
    """Bring every English catalogue up to date with the sources; translations that still fit are kept."""
    for module in modules():
        source = sentences(module)
        path = catalogue_path(module, "en")
        if not len(source):
            continue
        catalogue = load(path, "en")
        catalogue.update(source, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.creation_date = catalogue.revision_date = NO_DATE
        catalogue.fuzzy = False
        catalogue.header_comment = f"# English catalogue of hatnhan.{module.name}; the sentences are Vietnamese."
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=120, no_location=True, sort_output=True, ignore_obsolete=True)
        empty = sum(1 for message in catalogue if message.id and not complete(message))
        sys.stdout.write(f"{module.name}: {len(catalogue)} sentences, {empty} to translate\n")
    return 0


def compile_all() -> int:
    """Make a .mo beside every .po."""
    for path in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/*.po")):
        catalogue = load(path, path.parts[-3])
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
    return 0


def check() -> int:
    """Print every flaw; returns 1 when there is one."""
    flaws = [flaw for module in modules() for flaw in module_flaws(module)]
    sys.stdout.writelines(f"{flaw}\n" for flaw in flaws)
    sys.stdout.write(f"translations: {len(flaws)} flaws\n" if flaws else "translations: complete\n")
    return 1 if flaws else 0


def module_flaws(module: Path) -> Iterator[str]:
    """What is wrong with the module's sentences and catalogues."""
    source = sentences(module)
    english = load(catalogue_path(module, "en"), "en")
    for message in source:
        if not message.id:
            continue
        if message.context is None and in_template(message):
            yield from (f"{module.name}: {flaw}" for flaw in format_flaws(message))
        if english.get(first(message.id), message.context) is None:
            yield f"{module.name}: not in the English catalogue (run update): {first(message.id)!r}"
    for path in sorted(module.glob("locale/*/LC_MESSAGES/*.po")):
        for message in load(path, path.parts[-3]):
            if message.id:
                yield from (f"{path.relative_to(PACKAGE)}: {flaw}" for flaw in message_flaws(message))


def message_flaws(message: Message) -> Iterator[str]:
    """What is wrong with one translated sentence."""
    if not complete(message):
        yield f"not translated: {first(message.id)!r}"
        return
    if message.fuzzy:
        yield f"doubtful (fuzzy): {first(message.id)!r}"
    wanted = placeholders(message.id)
    for text in texts(message.string):
        if placeholders(text) - wanted or (isinstance(message.id, str) and placeholders(text) != wanted):
            yield f"placeholders differ: {first(message.id)!r} and {text!r}"


def format_flaws(message: Message) -> Iterator[str]:
    """Jinja2 formats every sentence of a template, so a bare percent sign has to be doubled."""
    values = dict.fromkeys(placeholders(message.id), "")
    for text in texts(message.id):
        try:
            text % values
        except (ValueError, TypeError, KeyError):
            yield f"a bare % in a template's sentence (write %%): {text!r}"


def in_template(message: Message) -> bool:
    return any("/jinja2/" in f"/{file}" for file, _line in message.locations)


def complete(message: Message) -> bool:
    return all(texts(message.string)) and bool(texts(message.string))


def placeholders(text: Text) -> set[str]:
    return {name for part in texts(text) for name in PLACEHOLDER.findall(part)}


def texts(text: Text) -> tuple[str, ...]:
    """The forms of a sentence: one, or singular and plural; none when there is no text."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def first(text: Text) -> str:
    return texts(text)[0]


COMMANDS = {"update": update, "compile": compile_all, "check": check}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    sys.exit(COMMANDS[sys.argv[1]]())
