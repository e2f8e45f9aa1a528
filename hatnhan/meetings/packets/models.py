"""What goes down from a committee into its cells' agendas, and what comes up from them: packets, proposals, reports."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.models import Unit


class Packet(models.Model):
    """What a committee gives to every cell under it for a month: guidance, news, draft items. Published once, it lies
    in the agendas of that month, also of those that are planned later."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="packets")
    first = models.DateField()
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default="draft")
    published_at = models.DateTimeField(null=True, default=None)
    version = models.PositiveIntegerField(default=0)
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()

    class Meta:
        verbose_name = _("nội dung gửi các chi bộ")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False) | Q(state="draft", published_at=None),
                name="packet_published_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["first", "unit"], name="packet_month")]


class PacketItem(models.Model):
    """One item of a packet, as it comes onto the agendas."""

    packet = models.ForeignKey(Packet, models.CASCADE, related_name="items")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True, default="")
    minutes = models.PositiveIntegerField(default=0)
    rule = models.CharField(max_length=60, blank=True, default="")


class Proposal(models.Model):
    """What a cell asks of the committee above in its minutes: numbered in the cell's year, owed by the unit `to` until
    it is answered. The answer stands on the agenda of the cell's next meeting."""

    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="proposals")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=1000)
    state = models.CharField(max_length=10, default="sent")
    sent_on = models.DateField()
    answer = models.CharField(max_length=2000, blank=True, default="")
    answered_on = models.DateField(null=True, default=None)
    answered_by = models.CharField(max_length=120, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()

    class Meta:
        verbose_name = _("kiến nghị")
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "number"], name="proposal_numbered_once"),
            models.CheckConstraint(
                condition=Q(state="answered", answered_on__isnull=False) | (~Q(state="answered") & Q(answered_on=None)),
                name="proposal_answered_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["to", "state"], name="proposal_owed")]


class MonthReport(models.Model):
    """The monthly report of a cell: what was done, what comes, in the cell's own words. `facts` are the sentences that
    the figures filled in, frozen when it was handed in."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    first = models.DateField()
    done = models.TextField(blank=True, default="")
    people = models.TextField(blank=True, default="")
    ahead = models.TextField(blank=True, default="")
    facts = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="draft")
    handed_in_on = models.DateField(null=True, default=None)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("báo cáo tháng")
        constraints = [
            models.UniqueConstraint(fields=["unit", "first"], name="month_report_once"),
            models.CheckConstraint(
                condition=Q(state="handed_in", handed_in_on__isnull=False) | Q(state="draft", handed_in_on=None),
                name="month_report_handed_in_on_a_day",
            ),
        ]
