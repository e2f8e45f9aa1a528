"""Receiving a member and changing what is known of one."""

from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from hatnhan.kernel.action import act, action, begin, end, restate
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ahead import not_too_far
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.secrets import digest, seal, tail
from hatnhan.kernel.tree import must_stand
from hatnhan.kernel.vietnamese import nfc, plain, sort_key
from hatnhan.members import passthrough, permissions, queries, rules, tiers
from hatnhan.members.choices import CAME, FIELDS, GAP_STANDINGS, MEMBER_STANDINGS, NUMBER_KINDS
from hatnhan.members.models import Membership, Person, PersonNumber, PersonPast, Standing


@action("members.receive", of=Person)
def receive(
    *, actor: Actor, unit: Unit, on: date, name: str, standing: str = "full", came: str = "transferred",
    origin: Unit | None = None, numbers: dict[str, str] | None = None, reason: str = "", **fields: Any,
) -> Person:  # fmt: skip
    """Take a person in who was not here before: a new record with a home in `unit` from the day on.

    `came` says how (transferred from outside, admitted, loaded from a list). `fields` are those of `choices.FIELDS`.
    Refuses an empty name, dates that contradict, a number that another bears, a unit that does not stand."""
    actor.require(permissions.RECEIVE, at=unit)
    if standing not in MEMBER_STANDINGS or came not in CAME:
        refuse("standing", _("Hãy chọn đảng viên chính thức hoặc dự bị."), field="standing")
    not_too_far(actor, on)
    must_stand(unit, on, FAR)
    person = Person(name=nfc(name), recorded_at=act().at, recorded_in=act().id, **_cleaned(fields))
    _check(person, on)
    spelled = rules.spells(standing, queries.dates_of(person), on)
    derive(person, spelled)
    person.save(force_insert=True)
    for spell in spelled:
        begin(Standing(person=person, kind=spell.kind, valid_from=spell.start, valid_to=spell.end))
    begin(Membership(person=person, unit=unit, kind="home", came=came, origin=origin, valid_from=on))
    for kind, digits in (numbers or {}).items():
        if digits:
            set_number(actor=actor, person=person, kind=kind, digits=digits, on=on)
    act().tell(
        gettext_noop("Tiếp nhận đồng chí %(name)s từ ngày %(on)s."), about=[person], units=[unit], name=person.name,
        on=_day(on),
    )  # fmt: skip
    return person


@action("members.change")
def change(*, actor: Actor, person: Person, on: date, seen: int | None = None, reason: str = "", **fields: Any) -> None:
    """Change what is known of a person (`choices.FIELDS`); what was known before is kept. `seen` is the version that
    the writer saw: when somebody else has changed the record since, nothing is written."""
    home = require_at_home(actor, permissions.CHANGE, person)
    touch(person, seen)
    fields = _cleaned(fields, person)
    before = {name: getattr(person, name) for name in fields}
    changed = {name: value for name, value in fields.items() if value != before[name]}
    if not changed:
        refuse("same", _("Chưa có thông tin nào thay đổi."))
    for code in sorted(tiers.needed_for(changed)):
        actor.require(code, at=home.unit)
    set_fields(person, on, **changed)
    with override("vi"):
        labels = ", ".join(str(FIELDS[name]).lower() for name in changed)
    act().tell(
        gettext_noop("Điều chỉnh thông tin của đồng chí %(name)s: %(fields)s."), about=[person],
        units=_units(person), name=person.name, fields=labels,
    )  # fmt: skip


@action("members.set_number")
def set_number(
    *, actor: Actor, person: Person, kind: str, digits: str, on: date, seen: int | None = None, reason: str = ""
) -> list[Reason]:
    """Record a card or citizen's number from the day on; the former one ends. Returns warnings. Refuses a number that
    another person bears, without naming that person; on its own also one that this person bears already."""
    if queries.last_home(person) is not None:
        require_at_home(actor, permissions.NUMBERS, person)
    if kind not in NUMBER_KINDS:
        refuse("kind", _("Không có loại số này."), field=kind)
    digits = "".join(ch for ch in digits if ch.isdigit())
    refusals, warnings = rules.number_blockers(kind, digits, person.sex, person.birth)
    if refusals:
        raise Refused(refusals)
    alone = act().depth == 1
    if alone:
        touch(person, seen)
    held = PersonNumber.objects.unvoided().filter(digest=digest(kind, digits)).first()
    if held is not None and held.person_id == person.pk:
        if alone:
            refuse("same", _("Số này đã được ghi cho đồng chí %(name)s.") % {"name": person.name}, field="digits")
        return warnings
    if held is not None:
        text = _("%(label)s này đang thuộc về một đồng chí khác. Hãy kiểm tra lại các chữ số.")
        refuse("number_held", text % {"label": NUMBER_KINDS[kind]}, field=kind)
    now = PersonNumber.objects.during(on, FAR).filter(person=person, kind=kind).first()
    fresh = {
        "sealed": seal(digits), "digest": digest(kind, digits), "tail": tail(digits), "says": rules.number_says(digits)
    }  # fmt: skip
    if now is None:
        begin(PersonNumber(person=person, kind=kind, valid_from=on, **fresh))
    elif now.valid_from >= on:
        restate(now, **fresh)
    else:
        end(now, on)
        begin(PersonNumber(person=person, kind=kind, valid_from=on, **fresh))
    with override("vi"):
        act().tell(
            gettext_noop("Ghi %(label)s của đồng chí %(name)s."), about=[person], units=_units(person),
            label=str(NUMBER_KINDS[kind]).lower(), name=person.name,
        )  # fmt: skip
    return warnings


# --- shared by the other actions of members ------------------------------------------------------------------------


def require_at_home(actor: Actor, code: str, person: Person) -> Membership:
    """The person's latest home, at which the actor must have the permission."""
    row = queries.last_home(person)
    if row is None:
        actor.require(code, at=0)
        refuse("no_home", _("Đồng chí này chưa thuộc chi bộ nào."))
        raise AssertionError
    actor.require(code, at=row.unit)
    return row


def touch(person: Person, seen: int | None) -> None:
    """Count the record's version up and hold its row until the end. Raises `Refused` when `seen` is not the latest."""
    rows = Person.objects.filter(pk=person.pk)
    if seen is not None:
        rows = rows.filter(version=seen)
    if not rows.update(version=F("version") + 1):
        text = _("Trong lúc đồng chí đang sửa, người khác đã thay đổi hồ sơ này. Hãy xem lại rồi ghi lần nữa.")
        raise Refused(Reason("stale", text))
    person.refresh_from_db()


def set_fields(person: Person, on: date, **changed: Any) -> None:
    """Set fields of a person within the running act; what was known before is kept. Raises `Refused` when the dates
    then contradict."""
    before = {name: _plain(getattr(person, name)) for name in changed}
    for name, value in changed.items():
        setattr(person, name, value)
    _check(person, on)
    derive(person, standings_of(person))
    PersonPast.objects.create(person=person, values=before, known_until=act().at, act=act().id)
    person.save()


def standings_of(person: Person) -> list[rules.Spell]:
    """All standings that are held to be true of a person."""
    rows = Standing.objects.unvoided().filter(person=person)
    return [rules.Spell(row.kind, row.valid_from, row.valid_to) for row in rows]


def derive(person: Person, spelled: list[rules.Spell]) -> None:
    """Set what follows from the name, the dates and the standings: search key, sort key, base of Party age."""
    person.name_key = plain(person.name)
    person.sort_key = sort_key(person.name)
    gaps = rules.gaps_of(spelled, GAP_STANDINGS)
    person.party_base, person.party_base_provisional = rules.party_base(queries.dates_of(person), gaps)


def _units(person: Person) -> list[Unit]:
    row = queries.last_home(person)
    return [row.unit] if row else []


def _check(person: Person, on: date) -> None:
    reasons = rules.date_blockers(queries.dates_of(person), on)
    if not person.name:
        reasons.insert(0, Reason("name", _("Hãy ghi họ và tên."), field="name"))
    if person.sex not in ("", "m", "f"):
        reasons.append(Reason("sex", _("Hãy chọn nam hoặc nữ."), field="sex"))
    if reasons:
        raise Refused(reasons)


def _cleaned(fields: dict[str, Any], person: Person | None = None) -> dict[str, Any]:
    """The fields as they are stored. What is sealed already with the same text stays as it is."""
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"not fields of a person: {sorted(unknown)}")
    texts = {name for name, value in fields.items() if isinstance(value, str) and name != "sealed"}
    cleaned = {name: nfc(value) if name in texts else value for name, value in fields.items()}
    if "sealed" in cleaned:
        same = person is not None and passthrough.holds(person.sealed, cleaned["sealed"])
        cleaned["sealed"] = person.sealed if person and same else passthrough.kept(cleaned["sealed"])
    return cleaned


def _plain(value: Any) -> Any:
    return value.iso if isinstance(value, Known) else value


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
