"""The list of cases: by stage, with their age in it and what is overdue. In the order of names: nobody is ranked."""

from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.duties.models import Duty
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Listing, Sort
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.ui.text import day, num
from hatnhan.kernel.vietnamese import plain
from hatnhan.members.queries import names_on

from . import queries
from .flows import ADMISSION, COLOURS, DUTIES
from .models import AdmissionCase

Rows = QuerySet[Any]
STAGES = [(code, label) for code, label in ADMISSION.states.items() if code != "new"]


def _name(row: Any, table: "AdmissionTable") -> Cell:
    name = row.applicant__name or _("Thông tin đã xóa")
    below = " · ".join(filter(None, [str(ADMISSION.states[row.state]), row.unit_name or "", table.age(row)]))
    return Cell(name, href=reverse("admissions.case", args=[row.pk]), person=True, phone=below)


def _state(row: Any, _table: Any) -> Cell:
    return Cell(str(ADMISSION.states[row.state]), kind=COLOURS.get(row.state, ""))


def _due(row: Any, table: "AdmissionTable") -> Cell:
    if row.due is None:
        return Cell()
    late = row.due < table.on
    return Cell(_("quá hạn %(day)s") % {"day": day(row.due)} if late else day(row.due), kind="bad" if late else "")


def overdue(on: Any) -> Any:
    """Whether a time limit of a case has passed."""
    return Exists(Duty.objects.filter(kind__in=DUTIES, about=OuterRef("pk"), state="open", due__lt=on))


class AdmissionTable(Listing):
    """Cases of a unit and of what hangs under it, within the reader's scope. Those that have ended are left out unless
    their stage is asked for."""

    model = AdmissionCase
    label = gettext_lazy("Hồ sơ kết nạp")
    fields = ("state", "since", "unit_id", "ended_on")
    columns = (
        Column(
            "name", gettext_lazy("Người vào Đảng"), _name, ("applicant__name",), sort="name", fixed=True,
            needs=lambda at: {"unit_name": Subquery(names_on("unit_id", at.on))},
        ),
        Column(
            "unit", gettext_lazy("Chi bộ"), lambda row, _t: Cell(row.unit_name or ""),
            needs=lambda at: {"unit_name": Subquery(names_on("unit_id", at.on))},
        ),
        Column("state", gettext_lazy("Đang ở bước"), _state),
        Column("age", gettext_lazy("Ở bước này"), lambda row, table: Cell(table.age(row))),
        Column(
            "due", gettext_lazy("Hạn gần nhất"), _due,
            needs=lambda at: {
                "due": Subquery(
                    Duty.objects.filter(
                        kind__in=DUTIES, about=OuterRef("pk"), state="open", opened_on__lte=at.on
                    ).order_by("due").values("due")[:1]
                )
            },
        ),
    )  # fmt: skip
    filters = (
        Filter(
            "stage", gettext_lazy("Bước"), STAGES, lambda rows, chosen, _table: rows.filter(state__in=chosen),
        ),
        Filter(
            "late", gettext_lazy("Thời hạn"), (("yes", gettext_lazy("Quá hạn")),),
            lambda rows, _chosen, table: rows.filter(overdue(table.on)), quick=("yes",),
        ),
    )  # fmt: skip
    sorts = (
        Sort(
            "name", gettext_lazy("Họ tên"), (Key("sort_key"),),
            needs=lambda _at: {"sort_key": F("applicant__sort_key")},
        ),
    )  # fmt: skip

    def __init__(self, request: HttpRequest, actor: Actor, unit: Unit) -> None:
        super().__init__(request)
        self.actor, self.on, self.unit = actor, actor.on, unit

    def values(self) -> dict[str, Any]:
        return {"on": self.on}

    def base(self) -> Rows:
        """Open cases, unless stages are asked for."""
        return self.given if "stage" in self.chosen else self.given.filter(ended_on__isnull=True)

    @cached_property
    def given(self) -> Rows:
        """All cases of the unit in scope."""
        here = Placement.objects.under(self.unit, self.on).values("unit")
        return queries.in_scope(self.actor).filter(unit__in=here)

    def search(self, rows: Rows, text: str) -> Rows:
        """Names that hold every word, with or without marks."""
        meant = Q()
        for word in plain(text).split():
            meant &= Q(applicant__name_key__contains=word)
        return rows.filter(meant)

    def age(self, row: Any) -> str:
        """Days in the present stage."""
        if row.ended_on is not None:
            return day(row.ended_on)
        days = max(0, (self.on - row.since).days)
        return ngettext("%(n)s ngày", "%(n)s ngày", days) % {"n": num(days)}

    def counted(self, count: int) -> str:
        return ngettext("%(n)s hồ sơ", "%(n)s hồ sơ", count) % {"n": self.written(count)}
