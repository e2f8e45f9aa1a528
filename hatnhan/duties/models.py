"""What is owed, by whom since when; and days off that were announced after the program came out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.access.models import Account
from hatnhan.kernel.models import Unit
from hatnhan.kernel.period import Dated, NoOverlap, forward

from .campaigns.models import Campaign, Obstacle, Piece, Step, Target, Visit
from .obligations.models import Obligation, Term
from .reminders.models import Delivery, Device, Wish

__all__ = [
    "Campaign", "Delivery", "Device", "Duty", "LocalDay", "Obligation", "Obstacle", "Owner", "Piece", "Step", "Target",
    "Term", "Visit", "Wish",
]  # fmt: skip

UNVOIDED = Q(voided_at__isnull=True)


class Duty(models.Model):
    """Something that must be done by a day. `kind` and `about` name the thing in the module that opened it; `person`
    is the member whom it concerns, where it concerns one (an id of members, which stand above this module).

    `due` was counted when it was opened: `n` working or calendar days after `opened_on`, by the rule of that day with
    its document and mark; `counted` fixed: on a day that was named, `n` calendar days later. `provisional`: the
    calendar of that time did not wholly know the years, or a day, in it. `note`: the paper by which it was done."""

    kind = models.CharField(max_length=40)
    about = models.BigIntegerField()
    person = models.BigIntegerField(null=True, default=None)
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_in = models.BigIntegerField()
    due = models.DateField()
    n = models.PositiveIntegerField()
    counted = models.CharField(max_length=10)
    rule = models.CharField(max_length=60)
    document = models.CharField(max_length=60)
    mark = models.CharField(max_length=1)
    provisional = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="open")
    closed_on = models.DateField(null=True, default=None)
    closed_at = models.DateTimeField(null=True, default=None)
    closed_in = models.BigIntegerField(null=True, default=None)
    escalated_on = models.DateField(null=True, default=None)
    escalated_to = models.ForeignKey(Unit, models.PROTECT, null=True, default=None, related_name="+")
    reminded_on = models.DateField(null=True, default=None)
    reminded_in = models.BigIntegerField(null=True, default=None)
    note = models.CharField(max_length=200, null=True, default=None)

    class Meta:
        verbose_name = _("việc phải làm")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True, closed_in__isnull=True)
                | (~Q(state="open") & Q(closed_on__isnull=False, closed_in__isnull=False)),
                name="duty_closed_with_its_act",
            ),
            models.UniqueConstraint(fields=["kind", "about"], condition=Q(state="open"), name="duty_open_once"),
        ]
        indexes = [
            models.Index(fields=["due", "id"], name="duty_due", condition=Q(state="open")),
            models.Index(fields=["kind", "about"], name="duty_about"),
            models.Index(fields=["person"], name="duty_person", condition=Q(state="open")),
        ]


class Owner(Dated):
    """Whose a duty is: an office, which is a role at a unit whoever holds it, or one account. It goes along when units
    are merged or split, and when the person whom it concerns moves."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="owners")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, blank=True, default="")
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("nơi phải làm")
        constraints = [
            forward("owner_forward"),
            NoOverlap(fields=["duty"], name="owner_once"),
            models.CheckConstraint(
                condition=(Q(account__isnull=True) & ~Q(role="")) | Q(account__isnull=False, role=""),
                name="owner_office_or_account",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "role"], name="owner_unit", condition=UNVOIDED),
            models.Index(fields=["account"], name="owner_account", condition=UNVOIDED),
            models.Index(fields=["duty"], name="owner_duty", condition=UNVOIDED),
        ]


class LocalDay(Dated):
    """An entry of this installation's calendar, over those of the rulebook: days off, days at work, or the statement
    that a year's days off are all known (`whole`). The period is the days themselves."""

    kind = models.CharField(max_length=5)
    label = models.CharField(max_length=120)
    decision = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("ngày nghỉ, ngày làm bù")
        constraints = [forward("localday_forward"), NoOverlap(fields=["kind"], name="localday_once")]
