"""The part of the log that a reader may see, as conditions in SQL."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.access import queries as accounts
from hatnhan.access.models import Account, Grant
from hatnhan.kernel.actor import Actor, NotFound, Scope
from hatnhan.kernel.models import Entry, Placement, Subject, Unit
from hatnhan.kernel.registries import LOOKS, WITHHOLDING, withheld
from hatnhan.kernel.vietnamese import plain
from hatnhan.members.models import Person
from hatnhan.members.permissions import LOOKS as LOOK
from hatnhan.members.permissions import VIEW as MEMBERS
from hatnhan.members.queries import may_see
from hatnhan.units.permissions import VIEW as UNITS
from hatnhan.units.queries import names

from .permissions import PARTS, VIEW

LINES = 200
NAMED = 30


def in_scope(actor: Actor) -> "QuerySet[Entry]":
    """Entries at units where the actor reads the log and may see what the act was about. Those without a unit belong
    to the installation: only its administrators read them. What is kept back under an open case is read by nobody."""
    parts = [(prefixes, _both(actor.scope(VIEW), actor.scope(code))) for prefixes, code in PARTS]
    named = [Q(code__startswith=prefix) for prefixes, _scope in parts for prefix in prefixes or ()]
    found = Q(pk__in=[])
    for prefixes, scope in parts:
        here = Q() if scope.everything else Q(unit__in=scope.units())
        if "" in scope.paths:
            here |= Q(unit__isnull=True)
        codes = ~reduce(or_, named) if prefixes is None else reduce(or_, (Q(code__startswith=p) for p in prefixes))
        found |= here & codes
    if len({scope for _prefixes, scope in parts}) == 1:  # all alike: then the codes need not be looked at
        found = here
    rows = Entry.objects.filter(found, ~Q(code__in=LOOKS) | _own_looks(actor))
    return rows.exclude(withheld(Person._meta.label_lower, None, actor.on)) if WITHHOLDING else rows


def _own_looks(actor: Actor) -> Q:
    """Looks by those who work within the reader's own part, and by the reader: whoever is looked at from above, or by
    an inspection, is not told so by the log of the commune (as on the page of a member)."""
    scope = _both(actor.scope(VIEW), actor.scope(LOOK))
    if scope.everything:
        return Q()
    staff = Grant.objects.unvoided().exclude(role="member")
    inside = staff.filter(unit__in=scope.units()).values("account")
    outside = staff.exclude(unit__in=scope.units()).values("account")
    return Q(account=actor.account_id) | (Q(account__in=inside) & ~Q(account__in=outside))


def _both(one: Scope, other: Scope) -> Scope:
    """What lies in both scopes."""
    if one.everything or other.everything:
        return other if one.everything else one
    paths = {max(a, b, key=len) for a in one.paths for b in other.paths if a.startswith(b) or b.startswith(a)}
    return Scope(tuple(sorted(paths)), one.on)


def under(rows: "QuerySet[Entry]", actor: Actor, unit: Unit) -> "QuerySet[Entry]":
    """Those at a unit, or at what hangs under it today."""
    return rows.filter(unit__in=Placement.objects.under(unit, actor.on).values("unit"))


def by_whom(rows: "QuerySet[Entry]", text: str) -> "QuerySet[Entry]":
    """Those by accounts whose name holds every word, marks or none; "hệ thống" is the program itself."""
    meant = Q(account__in=accounts.search(Account.objects.all(), text).values("pk"))
    if plain(text) and plain(text) in {plain(_("Hệ thống")), "he thong"}:
        meant |= Q(actor__startswith="system:")
    return rows.filter(meant)


def about(rows: "QuerySet[Entry]", person: Person) -> "QuerySet[Entry]":
    """Those about a person."""
    mine = Subject.objects.filter(kind=Person._meta.label_lower, key=person.pk)
    return rows.filter(pk__in=mine.values("entry"))


def visible_person(actor: Actor, key: int) -> Person:
    """The person of an address. Raises `NotFound` for one whom the reader may not see."""
    person = Person.objects.filter(pk=key).first()
    if person is None or not actor.scope(MEMBERS) or not may_see(actor, MEMBERS, person):
        raise NotFound(VIEW)
    return person


def mains(actor: Actor, references: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Of entries to which references refer, those that the reader may see: the sentence, and where it is written."""
    keys = [key for key in references if key is not None]
    if not keys:
        return {}
    rows = list(in_scope(actor).filter(pk__in=keys).select_related("payload"))
    called = names({row.unit_id for row in rows if row.unit_id}, actor.on)
    return {
        row.pk: (said(row.payload.sentence, row.payload.values), called.get(row.unit_id or 0, ""))
        for row in rows
        if row.refers_to is None
    }


# --- one entry ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Read:
    """An entry as its page shows it. `main` is the entry to which a reference refers, when the reader may see it;
    `things` are (label, address or nothing) of whom it was about, `more` how many others there are."""

    entry: Entry
    unit: str
    lines: list[str]
    left: int
    things: list[tuple[str, str]] = field(default_factory=list)
    more: int = 0
    main: int | None = None


def read(actor: Actor, key: int) -> Read:
    """One entry in words. Raises `NotFound` outside the reader's part of the log."""
    rows = in_scope(actor)
    entry = rows.select_related("payload").filter(pk=key).first()
    if entry is None:
        raise NotFound(VIEW)
    unit = names([entry.unit_id], actor.on).get(entry.unit_id, "") if entry.unit_id else ""
    if entry.refers_to is not None:
        main = rows.filter(pk=entry.refers_to).values_list("pk", flat=True).first()
        return Read(entry, unit, [], 0, main=main)
    payload = entry.payload
    pairs = [(payload.sentence, payload.values), *payload.lines]
    things, more = _things(actor, entry)
    return Read(entry, unit, [said(*pair) for pair in pairs[:LINES]], max(0, len(pairs) - LINES), things, more)


def said(sentence: str, values: dict[str, Any]) -> str:
    """A sentence of the log in the reader's language."""
    return _(sentence) % values if sentence else ""


def _things(actor: Actor, entry: Entry) -> tuple[list[tuple[str, str]], int]:
    """The organisations and persons of an act that the reader may see, with their pages, and how many things more."""
    subjects = list(entry.subjects.order_by("kind", "key").values_list("kind", "key")[: 10 * NAMED])
    units = [key for kind, key in subjects if kind == Unit._meta.label_lower]
    people = [key for kind, key in subjects if kind == Person._meta.label_lower]
    found = [*_units(actor, units), *_people(actor, people)][:NAMED]
    return found, entry.subjects.count() - len(found)


def _units(actor: Actor, keys: Iterable[int]) -> list[tuple[str, str]]:
    seen = [pk for pk in keys if actor.can(UNITS, at=pk)][:NAMED]
    return [(name, reverse("units.unit", args=[pk])) for pk, name in sorted(names(seen, actor.on).items())]


def _people(actor: Actor, keys: list[int]) -> list[tuple[str, str]]:
    if not actor.scope(MEMBERS):
        return []
    rows = [person for person in Person.objects.filter(pk__in=keys[:NAMED]) if may_see(actor, MEMBERS, person)]
    return [(person.name, reverse("members.profile", args=[person.pk])) for person in rows]
