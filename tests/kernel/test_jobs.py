"""Jobs: taken once, never lost, and honest about how they ended."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from hatnhan.kernel import worker
from hatnhan.kernel.job_models import DONE, FAILED, QUEUED, RUNNING, Job, Worker
from hatnhan.kernel.jobs import KINDS, JobContext, enqueue, job
from hatnhan.kernel.refusal import Refused
from tests.databases import RealDatabase

PAST = timedelta(seconds=-1)


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    """Kinds declared by a test are forgotten after it."""
    known = dict(KINDS)
    KINDS.clear()
    yield
    KINDS.clear()
    KINDS.update(known)


def until(happened: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait for another process, a few milliseconds at a time."""
    deadline, pause = time.monotonic() + seconds, threading.Event()
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        pause.wait(0.02)


def let_lease_run_out(asked: Job) -> None:
    Job.objects.filter(pk=asked.pk).update(lease_until=timezone.now() + PAST)


# --- how a job ends -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_job_gets_its_payload_and_keeps_its_result() -> None:
    @job("test.add")
    def add(context: JobContext, *, a: int, b: int) -> dict[str, int]:
        context.progress(50, "nửa đường")
        return {"sum": a + b, "asked_by": context.account_id or 0}

    asked = enqueue("test.add", {"a": 2, "b": 3}, 7)
    assert (asked.state, asked.open) == (QUEUED, True)
    assert worker.run_all() == 1
    asked.refresh_from_db()
    assert (asked.state, asked.result, asked.progress) == (DONE, {"sum": 5, "asked_by": 7}, 100)
    assert asked.finished_at is not None
    assert worker.run_all() == 0


@pytest.mark.django_db
def test_a_failing_job_tells_its_problem(caplog: pytest.LogCaptureFixture) -> None:
    @job("test.break")
    def breaks(context: JobContext) -> None:
        raise ZeroDivisionError("a value nobody should read on a page")

    asked = enqueue("test.break")
    worker.run_all()
    asked.refresh_from_db()
    assert asked.state == FAILED
    assert asked.problem == f"Việc bị lỗi (ZeroDivisionError). Hãy báo người quản trị: việc số {asked.pk}."
    assert "a value nobody" in caplog.text
    assert worker.run_all() == 0, "a failure is not tried again by itself"


@pytest.mark.django_db
def test_a_refused_job_repeats_every_reason() -> None:
    @job("test.refuse")
    def refuses(context: JobContext) -> None:
        raise Refused("Dòng 7: không có chi bộ mang mã X.")

    asked = enqueue("test.refuse")
    worker.run_all()
    asked.refresh_from_db()
    assert (asked.state, asked.problem) == (FAILED, "Dòng 7: không có chi bộ mang mã X.")


@pytest.mark.django_db
def test_a_job_of_a_kind_that_is_gone_fails_instead_of_waiting_for_ever() -> None:
    asked = Job.objects.create(kind="test.gone")
    worker.run_all()
    asked.refresh_from_db()
    assert (asked.state, "test.gone" in asked.problem) == (FAILED, True)


@pytest.mark.django_db
def test_nobody_can_ask_for_an_undeclared_job() -> None:
    with pytest.raises(LookupError, match=r"test\.nothing"):
        enqueue("test.nothing")


@pytest.mark.django_db
def test_a_key_keeps_one_job_open() -> None:
    job("test.once")(lambda context: None)
    first, second = enqueue("test.once", key="facts"), enqueue("test.once", key="facts")
    assert first.pk == second.pk
    worker.run_all()
    assert enqueue("test.once", key="facts").pk != first.pk


@pytest.mark.django_db
def test_a_job_that_is_not_due_waits() -> None:
    job("test.later")(lambda context: None)
    enqueue("test.later", due_at=timezone.now() + timedelta(hours=1))
    assert worker.run_all() == 0


# --- leases -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_job_whose_lease_ran_out_is_taken_again() -> None:
    job("test.slow")(lambda context: context.attempt)
    asked = enqueue("test.slow")
    assert worker.take("first") is not None
    assert worker.take("second") is None, "the lease holds"
    let_lease_run_out(asked)
    again = worker.take("second")
    assert again is not None
    assert (again.pk, again.worker, again.attempts) == (asked.pk, "second", 2)


@pytest.mark.django_db
def test_a_job_that_never_comes_to_an_end_is_given_up_after_three_attempts() -> None:
    job("test.fatal")(lambda context: None)
    asked = enqueue("test.fatal")
    for number in range(3):
        assert worker.take(f"worker {number}") is not None
        let_lease_run_out(asked)
    assert worker.take("worker 4") is None
    asked.refresh_from_db()
    assert (asked.state, "3 lần" in asked.problem) == (FAILED, True)


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_neither_keeps_its_work_nor_ends_the_job() -> None:
    @job("test.slow")
    def slow(context: JobContext) -> None:
        with transaction.atomic():
            Worker.objects.create(name="what the job wrote")
            let_lease_run_out(asked)
            assert worker.take("second") is not None
            context.complete({"kept": False})

    asked = enqueue("test.slow")
    taken = worker.take("first")
    assert taken is not None
    worker.perform(taken)
    asked.refresh_from_db()
    assert not Worker.objects.filter(name="what the job wrote").exists()
    assert asked.state != DONE


@pytest.mark.django_db
def test_work_and_the_note_that_it_is_done_are_kept_together() -> None:
    @job("test.whole")
    def whole(context: JobContext) -> None:
        with transaction.atomic():
            Worker.objects.create(name="what the job wrote")
            context.complete("done")
            raise ZeroDivisionError

    asked = enqueue("test.whole")
    worker.run_all()
    asked.refresh_from_db()
    assert asked.state == FAILED
    assert not Worker.objects.filter(name="what the job wrote").exists()


def test_two_workers_never_run_one_job(real_db: RealDatabase) -> None:
    job("test.count")(lambda context: None)
    asked = {enqueue("test.count").pk for _number in range(30)}
    taken: list[int] = []
    start = threading.Barrier(4)

    def work(name: str) -> None:
        start.wait()
        while (mine := worker.take(name)) is not None:
            taken.append(mine.pk)
            worker.perform(mine)
        connection.close()

    threads = [threading.Thread(target=work, args=(f"worker {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # A thread may stop early when another holds the row it looked at; what is left must still be whole.
    while (rest := worker.take("last")) is not None:
        taken.append(rest.pk)
        worker.perform(rest)
    assert sorted(taken) == sorted(asked)
    assert set(Job.objects.values_list("state", "attempts")) == {(DONE, 1)}


def started(real_db: RealDatabase) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.kernel.waiting_worker"]
    return subprocess.Popen(command, env=real_db.environment(), stderr=subprocess.DEVNULL)


def test_a_killed_workers_job_is_done_by_the_next(real_db: RealDatabase, tmp_path: Path) -> None:
    mark = tmp_path / "began"
    job("test.wait")(lambda context, mark: f"attempt {context.attempt}")
    asked = enqueue("test.wait", {"mark": str(mark)})
    process = started(real_db)
    until(mark.exists)
    process.kill()
    process.wait()
    asked.refresh_from_db()
    assert (asked.state, worker.run_all()) == (RUNNING, 0)
    let_lease_run_out(asked)
    assert worker.run_all() == 1
    asked.refresh_from_db()
    assert (asked.state, asked.result) == (DONE, "attempt 2")


def test_a_stopped_worker_puts_its_job_back_at_once(real_db: RealDatabase, tmp_path: Path) -> None:
    mark = tmp_path / "began"
    job("test.wait")(lambda context, mark: None)
    asked = enqueue("test.wait", {"mark": str(mark)})
    process = started(real_db)
    until(mark.exists)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    asked.refresh_from_db()
    assert (asked.state, asked.attempts, asked.worker) == (QUEUED, 0, "")
    assert not Worker.objects.exists()


def test_a_worker_renews_the_lease_of_a_job_that_takes_long(real_db: RealDatabase, tmp_path: Path) -> None:
    mark = tmp_path / "began"
    job("test.wait")(lambda context, mark: None)
    asked = enqueue("test.wait", {"mark": str(mark)})
    process = started(real_db)
    try:
        until(mark.exists)
        asked.refresh_from_db()
        first = asked.lease_until
        assert first is not None

        def renewed() -> bool:
            asked.refresh_from_db()
            return asked.lease_until is not None and asked.lease_until > first

        until(renewed)
        assert worker.somebody_works()
    finally:
        process.kill()
        process.wait()


def test_progress_inside_a_transaction_shows_outside_on_postgresql_only(real_db: RealDatabase) -> None:
    seen: list[int] = []

    def look() -> None:
        seen.append(Job.objects.get(pk=asked.pk).progress)
        connection.close()

    @job("test.progress")
    def works(context: JobContext) -> None:
        context.progress(10)
        with transaction.atomic():
            context.progress(100)
            thread = threading.Thread(target=look)
            thread.start()
            thread.join()

    asked = enqueue("test.progress")
    worker.run_all()
    assert seen == [100 if connection.vendor == "postgresql" else 10]


# --- by itself ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_periodic_job_is_queued_once_and_again_when_its_time_has_come() -> None:
    job("test.daily", every=timedelta(days=1))(lambda context: None)
    worker.plan_periodic()
    worker.plan_periodic()
    assert Job.objects.count() == 1
    worker.run_all()
    worker.plan_periodic()
    assert Job.objects.count() == 1
    Job.objects.update(finished_at=timezone.now() - timedelta(days=2))
    worker.plan_periodic()
    assert Job.objects.filter(state=QUEUED).count() == 1


@pytest.mark.django_db
def test_a_worker_that_gave_no_sign_for_long_does_not_count() -> None:
    assert not worker.somebody_works()
    row = Worker.objects.create(name=f"here:{os.getpid()}")
    assert worker.somebody_works()
    Worker.objects.filter(pk=row.pk).update(beat_at=timezone.now() - worker.ALIVE)
    assert not worker.somebody_works()
