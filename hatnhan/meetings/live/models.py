"""A meeting while it is held. What is written here is a draft of its minutes, until closing records the meeting."""

from django.db import models
from django.db.models import Q

from hatnhan.meetings.plan.models import AgendaItem, Sitting
from hatnhan.members.models import Person


class Live(models.Model):
    """Where an open sitting is: the item under discussion since when, the door's code, and `words`, which rises with
    every text that is saved, as `Sitting.version` does with what phones must see."""

    sitting = models.OneToOneField(Sitting, models.CASCADE, primary_key=True, related_name="live")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, default=None, related_name="+")
    item_since = models.DateTimeField(null=True, default=None)
    code = models.CharField(max_length=8, blank=True, default="")
    words = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="live_code_of_one_sitting")]


class RollMark(models.Model):
    """What the roll says of one member so far. `claimed`: the member said so with the door's code and the secretary
    has not yet confirmed it, so it does not count."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="marks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    mark = models.CharField(max_length=10)
    online = models.BooleanField(default=False)
    claimed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "person"], name="roll_mark_once")]


class LiveText(models.Model):
    """One field of the minutes as it is being written. `revision` tells two writers apart. What persons said lies here
    and goes nowhere else: not into the log, the API, a figure or a profile."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="texts")
    name = models.CharField(max_length=40)
    text = models.TextField(blank=True, default="")
    revision = models.PositiveIntegerField(default=1)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "name"], name="live_text_once")]


class OtherText(models.Model):
    """What somebody else wrote into the same field at the same time; both are kept until one of them chooses."""

    of = models.ForeignKey(LiveText, models.CASCADE, related_name="others")
    text = models.TextField()
    by = models.CharField(max_length=120)
    at = models.DateTimeField()


class LiveMotion(models.Model):
    """A vote: how it is taken, and once closed its numbers. Of a secret one `issued` ballots were handed out and
    `spoilt` of those returned were not valid."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="votes")
    number = models.PositiveIntegerField()
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, default=None, related_name="votes")
    text = models.CharField(max_length=300)
    rule = models.CharField(max_length=60)
    method = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="open")
    issued = models.PositiveIntegerField(default=0)
    spoilt = models.PositiveIntegerField(default=0)
    in_favour = models.PositiveIntegerField(default=0)
    against = models.PositiveIntegerField(default=0)
    abstained = models.PositiveIntegerField(default=0)
    base = models.PositiveIntegerField(default=0)
    needed = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, default=None)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "number"], name="live_motion_once"),
            models.UniqueConstraint(fields=["sitting"], condition=Q(state="open"), name="live_motion_one_open"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="live_motion_closed_at_a_time",
            ),
        ]


class PhoneVote(models.Model):
    """That a member voted by phone. `choice` is kept until the vote is closed and emptied then: who voted how is known
    to nobody afterwards."""

    motion = models.ForeignKey(LiveMotion, models.CASCADE, related_name="cast")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["motion", "person"], name="phone_vote_once")]


class Reserved(models.Model):
    """An opinion that its holder asked to have reserved; without the wish to be named it is only counted."""

    motion = models.ForeignKey(LiveMotion, models.CASCADE, related_name="reservations")
    person = models.ForeignKey(Person, models.PROTECT, null=True, default=None, related_name="+")
    text = models.TextField(blank=True, default="")


class LiveTask(models.Model):
    """A task as it is given; `report_on` is the first day of the month at whose meeting it will be reported."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="tasks")
    text = models.CharField(max_length=300)
    leader = models.ForeignKey(Person, models.PROTECT, null=True, default=None, related_name="+")
    due_on = models.DateField()
    report_on = models.DateField(null=True, default=None)


class LiveReport(models.Model):
    """How a task of an earlier meeting stands, as it was told at this one."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="reports")
    task = models.ForeignKey("meetings.Task", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "task"], name="live_report_once")]
