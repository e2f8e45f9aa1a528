"""Work outside a request: declared with `@job`, asked for with `enqueue`, done by `hatnhan work`.

    @job("members.import")
    def import_members(context: JobContext, *, upload: int) -> dict[str, int]: ...

    enqueue("members.import", {"upload": 7}, account_id=request.actor.account_id)

A job may run twice: a worker that dies between the job's commit and the note that it is done leaves it queued again.
A job for which that would be wrong calls `context.complete(result)` as the last thing inside its own transaction.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, connections
from django.utils import timezone
from django.utils.translation import get_language

from .job_models import DONE, OPEN, RUNNING, Job

JobFunction = Callable[..., Any]
PROGRESS_SECONDS = 0.5


@dataclass(frozen=True)
class Kind:
    """A declared kind of job; `every` makes it periodic, `needed` leaves it out while there is nothing to do."""

    code: str
    function: JobFunction
    every: timedelta | None = None
    needed: Callable[[], bool] | None = None


KINDS: dict[str, Kind] = {}


class LeaseLost(Exception):
    """The job was given to another worker meanwhile: what this one did must not be kept."""


def job(
    code: str, *, every: timedelta | None = None, needed: Callable[[], bool] | None = None
) -> Callable[[JobFunction], JobFunction]:
    """Register `function(context, **payload)`; with `every` it also runs by itself, that long after its last end, and
    with `needed` only when that, a plain reading, says so."""

    def register(function: JobFunction) -> JobFunction:
        if code in KINDS and KINDS[code].function is not function:
            raise RuntimeError(f"two jobs are called {code}")
        KINDS[code] = Kind(code, function, every, needed)
        return function

    return register


def enqueue(
    kind: str,
    payload: dict[str, Any] | None = None,
    account_id: int | None = None,
    *,
    key: str = "",
    due_at: datetime | None = None,
) -> Job:
    """
    Ask for a job; it starts once the surrounding transaction is committed. With a `key` that is open already, that
    job is returned instead. Raises LookupError for a kind that nobody declared.
    """
    if kind not in KINDS:
        raise LookupError(f"no job is called {kind}")
    fresh = Job(
        kind=kind, payload=payload or {}, key=key, created_by=account_id,
        language=get_language() or "vi", due_at=due_at or timezone.now(),
    )  # fmt: skip
    if not key:
        fresh.save(force_insert=True)
        return fresh
    Job.objects.bulk_create([fresh], ignore_conflicts=True)
    return Job.objects.get(key=key, state__in=OPEN)


@dataclass
class JobContext:
    """What a job's function is told about its job, and how it tells back."""

    job_id: int
    account_id: int | None
    worker: str
    attempt: int
    _told_at: float = field(default=0.0, repr=False)
    _aside: Any = field(default=None, repr=False)

    def progress(self, percent: int, text: str = "") -> None:
        """
        Show how far the job is (0 to 100) and what it does, in the asker's language. Cheap to call often. Inside a
        transaction it goes through a connection of its own on PostgreSQL; SQLite has one writer, so there nothing
        shows until the transaction ends: check first, then write in one short transaction.
        """
        now = time.monotonic()
        if now - self._told_at < PROGRESS_SECONDS and percent not in (0, 100):
            return
        inside = connection.in_atomic_block
        if inside and connection.vendor == "sqlite":
            return
        self._told_at = now
        values = (max(0, min(100, percent)), text[:300], self.job_id, self.worker)
        with (self._own_connection() if inside else connection).cursor() as cursor:
            cursor.execute(
                "UPDATE kernel_job SET progress = %s, progress_text = %s WHERE id = %s AND worker = %s"
                " AND state = 'running'",
                values,
            )

    def complete(self, result: Any = None) -> None:
        """
        Note that the job is done, in the running transaction: the work and the note are kept together or not at all.
        Raises `LeaseLost`, which undoes the work, when the job meanwhile belongs to another worker.
        """
        held = Job.objects.filter(pk=self.job_id, worker=self.worker, attempts=self.attempt, state=RUNNING)
        if not held.update(state=DONE, result=result, progress=100, finished_at=timezone.now(), lease_until=None):
            raise LeaseLost(f"job {self.job_id}")

    def close(self) -> None:
        """Close the progress connection, if one was opened."""
        if self._aside is not None:
            self._aside.close()
            self._aside = None

    def _own_connection(self) -> Any:
        if self._aside is None:
            self._aside = connections.create_connection("default")
        return self._aside
