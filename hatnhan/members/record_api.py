"""Dated rows of a record over the API: all that holds, correcting and withdrawing what was recorded wrongly; merged
records taken apart again."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import BaseModel

from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.api import Day, Id, Text, finds, offer, one_of, read
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Entry, Subject

from . import actions, permissions, queries
from .api import DECISION, OFFICE, of_person, spell_label
from .choices import CAME, PARTICIPATIONS, STANDINGS
from .models import (
    GroupPlace,
    Membership,
    Participation,
    Person,
    PersonMerge,
    PersonNumber,
    Standing,
    Tenure,
)  # fmt: skip
from .views.profile import looked, profile_of

router = Router(tags=["members"])

ROWS: tuple[Any, ...] = (Membership, Standing, Participation, Tenure, GroupPlace, PersonNumber)
for _model in (Membership, Standing, GroupPlace, PersonNumber):
    finds(_model, of_person(_model))


def _merge(actor: Actor, key: int) -> PersonMerge:
    found = PersonMerge.objects.filter(pk=key).select_related("kept", "gone").first()
    if found is None:
        raise NotFound(permissions.MERGE)
    queries.visible(actor, permissions.VIEW, found.kept_id)
    return found


def _entry(actor: Actor, key: int) -> Entry:
    """An entry of the log about people whom the actor sees."""
    about = Subject.objects.filter(entry=key, kind=Person._meta.label_lower).values_list("key", flat=True)
    entry = Entry.objects.select_related("payload").filter(pk=key).first()
    if entry is None or not about:
        raise NotFound(permissions.VIEW)
    for person in about[:2]:
        queries.visible(actor, permissions.VIEW, person)
    return entry


finds(PersonMerge, _merge)
finds(Entry, _entry)


class RowOut(BaseModel):
    """A dated row that is held to be true: its table, its id there, what it says, in which period."""

    table: str
    id: int
    label: str
    unit: int | None
    valid_from: date
    valid_to: date | None


class RowsOut(BaseModel):
    """Every row of a record, and the records that were merged into it."""

    rows: list[RowOut]
    merges: list[int]


def record_rows(request: HttpRequest, person: int) -> dict[str, Any]:
    """What the record consists of; the look is in the log. Raises `NotFound` without the record's own tier."""
    one = looked(profile_of(request, person))
    if not one.core:
        one.actor.require(permissions.CORE)
        raise NotFound(permissions.CORE)
    rows = [row for model in ROWS for row in model.objects.unvoided().filter(person=one.person).order_by("valid_from")]
    merges = PersonMerge.objects.filter(kept=one.person, undone_in__isnull=True)
    return {"rows": [_row(row) for row in rows], "merges": list(merges.values_list("pk", flat=True))}


def _row(row: Any) -> dict[str, Any]:
    return {
        "table": row._meta.model_name, "id": row.pk, "label": spell_label(row), "unit": getattr(row, "unit_id", None),
        "valid_from": row.valid_from, "valid_to": None if row.valid_to == FAR else row.valid_to,
    }  # fmt: skip


read(
    router, "/members/{int:person}/rows", record_rows, RowsOut, name="members.rows", title=_("Các dòng của hồ sơ"),
    within={"person": Id},
)  # fmt: skip


# --- acts -----------------------------------------------------------------------------------------------------------

WHY = {"reason": Text(300, least=1)}
PERIOD = {"valid_from": Day, "valid_to": Day}
# Table: its address, its model, what of a row may be corrected besides its days.
CORRECTED: dict[str, tuple[type, dict[str, Any]]] = {
    "memberships": (Membership, {"came": one_of(list(CAME), 20)}),
    "standings": (Standing, {"kind": one_of(list(STANDINGS)), "decision": DECISION}),
    "participations": (Participation, {"kind": one_of(list(PARTICIPATIONS)), "decision": DECISION}),
    "offices": (Tenure, {"office": OFFICE, "decision": DECISION}),
    "group-places": (GroupPlace, {}),
    "numbers": (PersonNumber, {}),
}

for _path, (_kind, _fields) in CORRECTED.items():
    _code = _path.replace("-", "_")
    if _kind is not PersonNumber:
        offer(
            router, f"/{_path}/{{row}}/correct", actions.correct_row, name=f"members.correct_{_code}",
            title=_("Sửa dòng ghi nhầm"), about=_("Chỉ gửi mục cần sửa; valid_to null là chưa có ngày kết thúc."),
            kinds={"row": _kind}, fields=PERIOD | _fields, types=WHY,
        )  # fmt: skip
    offer(
        router, f"/{_path}/{{row}}/withdraw", actions.withdraw_row, name=f"members.withdraw_{_code}",
        title=_("Bỏ dòng ghi nhầm"), kinds={"row": _kind}, types=WHY,
    )  # fmt: skip
offer(
    router, "/merges/{merge}/undo", actions.unmerge_people, name="members.unmerge", title=_("Tách lại hồ sơ đã gộp"),
)  # fmt: skip
offer(
    router, "/members/{person}/log/{entry}/undo", actions.undo_act, name="members.undo_act",
    title=_("Hoàn tác một việc đã ghi cho đồng chí"), types=WHY,
)  # fmt: skip
