"""A worker process for tests: knows one job that says it began and then waits for ever."""

import os
import threading
from datetime import timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hatnhan.config.settings")
django.setup()

from hatnhan.kernel.jobs import KINDS, JobContext, job  # noqa: E402 - the models exist after setup() only
from hatnhan.kernel.worker import Loop  # noqa: E402

KINDS.clear()


@job("test.wait")
def wait(context: JobContext, *, mark: str) -> None:
    Path(mark).write_text(str(context.attempt), encoding="utf-8")
    threading.Event().wait()


if __name__ == "__main__":
    Loop(lease=timedelta(seconds=30), beat=0.2, poll=0.05).run()
