"""The four sign-ins of a demonstration, and its administrator. They exist in no other installation."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.utils.translation import gettext_noop

from hatnhan.access import actions as access
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.members import actions as members
from hatnhan.members.models import Membership, Tenure

from .places import Places

PASSWORD = "sen-trang-2026"
GRACE = timedelta(days=30)


@dataclass(frozen=True)
class SignIn:
    """One line of the sign-in page of a demonstration; the administrator's stands `apart`."""

    username: str
    password: str
    label: str
    apart: bool = False


def open_accounts(actor: Actor, places: Places, die: Random, on: date) -> list[SignIn]:
    """A member, a cell secretary, the office of the commune, provincial staff; apart from them the administrator."""
    commune = places.commune or places.province
    cell = places.villages[3]
    secretary = Tenure.objects.on(on).select_related("person").get(unit=cell, office="secretary").person
    office = Tenure.objects.on(on).select_related("person").get(unit=commune, body__kind="office").person
    officers = Tenure.objects.on(on).values("person")
    plain = Membership.objects.on(on).filter(unit=cell, kind="home").exclude(person__in=officers).order_by("pk")
    for username, person in (("dangvien", plain[die.randint(0, 2)].person), ("bithu", secretary), ("vanphong", office)):
        known_password(members.open_account(actor=actor, person=person, on=on, username=username))
    known_password(_provincial(actor, places.province, on))
    access.create_administrator(actor=actor, username="quantri", password=PASSWORD)
    # The page of it has something to show; the days until then let everybody in without setting anything up.
    access.require_factor(actor=actor, role="administrator", on=on + GRACE)
    return [
        SignIn("dangvien", PASSWORD, gettext_noop("Một đảng viên")),
        SignIn("bithu", PASSWORD, gettext_noop("Bí thư chi bộ")),
        SignIn("vanphong", PASSWORD, gettext_noop("Văn phòng đảng ủy xã")),
        SignIn("tinhuy", PASSWORD, gettext_noop("Cán bộ tỉnh ủy")),
        SignIn("quantri", PASSWORD, gettext_noop("Quản trị hệ thống"), apart=True),
    ]


def _provincial(actor: Actor, province: Unit, on: date) -> access.Slip:
    return access.create_account(
        actor=actor, label="Cán bộ Ban Tổ chức", role="provincial", unit=province, on=on, username="tinhuy"
    )


def known_password(slip: access.Slip) -> None:
    """An account of the demonstration has the password that the sign-in page tells."""
    slip.account.set_password(PASSWORD)
    slip.account.must_change_password = False
    slip.account.save(update_fields=["password", "must_change_password"])
