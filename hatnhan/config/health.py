"""Two questions of whoever watches the server: is the process up, and may it be given work."""

from collections.abc import Callable
from shutil import disk_usage

from django.conf import settings
from django.core.management import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from hatnhan.kernel.checks import CHECKS, findings
from hatnhan.kernel.worker import somebody_works

_LEAST = 1 << 20
"""Bytes without which a database can hardly be opened."""
Next = Callable[[HttpRequest], HttpResponse]


def answer_probes(get_response: Next) -> Next:
    """
    Answer `/healthz` (the process is up) and `/readyz` (the database answers, is migrated, the job worker lives)
    before any other middleware, so that neither a host name, nor https, nor a session is asked for.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return JsonResponse({"up": True})
        if request.path == "/readyz":
            problems = readiness()
            return JsonResponse({"ready": not problems, "problems": problems}, status=503 if problems else 200)
        return get_response(request)

    return middleware


def readiness() -> list[str]:
    """What keeps this installation from work: `database`, `not-migrated` or `worker`; empty when nothing does."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return ["not-migrated"]
        return [] if somebody_works() else ["worker"]
    except DatabaseError:
        return ["database"]


def refuse_keyless() -> None:
    """Raises CommandError with one plain sentence when keys are missing."""
    if not settings.HATNHAN_HAS_KEYS:
        told = {"folder": settings.DATA}
        raise CommandError(_("Chưa có khóa bí mật trong %(folder)s. Hãy chạy “hatnhan init” trước.") % told)


def refuse_flawed() -> None:
    """Raises CommandError with what is wrong and what mends it when something would let work go wrong, as another
    installation's key."""
    for _check, finding in findings(code for code, one in CHECKS.items() if one.at_start):
        raise CommandError(f"{finding.what} {finding.mend}")


def refuse_unready() -> None:
    """Raises CommandError with one plain sentence when keys are missing or the database is not migrated."""
    refuse_keyless()
    problems = [code for code in readiness() if code != "worker"]
    if "database" in problems and disk_usage(settings.DATA).free < _LEAST:
        raise CommandError(_("Ổ đĩa của %(folder)s đã đầy. Hãy dọn chỗ trống trước.") % {"folder": settings.DATA})
    if "database" in problems:
        raise CommandError(_("Không mở được cơ sở dữ liệu. Hãy xem lại DATABASE_URL và HATNHAN_DATA."))
    if problems:
        raise CommandError(_("Cơ sở dữ liệu chưa theo kịp phiên bản này. Hãy chạy “hatnhan init”."))
