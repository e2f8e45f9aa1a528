"""A meeting as its minutes tell it: who was there, what was voted, what came out, which tasks were given."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.models import Unit
from hatnhan.members.models import Person

UNVOIDED = Q(voided_at__isnull=True)


class Meeting(models.Model):
    """A meeting of a unit as known now; what was known before a change lies in `MeetingPast`.

    The totals are kept on the row, so that figures are sums over meetings: `due` are those obliged to attend,
    `present` those of them who came, late or not; `exempt_present` came without being obliged; `guests`, `spoke` and
    `minutes` are numbers of persons and of minutes; `tasks` were given at it, `tasks_done` of these are done.
    `by_numbers`: of the absent only numbers were written down, so there is no roll by name.
    `on_day` is told when the minutes are adopted: whether it was held on the unit's fixed day, or on the one proposed
    where that is a day off; None where no day was fixed."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=15)
    form = models.CharField(max_length=10, default="in_person")
    held_on = models.DateField()
    started = models.TimeField()
    ended = models.TimeField()
    place = models.CharField(max_length=120, blank=True, default="")
    chair = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    clerk = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, default="recorded")
    due = models.PositiveIntegerField()
    present = models.PositiveIntegerField()
    excused = models.PositiveIntegerField()
    unexcused = models.PositiveIntegerField()
    exempt_present = models.PositiveIntegerField(default=0)
    by_numbers = models.BooleanField(default=False, db_default=False)
    guests = models.PositiveIntegerField(default=0)
    spoke = models.PositiveIntegerField(default=0)
    minutes = models.PositiveIntegerField()
    tasks = models.PositiveIntegerField(default=0)
    tasks_done = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=10, default="none")
    outcome_text = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    adopted_on = models.DateField(null=True, default=None)
    on_day = models.BooleanField(null=True, default=None)
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()
    voided_at = models.DateTimeField(null=True, default=None)
    voided_in = models.BigIntegerField(null=True, default=None)

    class Meta:
        verbose_name = _("buổi sinh hoạt")
        constraints = [
            models.CheckConstraint(
                condition=Q(due=F("present") + F("excused") + F("unexcused")), name="meeting_roll_adds_up"
            ),
            models.CheckConstraint(condition=Q(ended__gt=F("started")), name="meeting_ends_after_its_start"),
            models.CheckConstraint(condition=Q(tasks_done__lte=F("tasks")), name="meeting_tasks_done_are_tasks"),
            models.CheckConstraint(
                condition=Q(state="withdrawn", voided_at__isnull=False) | (~Q(state="withdrawn") & UNVOIDED),
                name="meeting_withdrawn_is_voided",
            ),
            models.CheckConstraint(
                condition=Q(state="adopted", adopted_on__isnull=False) | (~Q(state="adopted") & Q(adopted_on=None)),
                name="meeting_adopted_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["unit", "held_on", "started"], condition=UNVOIDED, name="meeting_one_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "held_on"], name="meeting_unit", condition=UNVOIDED),
            models.Index(fields=["held_on"], name="meeting_day", condition=UNVOIDED),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}"


class MeetingPast(models.Model):
    """What was held to be true of a meeting until an act changed it: totals, roll and motions, as plain values."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="past")
    values = models.JSONField()
    known_until = models.DateTimeField()
    act = models.BigIntegerField(db_index=True)


class Attendance(models.Model):
    """What the roll says of one member. `due`: obliged to attend by the rule of the day; `votes`: a full member with
    the right to vote that day; `online`: attended from elsewhere. No reason of an absence is kept."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="roll")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances")
    mark = models.CharField(max_length=10)
    due = models.BooleanField()
    votes = models.BooleanField()
    online = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(due=True, mark__in=["present", "late", "excused", "unexcused"])
                | Q(due=False, mark__in=["not_due", "present"]),
                name="attendance_mark_fits",
            ),
        ]


class Motion(models.Model):
    """What was voted on, in numbers: never who. `base` are those of whom the majority is taken, `needed` the votes
    that it took by the rule `rule` of the day; `reserved` counts opinions reserved at their holders' own wish.
    `subject` and `subject_id` name the case of another module that is decided by it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="motions")
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=300)
    method = models.CharField(max_length=10)
    rule = models.CharField(max_length=60)
    base = models.PositiveIntegerField()
    needed = models.PositiveIntegerField()
    in_favour = models.PositiveIntegerField()
    against = models.PositiveIntegerField(default=0)
    abstained = models.PositiveIntegerField(default=0)
    reserved = models.PositiveIntegerField(default=0)
    carried = models.BooleanField()
    subject = models.CharField(max_length=40, blank=True, default="")
    subject_id = models.BigIntegerField(null=True, default=None)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="motion_once"),
            models.CheckConstraint(
                condition=Q(base__gte=F("in_favour") + F("against") + F("abstained")), name="motion_votes_within_base"
            ),
            models.CheckConstraint(
                condition=Q(carried=True, in_favour__gte=F("needed")) | Q(carried=False, in_favour__lt=F("needed")),
                name="motion_carried_by_its_votes",
            ),
        ]


class Task(models.Model):
    """A task given at a meeting: who leads it, by when, to be reported at the meeting of the month of `report_on`.
    `reported_in` is the meeting at which its state was told."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="given")
    text = models.CharField(max_length=300)
    leader = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField()
    report_on = models.DateField(null=True, default=None)
    state = models.CharField(max_length=10, default="open")
    done_on = models.DateField(null=True, default=None)
    reported_in = models.ForeignKey(Meeting, models.PROTECT, null=True, default=None, related_name="+")

    class Meta:
        verbose_name = _("nhiệm vụ được giao")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) | Q(state__in=["open", "stuck"], done_on__isnull=True),
                name="task_done_on_a_day",
            )
        ]


class Addendum(models.Model):
    """What was added to adopted minutes; the minutes themselves stay."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="addenda")
    text = models.TextField()
    added_on = models.DateField()
    added_by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()
