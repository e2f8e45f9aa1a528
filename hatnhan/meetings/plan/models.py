"""A meeting on its way: planned, prepared, invited to, held. Closing it records a `Meeting`, which alone counts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.models import Unit
from hatnhan.members.models import Person


class Sitting(models.Model):
    """One meeting of a unit from its plan to its end. `version` rises with everything that those who follow on a
    phone must see; `meeting` is what was recorded when it was closed. `came_from` is the unit that planned it, where it
    came along when that went up in another, by the act `came_in`. `changed_by` and `changed_at` tell two who
    prepare it together what the other has just done."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sittings")
    kind = models.CharField(max_length=15)
    form = models.CharField(max_length=10, default="in_person")
    state = models.CharField(max_length=10, default="planned")
    day = models.DateField()
    starts = models.TimeField()
    place = models.CharField(max_length=120, blank=True, default="")
    topic = models.CharField(max_length=200, blank=True, default="")
    chair = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    clerk = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)
    invited_at = models.DateTimeField(null=True, default=None)
    opened_at = models.DateTimeField(null=True, default=None)
    closed_at = models.DateTimeField(null=True, default=None)
    meeting = models.OneToOneField("meetings.Meeting", models.PROTECT, null=True, default=None, related_name="sitting")
    came_from = models.ForeignKey(Unit, models.PROTECT, null=True, default=None, related_name="+", db_index=False)
    came_in = models.BigIntegerField(null=True, default=None)
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()
    changed_at = models.DateTimeField(null=True, default=None)
    changed_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        verbose_name = _("buổi họp")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", meeting__isnull=False) | (~Q(state="closed") & Q(meeting=None)),
                name="sitting_closed_is_recorded",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "closed"], opened_at__isnull=False) | ~Q(state__in=["open", "closed"]),
                name="sitting_open_since",
            ),
            models.CheckConstraint(
                condition=~Q(state="planned", invited_at__isnull=False) & ~Q(state="invited", invited_at=None),
                name="sitting_invited_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["unit", "day", "starts"], condition=~Q(state="cancelled"), name="sitting_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["unit", "day"], name="sitting_unit")]

    def __str__(self) -> str:
        return f"{self.day}"


class AgendaItem(models.Model):
    """One item of the agenda: what is dealt with, by whom, in how many minutes, and the draft text, if any. `subject`
    and `subject_id` name the case of another module that the item belongs to. `origin` tells how it came here: written
    by hand, from the template, put off at the last meeting, from the committee's packet, or as an answer to a proposal.
    An item that is `put_off` comes again at the next meeting; `version` rises with every change of its words."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="agenda")
    number = models.PositiveIntegerField()
    part = models.CharField(max_length=10, default="main")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True, default="")
    minutes = models.PositiveIntegerField(default=0)
    speaker = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    rule = models.CharField(max_length=60, blank=True, default="")
    subject = models.CharField(max_length=40, blank=True, default="")
    subject_id = models.BigIntegerField(null=True, default=None)
    origin = models.CharField(max_length=10, default="own")
    state = models.CharField(max_length=10, default="waiting")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("mục trong chương trình")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["sitting", "number"], name="agenda_number_once")]


class Preparation(models.Model):
    """What the cell committee agreed before the meeting, or the secretary and the deputy where there is no committee:
    who was there, on which day, what in a few lines."""

    sitting = models.OneToOneField(Sitting, models.CASCADE, related_name="preparation")
    held_on = models.DateField()
    people = models.ManyToManyField(Person, related_name="+")
    text = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=0)


class Chore(models.Model):
    """A small job of preparation: hang the banner, print the agenda, open the hall."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="chores")
    text = models.CharField(max_length=200)
    who = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True, default=None)


class TaskCall(models.Model):
    """Somebody was asked how a task goes: on which day, what was said of it in a word and a line."""

    task = models.ForeignKey("meetings.Task", models.CASCADE, related_name="calls")
    asked_on = models.DateField()
    state = models.CharField(max_length=10)
    note = models.CharField(max_length=200, blank=True, default="")
    by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()


class Reply(models.Model):
    """What a member answers to the invitation (`will`: yes, no, or nothing yet), and when somebody rang who has no
    account. No reason is kept."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="replies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    will = models.CharField(max_length=3, blank=True, default="")
    answered_at = models.DateTimeField(null=True, default=None)
    rung_at = models.DateTimeField(null=True, default=None)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "person"], name="reply_once")]


class Remark(models.Model):
    """A comment or a question of a member before the meeting, for the secretary and the deputy. It is erased some days
    after the meeting: what was said there stands in its minutes only."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="remarks")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    written_at = models.DateTimeField()
