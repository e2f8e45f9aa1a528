"""What a row would change of somebody who is known: an empty cell changes nothing, a vaguer date neither."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hatnhan.kernel.known import Known
from hatnhan.kernel.secrets import digest
from hatnhan.kernel.vietnamese import plain

from .judging import Judgement
from .matching import Held


@dataclass
class Difference:
    """The fields that would change, with their new values; numbers as `number:<kind>`, statuses by their own names."""

    changes: dict[str, Any] = field(default_factory=dict)
    doubt: str = ""


def differences(held: Held, one: Judgement, on: date) -> Difference:
    """Hold a row against a known person. A birth date that contradicts the recorded one is a question: age follows the
    original dossier (06-HD/TW, item 9)."""
    found = Difference()
    person = held.person
    if one.name and one.name != person.name and plain(one.name) != plain(person.name):
        found.changes["name"] = one.name
    for name, value in one.values.items():
        stored = getattr(person, name)
        if isinstance(value, Known):
            if stored is not None and _contains(value, stored):
                continue
            if name == "birth" and stored is not None and not _contains(stored, value):
                text = _("Ngày sinh trong danh sách (%(new)s) khác ngày sinh đã ghi (%(old)s).")
                found.doubt = text % {"new": value, "old": stored}
                continue
        if value != stored:
            found.changes[name] = value
    for kind, digits in one.numbers.items():
        if held.numbers.get(kind) != digest(kind, digits):
            found.changes[f"number:{kind}"] = digits
    if one.standing == "full" and held.standing == "probationary":
        found.changes["standing"] = "full"
    if one.participation is not None and one.participation != held.participation:
        found.changes["participation"] = one.participation
    if missing := [office for office in one.offices if office not in held.offices]:
        found.changes["offices"] = missing
    return found


def _contains(vague: Known, precise: Known) -> bool:
    """Everything the second date can be, the first can be too: it tells nothing new."""
    return vague.earliest <= precise.earliest and precise.latest <= vague.latest
