"""Rest-cure rounds: who is entitled, who was called, who went, who was never called."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.models import Unit
from hatnhan.kernel.period import Dated, NoOverlap, forward
from hatnhan.members.models import Person


class RestMark(Dated):
    """Somebody belongs to a group that cannot be seen from other records: retired from a managed post, or from a rank.
    `decision` names the paper that says so; no post, no rank and no illness is kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entitled_by = models.CharField(max_length=20)
    decision = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("thuộc nhóm được nghỉ điều dưỡng")
        constraints = [forward("rest_mark_forward"), NoOverlap(fields=["person", "entitled_by"], name="rest_mark_once")]


class RestRound(models.Model):
    """A round of a committee: where and when, and how many places it has."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    place = models.CharField(max_length=120)
    first = models.DateField()
    last = models.DateField()
    places = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()

    class Meta:
        verbose_name = _("đợt nghỉ điều dưỡng")
        constraints = [models.CheckConstraint(condition=Q(first__lte=F("last")), name="rest_round_forward")]
        indexes = [models.Index(fields=["unit", "first"], name="rest_round_unit")]

    def __str__(self) -> str:
        return self.name


class RestCall(models.Model):
    """Somebody was called to a round, by the group that entitles, and went or declined."""

    round = models.ForeignKey(RestRound, models.PROTECT, related_name="calls")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entitled_by = models.CharField(max_length=20)
    state = models.CharField(max_length=10, default="called")
    called_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()

    class Meta:
        verbose_name = _("người được gọi nghỉ điều dưỡng")
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="rest_call_once")]
        indexes = [models.Index(fields=["person"], name="rest_call_person")]
