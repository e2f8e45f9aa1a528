"""A meeting on its way: planned, prepared, invited to, held. Closing it records a `Meeting`, which alone counts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.models import Unit
from hatnhan.members.models import Person


class Sitting(models.Model):
    """One meeting of a unit from its plan to its end. `version` rises with everything that those who follow on a
    phone must see; `meeting` is what was recorded when it was closed."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sittings")
    kind = models.CharField(max_length=15)
    form = models.CharField(max_length=10, default="in_person")
    state = models.CharField(max_length=10, default="planned")
    day = models.DateField()
    starts = models.TimeField()
    place = models.CharField(max_length=120, blank=True, default="")
    topic = models.CharField(max_length=200, blank=True, default="")
    chair = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    clerk = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, default=None)
    closed_at = models.DateTimeField(null=True, default=None)
    meeting = models.OneToOneField("meetings.Meeting", models.PROTECT, null=True, default=None, related_name="sitting")
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()

    class Meta:
        verbose_name = _("buổi họp")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", meeting__isnull=False) | (~Q(state="closed") & Q(meeting=None)),
                name="sitting_closed_is_recorded",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "closed"], opened_at__isnull=False) | ~Q(state__in=["open", "closed"]),
                name="sitting_open_since",
            ),
            models.UniqueConstraint(
                fields=["unit", "day", "starts"], condition=~Q(state="cancelled"), name="sitting_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["unit", "day"], name="sitting_unit")]

    def __str__(self) -> str:
        return f"{self.day}"


class AgendaItem(models.Model):
    """One item of the agenda: what is dealt with, by whom, in how many minutes, and the draft text, if any. `subject`
    and `subject_id` name the case of another module that the item belongs to."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="agenda")
    number = models.PositiveIntegerField()
    part = models.CharField(max_length=10, default="main")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True, default="")
    minutes = models.PositiveIntegerField(default=0)
    speaker = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    rule = models.CharField(max_length=60, blank=True, default="")
    subject = models.CharField(max_length=40, blank=True, default="")
    subject_id = models.BigIntegerField(null=True, default=None)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["sitting", "number"], name="agenda_number_once")]
