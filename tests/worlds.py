"""Random worlds, made by the real actions."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Model
from hypothesis import strategies as st

from hatnhan.kernel import facts
from hatnhan.kernel.actor import Actor, system
from hatnhan.kernel.days import ONE, back_years, months
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Refused, refuse
from hatnhan.members import actions as members
from hatnhan.members.choices import LEFT_STANDINGS
from hatnhan.members.models import Membership, Participation, Person, Standing
from hatnhan.units import actions as units
from hatnhan.units.models import UnitEvent

START, FIRST, LAST = date(2025, 7, 5), date(2025, 8, 1), date(2026, 2, 1)
MONTHS = list(months(FIRST, LAST))

KINDS = ["village_cell", "base_committee", "sub_cell", "commune"]
STEPS = [
    "found", "move", "merge", "consolidate", "split", "dissolve", "undo", "receive", "transfer", "send_away", "leave",
    "recognise", "deviate", "change", "correct", "withdraw", "join", "roam",
]  # fmt: skip
OFTEN = ["transfer", "transfer", "receive", "move", "merge", "leave", "transfer", "split"]

small = st.integers(0, 40)
# What happens to kept figures between the acts: count what is marked, count everything, or a day passes.
KEEPING = ["count", "count", "rebuild", "later"]
# Days cluster on the borders, where things break.
day = st.one_of(
    st.integers(0, (LAST - FIRST).days).map(lambda n: FIRST + timedelta(n)),
    st.sampled_from([d for m in MONTHS for d in (m, m + ONE, m - ONE, m + timedelta(14))]),
)
kept_steps = st.lists(
    st.tuples(st.sampled_from(STEPS + OFTEN + KEEPING), small, small, day), min_size=3, max_size=14
)  # fmt: skip
steps = st.lists(st.tuples(st.sampled_from(STEPS + OFTEN), small, small, day), min_size=3, max_size=14)
questions = st.lists(st.tuples(small, day, day, st.one_of(st.none(), st.integers(0, 60))), min_size=1, max_size=3)


def actor() -> Actor:
    """The program itself, which may do everything."""
    return system("test", on=LAST)


def found_base() -> None:
    """The world from which every random one starts: two provinces, three communes, five cells, nine members."""
    top = _found("Trung ương", "central", None)
    provinces = [_found(f"Đảng bộ tỉnh {name}", "province", top) for name in ("Đông", "Tây")]
    communes = [_found(f"Đảng bộ xã {i}", "commune", provinces[i % 2]) for i in range(3)]
    base = _found("Đảng bộ trường", "base_committee", communes[0])
    cells = [_found(f"Chi bộ thôn {i}", "village_cell", communes[i % 3]) for i in range(4)]
    cells.append(_found("Chi bộ khoa", "sub_cell", base))
    for i in range(9):
        at = communes[1] if i == 8 else cells[i % 5]
        _receive(i, at, START + timedelta(i), came="loaded" if i % 3 else "admitted")


def _found(name: str, kind: str, parent: Unit | None) -> Unit:
    return units.found(actor=actor(), name=name, kind=kind, parent=parent, on=START)


def _receive(n: int, unit: Unit, on: date, came: str) -> Person:
    birthdays = back_years(on, 31), back_years(on, 36) + ONE * n
    birth = [None, Known("1966"), Known("1990-11"), *map(Known.of, birthdays)][(n // 2) % 5]
    joined = [None, Known.of(back_years(on, 5)), Known.of(on), Known.of(on - 200 * ONE), Known("2004")][n % 5]
    return members.receive(
        actor=actor(), unit=unit, on=on, name=f"Người số {n}", standing="probationary" if n % 4 == 2 else "full",
        came=came, sex=("m", "f", "")[n % 3], birth=birth, ceremony_date=joined, decision_date=joined,
    )  # fmt: skip


def build(drawn: list[tuple[str, int, int, date]]) -> list[str]:
    """Take the steps; a refused one changes nothing. Returns what was done."""
    done = []
    for name, a, b, on in drawn:
        try:
            _take(name, a, b, on)
            done.append(name)
        except Refused:
            continue
    return done


def _take(name: str, a: int, b: int, on: date) -> None:
    if name in KEEPING:
        _keep(name, on)
    elif name in {"found", "move", "merge", "consolidate", "split", "dissolve", "undo"}:
        _change_tree(name, a, b, on)
    elif name in {"receive", "transfer", "roam", "send_away", "leave"}:
        _move_members(name, a, b, on)
    else:
        _change_members(name, a, b, on)


def _keep(name: str, on: date) -> None:
    match name:
        case "count":
            for sheet in facts.SHEETS.values():
                facts.count_marked(sheet)
        case "rebuild":
            facts.rebuild(LAST)
        case "later":
            facts.keep_up(on)


def _change_tree(name: str, a: int, b: int, on: date) -> None:
    who = actor()
    match name:
        case "found":
            units.found(actor=who, name=f"Mới {a}", kind=KINDS[b % 4], parent=_standing(a, on), on=on)
        case "move":
            units.move(actor=who, unit=_standing(a, on, *KINDS[b % 2 :: 2]), to=_standing(b, on), on=on)
        case "merge" | "consolidate":
            one = _standing(a, on)
            others = _siblings(one, on)
            into = others[b % len(others)]
            if name == "merge":
                units.merge(actor=who, units=[one], into=into, on=on)
            else:
                units.merge(actor=who, units=[one, into], into=None, on=on, name=f"Hợp nhất {b}")
        case "split":
            cell = _standing(a, on, "village_cell", "sub_cell")
            here = Membership.objects.on(on).filter(unit=cell).order_by("person_id").values_list("person_id", flat=True)
            units.split(actor=who, unit=cell, name=f"Tách {a}", people=list(here)[: 1 + b % 2], on=on)
        case "dissolve":
            heir = _standing(b, on) if b % 3 == 0 else None
            units.dissolve(actor=who, unit=_standing(a, on), on=on, heir=heir)
        case "undo":
            event = UnitEvent.objects.filter(undone_in__isnull=True).order_by("-pk").first()
            units.undo_event(actor=who, event=event or _none())


def _move_members(name: str, a: int, b: int, on: date) -> None:
    who = actor()
    match name:
        case "receive":
            _receive(a, _standing(b, on), on, came=("admitted", "transferred", "restored", "loaded")[a % 4])
        case "transfer":
            members.transfer(actor=who, person=_person(a), to=_standing(b, on), on=on)
        case "roam":
            for hop in range(4):
                to = _standing(b + hop % 2 * 3 + hop // 2, on + hop * ONE, "village_cell", "sub_cell")
                members.transfer(actor=who, person=_person(a), to=to, on=on + hop * ONE)
        case "send_away":
            members.transfer(actor=who, person=_person(a), to=None, on=on)
        case "leave":
            members.leave(actor=who, person=_person(a), how=list(LEFT_STANDINGS)[b % 5], on=on)


def _change_members(name: str, a: int, b: int, on: date) -> None:
    who = actor()
    match name:
        case "recognise":
            members.recognise(actor=who, person=_person(a), on=on)
        case "deviate":
            kind = ("exempt", "temporary_out", "suspended", "exempt_for_time")[b % 4]
            members.set_participation(actor=who, person=_person(a), kind=kind, on=on, until=on + timedelta(10 + 9 * b))
        case "change":
            fields: dict[str, Any] = {"sex": "fm"[b % 2]} if b % 3 else {"birth": Known(str(1960 + b))}
            members.change(actor=who, person=_person(a), on=on, **fields)
        case "correct":
            row = _pick(Membership, a, voided_at__isnull=True, came__in=("admitted", "loaded", "restored"))
            members.correct_row(actor=who, row=row, valid_from=on)
        case "withdraw":
            row = _pick(Standing if b % 2 else Participation, a, voided_at__isnull=True)
            members.withdraw_row(actor=who, row=row)
        case "join":
            members.merge_people(actor=who, kept=_person(a), gone=_person(b), on=on)


def _standing(n: int, on: date, *kinds: str) -> Unit:
    rows = Placement.objects.on(on).filter(stands=True).order_by("unit_id").select_related("unit")
    found = list(rows.filter(kind__in=kinds) if kinds else rows)
    return found[n % len(found)].unit if found else _none()


def _siblings(unit: Unit, on: date) -> list[Unit]:
    own = Placement.objects.on(on).get(unit=unit)
    rows = Placement.objects.on(on).filter(parent=own.parent_id, stands=True, kind=own.kind).exclude(unit=unit)
    return [row.unit for row in rows.order_by("unit_id").select_related("unit")] or _none()


def _person(n: int) -> Person:
    return _pick(Person, n, voided_at__isnull=True)


def _pick(model: type[Model], n: int, **lookups: Any) -> Any:
    found = list(model._default_manager.filter(**lookups).order_by("pk"))
    return found[n % len(found)] if found else _none()


def _none() -> Any:
    refuse("none", "there is none")
