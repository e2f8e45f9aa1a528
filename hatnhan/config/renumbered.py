"""Steps of the database that were renumbered once, without a change of what they do: installations and back-ups of
before 27 November 2026, 18:38 UTC, know them by their former names."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

Step = tuple[str, str]
FORMER: dict[Step, Step] = {
    ("meetings", before): ("meetings", now)
    for before, now in (
        ("0003_papers", "0009_papers"),
        ("0004_prepare", "0003_prepare"),
        ("0005_live", "0007_live"),
        ("0006_scores", "0004_scores"),
        ("0008_calendars", "0005_calendars"),
        ("0009_oversight", "0006_oversight"),
        ("0010_packets", "0008_packets"),
        ("0012_on_day", "0010_on_day"),
    )
}


def named_now(steps: Iterable[Iterable[str]]) -> set[Step]:
    """Steps (app, name) by the names that they have now."""
    return {FORMER.get((app, name), (app, name)) for app, name in steps}


def take_new_names() -> None:
    """Let the database that `default` means know its steps by the names of now; before it is migrated."""
    recorder = MigrationRecorder(connection)
    applied = set(recorder.applied_migrations())
    with transaction.atomic():
        for former in sorted(applied & FORMER.keys()):
            recorder.record_unapplied(*former)
            if FORMER[former] not in applied:
                recorder.record_applied(*FORMER[former])
