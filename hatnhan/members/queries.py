"""Questions to members as of a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from hatnhan.kernel.actor import Actor, NotFound, Scope
from hatnhan.kernel.models import Unit
from hatnhan.kernel.secrets import digest

from .models import Membership, Participation, Person, PersonNumber, Standing, Tenure
from .rules import Dates


def dates_of(person: Person) -> Dates:
    """The person's dates as the rules want them."""
    return Dates(person.birth, person.decision_date, person.ceremony_date, person.official_date)


def home(person: Person, on: date) -> Membership | None:
    """The home membership of a day."""
    return Membership.objects.on(on).filter(person=person, kind="home").select_related("unit").first()


def last_home(person: Person) -> Membership | None:
    """The latest home membership that is held to be true: where somebody is, or was last."""
    rows = Membership.objects.unvoided().filter(person=person, kind="home").select_related("unit")
    return rows.order_by("-valid_from").first()


def standing(person: Person, on: date) -> Standing | None:
    """The standing of a day."""
    return Standing.objects.on(on).filter(person=person).first()


def participation(person: Person, on: date) -> Participation | None:
    """The deviation from ordinary Party life of a day; None when active."""
    return Participation.objects.on(on).filter(person=person).first()


def visible(actor: Actor, code: str, key: int) -> Person:
    """A person whom the actor may see: one who has, or last had, a home, temporary or residence membership in scope.
    Raises `NotFound` for anybody else."""
    person = Person.objects.filter(pk=key, voided_at__isnull=True).first()
    if person is None:
        raise NotFound(code)
    scope: Scope = actor.scope(code)
    if not scope:
        actor.require(code)
    rows = Membership.objects.unvoided().filter(person=person)
    if scope.everything or scope.filter(rows).exists():
        return person
    raise NotFound(code)


def holders(unit: Unit, on: date) -> QuerySet[Tenure]:
    """Who holds which office at a unit on a day."""
    return Tenure.objects.on(on).filter(unit=unit).select_related("person", "body").order_by("office", "valid_from")


def members_of(units: Iterable[Unit | int], on: date) -> QuerySet[Membership]:
    """Home memberships at units on a day, by name."""
    rows = Membership.objects.on(on).filter(unit__in=list(units), kind="home").select_related("person")
    return rows.order_by("person__sort_key", "person_id")


def by_number(kind: str, digits: str) -> Person | None:
    """Who bears a number now; exact only."""
    row = PersonNumber.objects.unvoided().filter(digest=digest(kind, digits)).select_related("person").first()
    return row.person if row else None
