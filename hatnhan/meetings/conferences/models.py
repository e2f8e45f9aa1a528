"""Conferences of a committee and what came out of them; and what members do from month to month."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.models import Unit
from hatnhan.kernel.period import Dated, NoOverlap, forward
from hatnhan.members.models import Person

UNVOIDED = Q(voided_at__isnull=True)


class Conference(models.Model):
    """A meeting of a committee with others: giao ban, review, study of a resolution. Who came is numbers by group or
    post, never names of outsiders."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=15)
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    place = models.CharField(max_length=120, blank=True, default="")
    conclusion = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()
    voided_at = models.DateTimeField(null=True, default=None)
    voided_in = models.BigIntegerField(null=True, default=None)

    class Meta:
        verbose_name = _("hội nghị, giao ban")
        indexes = [models.Index(fields=["unit", "held_on"], name="conference_unit", condition=UNVOIDED)]


class ConferenceGroup(models.Model):
    """A post or a group of those called to a conference: how many were called, how many came."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="groups")
    label = models.CharField(max_length=120)
    called = models.PositiveIntegerField()
    came = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "label"], name="conference_group_once"),
            models.CheckConstraint(condition=Q(came__lte=F("called")), name="conference_group_came_of_called"),
        ]


class ConferenceTask(models.Model):
    """What a conference's conclusion gave somebody to do: a unit of the Party, or an outsider named by post."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="tasks")
    text = models.CharField(max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    post = models.CharField(max_length=120, blank=True, default="")
    due_on = models.DateField()
    state = models.CharField(max_length=10, default="open")
    done_on = models.DateField(null=True, default=None)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) | Q(state__in=["open", "stuck"], done_on__isnull=True),
                name="conference_task_done_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, post="") | (Q(unit__isnull=True) & ~Q(post="")),
                name="conference_task_unit_or_post",
            ),
        ]
        indexes = [models.Index(fields=["unit"], name="conference_task_unit", condition=~Q(state="done"))]


class Assignment(Dated):
    """What a member does for the cell from month to month, in a period: looks after a group of households, an
    association, a field."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    text = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("việc được phân công thường xuyên")
        constraints = [
            forward("assignment_forward"),
            NoOverlap(fields=["person", "unit", "text"], name="assignment_once"),
        ]
        indexes = [
            models.Index(fields=["unit"], name="assignment_unit", condition=UNVOIDED),
            models.Index(fields=["person"], name="assignment_person", condition=UNVOIDED),
        ]
