"""Access in reorganisation: members' accounts go along with their cell, every other role of an ending unit ends."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.registries import Effect, Moving

from .actions.grants import end_grants, record_grant
from .models import Grant


class Access:
    """Roles at units in reorganisation. A split moves people, so the members module moves their accounts."""

    name = "access"

    def preview(self, moving: Moving) -> list[Effect]:
        """How many accounts go along and how many roles end."""
        if moving.people is not None or moving.into is None:
            return []
        rows = _held(moving)
        counted = (
            ("accounts", _("Tài khoản đảng viên chuyển theo"), rows.filter(role="member").count()),
            ("roles", _("Quyền sử dụng kết thúc"), rows.exclude(role="member").count()),
        )
        return [Effect(code, label, count) for code, label, count in counted if count]

    def apply(self, actor: Actor, moving: Moving) -> None:
        """End the roles at the ending units; members may do at the unit that goes on what they could at their own."""
        if moving.people is not None or moving.into is None:
            return
        rows = list(_held(moving).select_related("account", "unit"))
        known = Grant.objects.during(moving.on, FAR).filter(unit=moving.into, role="member")
        there = set(known.values_list("account_id", flat=True))
        end_grants(rows, moving.on)
        for row in rows:
            if row.role == "member" and row.account_id not in there:
                there.add(row.account_id)
                record_grant(row.account, "member", moving.into, moving.on, row.valid_to)

    def keeps(self, unit: Unit, on: date) -> list[Reason]:
        """Roles do not keep a unit from ending: at a unit that has ended they give nothing."""
        return []


def _held(moving: Moving) -> "QuerySet[Grant]":
    return Grant.objects.during(moving.on, FAR).filter(unit__in=moving.units)
