"""Handing a list over: the file, then the meaning of its columns."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.forms import sent
from hatnhan.kernel.jobs import enqueue
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import actor_of, render
from hatnhan.kernel.sheets.kinds import Unreadable
from hatnhan.members.imports import columns, storage
from hatnhan.members.imports import desk as at_desk
from hatnhan.members.imports.actions import runs
from hatnhan.members.imports.forms import UploadForm
from hatnhan.members.imports.reading import Opened
from hatnhan.members.models import ImportRun

from .desks import Desk, at_the_top, first_unit, history, run_of, to

REFUSED = "hatnhan.upload_refused"
"""Key of `request.META` under which the name of a file stands that was too large to be taken."""
MOST_SHEETS = 500
KEPT = "import_kept"
"""Key of the session for a file whose form had another flaw."""


def start(desk: Desk, request: HttpRequest) -> HttpResponse:
    """Hand a file over; below it, what was handed over before."""
    actor = actor_of(request)
    kept = request.session.get(KEPT) or {}
    top = desk.kind == "units" and at_the_top(actor, desk.permission) and not Unit.objects.exists()
    form = UploadForm(
        sent(request), request.FILES or None, actor=actor, code=desk.permission, kept=kept.get("stored", ""), top=top,
        initial={"on": actor.on, "unit": first_unit(request, desk)},
    )  # fmt: skip
    if request.method == "POST":
        if name := request.META.get(REFUSED):
            form.add_error("file", too_large(str(name)))
        if form.is_valid():
            try:
                return _received(request, desk, actor, form.cleaned_data, kept)
            except (storage.NotStored, Unreadable) as error:
                form.add_error("file", str(error))
        elif request.FILES.get("file") is not None and "file" not in form.errors:
            kept = _keep(request, form)
    shown, older = history(actor, desk, request.GET.get("before", ""))
    context = {"desk": desk, "form": form, "kept": kept.get("name", ""), "history": shown, "older": older}
    return render(request, "members/imports/start.html", context, 422 if form.errors else 200)


def too_large(name: str) -> str:
    """The sentence for a file that was not taken."""
    most = settings.HATNHAN_UPLOAD_BYTES // 1_000_000
    text = _("Tệp “%(name)s” lớn hơn %(most)s MB nên chưa nhận. Hãy chia thành nhiều tệp hoặc bỏ hình ảnh trong tệp.")
    return text % {"name": name, "most": most}


def _received(
    request: HttpRequest, desk: Desk, actor: Actor, given: dict[str, Any], kept: dict[str, str]
) -> HttpResponse:
    file: UploadedFile | None = given["file"]
    name, stored = (str(file.name), storage.store(file.chunks())) if file else (kept["name"], kept["stored"])
    request.session.pop(KEPT, None)
    if kept and file:
        storage.remove(kept["stored"])
    run, _of = at_desk.receive(
        actor=actor, kind=desk.kind, unit=given["unit"], on=given["on"], file_name=name, stored=stored
    )
    return to(desk.url("_columns", run.pk))


def _keep(request: HttpRequest, form: UploadForm) -> dict[str, str]:
    """The file is fine, something else is not: it need not be chosen again."""
    file: Any = request.FILES["file"]
    try:
        kept = {"stored": storage.store(file.chunks()), "name": str(file.name)}
    except storage.NotStored as error:
        form.add_error("file", str(error))
        return {}
    if before := request.session.get(KEPT):
        storage.remove(before["stored"])
    request.session[KEPT] = kept
    form.fields["file"].required = False
    return kept


def choose_columns(desk: Desk, request: HttpRequest, pk: int) -> HttpResponse:
    """What each column means: recognised, to be checked, changed and remembered."""
    run = run_of(request, desk, pk)
    if run.state not in (runs.UPLOADED, runs.READY) or not run.stored:
        return to(desk.url("_run", pk))
    try:
        if request.method == "POST" and "sheets" in request.POST:
            at_desk.turn_to_all(run, request.POST.getlist("sheets")[:MOST_SHEETS])
            return to(desk.url("_columns", pk))
        if request.method == "POST" and request.POST.get("sheet"):
            at_desk.turn_to(run, request.POST["sheet"])
            return to(desk.url("_columns", pk))
        of = at_desk.reopened(run)
    except Unreadable as error:
        context = {"desk": desk, "run": run, "problem": str(error)}
        return render(request, "members/imports/unreadable.html", context, 422)
    problem = ""
    if request.method == "POST":
        of = columns.assigned(of, columns.chosen(of, request.POST))
        problem = columns.flaw(of)
        if not problem:
            at_desk.remember(run, of)
            return _planned(desk, run, actor_of(request), of)
    told = (run.result or {}).get("problem", "")
    context = {
        "desk": desk, "run": run, "of": of, "columns": columns.columns_of(of), "problem": problem or told,
        "notes": of.notes(), "sheets": [sheet.name for sheet in of.book.sheets if sheet.rows],
        "lists": of.lists if desk.kind != "units" else [],
    }  # fmt: skip
    return render(request, "members/imports/columns.html", context, 422 if problem else 200)


def _planned(desk: Desk, run: ImportRun, actor: Actor, of: Opened) -> HttpResponse:
    """Look through a short list at once, let the worker look through a long one."""
    if desk.compares:
        runs.step(run, runs.READY, since=(runs.UPLOADED, runs.READY))
        return to(desk.url("_run", run.pk))
    if runs.step(run, runs.PLANNING, since=(runs.UPLOADED, runs.READY)):
        if len(of.sheet.rows) <= at_desk.ROWS_AT_ONCE:
            at_desk.make_preview(run, actor, of=of)
        else:
            job = enqueue("members.plan_import", {"run": run.pk}, account_id=actor.account_id)
            runs.given_to(run, job.pk)
    return to(desk.url("_run", run.pk))
