"""The file of a list of members: made for one answer, with who took it out, when, of what, and by which request."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from hatnhan.kernel.listing import as_csv, as_xlsx
from hatnhan.kernel.pages import actor_of
from hatnhan.kernel.vietnamese import plain
from hatnhan.members import exports, papers
from hatnhan.members.choices import EXPORT_STATES
from hatnhan.members.exports import Mark
from hatnhan.members.models import ExportRequest
from hatnhan.members.tables import MemberTable
from hatnhan.members.takings import File

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = ("xlsx", "csv", "pdf")


def made(request: HttpRequest, form: str, table: MemberTable, reason: str, number: int = 0) -> File:
    """The list as a file in one of `FORMS`, with the columns that the reader's tiers hold."""
    land = table.ground
    shown = exports.columns(table.seen)
    rows = list(table.every_row(shown))
    with override("vi"):
        mark = Mark(actor_of(request).label, timezone.now(), land.name, number)
        name = f"dang-vien-{'-'.join(plain(land.name).split()[:8])}-{land.on.isoformat()}"
        if form != "pdf":
            answer = _table(form, table, rows, shown, mark, reason)
    if form == "pdf":
        paper = papers.member_list(request, land, rows, mark)
        answer = HttpResponse(paper.pdf(), content_type="application/pdf")
    kind = "inline" if form == "pdf" else "attachment"
    answer.headers["Content-Disposition"] = f'{kind}; filename="{name}.{form}"'
    answer.headers["Cache-Control"] = "no-store"
    return File(answer, [row.person_id for row in rows], form)


def _table(form: str, table: MemberTable, rows: list[Any], shown: Any, mark: Mark, reason: str) -> HttpResponse:
    """The columns of the import, in Vietnamese whoever asks; the mark is the last line, which is no data row."""
    heads = [str(column.label) for column in shown]

    def lines() -> Iterator[list[Any]]:
        for row in rows:
            yield exports.line(row, table.ground.on, shown)
        yield mark.cells(len(heads))

    if form == "csv":
        return HttpResponse(b"".join(as_csv(heads, lines())), content_type="text/csv; charset=utf-8")
    notes = exports.notes(mark, table.ground, len(rows), reason)
    return HttpResponse(as_xlsx(heads, lines(), _("Đảng viên"), notes), content_type=XLSX)


def state_of(row: ExportRequest) -> tuple[str, str]:
    """A request's state in words and its colour."""
    if row.state == "approved" and row.until is not None and row.until <= timezone.now():
        return (_("Đã lấy"), "") if row.fetched_at else (_("Quá hạn, chưa lấy"), "warn")
    kinds = {"waiting": "warn", "approved": "ok", "refused": "bad"}
    return str(EXPORT_STATES[row.state]), kinds.get(row.state, "")
