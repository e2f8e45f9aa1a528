"""Tables of the kernel: the dated tree of units, and the append-only log."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .days import FAR
from .fact_models import KeptMonth, Mark
from .job_models import Job, Worker
from .paths import PathField, within
from .period import Dated, DatedQuerySet, NoOverlap, forward


class Unit(models.Model):
    """An organisation's identity. All that can change of it has dates and lies elsewhere: where it hangs in
    `Placement`, its name and code in the units module.

    `chain` is the log chain to which acts upon it belong, fixed when it is founded: the id of its grassroots
    organisation, or where there is none of the commune or district above it; 0 for the levels above."""

    chain = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"Unit {self.pk}"


class Placements(DatedQuerySet):
    """Questions to the tree."""

    def under(self, unit: Unit | int, on: date) -> Self:
        """Every unit that hangs under `unit` on the day, itself included; ended ones too, with their heirs."""
        path = self.path_of(unit, on)
        return self.none() if path is None else self.on(on).filter(**within(path))

    def path_of(self, unit: Unit | int, on: date) -> str | None:
        """Where the unit, or what became of it, hangs on the day; None when it did not exist yet."""
        pk = unit.pk if isinstance(unit, Unit) else unit
        return self.on(on).filter(unit=pk).values_list("path", flat=True).first()


class Placement(Dated):
    """Where a unit hangs in a period. A unit that has ended goes on hanging, `stands=False`, under its heir and with
    the heir's path, so any row of any time finds its place in the tree of any later day by one join."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=30)
    stands = models.BooleanField(default=True)
    path = PathField()
    objects: ClassVar[Any] = Placements.as_manager()

    class Meta:
        verbose_name = _("vị trí trong cây tổ chức")
        constraints = [forward("placement_forward"), NoOverlap(fields=["unit"], name="placement_once")]
        indexes = [
            models.Index(fields=["path"], name="placement_path", condition=Q(voided_at__isnull=True)),
            models.Index(fields=["unit", "valid_from"], name="placement_unit", condition=Q(voided_at__isnull=True)),
            models.Index(fields=["parent"], name="placement_parent", condition=Q(voided_at__isnull=True)),
            models.Index(fields=["voided_in"], name="placement_voided", condition=Q(voided_in__isnull=False)),
            models.Index(fields=["recorded_in"], name="placement_recorded"),
        ]


class Head(models.Model):
    """The last link of a log chain; locked last in a transaction, in key order."""

    chain = models.BigIntegerField(primary_key=True)
    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class Entry(models.Model):
    """One act, or in another chain a reference to it. Only ever inserted: triggers refuse the rest.

    `hash` = SHA-256 over the previous hash and this row; payload and subjects enter by hashes of their own, so they can
    be checked but a value in them never has to stay for the chain's sake. `payload_hash` of a reference is the hash of
    the entry to which it refers."""

    id = models.BigIntegerField(primary_key=True)
    chain = models.BigIntegerField()
    number = models.BigIntegerField()
    code = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    account = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=200)
    at = models.DateTimeField()
    reason = models.TextField(default="")
    request_id = models.CharField(max_length=40, default="")
    refers_to = models.BigIntegerField(null=True)
    payload_hash = models.CharField(max_length=64)
    subjects_hash = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="entry_link_once")]
        indexes = [
            models.Index(fields=["unit", "at"], name="entry_unit"),
            models.Index(fields=["account", "at"], name="entry_account"),
            models.Index(fields=["at", "id"], name="entry_at"),
        ]


class Payload(models.Model):
    """What an act changed, in words: sentences to be translated, with their values. Sensitive values never lie here.

    `links` are the ids of the references to this entry in other chains, so that none can be cut off unnoticed."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="payload")
    sentence = models.TextField()
    values = models.JSONField(default=dict)
    lines = models.JSONField(default=list)
    links = models.JSONField(default=list)


class Subject(models.Model):
    """Whom or what an act was about."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="subjects")
    kind = models.CharField(max_length=40)
    key = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["kind", "key"], name="subject_key")]


__all__ = [
    "FAR", "Entry", "Head", "Job", "KeptMonth", "Mark", "Payload", "Placement", "Subject", "Unit", "Worker",
]  # fmt: skip
