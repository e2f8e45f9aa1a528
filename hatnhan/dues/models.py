"""Tables of dues: who pays by what, who is exempt, what was paid; the books of months, funds, and statements of others.

Nothing is deleted. A payment that was wrong is reversed by a row that takes it back in the book that is open."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.models import Unit
from hatnhan.kernel.period import Dated, NoOverlap, forward, written
from hatnhan.members.models import Person

UNVOIDED = Q(voided_at__isnull=True)
LIVE = Q(reverses__isnull=True, reversed_in__isnull=True)


class Payer(Dated):
    """By which class of the rule somebody pays, from the first day of a month on. `base` and `second` are amounts of
    VND a month, sealed: an income, seen by payer and collector only."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="payers")
    kind = models.CharField(max_length=20)
    base = models.TextField(blank=True, default="")
    second = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("mức đóng đảng phí")
        constraints = [forward("payer_forward"), NoOverlap(fields=["person"], name="payer_once")]
        indexes = [
            models.Index(fields=["person"], name="payer_person", condition=UNVOIDED), *written("payer"),
        ]  # fmt: skip


class Exemption(Dated):
    """Why somebody pays nothing, from the first day of a month on; `paper` tells which decision and where it lies."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="dues_exemptions")
    kind = models.CharField(max_length=20)
    paper = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        verbose_name = _("miễn đảng phí")
        constraints = [forward("exemption_forward"), NoOverlap(fields=["person"], name="exemption_once")]
        indexes = [
            models.Index(fields=["person"], name="exemption_person", condition=UNVOIDED), *written("exemption"),
        ]  # fmt: skip


class MonthBook(models.Model):
    """The book of a unit for a month, closed: what came in, what is kept, what goes up. Amounts are whole VND.

    `collected` is what the unit's own members paid, `received` what the units below handed up and this book took in
    (their `taken_in`); kept and remitted together are both. A unit hands up (`sent_on`), the one above says that it
    came (`received_on`). The counts are of persons, as they stood at closing."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dues_books")
    month = models.DateField()
    upper = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    collected = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    kept = models.BigIntegerField()
    remitted = models.BigIntegerField()
    split = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=80)
    members = models.PositiveIntegerField(default=0)
    obliged = models.PositiveIntegerField(default=0)
    paid = models.PositiveIntegerField(default=0)
    unplaced = models.PositiveIntegerField(default=0)
    exempt_party_age = models.PositiveIntegerField(default=0)
    exempt_household = models.PositiveIntegerField(default=0)
    exempt_social_pension = models.PositiveIntegerField(default=0)
    exempt_other = models.PositiveIntegerField(default=0)
    closed_on = models.DateField()
    closed_by = models.CharField(max_length=120, blank=True, default="")
    sent_on = models.DateField(null=True, default=None)
    channel = models.CharField(max_length=8, blank=True, default="")
    voucher = models.CharField(max_length=60, blank=True, default="")
    received_on = models.DateField(null=True, default=None)
    received_by = models.CharField(max_length=120, blank=True, default="")
    taken_in = models.ForeignKey("self", models.PROTECT, null=True, default=None, related_name="took")
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()
    voided_at = models.DateTimeField(null=True, default=None)
    voided_in = models.BigIntegerField(null=True, default=None)

    class Meta:
        verbose_name = _("sổ đảng phí của tháng")
        constraints = [
            models.UniqueConstraint(fields=["unit", "month"], condition=UNVOIDED, name="dues_book_once"),
            models.CheckConstraint(
                condition=Q(kept=F("collected") + F("received") - F("remitted")), name="dues_book_adds_up"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "month"], name="dues_book_unit", condition=UNVOIDED),
            models.Index(fields=["upper", "month"], name="dues_book_upper", condition=UNVOIDED),
        ]


class Payment(models.Model):
    """What a member paid for one month (`month`, its first day), collected by a cell on a day, in whole VND.

    `booked` is the month of the cell's book in which it stands: that of the day, or the first one open after it;
    `book` is that book once it is closed. A row with `reverses` takes another back, which then bears `reversed_in`; the
    two sum to nothing."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="dues_payments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dues_payments")
    month = models.DateField()
    amount = models.BigIntegerField()
    paid_on = models.DateField()
    booked = models.DateField()
    channel = models.CharField(max_length=8)
    receipt_year = models.PositiveSmallIntegerField()
    receipt = models.PositiveIntegerField(null=True)
    reference = models.CharField(max_length=60, blank=True, default="")
    collected_by = models.CharField(max_length=120)
    book = models.ForeignKey(MonthBook, models.PROTECT, null=True, default=None, related_name="payments")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, default=None, related_name="reversal")
    reversed_in = models.BigIntegerField(null=True, default=None)
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()

    class Meta:
        verbose_name = _("phiếu thu đảng phí")
        constraints = [
            models.UniqueConstraint(fields=["person", "month"], condition=LIVE, name="dues_paid_once"),
            models.UniqueConstraint(
                fields=["unit", "receipt_year", "receipt"], condition=Q(receipt__isnull=False), name="dues_receipt_once"
            ),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                name="dues_payment_sign",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "booked"], name="dues_payment_book"),
            models.Index(fields=["person", "month"], name="dues_payment_person"),
            models.Index(fields=["recorded_in"], name="dues_payment_act"),
        ]


class FundEntry(models.Model):
    """A line of the book of what a unit keeps: in above nothing, out below, in whole VND. A line that was wrong is
    reversed by another."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dues_fund")
    day = models.DateField()
    amount = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    text = models.CharField(max_length=200, blank=True, default="")
    paper = models.CharField(max_length=60, blank=True, default="")
    book = models.ForeignKey(MonthBook, models.PROTECT, null=True, default=None, related_name="fund")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, default=None, related_name="reversal")
    reversed_in = models.BigIntegerField(null=True, default=None)
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()

    class Meta:
        verbose_name = _("khoản của đảng phí giữ lại")
        indexes = [models.Index(fields=["unit", "day"], name="dues_fund_unit")]


class StatementLine(models.Model):
    """A line of a portal's or bank's statement, as it was brought in. `payment` is the receipt that it was found to be.

    `payer` is the name as the statement has it, sealed, with a keyed hash by which its cell finds it; `month` is what
    it says it is for, where it says so."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8)
    reference = models.CharField(max_length=60)
    day = models.DateField()
    amount = models.BigIntegerField()
    payer = models.TextField(blank=True, default="")
    payer_key = models.CharField(max_length=64, blank=True, default="")
    month = models.DateField(null=True, default=None)
    payment = models.OneToOneField(Payment, models.PROTECT, null=True, default=None, related_name="statement_line")
    set_aside = models.CharField(max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()

    class Meta:
        verbose_name = _("dòng sao kê")
        constraints = [
            models.UniqueConstraint(fields=["unit", "channel", "reference"], name="dues_line_once"),
        ]
        indexes = [
            models.Index(fields=["unit", "day"], name="dues_line_unit"),
            models.Index(fields=["payer_key"], name="dues_line_payer", condition=Q(payment__isnull=True)),
        ]


class Asked(models.Model):
    """That somebody who has not paid was asked why, with one of four words."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=10)
    asked_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()
    voided_at = models.DateTimeField(null=True, default=None)

    class Meta:
        verbose_name = _("đã hỏi về đảng phí")
        constraints = [
            models.UniqueConstraint(fields=["person", "year"], condition=UNVOIDED, name="dues_asked_once"),
        ]
