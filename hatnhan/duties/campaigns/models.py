"""A campaign over a set of units: its steps with their days, how far each unit is, what stands in its way, visits."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.models import Unit
from hatnhan.kernel.period import Dated, NoOverlap, forward


class Campaign(models.Model):
    """Work that a committee wants from many units by certain days: a congress season, an exchange of cards, a cleaning
    of data. Drafted, then running, then closed; a draft may be dropped."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    aim = models.CharField(max_length=600, blank=True, default="")
    document = models.CharField(max_length=60, blank=True, default="")
    state = models.CharField(max_length=10, default="draft")
    made_at = models.DateTimeField()
    made_in = models.BigIntegerField()
    started_on = models.DateField(null=True, default=None)
    closed_on = models.DateField(null=True, default=None)
    closed_in = models.BigIntegerField(null=True, default=None)

    class Meta:
        verbose_name = _("đợt công tác")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="running") | Q(started_on__isnull=False), name="campaign_running_since"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "running"], closed_on__isnull=True)
                | Q(state__in=["closed", "dropped"], closed_on__isnull=False),
                name="campaign_closed_with_its_day",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="campaign_unit")]

    def __str__(self) -> str:
        return self.title


class Step(models.Model):
    """A step of a campaign and the last day for it."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=160)
    due = models.DateField()

    class Meta:
        verbose_name = _("bước của đợt công tác")
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="step_once")]


class Target(models.Model):
    """A unit in a campaign. `done` of the campaign's steps, `finished_on` once it is all of them; `obstacle` is what
    stands in its way now and `visited_on` the last visit: kept from the rows that tell them, for lists.
    With `left_on` it is no longer in the campaign."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="targets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    done = models.PositiveSmallIntegerField(default=0)
    finished_on = models.DateField(null=True, default=None)
    obstacle = models.CharField(max_length=20, blank=True, default="")
    visited_on = models.DateField(null=True, default=None)
    left_on = models.DateField(null=True, default=None)

    class Meta:
        verbose_name = _("đơn vị trong đợt công tác")
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="target_once")]
        indexes = [
            models.Index(fields=["unit"], name="target_unit"),
            models.Index(fields=["campaign", "done"], name="target_done"),
        ]


class Piece(Dated):
    """One step at one unit, owed from the campaign's first day on; a duty is about it. `done_on` once it is done."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="pieces")
    step = models.ForeignKey(Step, models.PROTECT, related_name="pieces")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    due = models.DateField()
    done_on = models.DateField(null=True, default=None)

    class Meta:
        verbose_name = _("bước ở một đơn vị")
        constraints = [
            forward("piece_forward"),
            models.UniqueConstraint(fields=["target", "step"], name="piece_once"),
        ]
        indexes = [
            models.Index(fields=["unit", "due"], name="piece_unit"),
            models.Index(fields=["step"], name="piece_step"),
            models.Index(fields=["due"], name="piece_due"),
        ]


class Obstacle(Dated):
    """What stands in a unit's way, from the day it was told to the day it was gone."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="obstacles")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    text = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("vướng mắc")
        constraints = [forward("obstacle_forward"), NoOverlap(fields=["target"], name="obstacle_once")]
        indexes = [models.Index(fields=["unit"], name="obstacle_unit", condition=Q(voided_at__isnull=True))]


class Visit(Dated):
    """Somebody came, named by the post: the period is the day itself."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="visits")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    post = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("lần đến nắm tình hình")
        constraints = [forward("visit_forward")]
        indexes = [
            models.Index(fields=["unit"], name="visit_unit", condition=Q(voided_at__isnull=True)),
            models.Index(F("valid_from"), name="visit_day", condition=Q(voided_at__isnull=True)),
        ]
