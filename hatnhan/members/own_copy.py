"""Everything that is held about a member, for the member: as a paper, and as a plain file that programs can read.

The sealed value of the central columns is named and not opened: nobody reads it, so nobody can print it. Looks under an
open case are left out until its conclusion."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from hatnhan.access import queries as access
from hatnhan.documents.papers import Event, Fact, Letterhead, MemberProfilePaper, Printed, Section
from hatnhan.kernel.pages import actor_of
from hatnhan.kernel.secrets import unseal
from hatnhan.kernel.ui.text import day, moment
from hatnhan.members import seen, slots, who_sees
from hatnhan.members.choices import FIELDS, NUMBER_KINDS
from hatnhan.members.models import (
    Correction,
    GroupPlace,
    Membership,
    Participation,
    Person,
    PersonNumber,
    PersonPast,
    Standing,
    Tenure,
)  # fmt: skip
from hatnhan.members.profile import Profile
from hatnhan.members.seen import Told
from hatnhan.members.tiers import UNREAD

ON_PAPER = 200
DATED: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("standings", Standing, ("kind", "decision")),
    ("participations", Participation, ("kind", "decision")),
    ("memberships", Membership, ("unit_id", "kind", "came", "went")),
    ("offices", Tenure, ("unit_id", "office", "decision")),
    ("groups", GroupPlace, ("group_id",)),
)
SEALED = "giữ kín để chuyển nguyên cho cơ sở dữ liệu đảng viên; chương trình không mở"


def as_data(one: Profile) -> dict[str, Any]:
    """The file: codes and values as they are stored, in words where only words are kept."""
    person = one.person
    fields = {name: _plain(getattr(person, name)) for name in FIELDS if name not in UNREAD}
    return {
        "made_at": timezone.now().isoformat(), "day": one.on.isoformat(), "person": person.pk, "fields": fields,
        "labels": {name: str(label) for name, label in FIELDS.items() if name not in UNREAD},
        "sealed_value": SEALED if person.sealed else None, "numbers": _numbers(person),
        **{name: _rows(model, person, columns) for name, model, columns in DATED},
        "earlier_values": [_past(past) for past in PersonPast.objects.filter(person=person).order_by("pk")],
        "story": [{"day": event.day.isoformat(), "what": event.title, "more": event.text} for event in one.events()],
        "changes": [_entry(told) for told in _every(one, looks=False)],
        "looks": [_entry(told) for told in _every(one, looks=True)],
        "corrections": [_correction(row) for row in Correction.objects.filter(person=person).order_by("pk")],
        "may_see": _seers(one), "account": _account(person, one),
        **slots.copy(one.actor, person.pk, one.on),
    }  # fmt: skip


def paper(request: HttpRequest, one: Profile) -> MemberProfilePaper:
    """The paper; numbers by their last digits, since it may lie about. The newest looks and changes come first."""
    tails = {number.kind: number.tail for number in one.numbers}
    looks = [told for told, _n in zip(_every(one, looks=True), range(ON_PAPER), strict=False)]
    changes = [told for told, _n in zip(_every(one, looks=False), range(ON_PAPER), strict=False)]
    nothing = [Fact(_("Chưa có"), "–")]
    extra = [
        Section(_("Ai xem được hồ sơ, và vì sao"), [Fact(label, text) for label, text in _seen_by(one)] or nothing),
        Section(_("Ai đã xem hồ sơ"), [Fact(moment(told.at), _by(told)) for told in looks] or nothing),
        Section(_("Ai đã thay đổi gì"), [Fact(moment(told.at), _by(told)) for told in changes] or nothing),
    ]
    for card in slots.cards(one.actor, one.person.pk, one.on):
        said = [*card.numbers, *((text, term) for term, text, _href in card.lines)]
        extra.insert(0, Section(card.title, [Fact(words, figure) for figure, words in said] or nothing))
    if one.person.sealed:
        extra.insert(0, Section(_("Mục niêm phong"), [Fact(_("Mục niêm phong"), SEALED)]))
    return MemberProfilePaper(
        letterhead=Letterhead(one.above_name, one.unit_name), title=_("Thông tin đang ghi về tôi"),
        subtitle=_("Ngày %(day)s") % {"day": day(one.on)},
        printed=Printed(actor_of(request).label, timezone.localtime()), name=one.person.name,
        sections=[
            *(Section(str(title), [Fact(str(k), str(v)) for k, v in facts]) for title, facts in one.sections), *extra,
        ],
        events=[Event(event.when, event.title, event.text) for event in reversed(one.events())],
        card=tails.get("card", ""), personal_number=tails.get("national_id", ""),
    )  # fmt: skip


def _plain(value: Any) -> Any:
    return getattr(value, "iso", value)


def _numbers(person: Person) -> list[dict[str, Any]]:
    """The own numbers in full: they are the member's."""
    rows = PersonNumber.objects.unvoided().filter(person=person).order_by("valid_from", "pk")
    return [
        {"kind": row.kind, "label": str(NUMBER_KINDS[row.kind]), "number": unseal(row.sealed), **_period(row)}
        for row in rows
    ]


def _rows(model: Any, person: Person, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    rows = model.objects.filter(person=person).order_by("valid_from", "pk")
    return [{name: getattr(row, name) for name in columns} | _period(row) for row in rows]


def _period(row: Any) -> dict[str, Any]:
    return {
        "from": row.valid_from.isoformat(), "before": None if row.open else row.valid_to.isoformat(),
        "recorded_at": row.recorded_at.isoformat(), "withdrawn": row.voided_at is not None,
    }  # fmt: skip


def _past(past: PersonPast) -> dict[str, Any]:
    values = {name: value for name, value in past.values.items() if name in FIELDS and name not in UNREAD}
    return {"values": values, "known_until": past.known_until.isoformat()}


def _every(one: Profile, *, looks: bool) -> Iterator[Told]:
    """All entries of the log about the member, page by page, the latest first."""
    before: int | None = None
    while True:
        page = seen.looks(one.person, one.actor.on, before) if looks else seen.changes(one.person, one.actor.on, before)
        yield from page[0]
        before = page[1]
        if before is None:
            return


def _correction(row: Correction) -> dict[str, Any]:
    """A request of the member's own, with what the member stated and what was answered."""
    return {
        "field": row.field, "stated": unseal(row.stated), "why": row.why, "evidence": row.evidence,
        "asked_on": row.asked_on.isoformat(), "state": row.state, "answer": row.answer,
    }  # fmt: skip


def _entry(told: Told) -> dict[str, Any]:
    return {"at": told.at.isoformat(), "by": told.by, "as": told.place, "what": told.sentences, "why": told.reason}


def _by(told: Told) -> str:
    said = [told.by, told.place, told.sentences[0], _("Lý do: %(text)s") % {"text": told.reason} if told.reason else ""]
    return " · ".join(part for part in said if part)


def _seers(one: Profile) -> dict[str, Any]:
    found = who_sees.seers(one.person, one.on)
    places = [
        {"unit": place.unit_id, "name": place.name, "who": [reader.__dict__ for reader in place.readers]}
        for place in found.places
    ]
    return {"places": places, "administrators": found.administrators}


def _seen_by(one: Profile) -> Iterator[tuple[str, str]]:
    for place in who_sees.seers(one.person, one.on).places:
        for reader in place.readers:
            yield place.name, f"{reader.label} · {reader.role}, {reader.why}"


def _account(person: Person, one: Profile) -> dict[str, Any] | None:
    account = person.account
    if account is None:
        return None
    held = access.history(account, one.on)
    roles = [
        {"role": row.label, "unit": row.unit, "from": row.valid_from.isoformat(), "before": row.valid_to.isoformat()}
        for row in held
    ]
    signed_in = account.last_login.isoformat() if account.last_login else None
    return {"username": account.username, "last_sign_in": signed_in, "roles": roles}
