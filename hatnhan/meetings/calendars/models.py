"""When meetings are held as a rule: fixed days, the year's themes, and the addresses of calendar feeds."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.models import Unit
from hatnhan.kernel.period import Dated, NoOverlap, forward
from hatnhan.members.models import Person


class MeetingDay(Dated):
    """The day of the month, or the days, on which a unit meets, with hour and place; with `below` also for everything
    under it that has set none of its own."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meeting_days")
    first_day = models.PositiveSmallIntegerField()
    last_day = models.PositiveSmallIntegerField()
    starts = models.TimeField(null=True, default=None)
    place = models.CharField(max_length=120, blank=True, default="")
    below = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("ngày sinh hoạt cố định")
        constraints = [
            forward("meeting_day_forward"),
            NoOverlap(fields=["unit"], name="meeting_day_once"),
            models.CheckConstraint(
                condition=Q(first_day__gte=1, last_day__lte=28, first_day__lte=F("last_day")),
                name="meeting_day_in_every_month",
            ),
        ]
        indexes = [models.Index(fields=["unit"], name="meeting_day_unit", condition=Q(voided_at__isnull=True))]


class Theme(models.Model):
    """A thematic meeting that is planned for a quarter: its topic, and who drafts it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=200)
    drafter = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()
    voided_at = models.DateTimeField(null=True, default=None)
    voided_in = models.BigIntegerField(null=True, default=None)

    class Meta:
        verbose_name = _("chuyên đề trong năm")
        constraints = [models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="theme_in_a_quarter")]
        indexes = [models.Index(fields=["unit", "year"], name="theme_unit", condition=Q(voided_at__isnull=True))]


class Feed(models.Model):
    """The secret address of a calendar feed: of its holder's own meetings, or with a unit of that unit's. Only a hash
    of the secret is kept; what the holder may no longer see, the feed no longer tells."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    tail = models.CharField(max_length=8)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, default=None)
