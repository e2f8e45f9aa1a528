"""The register of papers with its files, the terms by which numbers run, and the library."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.access.models import Account
from hatnhan.kernel.models import Unit
from hatnhan.kernel.period import Dated, NoOverlap, forward


class CommitteeTerm(Dated):
    """A term of a committee or of a cell's leadership: numbers of papers run through it. `basis` is the paper or event
    that it began with."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="terms")
    name = models.CharField(max_length=60)
    basis = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        verbose_name = _("nhiệm kỳ")
        constraints = [forward("term_forward"), NoOverlap(fields=["unit"], name="committee_term_once")]

    def __str__(self) -> str:
        return self.name


class Folder(models.Model):
    """A folder of a unit's library."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="folders")
    name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()

    class Meta:
        verbose_name = _("ngăn văn bản")
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="folder_name_once")]

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """A line of a unit's register: a paper that it issued (`out`) or received (`in`).

    `series` is what the number counts in: term, symbol of the body and type; of incoming papers the year. `symbol` is
    the number as quoted (05-NQ/CB), of an incoming paper the sender's. A paper with a `secrecy` mark has no abstract,
    no text and no file. `key` is what a search without marks looks at; the text of minutes is never in it, so that
    nobody is found by what was said. `subject` and `subject_id` name the thing that it is a paper of. `working_rules`
    in force until `rules_until`."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="papers")
    direction = models.CharField(max_length=3, default="out")
    body = models.CharField(max_length=12, blank=True, default="")
    kind = models.CharField(max_length=20)
    term = models.ForeignKey(CommitteeTerm, models.PROTECT, null=True, default=None, related_name="papers")
    series = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    symbol = models.CharField(max_length=60)
    day = models.DateField()
    received_on = models.DateField(null=True, default=None)
    about = models.CharField(max_length=300, blank=True, default="")
    party = models.CharField(max_length=200, blank=True, default="")
    joint = models.CharField(max_length=200, blank=True, default="")
    secrecy = models.CharField(max_length=10, blank=True, default="")
    state = models.CharField(max_length=10, default="adopted")
    note = models.CharField(max_length=300, blank=True, default="")
    origin = models.CharField(max_length=10, default="given")
    key = models.TextField(blank=True, default="")
    subject = models.CharField(max_length=40, blank=True, default="")
    subject_id = models.BigIntegerField(null=True, default=None)
    working_rules = models.BooleanField(default=False)
    rules_until = models.DateField(null=True, default=None)
    folder = models.ForeignKey(Folder, models.PROTECT, null=True, default=None, related_name="papers")
    reach = models.CharField(max_length=5, blank=True, default="")
    published_on = models.DateField(null=True, default=None)
    confirms = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()

    class Meta:
        verbose_name = _("văn bản")
        constraints = [
            models.UniqueConstraint(fields=["unit", "series", "number"], name="paper_number_once"),
            models.UniqueConstraint(
                fields=["subject", "subject_id"], condition=~Q(subject="") & ~Q(state="cancelled"),
                name="paper_of_a_thing_once",
            ),
            models.CheckConstraint(
                condition=Q(secrecy="") | Q(about="", folder__isnull=True, reach=""), name="paper_secret_is_bare"
            ),
            models.CheckConstraint(
                condition=Q(direction="in", received_on__isnull=False, term__isnull=True)
                | Q(direction="out", received_on__isnull=True, term__isnull=False),
                name="paper_in_or_out",
            ),
            models.CheckConstraint(
                condition=Q(reach="", published_on__isnull=True) | (~Q(reach="") & Q(published_on__isnull=False)),
                name="paper_published_on_a_day",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["unit", "day"], name="paper_unit"),
            models.Index(fields=["unit", "published_on"], name="paper_library", condition=~Q(reach="")),
        ]

    def __str__(self) -> str:
        return self.symbol


class File(models.Model):
    """A file of a paper, kept under its SHA-256; `kind` is what its content is (pdf, docx …), whatever its name."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="files")
    role = models.CharField(max_length=12)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    position = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)
    added_in = models.BigIntegerField()

    class Meta:
        verbose_name = _("tệp của văn bản")
        indexes = [models.Index(fields=["sha256"], name="file_hash")]

    def __str__(self) -> str:
        return self.name


class Receipt(models.Model):
    """An account has opened a paper of the library; `confirmed_at` where the paper asks for it. Shown as a number, by
    name only where it was confirmed."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="receipts")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    read_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, default=None)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "account"], name="receipt_once")]


class Saved(models.Model):
    """A paper that somebody has put aside for oneself."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "account"], name="saved_once")]


class PassageText(Dated):
    """A committee's own text for a passage of a template, for itself and all below. Empty: the passage is left out."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    template = models.CharField(max_length=40)
    passage = models.CharField(max_length=40)
    text = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("lời văn của mẫu")
        constraints = [
            forward("passage_forward"), NoOverlap(fields=["unit", "template", "passage"], name="passage_once"),
        ]  # fmt: skip


class Blank(models.Model):
    """A unit's own blank, to be filled: a workbook or a DOCX with marks {{…}}, a workbook whose cells were pointed at
    once (`cells`: {cell: field}), or a pre-printed sheet (`places`: {field: [x, y, size]} in millimetres and points,
    moved by `dx` and `dy`)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="blanks")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    file_name = models.CharField(max_length=160, blank=True, default="")
    cells = models.JSONField(default=dict)
    places = models.JSONField(default=dict)
    dx = models.DecimalField(max_digits=5, decimal_places=1, default=0)
    dy = models.DecimalField(max_digits=5, decimal_places=1, default=0)
    dropped = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()

    class Meta:
        verbose_name = _("mẫu riêng")

    def __str__(self) -> str:
        return self.name
