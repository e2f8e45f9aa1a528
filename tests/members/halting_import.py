"""The `hatnhan import` command in a process of its own that, for tests, halts in the middle of writing: after persons
and their standings are in, it makes the file named first and waits for ever."""

import os
import sys
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hatnhan.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - the models exist after setup() only
from django.db.models import Model  # noqa: E402

from hatnhan.kernel import bulk  # noqa: E402
from hatnhan.members.models import Membership  # noqa: E402

insert = bulk.insert


def halting(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    if model is Membership:
        Path(sys.argv[1]).touch()
        threading.Event().wait()
    return insert(model, fields, rows)


if __name__ == "__main__":
    bulk.insert = halting
    call_command("import", *sys.argv[2:])
