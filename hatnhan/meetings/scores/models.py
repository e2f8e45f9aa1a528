"""How the quality of a meeting was scored: the sheet on its way, the result that counts, the tables of committees."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.models import Unit
from hatnhan.kernel.period import Dated, NoOverlap, forward

GRADED = Q(grade__in=["good", "fair", "average", "weak"])


class ScoreTable(Dated):
    """The score table that a committee has set for itself and all below it, by a decision, in a period. `base` is the
    table of the rulebook from which it was made, `table` the data as `scores.rules.table_of` reads them."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    decision = models.CharField(max_length=60)
    base = models.CharField(max_length=40)
    table = models.JSONField()

    class Meta:
        verbose_name = _("bảng điểm của cấp ủy")
        constraints = [forward("scoretable_forward"), NoOverlap(fields=["unit", "kind"], name="scoretable_once")]
        indexes = [models.Index(fields=["unit"], name="scoretable_unit", condition=Q(voided_at__isnull=True))]


class Score(models.Model):
    """The score sheet of a meeting. `table` names a table of the rulebook, unless a committee's `own` one was used.
    `given` are the cell's points by criterion, `superior` those of the superior where they differ; the votes are
    numbers. `scored_by` and `voted_by` are accounts: whoever confirms is another one."""

    meeting = models.OneToOneField("meetings.Meeting", models.PROTECT, related_name="score")
    table = models.CharField(max_length=40)
    own = models.ForeignKey(ScoreTable, models.PROTECT, null=True, default=None, related_name="+")
    thematic = models.BooleanField()
    given = models.JSONField()
    superior = models.JSONField(default=dict)
    in_favour = models.PositiveIntegerField(null=True, default=None)
    against = models.PositiveIntegerField(default=0)
    abstained = models.PositiveIntegerField(default=0)
    points = models.PositiveIntegerField()
    most = models.PositiveIntegerField()
    tenths = models.PositiveIntegerField()
    grade = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="scored")
    version = models.PositiveIntegerField(default=0)
    scored_on = models.DateField()
    scored_at = models.DateTimeField()
    scored_by = models.BigIntegerField(null=True)
    voted_by = models.BigIntegerField(null=True, default=None)
    confirmed_on = models.DateField(null=True, default=None)
    confirmed_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        verbose_name = _("phiếu chấm điểm")
        constraints = [
            models.CheckConstraint(condition=Q(points__lte=F("most")), name="score_within_most"),
            models.CheckConstraint(condition=GRADED, name="score_has_a_grade"),
            models.CheckConstraint(
                condition=Q(state="final", confirmed_on__isnull=False, in_favour__isnull=False)
                | Q(state__in=["scored", "voted"], confirmed_on__isnull=True),
                name="score_final_on_a_day",
            ),
        ]


class ScoreResult(models.Model):
    """The final grade of a meeting: what figures count and the year is made of. Reopening a score voids it."""

    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="results")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=15)
    held_on = models.DateField()
    points = models.PositiveIntegerField()
    most = models.PositiveIntegerField()
    tenths = models.PositiveIntegerField()
    grade = models.CharField(max_length=10)
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()
    voided_at = models.DateTimeField(null=True, default=None)
    voided_in = models.BigIntegerField(null=True, default=None)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(voided_at__isnull=True), name="scoreresult_once"),
            models.CheckConstraint(condition=GRADED, name="scoreresult_has_a_grade"),
        ]
        indexes = [
            models.Index(fields=["unit", "held_on"], name="scoreresult_unit", condition=Q(voided_at__isnull=True)),
            models.Index(fields=["held_on"], name="scoreresult_day", condition=Q(voided_at__isnull=True)),
        ]
