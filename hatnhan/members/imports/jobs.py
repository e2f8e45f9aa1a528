"""What imports leave to the worker: planning and writing long lists, and clearing away old files."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hatnhan.access.actors import actor_for
from hatnhan.access.models import Account
from hatnhan.kernel.actor import Actor, Forbidden, NotFound
from hatnhan.kernel.days import today
from hatnhan.kernel.jobs import JobContext, job
from hatnhan.members.models import ImportRun

from . import desk
from .actions import runs


@job("members.plan_import")
def plan_import(context: JobContext, *, run: int) -> dict[str, Any]:
    """Make the preview of an upload."""
    row = ImportRun.objects.filter(pk=run).first()
    if row is not None and row.state == runs.PLANNING:
        _allowed(row, lambda: desk.make_preview(row, _actor(context), context.progress))
    return {"run": run}


@job("members.write_import")
def write_import(context: JobContext, *, run: int) -> dict[str, Any]:
    """Write what was previewed, in one transaction with the note that the job is done."""
    row = ImportRun.objects.filter(pk=run).first()
    if row is not None and row.state == runs.APPLYING:
        _allowed(row, lambda: desk.write(row, _actor(context), say=context.progress, done=context.complete))
    return {"run": run}


@job("members.tidy_imports", every=timedelta(days=1))
def tidy_imports(context: JobContext) -> dict[str, int]:
    """Uploaded lists are kept for 30 days."""
    return {"files": runs.tidy(timezone.now())}


def _actor(context: JobContext) -> Actor:
    account = Account.objects.filter(pk=context.account_id).first()
    return actor_for(account, today())


def _allowed(row: ImportRun, work: Any) -> None:
    """Whoever asked may have lost the right meanwhile."""
    try:
        work()
    except (Forbidden, NotFound):
        back = runs.UPLOADED if row.state == runs.PLANNING else runs.READY
        runs.tell(row, problem=_("Đồng chí không còn quyền nhập danh sách cho tổ chức này."))
        runs.step(row, back, since=(runs.PLANNING, runs.APPLYING))
