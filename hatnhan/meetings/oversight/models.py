"""How committees follow cells: who follows which, who of them came to a meeting, reminders."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.models import Unit
from hatnhan.kernel.period import Dated, NoOverlap, forward
from hatnhan.members.models import Person

UNVOIDED = Q(voided_at__isnull=True)
ONE_OF = Q(person__isnull=False, body__isnull=True) | Q(person__isnull=True, body__isnull=False)


class Following(Dated):
    """A committee's member, or one of its bodies (`body` is the body's identity), follows a unit and all below it in a
    period; with `field` only in that field of work. `committee` is the unit whose committee assigned it."""

    committee = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    body = models.BigIntegerField(null=True, blank=True)
    target = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    field = models.CharField(max_length=60, blank=True, default="")
    decision = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        verbose_name = _("phân công theo dõi chi bộ")
        constraints = [
            forward("following_forward"),
            NoOverlap(fields=["person", "target", "field"], name="following_person_once"),
            NoOverlap(fields=["body", "target", "field"], name="following_body_once"),
            models.CheckConstraint(condition=ONE_OF, name="following_person_or_body"),
        ]
        indexes = [
            models.Index(fields=["committee"], name="following_committee", condition=UNVOIDED),
            models.Index(fields=["target"], name="following_target", condition=UNVOIDED),
            models.Index(fields=["person"], name="following_person", condition=UNVOIDED),
        ]


class Observer(models.Model):
    """A member of the committee above who came to a meeting."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="observers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="observer_once")]


class Reminder(models.Model):
    """A cell was reminded of the regular meeting of a month, `first` its first day; `times` counts how often."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    first = models.DateField()
    times = models.PositiveIntegerField(default=1)
    last_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "first"], name="reminder_once")]
