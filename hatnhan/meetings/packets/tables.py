"""What cells have proposed, as a list."""

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.kernel.listing import Cell, Column, Filter, Key, Sort
from hatnhan.kernel.ui.text import day
from hatnhan.meetings.flows import PROPOSAL
from hatnhan.meetings.models import Proposal
from hatnhan.meetings.plan.tables import OfUnit, Rows, named

from . import proposals


def _words(row: Any, _table: Any) -> Cell:
    return Cell(row.text[:160], "", reverse("meetings.proposal", args=[row.pk]), phone=row.unit_name or "")


class ProposalTable(OfUnit):
    """What cells have proposed, the latest first."""

    model = Proposal
    label = gettext_lazy("Kiến nghị")
    fields = ("unit_id", "to_id", "year", "number", "text", "state", "sent_on", "answered_on")
    columns = (
        Column(
            "text", gettext_lazy("Kiến nghị"),
            _words, fixed=True, needs=named,
        ),
        Column("number", gettext_lazy("Số"), lambda row, _t: Cell(f"{row.number}/{row.year}")),
        Column("unit", gettext_lazy("Chi bộ"), lambda row, _t: Cell(row.unit_name or ""), needs=named),
        Column("day", gettext_lazy("Gửi ngày"), lambda row, _t: Cell(day(row.sent_on)), sort="day"),
        Column("answered", gettext_lazy("Trả lời"), lambda row, _t: Cell(day(row.answered_on))),
        Column(
            "state", gettext_lazy("Trạng thái"),
            lambda row, _t: Cell(str(PROPOSAL.states[row.state]), kind="warn" if row.state == "sent" else ""),
        ),
    )  # fmt: skip
    filters = (
        Filter(
            "state", gettext_lazy("Trạng thái"),
            tuple((code, PROPOSAL.states[code]) for code in ("sent", "answered")),
            lambda rows, chosen, _table: rows.filter(state__in=chosen), quick=("sent",),
        ),
    )  # fmt: skip
    sorts = (Sort("day", gettext_lazy("Gửi ngày"), (Key("sent_on"),)),)

    def base(self) -> Rows:
        return self._given

    @cached_property
    def _given(self) -> Rows:
        return proposals.of_unit(self.actor, self.unit).order_by()

    def counted(self, count: int) -> str:
        return ngettext("%(n)s kiến nghị", "%(n)s kiến nghị", count) % {"n": self.written(count)}
