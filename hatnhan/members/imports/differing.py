"""What a row would change of somebody who is known: an empty cell changes nothing, a vaguer date neither."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from hatnhan.kernel.known import Known
from hatnhan.kernel.vietnamese import bare
from hatnhan.members import passthrough, tiers
from hatnhan.members.choices import ACTIVE, FIELDS, NUMBER_KINDS, PARTICIPATIONS, SEX, STANDINGS
from hatnhan.members.recognise.values import phone
from hatnhan.rulebook import Book

from .judging import Judgement, date_problems, in_row
from .matching import Held, Match, row_key

DATES = ("birth", "decision_date", "ceremony_date", "official_date")
STATUSES = ("standing", "participation", "offices")


@dataclass(slots=True)
class Difference:
    """The fields that would change, with their new values; numbers as `number:<kind>`, statuses by their own names."""

    changes: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    doubt: str = ""
    question: dict[str, Any] = field(default_factory=dict)


def differences(held: Held, match: Match, one: Judgement, on: date) -> Difference:
    """Hold a row against a known person. A birth date that contradicts the recorded one is a question: age follows the
    original dossier (06-HD/TW, item 9)."""
    found, person = Difference(), held.person
    if one.name and one.name != person.name and _better_name(one, person.name_key, person.name):
        found.changes["name"] = one.name
    for name, value in one.values.items():
        stored = getattr(person, name)
        if value != stored and not _the_same(name, stored, value):
            if isinstance(value, Known):
                _date(found, name, value, held, match, one)
            else:
                found.changes[name] = value
    if "numbers" not in match.ignores:
        for number in one.numbers:
            if held.numbers.get(number.kind) != number.digest:
                found.changes[f"number:{number.kind}"] = number.digits
    _statuses(found, held, one)
    if any(name in found.changes for name in DATES):
        both = {name: found.changes.get(name) or getattr(person, name) for name in DATES}
        found.problems += date_problems(one.row, both, on)
    return found


def _the_same(name: str, stored: str, value: Any) -> bool:
    """Another spelling of one number, or what the seal holds already."""
    if name == "sealed":
        return passthrough.holds(stored, value)
    return name == "phone" and bool(stored) and phone(stored) == value


def _better_name(one: Judgement, key: str, stored: str) -> bool:
    """Another name; or the same one with the marks that the record lacks. Names without marks take none away."""
    return one.key != key or (bare(stored) == stored and bare(one.name) != one.name)


def _date(found: Difference, name: str, value: Known, held: Held, match: Match, one: Judgement) -> None:
    stored: Known | None = getattr(held.person, name)
    if stored is not None and stored.iso.startswith(value.iso):
        return
    if name == "birth" and stored is not None and not value.iso.startswith(stored.iso):
        if "birth" not in match.ignores:
            text = _("Ngày sinh trong danh sách là %(new)s, trong hồ sơ là %(old)s. Ngày nào đúng?")
            found.doubt = text % {"new": value, "old": stored}
            found.question = {"kind": "birth", "person": held.id, "key": row_key(one), "birth": value.iso}
        return
    found.changes[name] = value


def _statuses(found: Difference, held: Held, one: Judgement) -> None:
    if one.standing == "full" and held.standing == "probationary":
        found.changes["standing"] = "full"
    elif one.standing == "probationary" and held.standing == "full":
        found.notes.append(in_row(one.row, _("danh sách ghi dự bị, hồ sơ ghi chính thức; hồ sơ được giữ nguyên.")))
    if one.participation and one.participation != held.participation:
        found.changes["participation"] = one.participation
    if one.offices and (missing := [office for office in one.offices if office not in held.offices]):
        found.changes["offices"] = missing


class Shown(NamedTuple):
    """One change in words: what, before, after. Numbers only as their last three digits."""

    label: str
    old: str
    new: str


def shown(changes: Mapping[str, Any], held: Held | None, book: Book, seen: tiers.Seen = tiers.EVERY) -> list[Shown]:
    """The changes of a row in words; without `held` everything is new. Of what the reader's tiers do not hold, only
    that it changes."""
    return [
        told if _open(name, seen) else Shown(told.label, "", _("có thay đổi, đồng chí không được giao xem"))
        for name, told in ((name, _one_shown(name, value, held, book)) for name, value in changes.items())
    ]


def _open(name: str, seen: tiers.Seen) -> bool:
    code = "card" if name.startswith("number:") else "office" if name == "offices" else name
    return code in tiers.UNREAD or tiers.shows(seen, code)


def _one_shown(name: str, value: Any, held: Held | None, book: Book) -> Shown:
    if name.startswith("number:"):
        kind = name.removeprefix("number:")
        old = _("số khác") if held is not None and kind in held.numbers else ""
        return Shown(str(NUMBER_KINDS[kind]), old, f"…{str(value)[-3:]}")
    if name == "standing":
        return Shown(_("Tình trạng"), _label(STANDINGS, held.standing if held else ""), _label(STANDINGS, value))
    if name == "participation":
        kinds = {"active": ACTIVE, **PARTICIPATIONS}
        return Shown(_("Sinh hoạt đảng"), _label(kinds, held.participation if held else ""), _label(kinds, value))
    if name == "offices":
        before = ", ".join(_office(code, book) for code in held.offices) if held else ""
        return Shown(_("Chức vụ"), before, ", ".join(_office(code, book) for code in value))
    stored = getattr(held.person, name) if held else None
    if name == "sex":
        return Shown(str(FIELDS[name]), str(SEX[stored]) if stored else "", str(SEX[value]))
    if name == "sealed":
        return Shown(str(FIELDS[name]), _("có") if stored else "", _("có"))
    return Shown(str(FIELDS[name]), "" if stored is None else str(stored), str(value))


def _label(labels: dict[str, Any], code: str) -> str:
    return str(labels.get(code, code))


def _office(code: str, book: Book) -> str:
    office = book.offices().get(code)
    return str(office.label) if office else code
