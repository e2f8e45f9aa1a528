"""Tables of the background jobs: what is to be done, and who is alive to do it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"
STATES = (QUEUED, RUNNING, DONE, FAILED)
OPEN = (QUEUED, RUNNING)


class Job(models.Model):
    """One piece of work outside a request. Whoever asked looks at `state`, `progress` and `result`.

    A running job is held by a lease: when its worker dies, the lease runs out and another worker takes the job.
    """

    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    # With a key, at most one job of that key is queued or running.
    key = models.CharField(max_length=120, blank=True, default="")
    state = models.CharField(max_length=10, default=QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    progress_text = models.CharField(max_length=300, blank=True, default="")
    result = models.JSONField(null=True)
    problem = models.TextField(blank=True, default="")
    language = models.CharField(max_length=8, default="vi")
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.BigIntegerField(null=True)
    due_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="job_state_known"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="job_progress_percent"),
            models.CheckConstraint(
                condition=~Q(state=RUNNING) | Q(lease_until__isnull=False), name="job_running_has_lease"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, finished_at__isnull=True)
                | Q(state__in=(DONE, FAILED), finished_at__isnull=False),
                name="job_finished_has_time",
            ),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state__in=OPEN) & ~Q(key=""), name="job_one_open_per_key"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="job_waiting", condition=Q(state=QUEUED)),
            models.Index(fields=["lease_until"], name="job_leased", condition=Q(state=RUNNING)),
            models.Index(fields=["kind", "finished_at"], name="job_last_of_kind"),
            models.Index(fields=["created_by", "-created_at"], name="job_of_account"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.state}"

    @property
    def open(self) -> bool:
        """Still queued or running."""
        return self.state in OPEN


class Worker(models.Model):
    """A process that takes jobs. `beat_at` is written every few seconds while it lives."""

    name = models.CharField(max_length=100, unique=True)
    started_at = models.DateTimeField(default=timezone.now)
    beat_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
