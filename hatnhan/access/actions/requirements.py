"""Which roles need a second factor, from which day on. It holds for the whole installation."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.access.choices import ROLES
from hatnhan.access.models import Account, Grant, RequiredFactor
from hatnhan.access.permissions import REQUIRE_FACTOR
from hatnhan.kernel.action import act, action, begin, end, void
from hatnhan.kernel.actor import Actor, Forbidden
from hatnhan.kernel.refusal import refuse

from .grants import role_name, written
from .sessions import ask_anew


@action("access.require_factor")
def require_factor(*, actor: Actor, role: str, on: date, reason: str = "") -> RequiredFactor:
    """From the day on, whoever has the role signs in with a second factor. The day may be moved as long as it has not
    come; it never lies before today, since the days before it are for setting up."""
    _may(actor, role)
    _not_past(actor, on)
    row = RequiredFactor.objects.unvoided().filter(role=role, valid_to__gt=actor.on).first()
    if row is not None and row.valid_from <= actor.on:
        refuse("required", _("Vai trò này đã bắt buộc xác minh hai bước từ trước."), field="on")
    if row is not None:
        void(row)
    act().tell(
        gettext_noop("Vai trò %(role)s bắt buộc xác minh hai bước từ ngày %(on)s."), role=role_name(role),
        on=written(on),
    )  # fmt: skip
    made = begin(RequiredFactor(role=role, valid_from=on))
    ask_anew(_holders(role, actor.on))
    return made


@action("access.waive_factor")
def waive_factor(*, actor: Actor, role: str, on: date, reason: str = "") -> None:
    """From the day on, the role needs no second factor; means that are set up go on."""
    _may(actor, role)
    _not_past(actor, on)
    row = RequiredFactor.objects.unvoided().filter(role=role, valid_to__gt=actor.on).first()
    if row is None:
        refuse("none", _("Vai trò này không bắt buộc xác minh hai bước."), field="on")
    if on <= row.valid_from:
        void(row)
    else:
        end(row, on)
    act().tell(
        gettext_noop("Vai trò %(role)s thôi bắt buộc xác minh hai bước từ ngày %(on)s."), role=role_name(role),
        on=written(on),
    )  # fmt: skip
    ask_anew(_holders(role, actor.on))


def _holders(role: str, on: date) -> set[int]:
    """The accounts that have the role on the day."""
    held = set(Grant.objects.on(on).filter(role=role).values_list("account", flat=True))
    if role == "administrator":
        held |= set(Account.objects.filter(installation_admin=True).values_list("pk", flat=True))
    return held


def may_require(actor: Actor) -> bool:
    """True for whoever administers the whole tree: a role is the same in every part of it."""
    return actor.scope(REQUIRE_FACTOR).whole


def _may(actor: Actor, role: str) -> None:
    if not may_require(actor):
        raise Forbidden(REQUIRE_FACTOR)
    if role not in ROLES:
        refuse("role", _("Hãy chọn vai trò."), field="role")


def _not_past(actor: Actor, on: date) -> None:
    if on < actor.on:
        refuse("past", _("Hãy chọn hôm nay hoặc một ngày sau hôm nay."), field="on")
