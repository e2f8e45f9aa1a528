"""Who looked at a person's record, and who changed what of it: read from the log, a page at a time.

A member sees every look at the own record, except those under an open case, which appear after its conclusion. Staff
see the looks of those who work within the reader's own scope, and of nobody else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hatnhan.access.choices import ROLES
from hatnhan.access.models import Grant
from hatnhan.kernel.actor import Actor, Scope
from hatnhan.kernel.audit import actor_name, in_words
from hatnhan.kernel.models import Entry, Subject
from hatnhan.kernel.registries import LOOKS, withheld
from hatnhan.kernel.spoken import Spoken, spoken
from hatnhan.members.models import Person
from hatnhan.units.queries import names

KIND = Person._meta.label_lower
PAGE = 50
LINKS = "member.links"
"""Place below a person's log: (label, address) of where more is read."""


@dataclass(frozen=True)
class Told:
    """One entry of the log about a person, in words. `place` says in what position whoever looked did so."""

    key: int
    at: datetime
    by: str
    sentences: list[str]
    reason: str
    code: str = ""
    place: str = ""
    rules: tuple[Spoken, ...] = ()


Page = tuple[list[Told], int | None]
"""A page of entries, the latest first, and the key at which the next page begins."""


def looked_on(actor: Actor, person: Person) -> bool:
    """Whether the actor's look at this record is in the log of the actor's day already."""
    since = timezone.make_aware(datetime.combine(actor.on, time.min))
    mine = Subject.objects.filter(kind=KIND, key=person.pk, entry__code="members.look", entry__at__gte=since)
    return mine.filter(entry__account=actor.account_id).exists()


def changes(person: Person, on: date, before: int | None = None) -> Page:
    """Who changed what of the person; what a module keeps back under an open case, after its conclusion."""
    return _page(_changes(person, on), before)


def looks(person: Person, on: date, before: int | None = None) -> Page:
    """Who looked at the person's record, for the person: everybody else, also what is not from here."""
    return _placed(*_page(_looks(person, on), before))


def looks_within(person: Person, scope: Scope, on: date, before: int | None = None) -> Page:
    """Who of the reader's own scope looked at the person's record: accounts all of whose roles as staff lie there."""
    rows = _looks(person, on)
    if not scope.everything:
        staff = Grant.objects.unvoided().exclude(role="member")
        here, units = scope.units(), staff.values("account")
        rows = rows.filter(account__in=units.filter(unit__in=here)).exclude(
            account__in=units.exclude(unit__in=here)
        )  # fmt: skip
    return _placed(*_page(rows, before))


def one_entry(person: Person, on: date, key: int) -> Entry | None:
    """A change of the person; a look is none."""
    return _changes(person, on).filter(pk=key).select_related("payload").first()


def told(entry: Entry) -> Told:
    """The entry in the reader's words."""
    return Told(
        entry.pk, entry.at, actor_name(entry.actor), in_words(entry), entry.reason, entry.code,
        rules=tuple(spoken(entry)),
    )  # fmt: skip


def _about(person: Person) -> "QuerySet[Entry]":
    subjects = Subject.objects.filter(kind=KIND, key=person.pk).values("entry")
    return Entry.objects.filter(pk__in=subjects, refers_to__isnull=True)


def _changes(person: Person, on: date) -> "QuerySet[Entry]":
    return _about(person).exclude(code__in=LOOKS).exclude(withheld(KIND, [person.pk], on))


def _looks(person: Person, on: date) -> "QuerySet[Entry]":
    rows = _about(person).filter(code__in=LOOKS).exclude(withheld(KIND, [person.pk], on))
    own = Q(account=person.account_id) if person.account_id is not None else Q(pk__in=[])
    return rows.exclude(own)


def _page(rows: "QuerySet[Entry]", before: int | None) -> tuple[list[Told], int | None]:
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("payload").order_by("-pk")[: PAGE + 1])
    shown = [told(entry) for entry in found[:PAGE]]
    return shown, shown[-1].key if len(found) > PAGE else None


def _placed(page: Sequence[Told], older: int | None) -> Page:
    """Entries with the role in which each was made: on that day, at which unit."""
    accounts = dict(Entry.objects.filter(pk__in=[one.key for one in page]).values_list("pk", "account"))
    held: dict[int, list[Grant]] = {}
    for row in Grant.objects.unvoided().filter(account__in=set(accounts.values()) - {None}).exclude(role="member"):
        held.setdefault(row.account_id, []).append(row)
    called = names({row.unit_id for rows in held.values() for row in rows}, timezone.localdate())
    found = []
    for one in page:
        rows = held.get(accounts.get(one.key) or 0, [])
        day = timezone.localtime(one.at).date()
        found.append(Told(**{**one.__dict__, "place": _place([r for r in rows if r.holds_on(day)], called)}))
    return found, older


def _place(rows: Iterable[Grant], called: dict[int, str]) -> str:
    said = (_("%(role)s, %(unit)s") % {"role": ROLES[row.role], "unit": called.get(row.unit_id, "")} for row in rows)
    return "; ".join(dict.fromkeys(said))
