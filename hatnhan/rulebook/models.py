"""What committees have set for themselves where a rule allows it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.models import Unit
from hatnhan.kernel.period import Dated, NoOverlap, forward


class Override(Dated):
    """The value of a rule's key for a unit and all below it, in a period, by a decision of its committee."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    value = models.IntegerField()
    decision = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("quy định riêng của cấp ủy")
        constraints = [forward("override_forward"), NoOverlap(fields=["unit", "key"], name="override_once")]
        indexes = [
            models.Index(fields=["unit"], name="override_unit", condition=Q(voided_at__isnull=True)),
            models.Index(fields=["key"], name="override_key", condition=Q(voided_at__isnull=True)),
        ]
