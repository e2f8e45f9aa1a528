"""The pool of promising people, the case of each with its steps, and the targets of units.

Of outsiders nothing is kept but what a step needs: names and birth of the applicant; of vetting and opinions days, yes
or no, and where the paper lies. There is no field for text (users.md §5.8)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.known import KnownField
from hatnhan.kernel.models import Unit
from hatnhan.kernel.paths import ByteOrderedField
from hatnhan.kernel.period import Dated, NoOverlap, forward
from hatnhan.members.models import Person

UNVOIDED = Q(voided_at__isnull=True)


class Recorded(models.Model):
    """A row that knows in which act it was recorded."""

    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()

    class Meta:
        abstract = True


class Applicant(Recorded):
    """A promising person. Of a `minor` only the name and who helps are kept. `told_on`: the day on which the person was
    told of being listed. `erased_on`: the personal data are gone, the numbers stay."""

    name = models.CharField(max_length=120, blank=True)
    name_key = ByteOrderedField(max_length=140, blank=True, default="")
    sort_key = ByteOrderedField(max_length=240, blank=True, default="")
    minor = models.BooleanField(default=False)
    sex = models.CharField(max_length=1, blank=True, default="")
    birth = KnownField(null=True, blank=True)
    sector = models.CharField(max_length=12, blank=True, default="")
    told_on = models.DateField(null=True, default=None)
    erased_on = models.DateField(null=True, default=None)

    class Meta:
        verbose_name = _("quần chúng ưu tú")
        constraints = [
            models.CheckConstraint(
                condition=Q(minor=False) | Q(sex="", birth__isnull=True, sector=""), name="applicant_minor_name_only"
            ),
            models.CheckConstraint(
                condition=Q(erased_on__isnull=True) | Q(name="", sex="", birth__isnull=True, sector=""),
                name="applicant_erased_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AdmissionCase(Recorded):
    """The way of one applicant from being listed to full membership; the states are those of `flows`.

    `unit` is the cell that has the case, `since` the day of the present state. `dossier_on` is the day on which the
    dossier was made or renewed, from which it grows stale. `decided_on`, `ceremony_on`, `official_on` repeat what the
    steps say, for lists and figures; `person` is the member who came of it. `again` with `left_on`: re-admission, of
    somebody who left on that day (of a minor crime, whose record was cleared then); `consent_on`: the day of the
    written consent which re-admission and admission past the age need. `failed`: votes on recognition that failed.
    `age`: completed years on the day of the ceremony."""

    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="cases")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="admission_cases")
    state = models.CharField(max_length=24, default="new")
    since = models.DateField()
    opened_on = models.DateField()
    dossier_on = models.DateField(null=True, default=None)
    reviewed_on = models.DateField(null=True, default=None)
    decided_on = models.DateField(null=True, default=None)
    decision = models.CharField(max_length=60, blank=True, default="")
    decided_at = models.ForeignKey(Unit, models.PROTECT, null=True, default=None, related_name="+")
    received_on = models.DateField(null=True, default=None)
    ceremony_on = models.DateField(null=True, default=None)
    probation_ends = models.DateField(null=True, default=None)
    official_on = models.DateField(null=True, default=None)
    moved_on = models.DateField(null=True, default=None)
    ended_on = models.DateField(null=True, default=None)
    end_reason = models.CharField(max_length=20, blank=True, default="")
    again = models.BooleanField(default=False)
    left_how = models.CharField(max_length=20, blank=True, default="")
    left_on = models.DateField(null=True, default=None)
    consent_on = models.DateField(null=True, default=None)
    consent_paper = models.CharField(max_length=60, blank=True, default="")
    failed = models.PositiveIntegerField(default=0)
    age = models.PositiveSmallIntegerField(null=True, default=None)
    person = models.ForeignKey(Person, models.PROTECT, null=True, default=None, related_name="admission_cases")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("hồ sơ kết nạp")
        constraints = [
            models.UniqueConstraint(
                fields=["applicant"], condition=Q(ended_on__isnull=True), name="admission_open_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(reviewed_on__isnull=False, decided_on__gte=F("reviewed_on")),
                name="admission_decided_after_review",
            ),
            models.CheckConstraint(
                condition=Q(ceremony_on__isnull=True) | Q(decided_on__isnull=False, ceremony_on__gte=F("decided_on")),
                name="admission_ceremony_after_decision",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="admission_unit"),
            models.Index(fields=["ceremony_on"], name="admission_ceremony", condition=Q(ceremony_on__isnull=False)),
        ]


class Step(Recorded):
    """One step of a case: which, on which day, at which unit and by which body, under which rule of that day, with the
    paper's number and where it lies. Of a vote the numbers: never who. `warned` are codes of what unsure rules had
    against it. `meeting` is the meeting of the cell whose adopted minutes decided it (an id of meetings)."""

    case = models.ForeignKey(AdmissionCase, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=24)
    state = models.CharField(max_length=24)
    day = models.DateField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    body = models.CharField(max_length=120, blank=True, default="")
    rule = models.CharField(max_length=80, blank=True, default="")
    paper = models.CharField(max_length=60, blank=True, default="")
    place = models.CharField(max_length=120, blank=True, default="")
    base = models.PositiveIntegerField(null=True, default=None)
    needed = models.PositiveIntegerField(null=True, default=None)
    in_favour = models.PositiveIntegerField(null=True, default=None)
    against = models.PositiveIntegerField(null=True, default=None)
    method = models.CharField(max_length=10, blank=True, default="")
    warned = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("bước của hồ sơ kết nạp")
        constraints = [
            models.CheckConstraint(
                condition=Q(base__isnull=True) | Q(base__gte=F("in_favour") + F("against")),
                name="admission_votes_within_base",
            )
        ]
        indexes = [models.Index(fields=["case", "id"], name="admissionstep_case")]


class Helper(Dated):
    """Which full member helps an applicant."""

    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="helpers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("đảng viên giúp đỡ")
        constraints = [forward("admissionhelper_forward"), NoOverlap(fields=["applicant"], name="admissionhelper_once")]


class Certificate(Recorded):
    """A class that was attended: the day of its certificate and its number."""

    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=12)
    issued_on = models.DateField()
    number = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        verbose_name = _("giấy chứng nhận học lớp")
        constraints = [
            models.UniqueConstraint(fields=["applicant", "kind", "issued_on"], name="admissioncertificate_once")
        ]


class Introducer(Dated):
    """Who introduces: a full member who has been `together_since`, or the resolution of a union. A `replacement` need
    not have been together for the months of the rule."""

    case = models.ForeignKey(AdmissionCase, models.PROTECT, related_name="introducers")
    kind = models.CharField(max_length=12)
    person = models.ForeignKey(Person, models.PROTECT, null=True, default=None, related_name="+")
    together_since = models.DateField(null=True, default=None)
    replacement = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("người giới thiệu")
        constraints = [
            forward("admissionintroducer_forward"),
            models.CheckConstraint(
                condition=Q(kind="member", person__isnull=False) | (~Q(kind="member") & Q(person__isnull=True)),
                name="admissionintroducer_member_or_union",
            ),
        ]


class Vetting(Recorded):
    """One request for vetting: its number within the case, when it was asked and answered, whether what was declared
    is right, and where the answer lies. Nothing about whom it concerns."""

    case = models.ForeignKey(AdmissionCase, models.PROTECT, related_name="vettings")
    number = models.PositiveIntegerField()
    abroad = models.BooleanField(default=False)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, default=None)
    right = models.BooleanField(null=True, default=None)
    place = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        verbose_name = _("lượt thẩm tra lý lịch")
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="vetting_once"),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, right__isnull=True)
                | Q(right__isnull=False, answered_on__gte=F("asked_on")),
                name="vetting_answered_after_asked",
            ),
        ]


class Opinion(Recorded):
    """An opinion that was given: by what kind of organisation, when, in favour or not, and where the paper lies."""

    case = models.ForeignKey(AdmissionCase, models.PROTECT, related_name="opinions")
    source = models.CharField(max_length=10)
    given_on = models.DateField()
    in_favour = models.BooleanField()
    place = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        verbose_name = _("ý kiến nhận xét")


class DossierPaper(Recorded):
    """A paper of the dossier that is there: which (an entry of the rulebook's list), since when, where it lies."""

    case = models.ForeignKey(AdmissionCase, models.PROTECT, related_name="papers")
    item = models.CharField(max_length=20)
    received_on = models.DateField()
    place = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        verbose_name = _("giấy tờ trong hồ sơ")
        indexes = [models.Index(fields=["case", "item"], name="dossierpaper_case")]


class Delegation(Dated):
    """A grassroots committee may admit and expel itself, by a decision of the level above (294-QĐ/TW, item 22.1)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    decision = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("ủy quyền kết nạp")
        constraints = [forward("delegation_forward"), NoOverlap(fields=["unit"], name="delegation_once")]


class Target(Recorded):
    """How many a unit is to admit in a year, in total or of a group; the latest row of a unit, year and kind holds."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, default="total")
    count = models.PositiveIntegerField()
    document = models.CharField(max_length=60, blank=True, default="")
    voided_at = models.DateTimeField(null=True, default=None)
    voided_in = models.BigIntegerField(null=True, default=None)

    class Meta:
        verbose_name = _("chỉ tiêu kết nạp")
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "kind"], condition=UNVOIDED, name="admissiontarget_once")
        ]


class NoSource(Dated):
    """A cell without anybody to admit for now, with its reason: a state like any other, no fault."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    why = models.CharField(max_length=12)

    class Meta:
        verbose_name = _("không còn nguồn kết nạp")
        constraints = [forward("nosource_forward"), NoOverlap(fields=["unit"], name="nosource_once")]
