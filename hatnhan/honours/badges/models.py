"""Badges: the case of one, its steps, the thing itself with its number, and what makes somebody wait."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Unit
from hatnhan.kernel.period import Dated, NoOverlap, forward
from hatnhan.members.models import Person

DECIDED = ("decided", "awarded")


class BadgeCase(models.Model):
    """From the declaration to the handing over. `due` is the day on which the Party age reaches `level`; `batch_day`
    the day of award for which it is meant, null outside batches. `evidence` says where the medical paper lies, never
    what it says; `explanation` why it is late and how those responsible were dealt with. `days` from declaration to
    decision, in calendar days."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="badge_cases")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, default="ordinary")
    due = models.DateField()
    batch_day = models.DateField(null=True, default=None)
    state = models.CharField(max_length=12, default="declared")
    declared_on = models.DateField()
    declared_by = models.CharField(max_length=10, default="member")
    evidence = models.CharField(max_length=200, blank=True, default="")
    explanation = models.CharField(max_length=500, blank=True, default="")
    urgent = models.BooleanField(default=False)
    decision_all = models.CharField(max_length=60, blank=True, default="")
    decision = models.CharField(max_length=60, blank=True, default="")
    decided_on = models.DateField(null=True, default=None)
    days = models.PositiveIntegerField(default=0)
    number = models.CharField(max_length=20, blank=True, default="")
    awarded_on = models.DateField(null=True, default=None)
    place = models.CharField(max_length=10, blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()

    class Meta:
        verbose_name = _("đề nghị tặng Huy hiệu Đảng")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "level"],
                condition=~Q(state__in=["refused", "withdrawn"]) & ~Q(kind="reissue"),
                name="badge_case_once",
            ),
            models.UniqueConstraint(
                fields=["person", "level"],
                condition=Q(kind="reissue") & ~Q(state__in=["refused", "withdrawn", "awarded"]),
                name="badge_reissue_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) | (Q(decided_on__isnull=False) & ~Q(decision="") & ~Q(number="")),
                name="badge_decided_with_its_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="awarded") | Q(awarded_on__isnull=False), name="badge_awarded_on_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "batch_day"], name="badge_case_unit"),
            models.Index(fields=["batch_day", "state"], name="badge_case_batch"),
            models.Index(fields=["decided_on"], name="badge_case_decided"),
        ]  # fmt: skip


class BadgeStep(models.Model):
    """One step of a case: on which day, by which paper, with which vote, and who recorded it."""

    case = models.ForeignKey(BadgeCase, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=12)
    on = models.DateField()
    paper = models.CharField(max_length=60, blank=True, default="")
    in_favour = models.PositiveSmallIntegerField(null=True, default=None)
    base = models.PositiveSmallIntegerField(null=True, default=None)
    note = models.CharField(max_length=300, blank=True, default="")
    by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()

    class Meta:
        verbose_name = _("bước của đề nghị tặng Huy hiệu Đảng")
        constraints = [
            models.CheckConstraint(
                condition=Q(in_favour__isnull=True, base__isnull=True) | Q(in_favour__lte=models.F("base")),
                name="badge_step_vote_within_its_base",
            )
        ]
        indexes = [models.Index(fields=["case", "on"], name="badge_step_case")]


class Badge(Dated):
    """A badge that somebody bears: from the day it was handed over, or decided, until it is lost or taken back. One of
    a level at a time; its number is given once for all. `state` says how it ended."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="badges")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    symbol = models.CharField(max_length=3, blank=True, default="")
    serial = models.PositiveIntegerField(null=True, default=None)
    number = models.CharField(max_length=20, blank=True, default="")
    decision = models.CharField(max_length=60, blank=True, default="")
    case = models.ForeignKey(BadgeCase, models.PROTECT, null=True, default=None, related_name="badges")
    posthumous = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="held")

    class Meta:
        verbose_name = _("Huy hiệu Đảng")
        constraints = [
            forward("badge_forward"),
            NoOverlap(fields=["person", "level"], name="badge_of_a_level_once"),
            models.UniqueConstraint(
                fields=["number"], condition=Q(voided_at__isnull=True) & ~Q(number=""), name="badge_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="held", valid_to=FAR) | ~Q(state="held"), name="badge_held_without_end"
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="badge_person", condition=Q(voided_at__isnull=True)),
            models.Index(fields=["symbol", "level", "serial"], name="badge_serial"),
            models.Index(fields=["valid_from"], name="badge_day", condition=Q(voided_at__isnull=True)),
        ]


class Postponement(Dated):
    """Discipline makes an award wait: from the day of the decision until the first day on which it may be considered
    again. Only its keeper reads it; elsewhere it is a yes or no."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    decision = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("thời gian chưa xét Huy hiệu Đảng")
        constraints = [forward("postponement_forward")]
        indexes = [models.Index(fields=["person"], name="postponement_person", condition=Q(voided_at__isnull=True))]


class ProvinceSymbol(Dated):
    """The letters before the numbers of a province's badges; the series of a symbol goes on whoever bears it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    symbol = models.CharField(max_length=3)

    class Meta:
        verbose_name = _("ký hiệu số Huy hiệu Đảng")
        constraints = [forward("badge_symbol_forward"), NoOverlap(fields=["unit"], name="badge_symbol_once")]
