"""What falls due again and again: a committee's own obligations, and one row for each time a unit owes one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.audit import new_id
from hatnhan.kernel.models import Unit
from hatnhan.kernel.period import Dated, NoOverlap, forward


class Obligation(Dated):
    """An obligation that a committee set for itself and the units below it, beside those of the rulebook. It falls due
    on `day` (31: the last) of each of `months`, moved by `shift` where that is no working day. `seat` is the level that
    owes it, as in the rulebook. `identity` stays when a row is replaced."""

    identity = models.BigIntegerField(default=new_id, editable=False, db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    label = models.CharField(max_length=160)
    seat = models.CharField(max_length=20)
    months = models.JSONField(default=list)
    day = models.PositiveSmallIntegerField()
    shift = models.CharField(max_length=6)
    decision = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("việc định kỳ")
        constraints = [
            forward("obligation_forward"),
            NoOverlap(fields=["identity"], name="obligation_once"),
            models.CheckConstraint(condition=Q(day__gte=1, day__lte=31), name="obligation_day_of_a_month"),
        ]
        indexes = [models.Index(fields=["unit"], name="obligation_unit", condition=Q(voided_at__isnull=True))]

    @property
    def code(self) -> str:
        """By which its terms name it."""
        return f"own.{self.identity}"


class Term(models.Model):
    """One time that a unit owes an obligation: of the month `period`, due on a day. `code` is the obligation's, in the
    rulebook or of a committee (`own.…`). Its state is that of its duty, which is about this row."""

    code = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    period = models.DateField()
    duty = models.OneToOneField("duties.Duty", models.PROTECT, related_name="term")

    class Meta:
        verbose_name = _("kỳ của việc định kỳ")
        constraints = [models.UniqueConstraint(fields=["code", "unit", "period"], name="term_once")]
        indexes = [models.Index(fields=["period", "code"], name="term_period")]
