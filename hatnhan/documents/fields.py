"""What a user's own blank may name: fields by their names, from whichever module knows them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.units.queries import codes, line_of, name_of, names

from .heads import head_of

Values = Callable[[Actor, Unit, date, Collection[str]], Mapping[str, str]]


@dataclass(frozen=True)
class Fields:
    """A group of fields: `names` gives each name with what it means, `values` those that are asked for; a field that
    the actor may not see is not among them."""

    label: Any
    names: Callable[[], Mapping[str, Any]]
    values: Values


GROUPS: list[Fields] = []


def fields(*given: Fields) -> None:
    """Register groups of fields."""
    GROUPS.extend(given)


def every_field() -> dict[str, Any]:
    """All names with what they mean."""
    return {name: label for group in GROUPS for name, label in group.names().items()}


def values_of(actor: Actor, unit: Unit, on: date, wanted: Collection[str]) -> dict[str, str]:
    """The values of the fields that are asked for, of a unit on a day; "…" for what is not known."""
    found: dict[str, str] = {}
    for group in GROUPS:
        mine = [name for name in wanted if name in group.names()]
        if mine:
            found |= group.values(actor, unit, on, mine)
    return {name: found.get(name) or "…" for name in wanted}


OWN = {
    "tên tổ chức": _("Tên chi bộ, đảng bộ"), "tên cấp trên": _("Tên tổ chức cấp trên trực tiếp"),
    "mã tổ chức": _("Mã tổ chức"), "địa danh": _("Địa danh để ghi ngày"), "ngày": _("Ngày trong tháng"),
    "tháng": _("Tháng"), "năm": _("Năm"), "ngày tháng năm": _("Ngày viết đủ: 22/11/2026"),
}  # fmt: skip


def _own(_actor: Actor, unit: Unit, on: date, _wanted: Collection[str]) -> dict[str, str]:
    line = line_of(unit, on)
    called = names(line, on)
    return {
        "tên tổ chức": name_of(unit, on), "mã tổ chức": codes([unit.pk], on).get(unit.pk, ""),
        "tên cấp trên": next((called.get(pk, "") for pk in line if pk != unit.pk), ""),
        "địa danh": head_of(unit, on).place, "ngày": f"{on.day:02}", "tháng": str(on.month), "năm": str(on.year),
        "ngày tháng năm": f"{on.day}/{on.month}/{on.year}",
    }  # fmt: skip


fields(Fields(_("Tổ chức và ngày"), lambda: OWN, _own))
