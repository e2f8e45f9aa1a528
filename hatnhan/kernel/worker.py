"""The process that does the jobs: takes one by a lease, keeps the lease alive, and says how it ended."""

import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from types import FrameType

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .job_models import DONE, FAILED, OPEN, QUEUED, RUNNING, Job, Worker
from .jobs import KINDS, JobContext, LeaseLost, enqueue
from .refusal import Refused

LEASE = timedelta(seconds=60)
BEAT_SECONDS = 10.0
POLL_SECONDS = 0.5
PERIODIC_SECONDS = 5.0
MAX_ATTEMPTS = 3
# Longer than a beat missed during one long write on SQLite, shorter than anybody's patience.
ALIVE = timedelta(seconds=90)

logger = logging.getLogger("hatnhan.jobs")


class Stopped(BaseException):
    """The process was asked to end while a job ran: the job's transaction is undone and the job queued again."""


def own_name() -> str:
    """A name no other process has: host, process id and a few random letters (ids come again after a restart)."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"


def somebody_works() -> bool:
    """True when a worker has given a sign of life in the last 90 seconds."""
    return Worker.objects.filter(beat_at__gt=timezone.now() - ALIVE).exists()


# --- taking -------------------------------------------------------------------------------------------------------


def take(worker: str, lease: timedelta = LEASE) -> Job | None:
    """
    The next job that is due, or whose worker died, now held by `worker`; None when there is nothing to do. A job that
    was begun three times and never came to an end is given up.
    """
    if not _waiting().exists():  # a plain read, so that an idle worker never takes SQLite's write lock
        return None
    with transaction.atomic():
        rows = _waiting().order_by("due_at", "id")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        job = rows.first()
        if job is None:
            return None
        if job.state == RUNNING and job.attempts >= MAX_ATTEMPTS:
            _end(job, FAILED, problem=_given_up(job))
            return None
        job.state, job.worker, job.lease_until = RUNNING, worker, timezone.now() + lease
        job.attempts += 1
        job.progress, job.progress_text = 0, ""
        job.save(update_fields=["state", "worker", "lease_until", "attempts", "progress", "progress_text"])
        return job


def _waiting() -> QuerySet[Job]:
    now = timezone.now()
    return Job.objects.filter(Q(state=QUEUED, due_at__lte=now) | Q(state=RUNNING, lease_until__lt=now))


def _given_up(job: Job) -> str:
    with translation.override(job.language):
        return _("Việc này đã bị ngắt %(n)s lần khi đang chạy nên không chạy lại nữa.") % {"n": job.attempts}


def _end(job: Job, state: str, *, problem: str = "", result: object = None) -> None:
    Job.objects.filter(pk=job.pk, worker=job.worker, attempts=job.attempts, state=RUNNING).update(
        state=state, problem=problem, result=result, finished_at=timezone.now(), lease_until=None,
        progress=100 if state == DONE else F("progress"),
    )  # fmt: skip


# --- doing --------------------------------------------------------------------------------------------------------


def perform(job: Job) -> None:
    """Do a job that was taken, and note its end. Only `Stopped` gets out."""
    context = JobContext(job.pk, job.created_by, job.worker, job.attempts)
    try:
        with translation.override(job.language):
            _perform(job, context)
    except Stopped:
        Job.objects.filter(pk=job.pk, worker=job.worker, attempts=job.attempts, state=RUNNING).update(
            state=QUEUED, lease_until=None, worker="", attempts=F("attempts") - 1
        )
        raise
    finally:
        context.close()


def _perform(job: Job, context: JobContext) -> None:
    kind = KINDS.get(job.kind)
    if kind is None:
        _end(job, FAILED, problem=_("Phiên bản này không còn biết việc “%(kind)s”.") % {"kind": job.kind})
        return
    try:
        result = kind.function(context, **job.payload)
    except Refused as refused:
        _end(job, FAILED, problem="\n".join(str(reason.message) for reason in refused.reasons))
    except LeaseLost:
        logger.warning("job %s (%s) was taken by another worker; undone here", job.pk, job.kind)
    except Exception as error:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        told = {"kind": type(error).__name__, "number": job.pk}
        _end(job, FAILED, problem=_("Việc bị lỗi (%(kind)s). Hãy báo người quản trị: việc số %(number)s.") % told)
    else:
        _end(job, DONE, result=result)  # changes nothing after `context.complete`


def plan_periodic() -> None:
    """Queue every periodic job whose last end lies far enough back and that is not queued or running."""
    periodic = {code: kind.every for code, kind in KINDS.items() if kind.every is not None}
    if not periodic:
        return
    open_keys = set(Job.objects.filter(key__in=periodic, state__in=OPEN).values_list("key", flat=True))
    ended = dict(Job.objects.filter(kind__in=periodic).values_list("kind").annotate(Max("finished_at")))
    now = timezone.now()
    for code, every in periodic.items():
        last = ended.get(code)
        due = code not in open_keys and (last is None or last + every <= now)
        needed = KINDS[code].needed
        if due and (needed is None or needed()):
            enqueue(code, key=code)


def run_all(worker: str = "here", limit: int = 1000) -> int:
    """Do everything that is due, in this process, and return how many jobs that were. For tests and the demo."""
    for done in range(limit):
        job = take(worker)
        if job is None:
            return done
        perform(job)
    return limit


# --- the process --------------------------------------------------------------------------------------------------


class Pulse(threading.Thread):
    """Writes the worker's sign of life and renews the lease of its job, whatever the main thread is busy with."""

    def __init__(self, worker: str, lease: timedelta = LEASE, beat: float = BEAT_SECONDS) -> None:
        super().__init__(name="pulse", daemon=True)
        self.worker, self.lease, self.beat = worker, lease, beat
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(self.beat):
            self.once()
        connection.close()

    def once(self) -> None:
        """One beat. A database that cannot be written just now is tried again at the next beat."""
        now = timezone.now()
        try:
            Worker.objects.filter(name=self.worker).update(beat_at=now)
            Job.objects.filter(worker=self.worker, state=RUNNING).update(lease_until=now + self.lease)
        except DatabaseError as error:
            logger.info("no beat this time: %s", error)
            connection.close()


class Loop:
    """Takes and does jobs until it is told to stop."""

    def __init__(self, *, lease: timedelta = LEASE, beat: float = BEAT_SECONDS, poll: float = POLL_SECONDS) -> None:
        self.name = own_name()
        self.lease, self.beat, self.poll = lease, beat, poll
        self.stopping = threading.Event()
        self.busy = False

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Signal handler: ends the wait, or interrupts the job that runs."""
        self.stopping.set()
        if self.busy:
            raise Stopped

    def run(self) -> None:
        """Work until stopped; on the way out the worker's row goes."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        Worker.objects.filter(beat_at__lt=timezone.now() - timedelta(days=1)).delete()
        Worker.objects.create(name=self.name)
        pulse = Pulse(self.name, self.lease, self.beat)
        pulse.start()
        logger.info("worker %s takes jobs", self.name)
        try:
            self._work()
        except Stopped:
            logger.info("worker %s put its job back", self.name)
        finally:
            pulse.over.set()
            Worker.objects.filter(name=self.name).delete()
            connection.close()

    def _work(self) -> None:
        planned = 0.0
        while not self.stopping.is_set():
            if time.monotonic() - planned >= PERIODIC_SECONDS:
                self._tried(plan_periodic)
                planned = time.monotonic()
            if not self._tried(self._one):
                self.stopping.wait(self.poll)

    def _one(self) -> bool:
        job = take(self.name, self.lease)
        if job is None:
            return False
        self.busy = True
        try:
            perform(job)
        finally:
            self.busy = False
        return True

    def _tried(self, step: Callable[[], object]) -> bool:
        """A database that is away for a while must not end the worker."""
        try:
            return bool(step())
        except DatabaseError as error:
            logger.warning("the database does not answer: %s", error)
            connection.close()
            return False
