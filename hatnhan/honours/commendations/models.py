"""Commendations of members and of organisations: proposed, then decided or not."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.models import Unit
from hatnhan.members.models import Person


class Commendation(models.Model):
    """Somebody, or the unit itself where `person` is null, is proposed for a commendation of a year; `unit` is where
    the member belongs, or what is commended. `what` tells the good work in a sentence."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, default=None, related_name="commendations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=300)
    state = models.CharField(max_length=10, default="proposed")
    proposed_on = models.DateField()
    decision = models.CharField(max_length=60, blank=True, default="")
    decided_on = models.DateField(null=True, default=None)
    version = models.PositiveIntegerField(default=0)
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()

    class Meta:
        verbose_name = _("khen thưởng")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="decided") | (Q(decided_on__isnull=False) & ~Q(decision="")),
                name="commendation_decided_by_a_paper",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "year"],
                condition=Q(person__isnull=False, state__in=["proposed", "decided"]) & ~Q(kind="praise"),
                name="commendation_of_a_member_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "kind", "year"],
                condition=Q(person__isnull=True, state__in=["proposed", "decided"]) & ~Q(kind="praise"),
                name="commendation_of_a_unit_once",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="commendation_unit"),
            models.Index(fields=["decided_on"], name="commendation_decided"),
        ]
