"""Residence links with their comments, and gatherings of guests."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.models import Unit
from hatnhan.kernel.paths import ByteOrderedField
from hatnhan.kernel.period import Dated, forward
from hatnhan.members.models import Person


class ResidenceLink(Dated):
    """A working member keeps in touch with the cell where he or she lives (213-QĐ/TW; 76-QĐ/TW before). It is no
    membership: nobody is counted, votes or pays by it.

    `unit` is the cell of the residence, `workplace` the cell where the member belongs; null where that lies outside
    this installation: then the text beside it names it. Of guests from outside only what is needed is kept: name, year
    of birth, workplace; address and telephone go when the link ends. `group` is one that is free of something, or
    empty. `key` stays when a row is replaced."""

    key = models.BigIntegerField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="residences")
    name = models.CharField(max_length=120)
    name_key = ByteOrderedField(max_length=140)
    sort_key = ByteOrderedField(max_length=240)
    born = models.PositiveSmallIntegerField(null=True, default=None)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=200, blank=True, default="")
    workplace = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    workplace_text = models.CharField(max_length=200, blank=True, default="")
    address = models.CharField(max_length=200, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    group = models.CharField(max_length=10, blank=True, default="")
    letter = models.CharField(max_length=60, blank=True, default="")
    ended_why = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        verbose_name = _("mối liên hệ nơi cư trú")
        constraints = [
            forward("residence_forward"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | ~Q(place=""), name="residence_is_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(workplace__isnull=False) | ~Q(workplace_text=""), name="residence_works_somewhere"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["unit", "sort_key"], name="residence_unit", condition=Q(voided_at__isnull=True)),
            models.Index(fields=["workplace"], name="residence_workplace", condition=Q(voided_at__isnull=True)),
        ]


class ResidenceComment(models.Model):
    """What the residence says of a guest about a year: a grade and words. `link` is the key of the link. `sent_on`: the
    workplace has it; from then on it stays as it is."""

    link = models.BigIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10)
    text = models.CharField(max_length=500)
    attended = models.PositiveSmallIntegerField(null=True, default=None)
    written_on = models.DateField()
    written_in = models.BigIntegerField()
    sent_on = models.DateField(null=True, default=None)
    paper = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        verbose_name = _("nhận xét nơi cư trú")
        constraints = [models.UniqueConstraint(fields=["link", "year"], name="residence_comment_once")]
        indexes = [models.Index(fields=["unit", "year"], name="residence_comment_unit")]


class ResidenceGathering(Dated):
    """The residence met its guests on a day: how many were asked and how many came, no names."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    place = models.CharField(max_length=120, blank=True, default="")
    asked = models.PositiveSmallIntegerField()
    came = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("buổi gặp mặt đảng viên giữ mối liên hệ")
        constraints = [
            forward("gathering_forward"),
            models.CheckConstraint(condition=Q(came__lte=models.F("asked")), name="gathering_came_of_those_asked"),
        ]
