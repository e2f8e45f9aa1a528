"""The one job that writes facts and sums."""

import time
from datetime import timedelta

from ..days import today
from ..jobs import JobContext, job
from . import keeping

SECONDS = 20.0  # then others have their turn; what is left is done by the next one


def _needed() -> bool:
    return keeping.needed(today())


@job("kernel.facts", every=timedelta(seconds=2), needed=_needed)
def count(context: JobContext) -> dict[str, int]:
    """Count what is marked, open the month that has begun, close the one that has ended."""
    end = time.monotonic() + SECONDS
    return {"steps": keeping.keep_up(today(), lambda: time.monotonic() > end)}
