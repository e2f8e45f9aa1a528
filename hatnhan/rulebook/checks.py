"""What `make check` asks of the rule files beyond their form: that they agree with each other on every day."""

from collections.abc import Iterable, Iterator

from hatnhan.rulebook.book import Book, Shelf, shelf
from hatnhan.rulebook.errors import RuleFileError, RuleMissingError
from hatnhan.rulebook.seats import SEATS
from hatnhan.rulebook.votes import MAJORITIES


def problems(books: Shelf | None = None) -> list[str]:
    """Everything wrong with the rule files, in sentences; empty when all is well."""
    try:
        books = books or shelf()
        found = [line for day in books.days() for line in _of_book(books.at(day))]
    except (RuleFileError, RuleMissingError) as error:
        return [str(error)]
    return list(dict.fromkeys(found))


def _of_book(book: Book) -> Iterator[str]:
    day = book.window.start.isoformat()
    yield from (f"{day}: {line}" for line in [*_kinds(book), *_regimes(book), *_people(book), *_votes(book)])


def _unknown(where: str, codes: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    for code in sorted(set(codes) - set(known)):
        yield f"{where}: {code} is not known"


def _kinds(book: Book) -> Iterator[str]:
    ever = {key.removeprefix("kind.") for key in book.every_key("kind.")}
    for kind in book.kinds().values():
        yield from _unknown(f"kind.{kind.code}.parents", kind.parents, ever)
        yield from _unknown(f"kind.{kind.code}.bare_under", kind.bare_under, kind.parents)
        if kind.parents and not set(kind.parents) & set(book.kinds()):
            yield f"kind.{kind.code} has no parent that exists"
    for body in book.bodies():
        yield from _unknown(f"body.{body.code}.kinds", body.kinds, ever)
    for key in book.under("founding"):
        yield from _unknown(f"founding.{key}", [key.partition(".")[0]], ever | {"cell"})


def _regimes(book: Book) -> Iterator[str]:
    without_switch = [regime.code for regime in book.regimes().values() if not regime.by_switch]
    if len(without_switch) != 1:
        yield f"regimes without switch: {without_switch}"
    for regime in book.regimes().values():
        kinds = book.kinds(regime.code)
        ever = {key.removeprefix("kind.") for key in book.every_key("kind.")}
        yield from _unknown(f"regime.{regime.code}.kinds", regime.kinds, ever)
        yield from _unknown(f"regime.{regime.code}.becomes", regime.becomes.values(), kinds)
        yield from _unknown(f"in_regime.{regime.code}", book.under(f"in_regime.{regime.code}"), regime.kinds)
        for kind in kinds.values():
            if kind.parents and not set(kind.parents) & set(kinds):
                yield f"{regime.code}: kind.{kind.code} has no parent that exists"
        yield from _authority(book, regime.code)


def _authority(book: Book, regime: str) -> Iterator[str]:
    for act in book.acts():
        authority = book.authority(act, regime)
        yield from _unknown(f"authority.{regime}.{act}.body", [authority.body], (body.code for body in book.bodies()))
        holders = [kind for kind in book.kinds(regime).values() if authority.seat in kind.seats]
        if not holders and authority.seat != "section":
            yield f"authority.{regime}.{act}: nobody takes the seat {authority.seat}"
    yield from _unknown(f"authority.{regime}", book.under(f"authority.{regime}"), book.acts())
    taken = {seat for kind in book.kinds(regime).values() for seat in kind.seats}
    yield from _unknown(f"{regime}: seats", taken, SEATS)


def _people(book: Book) -> Iterator[str]:
    bodies = {body.code for body in book.bodies()} | {key.removeprefix("body.") for key in book.every_key("body.")}
    for office in book.offices().values():
        yield from _unknown(f"office.{office.code}.bodies", office.bodies, bodies | {"group"})
    for entry in [*book.standings().values(), *book.participations().values(), *book.belongings().values()]:
        if not entry.names:
            yield f"{entry.rule.key} has no names"
    for entry in [*book.offices().values(), *book.standings().values(), *book.participations().values()]:
        if book.meant_by(entry.rule.key.partition(".")[0], entry.label.vi) is not entry:
            yield f"{entry.rule.key}: its own label is not understood"


def _votes(book: Book) -> Iterator[str]:
    for key, rule in book.under("vote").items():
        if isinstance(rule.value, str):
            yield from _unknown(f"vote.{key}", [rule.value], MAJORITIES)
