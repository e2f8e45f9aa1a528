"""A batch of letters as one job: parts of a hundred letters in one archive, so that a thousand take no more memory than
a hundred."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from hatnhan.access.actors import actor_for
from hatnhan.access.models import Account
from hatnhan.documents import docx_file, pdf
from hatnhan.kernel.days import today
from hatnhan.kernel.jobs import JobContext, job
from hatnhan.kernel.models import Unit
from hatnhan.units.queries import names

from . import papers, queries

A_PART, KEPT = 100, timedelta(days=30)
Say = Callable[[int, str], None]


def folder() -> Path:
    """Where the archives lie, for this program alone."""
    path = Path(settings.MEDIA_ROOT) / "letters"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def file_of(job_id: int) -> Path:
    """The archive of a job."""
    return folder() / f"{job_id}.zip"


@job("honours.letters")
def make_letters(context: JobContext, *, unit: int, batch: str, form: str) -> dict[str, Any]:
    """The letters of a unit for a batch; whoever asked may have lost the right meanwhile, then there are none."""
    actor = actor_for(Account.objects.filter(pk=context.account_id).first(), today())
    keys = list(queries.decided(actor, unit, date.fromisoformat(batch)).values_list("pk", flat=True))
    written = write(file_of(context.job_id), Unit.objects.get(pk=unit), keys, form, actor.on, context.progress)
    return {"letters": written}


def write(target: Path, unit: Unit, keys: Sequence[int], form: str, on: date, say: Say) -> int:
    """Write the archive: `form` pdf gives files of a hundred letters, docx one file a letter. Returns how many."""
    done = 0
    fresh = target.with_suffix(".part")
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED if form == "pdf" else zipfile.ZIP_DEFLATED) as archive:
        for number, part in enumerate(_parts(keys), start=1):
            cases = list(queries.in_order(part))
            made = papers.letters(unit, cases, names({case.unit_id for case in cases}, on), on)
            if form == "pdf":
                archive.writestr(f"thu-{number:03}.pdf", pdf.letters(made, "Thư báo tặng Huy hiệu Đảng"))
            else:
                for case, paper in zip(cases, made, strict=True):
                    archive.writestr(f"{case.pk}.docx", docx_file.written(paper))
            done += len(cases)
            say(done * 100 // max(1, len(keys)), _("Đã làm %(n)s/%(all)s thư") % {"n": done, "all": len(keys)})
    fresh.chmod(0o600)
    fresh.replace(target)
    return done


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), A_PART):
        yield keys[start : start + A_PART]


@job("honours.tidy_letters", every=timedelta(days=1))
def tidy_letters(context: JobContext) -> dict[str, int]:
    """Archives are kept for 30 days."""
    limit = timezone.now().timestamp() - KEPT.total_seconds()
    gone = 0
    for path in folder().glob("*.zip"):
        if path.stat().st_mtime < limit:
            path.unlink()
            gone += 1
    return {"files": gone}
