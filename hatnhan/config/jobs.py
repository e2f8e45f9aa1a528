"""What the installation does by itself, day by day."""

import logging
from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from hatnhan.kernel import digests
from hatnhan.kernel.chains import flaws
from hatnhan.kernel.job_models import OPEN, Job
from hatnhan.kernel.jobs import KINDS, JobContext, job

logger = logging.getLogger("hatnhan.audit")
KEEP_PERIODIC = timedelta(days=2)
KEEP_ASKED_FOR = timedelta(days=180)


@job("config.tidy", every=timedelta(days=1))
def tidy(context: JobContext) -> dict[str, int]:
    """Remove sessions that have run out and jobs that ended long ago; the log keeps what they did."""
    SessionStore.clear_expired()
    now = timezone.now()
    periodic = [code for code, kind in KINDS.items() if kind.every is not None]
    ended = Job.objects.exclude(state__in=OPEN)
    gone = ended.filter(kind__in=periodic, finished_at__lt=now - KEEP_PERIODIC).delete()[0]
    gone += ended.exclude(kind__in=periodic).filter(finished_at__lt=now - KEEP_ASKED_FOR).delete()[0]
    return {"jobs": gone}


@job("config.digest", every=timedelta(days=1))
def digest(context: JobContext) -> dict[str, int | str]:
    """Look the log through against the former digest, then write today's. What does not hold is said in the server's
    own log; `hatnhan audit verify` names each place."""
    former = digests.last()
    count = sum(1 for _flaw in flaws(sealed=former.heads if former else None)) + len(digests.broken())
    if count:
        logger.error("the log does not hold in %s places; run hatnhan audit verify", count)
    return {"flaws": count, "file": digests.draw_up().name}
