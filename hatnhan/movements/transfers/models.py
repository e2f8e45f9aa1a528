"""An official transfer as a case between two sides, its story, and the time in which somebody is on the way."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.documents.models import Paper
from hatnhan.kernel.models import Unit
from hatnhan.kernel.paths import ByteOrderedField
from hatnhan.kernel.period import Dated, NoOverlap, forward
from hatnhan.members.models import Person

OPEN = ("new", "preparing", "in_transit", "returned", "timed_out")


class TransferCase(models.Model):
    """Somebody leaves one cell for another (294-QĐ/TW, item 6.3.1). The home stays where it is until the receiving side
    takes the member in; `cell` is where that was.

    `origin` is the releasing cell, `destination` the unit to which the letter is addressed; null where it lies outside
    this installation: then the text beside it names it. Of somebody who comes from outside there is no `person` yet:
    `carried` holds what the letter says, sealed. `name` is the name in the letter. `moved_on` is the day from which the
    start is counted, `present_by` the last day for presenting the letter. `issuer` issued it; `letter_key` tells one
    letter from every other. `resumes` is the participation (until `resumes_until`) that goes on once the way is over.
    The states are those of `flows`."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="transfers")
    name = models.CharField(max_length=120)
    name_key = ByteOrderedField(max_length=140)
    carried = models.TextField(blank=True, default="")
    origin = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    origin_text = models.CharField(max_length=200, blank=True, default="")
    destination = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    destination_text = models.CharField(max_length=200, blank=True, default="")
    cell = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    issuer = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=15)
    proof = models.CharField(max_length=120, blank=True, default="")
    moved_on = models.DateField()
    state = models.CharField(max_length=12, default="new")
    checks = models.JSONField(default=dict)
    letter_number = models.CharField(max_length=40, blank=True, default="")
    letter_on = models.DateField(null=True, default=None)
    letter_key = models.CharField(max_length=300, null=True, default=None, unique=True)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    present_by = models.DateField(null=True, default=None)
    custody = models.CharField(max_length=10, default="kept")
    resumes = models.CharField(max_length=20, blank=True, default="")
    resumes_until = models.DateField(null=True, default=None)
    opened_on = models.DateField()
    opened_in = models.BigIntegerField()
    settled_on = models.DateField(null=True, default=None)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("việc chuyển sinh hoạt")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state__in=OPEN), name="transfer_open_once"),
            models.CheckConstraint(
                condition=Q(origin__isnull=False) | ~Q(origin_text=""), name="transfer_comes_from_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(destination__isnull=False) | ~Q(destination_text=""), name="transfer_goes_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(carried="") | Q(state="cancelled"),
                name="transfer_is_of_somebody"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("new", "preparing", "cancelled")) | Q(letter_on__isnull=False),
                name="transfer_goes_with_a_letter",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, settled_on__isnull=True)
                | (~Q(state__in=OPEN) & Q(settled_on__isnull=False)),
                name="transfer_settled_on_a_day",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["origin", "state"], name="transfer_origin"),
            models.Index(fields=["destination", "state"], name="transfer_destination"),
            models.Index(fields=["state", "letter_on"], name="transfer_letter"),
        ]


class TransferStep(models.Model):
    """One step of the story: what was done on which day, at which side (`unit`), with which paper. `act` is the log
    entry that names who did it. `inner`: the other side does not read it."""

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=20)
    on = models.DateField()
    at = models.DateTimeField()
    act = models.BigIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    paper = models.CharField(max_length=60, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    inner = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("bước chuyển sinh hoạt")


class Transit(Dated):
    """The time in which somebody is on the way with a letter: from the day of the letter to the day of being taken in.
    `unit` is the releasing cell, where the member goes on being counted, `destination` the unit addressed; null where
    it lies outside. `due` is the last day for presenting the letter."""

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="transits")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    destination = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    due = models.DateField()

    class Meta:
        verbose_name = _("thời gian trên đường")
        constraints = [
            forward("transit_forward"),
            NoOverlap(fields=["case"], name="transit_once"),
            models.CheckConstraint(condition=Q(due__gte=F("valid_from")), name="transit_due_after_it_began"),
        ]
        indexes = [
            models.Index(fields=["unit"], name="transit_unit"),
            models.Index(fields=["destination"], name="transit_destination"),
        ]
