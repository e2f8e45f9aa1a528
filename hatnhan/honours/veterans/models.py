"""Recognised veterans: a status with its own decision, and where its paper lies."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.period import Dated, NoOverlap, forward
from hatnhan.members.models import Person


class VeteranStatus(Dated):
    """Somebody is recognised from the day of the decision on; `paper` says where the paper lies."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="veteran_statuses")
    kind = models.CharField(max_length=20)
    decision = models.CharField(max_length=60)
    paper = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("công nhận lão thành cách mạng, tiền khởi nghĩa")
        constraints = [forward("veteran_forward"), NoOverlap(fields=["person"], name="veteran_once")]
