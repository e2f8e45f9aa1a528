"""The rows that one check finds: who, where, what is wrong, and the link that mends it."""

from functools import cached_property
from typing import Any

from django.db.models import BooleanField, Case, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Listing, Sort
from hatnhan.kernel.listing.parts import Needs
from hatnhan.kernel.ui.text import known
from hatnhan.members.models import Membership
from hatnhan.members.queries import Ground
from hatnhan.members.story import capital
from hatnhan.members.tables import path_needs, unit_needs

from . import queries
from .checks import CHECKS, Check


def _name(row: Any, table: "QualityTable") -> Cell:
    """The name leads to what mends: on a phone the other columns are not shown."""
    said = [str(table.check.label_of_act) if table.may_mend else "", table.wrong(row)]
    below = " · ".join(filter(None, [*said, "" if table.ground.cell else row.unit_name or ""]))
    href = table.mends(row) if table.may_mend else table.profile(row)
    return Cell(row.person__name, known(row.person__birth), href, person=True, phone=below)


def _unit(row: Any, _table: "QualityTable") -> Cell:
    return Cell(row.unit_name or "")


def _wrong(row: Any, table: "QualityTable") -> Cell:
    return Cell(table.wrong(row))


def _mend(row: Any, table: "QualityTable") -> Cell:
    return Cell(str(table.check.label_of_act), href=table.mends(row)) if table.may_mend else Cell()


def _record(row: Any, table: "QualityTable") -> Cell:
    return Cell(str(_("Xem hồ sơ")), href=table.profile(row))


def _flags(check: Check) -> Needs:
    """Which parts of a check hold, for the query of a page."""

    def needs(at: Any) -> dict[str, Any]:
        return {
            f"flag_{code}": Case(
                When(condition(at), then=Value(True)), default=Value(False), output_field=BooleanField()
            )
            for code, (_sentence, condition) in check.says.items()
        }

    return needs


class QualityTable(Listing):
    """What one check finds in a unit and below, by unit and name."""

    model = Membership
    label = _("Những hồ sơ cần xem lại")
    searchable = False
    fields = ("person_id", "unit_id")
    columns = (
        Column(
            "name", _("Họ và tên"), _name, ("person__name", "person__birth"), sort="name", fixed=True, needs=unit_needs
        ),
        Column("unit", _("Chi bộ"), _unit, sort="unit", needs=unit_needs),
        *(
            Column(f"wrong_{check.code}", _("Chỗ chưa đúng"), _wrong, needs=_flags(check))
            for check in CHECKS.values()
            if check.says
        ),
        Column("mend", _("Việc cần làm"), _mend),
        Column("record", _("Hồ sơ"), _record),
    )
    filters = (
        Filter(
            "child", _("Tổ chức trực thuộc"), lambda table: [(card.id, card.name) for card in table.ground.children],
            lambda rows, _values, _table: rows,
        ),
    )  # fmt: skip
    sorts = (
        Sort("unit", _("Chi bộ"), (Key("path"), Key("person__sort_key"), Key("person_id")), needs=path_needs),
        Sort("name", _("Họ và tên"), (Key("person__sort_key"), Key("person_id"))),
    )
    exact = 20_000

    def __init__(self, request: HttpRequest, actor: Actor, ground: Ground, check: Check) -> None:
        super().__init__(request)
        self.actor, self.ground, self.check, self.on = actor, ground, check, ground.on

    @cached_property
    def sort(self) -> Sort:
        """By unit; two records of one name stand together."""
        if self.check.code == "twins" and not self.asked.one("sort"):
            return self.sorts[1]
        return super().sort

    def usual(self) -> list[Column]:
        """In a cell its name need not be said; what is wrong, where the check has several parts."""
        own = {"name", "mend", "record", f"wrong_{self.check.code}", "" if self.ground.cell else "unit"}
        return [column for column in self.columns if column.code in own]

    @property
    def optional(self) -> list[tuple[Column, bool]]:
        """The columns are those of the check."""
        return []

    def base(self) -> QuerySet[Any]:
        """In scope: the view has asked for the right at the unit."""
        paths = [card.path for card in self.ground.children if str(card.id) in self.chosen.get("child", [])]
        return queries.rows(self.check, self.ground, paths or None)

    def values(self) -> dict[str, Any]:
        return {"on": self.on, "tree_day": self.ground.tree_day, "unit": self.ground.unit_id}

    def counted(self, count: int) -> str:
        return ngettext("%(n)s hồ sơ", "%(n)s hồ sơ", count) % {"n": self.written(count)}

    @cached_property
    def may_mend(self) -> bool:
        """Whether the reader may do what mends, here and below."""
        return self.actor.can(self.check.right, at=self.ground.unit_id)

    def profile(self, row: Any) -> str:
        return reverse("members.profile", args=[row.person_id])

    def mends(self, row: Any) -> str:
        """The page of the act that mends."""
        return reverse(self.check.act, args=[row.person_id])

    def wrong(self, row: Any) -> str:
        """What is wrong, where the check has several parts."""
        said = [
            str(words) for code, (words, _condition) in self.check.says.items() if getattr(row, f"flag_{code}", False)
        ]
        return capital("; ".join(said))
