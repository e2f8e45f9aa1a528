"""Files of a paper: laid on disk and written down with their hash."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop

from hatnhan.documents.files import Given, checked, keep
from hatnhan.documents.models import File, Paper
from hatnhan.kernel.action import act
from hatnhan.kernel.actor import Actor


def keep_files(
    actor: Actor, paper: Paper, role: str, given: Sequence[Given], allowed: frozenset[str], field: str = "file"
) -> list[File]:
    """Check all of the files, then keep them, inside the running act."""
    kinds = [checked(one, allowed, field) for one in given]
    first = File.objects.filter(paper=paper, role=role).count()
    found = []
    for position, (one, kind) in enumerate(zip(given, kinds, strict=True), first):
        kept = keep(one, kind)
        row = File.objects.create(
            paper=paper, role=role, name=kept.name, kind=kept.kind, size=kept.size, sha256=kept.sha256,
            position=position, added_at=act().at, added_by=actor.label[:200], added_in=act().id,
        )  # fmt: skip
        act().tell(
            gettext_noop("Giữ tệp %(name)s, dấu SHA-256 %(hash)s."), name=kept.name, hash=kept.sha256,
        )  # fmt: skip
        found.append(row)
    return found
