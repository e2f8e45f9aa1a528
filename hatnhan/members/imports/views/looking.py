"""One upload: its effects row by row, writing it, taking it back, and the file with what became of each row."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hatnhan.kernel.job_models import FAILED, Job
from hatnhan.kernel.jobs import enqueue
from hatnhan.kernel.pages import actor_of, render
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.sheets.kinds import Unreadable
from hatnhan.kernel.ui.shell import address
from hatnhan.kernel.ui.text import num
from hatnhan.kernel.undo import objections
from hatnhan.kernel.vietnamese import plain
from hatnhan.kernel.worker import somebody_works
from hatnhan.members.imports import preview
from hatnhan.members.imports.actions import runs
from hatnhan.members.imports.returned import OUTCOMES, workbook
from hatnhan.members.models import ImportRun
from hatnhan.units.queries import name_of

from .desks import Desk, run_of, said, to, told_looks

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = 50
COUNTED = {"question": "questions"}


def look(desk: Desk, request: HttpRequest, pk: int) -> HttpResponse:
    """How an upload stands."""
    run = settled(run_of(request, desk, pk))
    if run.state == runs.UPLOADED:
        return to(desk.url("_columns", pk))
    if run.state in (runs.PLANNING, runs.APPLYING):
        return render(request, "members/imports/progress.html", {"desk": desk, "run": run, **_progress(run)})
    return _shown(desk, request, run)


def progress(desk: Desk, request: HttpRequest, pk: int) -> HttpResponse:
    """The bar alone, for a script that asks again and again; elsewhere once the work is done."""
    run = settled(run_of(request, desk, pk))
    if run.state not in (runs.PLANNING, runs.APPLYING):
        return to(desk.url("_run", pk))
    return render(request, "members/imports/bar.html", {"desk": desk, "run": run, **_progress(run)})


def write(desk: Desk, request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a preview to the worker, once."""
    run = run_of(request, desk, pk)
    if request.method == "POST":
        skip = request.POST.get("skip_refused") == "1"
        if runs.step(run, runs.APPLYING, since=(runs.READY,)):
            runs.tell(run, skip_refused=skip, problem="", stopped=False)
            job = enqueue("members.write_import", {"run": run.pk}, account_id=actor_of(request).account_id)
            runs.given_to(run, job.pk)
    return to(desk.url("_run", pk))


def undo(desk: Desk, request: HttpRequest, pk: int) -> HttpResponse:
    """Take a whole import back, as long as nothing was built on it."""
    run = run_of(request, desk, pk)
    if request.method == "POST":
        try:
            runs.undo(actor=actor_of(request), run=run)
        except Refused as refused:
            return _shown(desk, request, run, refused)
        said(request, _("Đã hoàn tác. Dữ liệu trở lại như trước khi nhập."))
    return to(desk.url("_run", pk))


def drop(desk: Desk, request: HttpRequest, pk: int) -> HttpResponse:
    """Forget an upload that was not written."""
    run = run_of(request, desk, pk)
    if request.method == "POST" and run.state in (runs.UPLOADED, runs.READY):
        runs.drop(run)
        said(request, _("Đã bỏ tệp “%(name)s”.") % {"name": run.file_name})
        return to(desk.url())
    return to(desk.url("_run", pk))


def file(desk: Desk, request: HttpRequest, pk: int) -> HttpResponse:
    """The user's own file with what became of each row."""
    run = run_of(request, desk, pk)
    if not preview.exists(run.stored):
        return to(desk.url("_run", pk))
    try:
        body = workbook(run)
    except Unreadable:
        return to(desk.url("_run", pk))
    name = "-".join(plain(run.file_name.rsplit(".", 1)[0]).split()[:8]) or "danh-sach"
    answer = HttpResponse(body, content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-ket-qua.xlsx"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def settled(run: ImportRun) -> ImportRun:
    """A run whose job has come to grief goes one step back and says why."""
    if run.state in (runs.PLANNING, runs.APPLYING) and run.job is not None:
        job = Job.objects.filter(pk=run.job).first()
        if job is None or job.state == FAILED:
            back = runs.UPLOADED if run.state == runs.PLANNING else runs.READY
            if runs.step(run, back, since=(run.state,)):
                runs.tell(
                    run, problem=job.problem if job else _("Việc này không còn trong danh sách việc."), stopped=True
                )
    return run


def _progress(run: ImportRun) -> dict[str, Any]:
    job = Job.objects.filter(pk=run.job or 0).first()
    waits = job is None or job.state == "queued"
    text = _("Đang chờ đến lượt…") if waits else job.progress_text if job else ""
    begun = _("Đang ghi…") if run.state == runs.APPLYING else _("Đang xem từng dòng…")
    return {
        "percent": job.progress if job and job.progress else None, "text": text or begun,
        "nobody": waits and not somebody_works(), "writing": run.state == runs.APPLYING,
    }  # fmt: skip


def _shown(desk: Desk, request: HttpRequest, run: ImportRun, refused: Refused | None = None) -> HttpResponse:
    counts = (run.result or {}).get("counts") or {}
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in OUTCOMES else preview.EVERY
    there = preview.exists(run.stored)
    total = sum(counts.values()) if outcome == preview.EVERY else counts.get(COUNTED.get(outcome, outcome), 0)
    start = _start(request.GET.get("start", ""), total)
    actor = actor_of(request)
    blockers = refused.reasons if refused else []
    if run.state == runs.APPLIED and run.act and not refused:
        blockers = objections(run.act)
    lines = preview.page(run.stored, outcome, start, PAGE) if there else []
    context = {
        "desk": desk, "run": run, "counts": counts, "outcomes": OUTCOMES, "counted": COUNTED, "outcome": outcome,
        "lines": lines, "there": there,
        "start": start, "last": min(start + PAGE, total), "total": total,
        "before": address(request, start=max(0, start - PAGE) or None) if start else None,
        "after": address(request, start=start + PAGE) if start + PAGE < total else None,
        "unit": name_of(run.unit, actor.on) if run.unit else "", "blockers": blockers, "refused": refused is not None,
        "tabs": _tabs(request, counts, outcome), "result": run.result or {},
    }  # fmt: skip
    told_looks(request, run, (line.person_id for line in lines if line.words))
    return render(request, "members/imports/run.html", context, 422 if refused else 200)


def _start(asked: str, total: int) -> int:
    number = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    return min(number, max(0, total - 1)) // PAGE * PAGE


def _tabs(request: HttpRequest, counts: dict[str, int], outcome: str) -> list[tuple[str, str, bool]]:
    """The outcomes that occur, each with its number of rows."""
    tabs = [(_("Tất cả"), sum(counts.values()), preview.EVERY)]
    tabs += [(str(label), counts.get(COUNTED.get(code, code), 0), code) for code, label in OUTCOMES.items()]
    return [
        (
            f"{label} {num(count)}",
            address(request, outcome=None if code == preview.EVERY else code, start=None),
            code == outcome,
        )
        for label, count, code in tabs
        if count or code == preview.EVERY
    ]
