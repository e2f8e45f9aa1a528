"""What was put onto the national e-handbook, and when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Posted(models.Model):
    """A tick: the papers of a meeting were put onto the national e-handbook, `ahead` of it or `final` ones after it; at
    which moment, by whom. It is told by a person: nothing is sent from here."""

    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, null=True, default=None, related_name="posted")
    sitting = models.ForeignKey("meetings.Sitting", models.PROTECT, null=True, default=None, related_name="posted")
    part = models.CharField(max_length=5)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()
    voided_at = models.DateTimeField(null=True, default=None)
    voided_in = models.BigIntegerField(null=True, default=None)

    class Meta:
        verbose_name = _("lần đưa lên Sổ tay")
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting__isnull=False, sitting__isnull=True)
                | Q(meeting__isnull=True, sitting__isnull=False, part="ahead"),
                name="posted_of_one_meeting",
            ),
            models.UniqueConstraint(
                fields=["meeting", "part"], condition=Q(voided_at__isnull=True), name="posted_once_for_a_meeting"
            ),
            models.UniqueConstraint(
                fields=["sitting", "part"], condition=Q(voided_at__isnull=True), name="posted_once_for_a_sitting"
            ),
        ]
