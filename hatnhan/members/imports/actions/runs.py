"""What is kept of an upload: whose it is, its columns, how far it has come, and the act that wrote it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.members.imports import storage
from hatnhan.members.imports.running import AnyPlan, Order
from hatnhan.members.models import ImportRun
from hatnhan.units.imports import actions as unit_actions

from .applying import undo as undo_members

KEEP = timedelta(days=30)
UPLOADED, PLANNING, READY, APPLYING, APPLIED, UNDONE, FAILED = (
    "uploaded", "planning", "ready", "applying", "applied", "undone", "failed",
)  # fmt: skip


def begin(
    *, actor: Actor, kind: str, unit: Unit | None, on: date, file_name: str, stored: str, mapping: dict[str, Any]
) -> ImportRun:
    """Keep an upload whose columns were looked at."""
    return ImportRun.objects.create(
        kind=kind, unit=unit, account=actor.account_id, file_name=file_name[:200], stored=stored, mapping=mapping,
        on=on, state=UPLOADED, created_at=timezone.now(), result={},
    )  # fmt: skip


def note(order: Order, plan: AnyPlan, act: int, tell: Callable[[ImportRun], None]) -> None:
    """Put an import from the command line into the history; nothing when nothing was written."""
    if act:
        tell(
            ImportRun.objects.create(
                kind=order.of.kind.code, unit=order.unit, account=order.actor.account_id, file_name=order.source[:200],
                stored="", on=order.on, state=APPLIED, result={"counts": plan.counts()}, created_at=timezone.now(),
                act=act,
            )
        )  # fmt: skip


def step(run: ImportRun, to: str, *, since: tuple[str, ...], **changes: Any) -> bool:
    """Bring an import one state further, unless somebody else has moved it meanwhile. True when it was done here."""
    done = ImportRun.objects.filter(pk=run.pk, state__in=since).update(state=to, **changes)
    run.refresh_from_db()
    return bool(done)


def tell(run: ImportRun, **facts: Any) -> None:
    """Add to what is known of an import's result."""
    run.result = {**(run.result or {}), **facts}
    run.save(update_fields=["result"])


def keep_mapping(run: ImportRun, mapping: dict[str, Any]) -> None:
    """Remember which column is what."""
    run.mapping = mapping
    run.save(update_fields=["mapping"])


def given_to(run: ImportRun, job: int) -> None:
    """Remember the job that is at work."""
    run.job = job
    run.save(update_fields=["job"])


def applied(run: ImportRun, plan: AnyPlan, act: int) -> None:
    """Note, in the transaction that writes, that an import is written. Raises `Refused` when it was written already."""
    run.result = {
        **(run.result or {}),
        "counts": plan.counts(),
        "rows": len(plan.lines),
        "problem": "",
        "stopped": False,
    }
    if not step(run, APPLIED, since=(APPLYING,), act=act or None, result=run.result):
        refuse("state", _("Lần nhập này đã được ghi."))


def undo(*, actor: Actor, run: ImportRun) -> None:
    """Take a whole import back. Raises `Refused` once something was built on it."""
    if run.state != APPLIED or run.act is None:
        refuse("state", _("Lần nhập này chưa ghi gì hoặc đã được hoàn tác."))
        raise AssertionError
    if run.kind == "units":
        done = unit_actions.undo(actor=actor, unit=run.unit, act_id=run.act)
    elif run.unit is not None:
        done = undo_members(actor=actor, unit=run.unit, act_id=run.act)
    step(run, UNDONE, since=(APPLIED,), undone_in=done)


def drop(run: ImportRun) -> None:
    """Forget an upload that was not written."""
    if run.stored:
        storage.remove(run.stored)
    ImportRun.objects.filter(pk=run.pk, act__isnull=True).delete()


def tidy(now: datetime) -> int:
    """Delete files older than 30 days; uploads that were never written disappear. Returns how many files went."""
    old = ImportRun.objects.filter(created_at__lt=now - KEEP).exclude(stored="").exclude(state__in=(PLANNING, APPLYING))
    gone = 0
    for run in old:
        storage.remove(run.stored)
        gone += 1
        if run.act is None:
            run.delete()
        else:
            run.stored = ""
            run.save(update_fields=["stored"])
    for stored in storage.leftovers(set(ImportRun.objects.values_list("stored", flat=True)), now - KEEP):
        storage.remove(stored)
        gone += 1
    return gone
