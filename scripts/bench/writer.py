"""A process that writes at a given rate: each write moves somebody to another cell and marks both, as an act does.

    python -m scripts.bench.writer PER_SECOND SECONDS

prints how many writes it did and in how many seconds."""

import sys
import time
from datetime import date
from importlib import import_module
from itertools import cycle
from typing import Any

import django


def main() -> None:
    """Write until the time is over; late writes are made up for."""
    django.setup()
    rate, seconds = float(sys.argv[1]), float(sys.argv[2])
    write = _writing()
    start, done = time.perf_counter(), 0
    while (now := time.perf_counter() - start) < seconds:
        if done < now * rate:
            write()
            done += 1
        else:
            time.sleep(0.001)
    sys.stdout.write(f"{done} {time.perf_counter() - start}\n")


def _writing() -> Any:
    database = import_module("django.db")
    marks = import_module("hatnhan.kernel.facts.marks")
    sheet = import_module("hatnhan.kernel.facts").SHEETS["members"]
    timezone = import_module("django.utils.timezone")
    rows = import_module("hatnhan.members.models").Membership.objects
    on = import_module("hatnhan.kernel.fact_models").KeptMonth.objects.latest("month").day
    held = cycle(list(rows.on(on).filter(kind="home").order_by("pk").values_list("pk", "unit_id")[:2000]))
    cells = cycle(sorted({unit for _pk, unit in rows.on(on).filter(kind="home").values_list("pk", "unit_id")}))
    far = date(9999, 12, 30)

    def write() -> None:
        pk, unit = next(held)
        to, now = next(cells), timezone.now()
        with database.transaction.atomic():
            rows.filter(pk=pk).update(unit_id=to)
            marks.insert(sheet, {(unit, on, far), (to, on, far)}, now)

    return write


if __name__ == "__main__":
    main()
