"""Members over the API: the list, one record as of a day, and every act upon them."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import AfterValidator, BaseModel
from pydantic_core import PydanticCustomError

from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.api import Body as Sent
from hatnhan.kernel.api import (
    Day,
    Id,
    KnownDate,
    Query,
    Text,
    Value,
    described,
    finds,
    listed,
    means,
    offer,
    one_of,
    read,
)  # fmt: skip
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known, KnownInput
from hatnhan.kernel.pages import actor_of
from hatnhan.kernel.period import Dated
from hatnhan.rulebook.book import at as rules_of
from hatnhan.rulebook.book import shelf
from hatnhan.units.api import At

from . import actions, permissions, queries, tiers
from .choices import LEFT_STANDINGS, MEMBER_STANDINGS, NUMBER_KINDS, PARTICIPATIONS
from .forms.acts import RECORD, ReceiveForm, RecordFields
from .models import GroupPlace, Membership, Participation, Person, PersonNumber, PersonPast, Standing, Tenure
from .profile import Profile
from .recognise.values import phone
from .rules import completed_years
from .tables import MemberTable, party_age
from .views.listing import ground_of
from .views.profile import looked, profile_of

router = Router(tags=["members"])

means(permissions.VIEW, _("Xem danh sách đảng viên"))
means(permissions.CORE, _("Xem lý lịch đảng viên"))
means(permissions.CONTACT, _("Xem nơi cư trú, điện thoại"))
means(permissions.FIGURES, _("Xem số liệu"))
means(permissions.RECEIVE, _("Tiếp nhận đảng viên"), writes=True)
means(permissions.CHANGE, _("Điều chỉnh thông tin, ghi tình trạng sinh hoạt"), writes=True)
means(permissions.NUMBERS, _("Ghi số thẻ, số định danh"), writes=True)
means(permissions.TRANSFER, _("Chuyển sinh hoạt"), writes=True)
means(permissions.LEAVE, _("Ghi từ trần, ra khỏi Đảng"), writes=True)
means(permissions.APPOINT, _("Giao chức vụ, ghi thôi chức vụ"), writes=True)
means(permissions.MERGE, _("Gộp hồ sơ của một người"), writes=True)


# --- how things are found -------------------------------------------------------------------------------------------


def _person(actor: Actor, key: int) -> Person:
    return queries.visible(actor, permissions.VIEW, key)


def of_person(model: Any) -> Any:
    """A dated row of a person, seen by whoever sees the person."""

    def find(actor: Actor, key: int) -> Any:
        row = model.objects.unvoided().filter(pk=key).select_related("person").first()
        if row is None:
            raise NotFound(permissions.VIEW)
        queries.visible(actor, permissions.VIEW, row.person_id)
        return row

    return find


finds(Person, _person)
for _model in (Tenure, Participation):
    finds(_model, of_person(_model))


# --- the list -------------------------------------------------------------------------------------------------------


class Where(Query):
    """Of which unit and as of which day."""

    unit: Annotated[Id | None, described(_("Tổ chức; bỏ trống là nơi cao nhất trong phạm vi của khóa"))] = None
    on: Annotated[Day | None, described(_("Ngày xem; bỏ trống là hôm nay"))] = None


def _iso(field: str) -> Value:
    """A date as known, as it is stored: 1957, 1957-05 or 1957-05-03."""

    def read(row: Any, _table: Any) -> str | None:
        value: Known | None = getattr(row, field)
        return value.iso if value is not None else None

    return Value(str, read)


def _party_age(row: Any, table: MemberTable) -> int | None:
    years = party_age(row, table.on)
    return int(years) if years.isdecimal() else None


listed(
    router, "/members", MemberTable, lambda request, query: MemberTable(request, actor_of(request), ground_of(request)),
    name="members.list", title=_("Danh sách đảng viên"), asks=Where,
    about=_("Đảng viên của tổ chức và các tổ chức trực thuộc vào một ngày, trong phạm vi của khóa."),
    keys={"person": "person_id", "unit_id": "unit_id"},
    values={
        "name": Value(str, lambda row, _table: row.person__name), "party_age": Value(int, _party_age),
        "birth": _iso("person__birth"), "ceremony_date": _iso("person__ceremony_date"),
        "official_date": _iso("person__official_date"),
    },
)  # fmt: skip


# --- one record -----------------------------------------------------------------------------------------------------


class Spell(BaseModel):
    """A dated row: what, where, in which period (an open end is null), and when it was recorded."""

    id: int
    kind: str
    label: str
    unit: int | None
    decision: str
    valid_from: date
    valid_to: date | None
    recorded_at: datetime


class PersonOut(BaseModel):
    """What holds of a person on the day, as far as `tiers` open it; `kind` is the standing in one word. Numbers are
    shown by their last digits alone."""

    id: int
    version: int
    on: date
    known: dict[str, str | None]
    party_age: int | None
    numbers: dict[str, str]
    home: Spell | None
    guest_of: list[Spell]
    kind: str | None
    standing: Spell | None
    participation: Spell | None
    group: Spell | None
    offices: list[Spell]
    acts: list[str]
    tiers: list[str]


def member_record(request: HttpRequest, query: At, person: int) -> dict[str, Any]:
    """One person on a day, as known now or at a moment, as far as the key's tiers go; the look is in the log."""
    shown = looked(profile_of(request, person))
    actor, one, day, core = shown.actor, shown.person, query.day, shown.core

    def held(model: Any, **only: Any) -> list[Any]:
        return list(model.objects.on(day, known_at=query.known_at).filter(person=one, **only))

    memberships = held(Membership)
    homes = [_spell(row) for row in memberships if row.kind == "home"]
    standing = held(Standing)
    return {
        "id": one.pk, "version": one.version, "on": day, "known": _known_then(one, query.known_at, shown.seen),
        "party_age": _age(one, standing, day) if core and query.known_at is None else None,
        "numbers": {row.kind: row.tail for row in held(PersonNumber)} if core else {},
        "home": homes[0] if homes else None,
        "guest_of": [_spell(row) for row in memberships if row.kind != "home"],
        "kind": next((row.kind for row in standing), None),
        "standing": next((_spell(row) for row in standing if core), None),
        "participation": next((_spell(row) for row in held(Participation) if core), None),
        "group": next((_spell(row) for row in held(GroupPlace)), None),
        "offices": [_spell(row) for row in held(Tenure)],
        "acts": [code for code, _label, _icon in Profile(one, actor, day).acts],
        "tiers": sorted(shown.seen),
    }  # fmt: skip


def _known_then(person: Person, known_at: datetime | None, seen: tiers.Seen) -> dict[str, str | None]:
    """The fields of the record as they are known, or were held to be true at the moment; those of the tiers, and of the
    birth always the year."""
    values = {name: getattr(person, name) for name in RECORD}
    if known_at is not None:
        for past in PersonPast.objects.filter(person=person, known_until__gt=known_at).order_by("-known_until", "-pk"):
            values |= {name: value for name, value in past.values.items() if name in values}
    plain = {name: getattr(value, "iso", value) for name, value in values.items()}
    year = {"birth": plain["birth"][:4]} if plain["birth"] else {}
    return year | {name: value for name, value in plain.items() if tiers.shows(seen, name)}


def _age(person: Person, standing: list[Standing], day: date) -> int | None:
    full = any(row.kind != "probationary" for row in standing)
    return completed_years(person.party_base, day) if person.party_base is not None and full else None


def _spell(row: Dated) -> dict[str, Any]:
    """A dated row of a person in words."""
    return {
        "id": row.pk, "kind": _kind(row), "label": spell_label(row), "unit": getattr(row, "unit_id", None),
        "decision": getattr(row, "decision", ""), "valid_from": row.valid_from,
        "valid_to": None if row.valid_to == FAR else row.valid_to, "recorded_at": row.recorded_at,
    }  # fmt: skip


def _kind(row: Any) -> str:
    return str(row.office if isinstance(row, Tenure) else getattr(row, "kind", "group"))


def spell_label(row: Any) -> str:
    """What a dated row of a person says, in words; of a number its last digits."""
    if isinstance(row, PersonNumber):
        return f"{NUMBER_KINDS[row.kind]} {row.tail}"
    return str(row.group.name if isinstance(row, GroupPlace) else _label(row, _kind(row)))


def _label(row: Dated, kind: str) -> Any:
    if isinstance(row, Tenure):
        offices = rules_of(row.valid_from).offices()
        return offices[kind].label if kind in offices else kind
    tables: dict[type, Any] = {Standing: {**MEMBER_STANDINGS, **LEFT_STANDINGS}, Participation: PARTICIPATIONS}
    return tables.get(type(row), {}).get(kind, kind)


read(
    router, "/members/{int:person}", member_record, PersonOut, name="members.profile", title=_("Hồ sơ đảng viên"),
    about=_("Những gì đã ghi về một đồng chí vào một ngày, và những việc khóa này được làm."), within={"person": Id},
    query=At,
)  # fmt: skip


# --- acts -----------------------------------------------------------------------------------------------------------

DECISION = Text(60)
DIGITS = Text(20)
# Acts upon what is known, and not upon what holds from some day on.
TODAY = {"on": lambda actor: actor.on}


class Numbers(Sent):
    """Numbers of a person who is received."""

    card: DIGITS = ""  # type: ignore[valid-type]
    national_id: DIGITS = ""  # type: ignore[valid-type]


def _phone(text: str) -> str:
    """One spelling, the one that lists are read with."""
    found = phone(text)
    if text and not found:
        raise PydanticCustomError("phone", "not a telephone number")
    return found


def _record_type(name: str) -> Any:
    """The type of a field of a person, as the form of the page has it."""
    field: Any = RecordFields.base_fields[name]
    if isinstance(field, KnownInput):
        return KnownDate
    if hasattr(field, "choices"):
        return Literal[("", *(code for code, _label in field.choices))]
    return Annotated[Text(field.max_length), AfterValidator(_phone)] if name == "phone" else Text(field.max_length)


_CAME: Any = ReceiveForm.base_fields["came"]
FIELDS = {name: _record_type(name) for name in RECORD}
OFFICE = one_of(lambda: sorted({code for day in shelf().days() for code in rules_of(day).offices()}))

offer(
    router, "/members/receive", actions.receive, name="members.receive", title=_("Tiếp nhận đảng viên"),
    types={
        "name": Text(120), "standing": one_of(list(MEMBER_STANDINGS)), "numbers": Numbers,
        "came": one_of([code for code, _label in _CAME.choices]),
    },
    labels={"unit": _("Về chi bộ"), "name": _("Họ và tên"), "origin": _("Từ tổ chức nào")},
    fields={name: kind for name, kind in FIELDS.items() if name != "name"},
)  # fmt: skip
offer(
    router, "/members/{person}/change", actions.change, name="members.change", title=_("Điều chỉnh thông tin"),
    fixed=TODAY, fields=FIELDS,
)  # fmt: skip
offer(
    router, "/members/{person}/number", actions.set_number, name="members.set_number",
    title=_("Ghi số thẻ, số định danh"), types={"kind": one_of(list(NUMBER_KINDS)), "digits": DIGITS},
)  # fmt: skip
offer(
    router, "/members/{person}/transfer", actions.transfer, name="members.transfer",
    title=_("Ghi việc chuyển nội bộ đã xong"), labels={"to": _("Chuyển đến chi bộ")},
)  # fmt: skip
offer(
    router, "/members/{person}/send-away", actions.transfer, name="members.send_away",
    title=_("Ghi việc chuyển đi đã xong"), fixed={"to": None},
)  # fmt: skip
offer(
    router, "/members/{person}/recognise", actions.recognise, name="members.recognise",
    title=_("Công nhận chính thức"), types={"decision": DECISION},
)  # fmt: skip
offer(
    router, "/members/{person}/participation", actions.set_participation, name="members.participation",
    title=_("Ghi miễn, tạm vắng, đình chỉ"), types={"kind": one_of(list(PARTICIPATIONS)), "decision": DECISION},
)  # fmt: skip
offer(
    router, "/participations/{row}/end", actions.end_participation, name="members.end_participation",
    title=_("Ghi sinh hoạt trở lại"),
)  # fmt: skip
offer(
    router, "/members/{person}/leave", actions.leave, name="members.leave", title=_("Từ trần, ra khỏi Đảng"),
    types={"how": one_of(list(LEFT_STANDINGS)), "decision": DECISION},
)  # fmt: skip
offer(
    router, "/members/{person}/group", actions.place_in_group, name="members.group", title=_("Xếp tổ đảng"),
    labels={"group": _("Tổ đảng; null là không thuộc tổ nào")},
)  # fmt: skip
offer(
    router, "/members/{person}/appoint", actions.appoint, name="members.appoint", title=_("Giao chức vụ"),
    types={"office": OFFICE, "decision": DECISION}, labels={"body": _("Ở cơ quan nào của cấp ủy")},
)  # fmt: skip
offer(
    router, "/offices/{tenure}/end", actions.end_tenure, name="members.end_tenure", title=_("Thôi giữ chức vụ"),
)  # fmt: skip
offer(
    router, "/members/{kept}/merge/{gone}", actions.merge_people, name="members.merge",
    title=_("Gộp hồ sơ của một người"), fixed=TODAY, types={"reason": Text(300, least=1)},
)  # fmt: skip
