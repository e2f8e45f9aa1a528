"""Many members at once: what an import or the demonstration brings in or changes, as one act, through bulk writing.

Whoever calls has checked each one by the rules; the database still refuses overlaps and numbers held twice."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel import bulk
from hatnhan.kernel.action import act, action, stamp
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.period import Dated
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.secrets import digest, seal, tail
from hatnhan.kernel.undo import undoes
from hatnhan.kernel.vietnamese import plain, sort_key
from hatnhan.members import passthrough, permissions, rules
from hatnhan.members.models import (
    Correction,
    Membership,
    Participation,
    Person,
    PersonMerge,
    PersonNumber,
    PersonPast,
    Standing,
)  # fmt: skip

from .people import derive

FIELDS = (
    "other_name", "sex", "birth", "hometown", "residence", "occupation", "education", "theory", "phone", "cv_number",
    "sealed", "decision_date", "ceremony_date", "official_date", "note",
)  # fmt: skip
EMPTY: dict[str, Any] = dict.fromkeys(FIELDS, "") | dict.fromkeys(
    ("birth", "decision_date", "ceremony_date", "official_date")
)
BATCH = 2000
_DATED = ("person_id", "valid_from", "valid_to", "recorded_at", "recorded_in")
_PERSON = ("id", "name", "name_key", "sort_key", *FIELDS, "party_base", "party_base_provisional", "version",
           "recorded_at", "recorded_in")  # fmt: skip


class Stale(Exception):
    """Somebody changed a record between the look at it and the writing."""


@dataclass(slots=True)
class Newcomer:
    """A checked person who is not in the system yet: home unit, day from which the home counts, standing, what is
    known (`FIELDS`), numbers by kind, and a participation other than active. Whoever has worked them out already gives
    the search key of the name and the hashes of the numbers by kind."""

    unit_id: int
    on: date
    name: str
    standing: str = "full"
    came: str = "loaded"
    values: dict[str, Any] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    participation: str = ""
    key: str = ""
    digests: dict[str, str] = field(default_factory=dict)

    def dates(self) -> rules.Dates:
        get = self.values.get
        return rules.Dates(get("birth"), get("decision_date"), get("ceremony_date"), get("official_date"))


@dataclass(slots=True)
class Revision:
    """What a list changes of a known person: fields with their new values, and numbers that were not recorded. The
    record must still be the one of `version`."""

    person_id: int
    version: int
    fields: dict[str, Any] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)


@action("members.load")
def load(
    *, actor: Actor, unit: Unit, newcomers: Collection[Newcomer], source: str, reason: str = "",
    progress: Callable[[int], None] = lambda done: None,
) -> range:  # fmt: skip
    """Record newcomers under `unit`, in bulk. `source` names the list they come from. Returns their person ids, in
    order. `progress` is told how many people are written."""
    actor.require(permissions.IMPORT, at=unit)
    ids = bulk.reserve(Person, len(newcomers))
    rest, keys = iter(newcomers), iter(ids)
    while batch := list(zip(keys, islice(rest, BATCH), strict=False)):
        _write(batch, (act().at, act().id))
        progress(batch[-1][0] - ids[0] + 1)
    act().about(Person, ids)
    act().tell(
        gettext_noop("Nhập %(count)s đảng viên từ danh sách %(source)s."), units=[unit], count=len(newcomers),
        source=source,
    )  # fmt: skip
    return ids


def _write(people: list[tuple[int, Newcomer]], stamped: tuple[Any, int]) -> None:
    bulk.insert(Person, _PERSON, _persons(people, stamped))
    bulk.insert(Standing, (*_DATED, "kind", "decision"), _standings(people, stamped))
    bulk.insert(
        Membership, (*_DATED, "unit_id", "kind", "came", "went"),
        ((pk, one.on, FAR, *stamped, one.unit_id, "home", one.came, "") for pk, one in people),
    )  # fmt: skip
    bulk.insert(PersonNumber, (*_DATED, "kind", "sealed", "digest", "tail", "says"), _numbers(people, stamped))
    bulk.insert(
        Participation, (*_DATED, "kind", "decision"),
        ((pk, one.on, FAR, *stamped, one.participation, "") for pk, one in people if one.participation),
    )  # fmt: skip


def _persons(people: Iterable[tuple[int, Newcomer]], stamped: tuple[Any, int]) -> Iterable[tuple[Any, ...]]:
    for pk, one in people:
        values = _stored(EMPTY | one.values)
        base, provisional = rules.party_base(one.dates(), ())
        yield (
            pk, one.name, one.key or plain(one.name), sort_key(one.name), *map(values.__getitem__, FIELDS), base,
            provisional, 0, *stamped,
        )  # fmt: skip


def _standings(people: Iterable[tuple[int, Newcomer]], stamped: tuple[Any, int]) -> Iterable[tuple[Any, ...]]:
    for pk, one in people:
        for spell in rules.spells(one.standing, one.dates(), one.on):
            yield pk, spell.start, spell.end, *stamped, spell.kind, ""


def _numbers(people: Iterable[tuple[int, Newcomer]], stamped: tuple[Any, int]) -> Iterable[tuple[Any, ...]]:
    for pk, one in people:
        for kind, digits in one.numbers.items():
            yield (
                pk,
                one.on,
                FAR,
                *stamped,
                kind,
                seal(digits),
                one.digests.get(kind) or digest(kind, digits),
                tail(digits),
                rules.number_says(digits),
            )


# --- known people -------------------------------------------------------------------------------------------------


@action("members.revise")
def revise(
    *, actor: Actor, unit: Unit, revisions: Sequence[Revision], source: str, on: date, reason: str = "",
    progress: Callable[[int], None] = lambda done: None,
) -> None:  # fmt: skip
    """Change what is known of people under `unit`; what was known before is kept. Raises `Stale` when one of the
    records is no longer the one that was seen."""
    actor.require(permissions.IMPORT, at=unit)
    done = 0
    for batch in _parts(revisions):
        _revise(batch, on)
        done += len(batch)
        progress(done)
    act().about(Person, [one.person_id for one in revisions])
    act().tell(
        gettext_noop("Điều chỉnh thông tin của %(count)s đảng viên theo danh sách %(source)s."), units=[unit],
        count=len(revisions), source=source,
    )  # fmt: skip


def _revise(revisions: Sequence[Revision], on: date) -> None:
    keys = [one.person_id for one in revisions]
    people = {one.pk: one for one in Person.objects.select_for_update().filter(pk__in=keys)}
    standings: dict[int, list[rules.Spell]] = {}
    for row in Standing.objects.unvoided().filter(person__in=keys):
        standings.setdefault(row.person_id, []).append(rules.Spell(row.kind, row.valid_from, row.valid_to))
    past, numbers = [], []
    for one in revisions:
        person = people.get(one.person_id)
        if person is None or person.version != one.version:
            raise Stale
        if one.fields:
            before = {name: getattr(person, name) for name in one.fields}
            past.append(
                PersonPast(
                    person=person, known_until=act().at, act=act().id,
                    values={name: value.iso if isinstance(value, Known) else value for name, value in before.items()},
                )
            )  # fmt: skip
        for name, value in _stored(one.fields).items():
            setattr(person, name, value)
        person.version += 1
        derive(person, standings.get(person.pk, []))
        person.save()
        numbers += [_number(person, kind, digits, on) for kind, digits in one.numbers.items()]
    PersonPast.objects.bulk_create(past)
    PersonNumber.objects.bulk_create(numbers)


def _stored(values: dict[str, Any]) -> dict[str, Any]:
    """The fields with what passes through sealed."""
    return values | {"sealed": passthrough.kept(values["sealed"])} if values.get("sealed") else values


def _number(person: Person, kind: str, digits: str, on: date) -> PersonNumber:
    return stamp(
        PersonNumber(
            person=person,
            kind=kind,
            valid_from=on,
            sealed=seal(digits),
            digest=digest(kind, digits),
            tail=tail(digits),
            says=rules.number_says(digits),
        )
    )


def _parts(revisions: Sequence[Revision]) -> Iterator[Sequence[Revision]]:
    for start in range(0, len(revisions), BATCH):
        yield revisions[start : start + BATCH]


# --- taking it back -----------------------------------------------------------------------------------------------


def built_on(act_id: int) -> list[Reason]:
    """Why people whom an act first recorded, or what it changed of others, cannot be taken back: something was
    recorded of them later. Voided by itself nothing later may point at them."""
    first = Person.objects.filter(recorded_in=act_id)
    changed = PersonPast.objects.filter(act=act_id).values("person")
    reasons = []
    later = PersonPast.objects.exclude(act=act_id)
    if later.filter(Q(person__in=first) | Q(person__in=changed, act__gt=act_id)).exists():
        reasons.append(_kept(_("thông tin của đảng viên")))
    return [*reasons, *_stands_on(act_id, first)] if first.exists() else reasons


def _stands_on(act_id: int, first: "QuerySet[Person]") -> list[Reason]:
    """What was recorded later of people whom the act first recorded."""
    reasons = []
    for model in apps.get_models():
        if issubclass(model, Dated) and any(f.name == "person" for f in model._meta.concrete_fields):
            table: Any = model
            rows = table.objects.filter(person__in=first, voided_at__isnull=True)
            if rows.exclude(recorded_in=act_id).exists():
                reasons.append(_kept(str(model._meta.verbose_name)))
    merges = PersonMerge.objects.filter(undone_in__isnull=True)
    if merges.filter(kept__in=first).exists() or merges.filter(gone__in=first).exists():
        reasons.append(_kept(_("hai hồ sơ đã gộp làm một")))
    if first.filter(account__isnull=False).exists():
        reasons.append(_kept(_("tài khoản đăng nhập")))
    if Correction.objects.filter(person__in=first).exists():
        reasons.append(_kept(_("đề nghị điều chỉnh")))
    return reasons


def _kept(what: str) -> Reason:
    text = _("Không hoàn tác được: sau đó đã có thay đổi khác dựa trên việc này (%(what)s).")
    return Reason("built_on", text % {"what": what})


undoes(built_on, lambda act_id: None)

__all__ = ["FIELDS", "Newcomer", "Revision", "Stale", "load", "revise"]
