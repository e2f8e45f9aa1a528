"""Imports over the API, as on the pages: a file is handed over and looked through, nothing is written before it is
applied by the worker, and a whole import can be taken back."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Router
from pydantic import BaseModel, Field

from hatnhan.kernel.api import Body, Day, Id, Query, described, means, read, unit_within, write
from hatnhan.kernel.jobs import enqueue
from hatnhan.kernel.listing.keyset import storable
from hatnhan.kernel.pages import actor_of
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.sheets.kinds import Unreadable
from hatnhan.members import permissions
from hatnhan.members.models import ImportRun
from hatnhan.units import permissions as of_units

from . import desk as at_desk
from . import preview, storage
from .actions import runs
from .views.desks import MEMBERS, UNITS, Desk, run_of
from .views.handing import REFUSED, too_large
from .views.looking import settled

router = Router(tags=["imports"])

means(permissions.IMPORT, gettext_lazy("Nhập đảng viên từ bảng tính"), writes=True)
means(of_units.IMPORT, gettext_lazy("Nhập tổ chức từ bảng tính"), writes=True)

DESKS: dict[str, Desk] = {"members": MEMBERS, "units": UNITS}
MOST_LINES = 200


class Upload(Query):
    """What list it is, of which unit, as of which day."""

    kind: Literal["members", "units"] = "members"
    unit: Annotated[Id, described(gettext_lazy("Danh sách của tổ chức nào"))]
    on: Annotated[Day | None, described(gettext_lazy("Danh sách đúng vào ngày nào; bỏ trống là hôm nay"))] = None


class RunOut(BaseModel):
    """How an import stands: uploaded (columns are missing), planning, ready, applying, applied, undone; how many rows
    of each outcome, and what is wrong with the whole list."""

    id: int
    kind: str
    unit: int | None
    on: date
    file_name: str
    state: str
    counts: dict[str, int]
    problem: str
    act: int | None


class Lines(Query):
    """Which rows of the preview."""

    outcome: Literal["all", "new", "changed", "unchanged", "question", "refused"] = "all"
    start: Annotated[int, Field(ge=0, le=10_000_000)] = 0


class LineOut(BaseModel):
    """One row of the list and what becomes of it."""

    row: int
    outcome: str
    name: str
    person: int | None
    problems: list[str]
    notes: list[str]


class Apply(Body):
    """Whether refused rows are left out; else one of them stops the whole list."""

    skip_refused: bool = False


def upload(request: HttpRequest, query: Upload, file: Any = None) -> dict[str, Any]:
    """Take a file and look through it; a long one is looked through by the worker."""
    actor, desk = actor_of(request), DESKS[query.kind]
    unit = unit_within(actor, query.unit)
    actor.require(desk.permission, at=unit)
    if name := request.META.get(REFUSED):
        refuse("too_long", too_large(str(name)), field="file")
    if not storable(str(file.name)):
        refuse("characters", _("Tên tệp có ký tự không dùng được."), field="file")
    try:
        stored = storage.store(file.chunks())
        run, of = at_desk.receive(
            actor=actor, kind=desk.kind, unit=unit, on=query.on or actor.on, file_name=str(file.name), stored=stored
        )
    except (storage.NotStored, Unreadable) as error:
        refuse("file", str(error), field="file")
    runs.step(run, runs.PLANNING, since=(runs.UPLOADED,))
    if len(of.sheet.rows) <= at_desk.ROWS_AT_ONCE:
        at_desk.make_preview(run, actor, of=of)
    else:
        job = enqueue("members.plan_import", {"run": run.pk}, account_id=actor.account_id)
        runs.given_to(run, job.pk)
    return _told(run)


def _run(request: HttpRequest, pk: int) -> ImportRun:
    kind = ImportRun.objects.filter(pk=pk).values_list("kind", flat=True).first()
    return settled(run_of(request, DESKS[kind if kind in DESKS else "members"], pk))


def _told(run: ImportRun) -> dict[str, Any]:
    run.refresh_from_db()
    result = run.result or {}
    return {
        "id": run.pk, "kind": run.kind, "unit": run.unit_id, "on": run.on, "file_name": run.file_name,
        "state": run.state, "counts": result.get("counts") or {}, "problem": result.get("problem", ""), "act": run.act,
    }  # fmt: skip


def import_run(request: HttpRequest, run: int) -> dict[str, Any]:
    """How an import stands."""
    return _told(_run(request, run))


def import_lines(request: HttpRequest, query: Lines, run: int) -> list[dict[str, Any]]:
    """The rows of the preview."""
    found = _run(request, run)
    if not preview.exists(found.stored):
        return []
    return [
        {"row": one.row, "outcome": one.outcome, "name": one.name, "person": one.person_id, "problems": one.problems,
         "notes": one.notes}
        for one in preview.page(found.stored, query.outcome, query.start, MOST_LINES)
    ]  # fmt: skip


def apply_import(request: HttpRequest, run: int, sent: Apply) -> dict[str, Any]:
    """Hand a preview to the worker, once."""
    found = _run(request, run)
    if not runs.step(found, runs.APPLYING, since=(runs.READY,)):
        refuse("state", _("Danh sách này chưa xem trước xong, hoặc đã được ghi."))
    runs.tell(found, skip_refused=sent.skip_refused, problem="", stopped=False)
    job = enqueue("members.write_import", {"run": found.pk}, account_id=actor_of(request).account_id)
    runs.given_to(found, job.pk)
    return _told(found)


def undo_import(request: HttpRequest, run: int) -> dict[str, Any]:
    """Take a whole import back, as long as nothing was built on it."""
    found = _run(request, run)
    runs.undo(actor=actor_of(request), run=found)
    return _told(found)


read(
    router, "/imports/{int:run}", import_run, RunOut, name="imports.run", title=gettext_lazy("Một lần nhập"),
    within={"run": Id},
)  # fmt: skip
read(
    router, "/imports/{int:run}/lines", import_lines, list[LineOut], name="imports.lines", query=Lines,
    title=gettext_lazy("Các dòng xem trước của một lần nhập"), within={"run": Id},
)  # fmt: skip


write(
    router, "/imports", upload, RunOut, name="imports.upload", title=gettext_lazy("Gửi danh sách và xem trước"),
    query=Upload, file=True,
)  # fmt: skip
write(
    router, "/imports/{run}/apply", apply_import, RunOut, name="imports.apply",
    title=gettext_lazy("Ghi danh sách đã xem trước"), within={"run": Id}, body=Apply,
)  # fmt: skip
write(
    router, "/imports/{run}/undo", undo_import, RunOut, name="imports.undo",
    title=gettext_lazy("Hoàn tác một lần nhập"), within={"run": Id},
)  # fmt: skip
