"""Accounts and what they may do where, for which time."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.models import Session
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.days import ONE
from hatnhan.kernel.models import Unit
from hatnhan.kernel.paths import ByteOrderedField
from hatnhan.kernel.period import Dated, NoOverlap, forward
from hatnhan.kernel.vietnamese import plain, sort_key

NOTE_EVERY = timedelta(hours=1)


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by their sign-in name, in any case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A sign-in. It carries no rights of its own: these are grants. `label` is how the log and pages name its holder;
    `key` and `sort_key` are kept from it.

    An account belongs to a person by `members.Person.account`, or to nobody (the first administrator).
    `installation_admin` is the administrator's role everywhere: it exists before there is any unit to grant it at.
    `locked_in` is the act that locked it, so that an undo of that act opens it again. `factor_reset_in` is the act that
    took its second factor away, until its holder has read about it; 0: none."""

    username = models.CharField(max_length=60, unique=True)
    label = models.CharField(max_length=200)
    key = ByteOrderedField(max_length=200, default="", editable=False)
    sort_key = ByteOrderedField(max_length=400, default="", editable=False)
    email = models.EmailField(blank=True, default="")
    is_active = models.BooleanField(default=True)
    locked_because = models.CharField(max_length=20, blank=True, default="")
    locked_in = models.BigIntegerField(null=True, default=None)
    installation_admin = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    factor_reset_in = models.BigIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField()
    theme = models.CharField(max_length=5, default="auto")
    size = models.CharField(max_length=2, default="md")
    language = models.CharField(max_length=2, default="vi")

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["label"]
    objects: ClassVar[Any] = Accounts()

    class Meta:
        verbose_name = _("tài khoản")
        constraints = [
            models.CheckConstraint(condition=Q(username=Lower(F("username"))), name="account_username_lower"),
            models.CheckConstraint(
                condition=Q(is_active=True, locked_because="") | (Q(is_active=False) & ~Q(locked_because="")),
                name="account_locked_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["sort_key", "id"], name="account_sort")]

    def __str__(self) -> str:
        return self.label or self.username

    def keyed(self) -> Self:
        """Set the search and sort keys from the label; bulk writing calls this itself."""
        self.key, self.sort_key = plain(self.label)[:200], sort_key(self.label)[:400]
        return self

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search and sort keys beside the label."""
        self.keyed()
        super().save(*args, **kwargs)

    def remember(self, *, theme: str, size: str, language: str) -> None:
        """Keep how the reader wants pages to look. Nobody's business, so it is not in the log."""
        self.theme, self.size, self.language = theme, size, language
        self.save(update_fields=["theme", "size", "language"])

    @property
    def is_staff(self) -> bool:
        return False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's own permissions are not used; rights come from grants through the Actor."""
        return False


class Grant(Dated):
    """A role at a unit and below it, for a period. `source` is the key of the tenure or the stand-in that gave it; 0:
    by hand."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    source = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("quyền sử dụng")
        constraints = [
            forward("grant_forward"),
            NoOverlap(fields=["account", "role", "unit", "source"], name="grant_once"),
        ]
        indexes = [
            models.Index(fields=["account"], name="grant_account", condition=Q(voided_at__isnull=True)),
            models.Index(fields=["source"], name="grant_source", condition=Q(voided_at__isnull=True)),
            models.Index(fields=["unit"], name="grant_unit", condition=Q(voided_at__isnull=True)),
        ]


class RequiredFactor(Dated):
    """From the first day of the period, whoever has the role signs in with a second factor. The days between the
    decision and this day are for setting it up."""

    role = models.CharField(max_length=30)

    class Meta:
        verbose_name = _("xác minh hai bước bắt buộc")
        constraints = [forward("required_factor_forward"), NoOverlap(fields=["role"], name="required_factor_once")]


class OpenSession(models.Model):
    """A browser in which an account is signed in: the kind of machine and the browser, nothing that finds them. The
    row goes with the session it describes."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    machine = models.CharField(max_length=20)
    browser = models.CharField(max_length=20)
    since = models.DateTimeField()
    seen = models.DateTimeField()

    class Meta:
        verbose_name = _("máy đang đăng nhập")

    @classmethod
    def notice(
        cls, *, session: str, account: Account, machine: str, browser: str, since: datetime, now: datetime
    ) -> None:
        """Remember when a session was last used. Nobody's business but its holder's, so it is not in the log."""
        if cls.objects.filter(session=session, account=account).update(seen=now):
            return
        row = cls(session_id=session, account=account, machine=machine, browser=browser, since=since, seen=now)
        try:
            with transaction.atomic():
                Session.objects.select_for_update().get(pk=session)
                row.save(force_insert=True)
        except (IntegrityError, Session.DoesNotExist):
            return  # ended meanwhile, or noticed by another request of the same page


class StandIn(Dated):
    """One account acts for another in one of its roles, from a day to a day. The deputy's own grant names this row's
    `key` as its source; `given` is the source of the role that is stood in for: when that role ends, so does this."""

    principal = models.ForeignKey(Account, models.PROTECT, related_name="stand_ins")
    deputy = models.ForeignKey(Account, models.PROTECT, related_name="standing_in")
    role = models.CharField(max_length=30)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    given = models.BigIntegerField(default=0)
    key = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("việc làm thay")
        constraints = [
            forward("standin_forward"),
            NoOverlap(fields=["principal", "role", "unit"], name="standin_once"),
        ]
        indexes = [
            models.Index(fields=["principal"], name="standin_principal", condition=Q(voided_at__isnull=True)),
            models.Index(fields=["deputy"], name="standin_deputy", condition=Q(voided_at__isnull=True)),
        ]

    @property
    def last(self) -> date:
        """The last day."""
        return self.valid_to - ONE


class Token(models.Model):
    """A key that its holder gives to a program. Kept as a keyed hash: whoever reads the database cannot use it. It may
    never do more than its account, only what `permissions` name, and with a `unit` only there and below.

    One that reaches over more than one cell `asks` for a second person, with a `reason`, and is good for nothing before
    somebody has confirmed it; a refused one is revoked, with the `answer`."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=60)
    digest = ByteOrderedField(max_length=64, unique=True)
    tail = models.CharField(max_length=8)
    permissions = models.JSONField(default=list)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, default=None)
    revoked_at = models.DateTimeField(null=True, default=None)
    asks = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True, default="")
    answer = models.CharField(max_length=300, blank=True, default="")
    confirmed_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True, default=None)
    confirmed_at = models.DateTimeField(null=True, default=None)

    class Meta:
        verbose_name = _("khóa truy cập")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("account")), name="token_second_person"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="token_expires_later"),
        ]
        indexes = [
            models.Index(
                fields=["id"], name="token_waiting",
                condition=Q(asks=True, confirmed_at__isnull=True, revoked_at__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.label} {self.tail}"

    def holds_at(self, moment: datetime) -> bool:
        """True while it may be used."""
        return self.revoked_at is None and moment < self.expires_at

    def waits_at(self, moment: datetime) -> bool:
        """True while a second person has not answered."""
        return self.asks and self.confirmed_at is None and self.holds_at(moment)

    def note_use(self, moment: datetime) -> None:
        """Remember when it was last used, at most once an hour: reading must not cost a write each time."""
        if self.last_used_at is None or moment - self.last_used_at >= NOTE_EVERY:
            rows: Any = type(self)._default_manager.filter(pk=self.pk)
            rows.update(last_used_at=moment)
