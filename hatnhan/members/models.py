"""Members: a person, and beside it, each with its own dates, standing, participation, membership and offices."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.facts import Counted
from hatnhan.kernel.known import KnownField
from hatnhan.kernel.models import Unit
from hatnhan.kernel.paths import ByteOrderedField
from hatnhan.kernel.period import Dated, NoOverlap, forward, written
from hatnhan.units.models import Body, Group

from .fact_tables import MemberFacts, MemberSums, UnitFacts, UnitSums

UNVOIDED = Q(voided_at__isnull=True)


class Person(Counted):
    """A person as known now. What was known before a correction lies in `PersonPast`.

    The three dates of admission are kept apart (members.md §3.1): the day of the decision drives Party age, the day of
    the ceremony the probation, the official day the full membership. `party_base` is the day from which Party age
    counts, shifted by gaps; `party_base_provisional` is true while the day of the decision is not known."""

    eligible = ("sex", "birth", "party_base", "party_base_provisional")
    name = models.CharField(max_length=120)
    name_key = ByteOrderedField(max_length=140)
    sort_key = ByteOrderedField(max_length=240)
    other_name = models.CharField(max_length=120, blank=True, default="")
    sex = models.CharField(max_length=1, blank=True, default="")
    birth = KnownField(null=True, blank=True)
    hometown = models.CharField(max_length=200, blank=True, default="")
    residence = models.CharField(max_length=200, blank=True, default="")
    occupation = models.CharField(max_length=120, blank=True, default="")
    education = models.CharField(max_length=120, blank=True, default="")
    theory = models.CharField(max_length=40, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    cv_number = models.CharField(max_length=20, blank=True, default="")
    sealed = models.TextField(blank=True, default="")
    decision_date = KnownField(null=True, blank=True)
    ceremony_date = KnownField(null=True, blank=True)
    official_date = KnownField(null=True, blank=True)
    party_base = models.DateField(null=True, blank=True)
    party_base_provisional = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True, default="")
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="person"
    )
    version = models.PositiveIntegerField(default=0)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()
    voided_at = models.DateTimeField(null=True, default=None)
    voided_in = models.BigIntegerField(null=True, default=None)

    class Meta:
        indexes = [
            models.Index(fields=["sort_key", "id"], name="person_sort"),
            models.Index(fields=["name_key"], name="person_name"),
        ]

    def __str__(self) -> str:
        return self.name


class PersonPast(models.Model):
    """What was held to be true of a person until an act corrected it: the changed fields alone, as text."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="past")
    values = models.JSONField()
    known_until = models.DateTimeField()
    act = models.BigIntegerField(db_index=True)


class PersonNumber(Dated):
    """A card number or a citizen's number: encrypted, with a keyed hash for exact search, shown as its tail.

    Since 2/9/2025 the card number is the citizen's number (347-QĐ/TW); the former eight digits stay as `old_card`.
    `says` is what twelve digits tell of their bearer, kept when they are written so that it can be compared without
    decrypting: year of birth and sex, as `1957m`; empty where they tell nothing, null where nobody looked yet."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="numbers")
    kind = models.CharField(max_length=12)
    sealed = models.TextField()
    digest = ByteOrderedField(max_length=64)
    tail = models.CharField(max_length=8)
    says = models.CharField(max_length=5, null=True, default=None)

    class Meta:
        verbose_name = _("số thẻ, số định danh")
        constraints = [
            forward("number_forward"),
            NoOverlap(fields=["person", "kind"], name="number_once"),
            NoOverlap(fields=["digest"], name="number_unique"),
        ]
        indexes = [
            models.Index(fields=["digest"], name="number_digest", condition=UNVOIDED),
            models.Index(fields=["person"], name="number_person", condition=UNVOIDED),
        ]


class Standing(Dated):
    """Probationary, full, or how somebody left the Party (members.md §3.2)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="standings")
    kind = models.CharField(max_length=15)
    decision = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        verbose_name = _("tình trạng đảng viên")
        constraints = [forward("standing_forward"), NoOverlap(fields=["person"], name="standing_once")]
        indexes = [
            models.Index(fields=["person", "valid_from"], name="standing_person", condition=UNVOIDED),
            models.Index(fields=["kind", "valid_from"], name="standing_kind", condition=UNVOIDED),
            *written("standing"),
        ]


class Participation(Dated):
    """A deviation from ordinary Party life: exempt, suspended, temporarily elsewhere, in transit. None means active."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="participations")
    kind = models.CharField(max_length=20)
    decision = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        verbose_name = _("tình trạng sinh hoạt")
        constraints = [forward("participation_forward"), NoOverlap(fields=["person"], name="participation_once")]
        indexes = [
            models.Index(fields=["person"], name="participation_person", condition=UNVOIDED),
            models.Index(fields=["kind", "valid_from"], name="participation_kind", condition=UNVOIDED),
            *written("participation"),
        ]


class Membership(Dated):
    """Where somebody belongs: at home, temporarily, or as a guest at the residence (213-QĐ/TW). One home at a time.

    `came` and `went` say how, `origin` and `destination` from and to which unit, null outside this installation."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=10, default="home")
    came = models.CharField(max_length=15)
    went = models.CharField(max_length=15, blank=True, default="")
    origin = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True, db_index=False)
    destination = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True, db_index=False)

    class Meta:
        verbose_name = _("nơi sinh hoạt")
        constraints = [
            forward("membership_forward"),
            NoOverlap(fields=["person"], name="membership_home_once", only=("kind", "home")),
        ]
        indexes = [
            models.Index(
                fields=["unit", "kind", "valid_from", "valid_to", "person"], name="membership_unit", condition=UNVOIDED
            ),
            models.Index(fields=["person"], name="membership_person", condition=UNVOIDED),
            models.Index(fields=["valid_from"], name="membership_from", condition=UNVOIDED),
            models.Index(
                fields=["valid_to"],
                name="membership_to",
                condition=Q(voided_at__isnull=True, valid_to__lt=date(9999, 12, 31)),
            ),
            *written("membership"),
        ]


class GroupPlace(Dated):
    """In which Party group of the cell a member is."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="group_places")
    group = models.ForeignKey(Group, models.PROTECT, related_name="places")

    class Meta:
        verbose_name = _("tổ đảng")
        constraints = [forward("groupplace_forward"), NoOverlap(fields=["person"], name="groupplace_once")]


class Tenure(Dated):
    """An office held at a unit, or in a body of its committee, for a period. Appointing grants rights, ending revokes.

    `key` stays the same when a row is replaced, so that grants can name the tenure they come from."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="tenures")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tenures")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="tenures")
    office = models.CharField(max_length=30)
    key = models.BigIntegerField(db_index=True)
    decision = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        verbose_name = _("chức vụ")
        constraints = [forward("tenure_forward"), NoOverlap(fields=["person", "unit", "office"], name="tenure_once")]
        indexes = [
            models.Index(fields=["unit"], name="tenure_unit", condition=UNVOIDED),
            *written("tenure"),
            models.Index(fields=["person"], name="tenure_person", condition=UNVOIDED),
        ]


class PersonMerge(models.Model):
    """Two records of one person made one; `act` is the log entry's id."""

    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    gone = models.ForeignKey(Person, models.PROTECT, related_name="+")
    act = models.BigIntegerField(unique=True)
    undone_in = models.BigIntegerField(null=True, default=None)


class Question(models.Model):
    """Something that people must decide, opened by an import: who is who, or whose number is right. It is asked at the
    unit that stands above both sides, and names no one to a reader of one side alone."""

    kind = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    other = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    values = models.JSONField(default=dict)
    act = models.BigIntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, default=None)
    closed_in = models.BigIntegerField(null=True, default=None)
    answer = models.CharField(max_length=20, default="")

    class Meta:
        indexes = [models.Index(fields=["unit"], name="question_open", condition=Q(closed_at__isnull=True))]


class Correction(models.Model):
    """A member's own request that something in the record be put right (NĐ 356/2025/NĐ-CP, article 5).

    `field` is one of `choices.FIELDS` or `NUMBER_KINDS`, or `other`; `stated` is what is right, sealed, and of a number
    `tail` its last digits; `evidence` tells where the paper lies: no paper is kept here. `answer` is what the member
    reads. The states are those of `corrections.flows`."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=20)
    stated = models.TextField()
    tail = models.CharField(max_length=8, blank=True, default="")
    why = models.CharField(max_length=300)
    evidence = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=12, default="new")
    asked_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_in = models.BigIntegerField()
    acknowledged_on = models.DateField(null=True, default=None)
    answered_on = models.DateField(null=True, default=None)
    answered_in = models.BigIntegerField(null=True, default=None)
    answer = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("đề nghị điều chỉnh")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "field"],
                condition=Q(state__in=("asked", "acknowledged")) & ~Q(field="other"),
                name="correction_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("new", "asked", "acknowledged"), answered_on__isnull=True)
                | (~Q(state__in=("new", "asked", "acknowledged")) & Q(answered_on__isnull=False)),
                name="correction_answered_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["person", "id"], name="correction_person")]


class ImportRun(models.Model):
    """An uploaded list on its way in: file, mapping, preview, result. `act` is the log entry that applied it."""

    kind = models.CharField(max_length=10)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    account = models.BigIntegerField(null=True)
    file_name = models.CharField(max_length=200)
    stored = models.CharField(max_length=100)
    mapping = models.JSONField(null=True, default=None)
    on = models.DateField()
    state = models.CharField(max_length=12)
    result = models.JSONField(null=True, default=None)
    job = models.BigIntegerField(null=True, default=None)
    created_at = models.DateTimeField()
    act = models.BigIntegerField(null=True, default=None)
    undone_in = models.BigIntegerField(null=True, default=None)


class ExportRequest(models.Model):
    """Somebody wants a list over more than one cell as a file. A second person answers; approved, the one who asked
    fetches the file until `until`. `query` are the filters of the list's address. Its id is the number that the file
    carries. `what` is taken out is one of `takings`."""

    what = models.CharField(max_length=20, default="members")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    on = models.DateField()
    query = models.TextField(blank=True, default="")
    reason = models.CharField(max_length=300)
    count = models.PositiveIntegerField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, default=None)
    answer = models.CharField(max_length=300, blank=True, default="")
    until = models.DateTimeField(null=True, default=None)
    fetched_at = models.DateTimeField(null=True, default=None)

    class Meta:
        verbose_name = _("yêu cầu lấy danh sách")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=models.F("account")), name="export_second_person"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(answered_by__isnull=False, until__isnull=False),
                name="export_approved_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-id"], name="export_account"),
            models.Index(fields=["unit"], name="export_waiting", condition=Q(state="waiting")),
        ]


__all__ = [
    "ExportRequest", "GroupPlace", "ImportRun", "MemberFacts", "MemberSums", "Membership", "Participation", "Person",
    "PersonMerge", "PersonNumber", "PersonPast", "Question", "Standing", "Tenure", "UnitFacts", "UnitSums",
]  # fmt: skip
