"""How somebody wants to be reminded outside the program, and what was sent."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.access.models import Account

CHANNELS = ("mail", "push")


class Wish(models.Model):
    """How an account wants to be reminded, beside the page, which always tells. The address is kept sealed; a change of
    `stamp` makes the links in earlier mails useless. Hours are of the day in Vietnam."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="+")
    mail = models.BooleanField(default=False)
    push = models.BooleanField(default=False)
    address = models.CharField(max_length=600, blank=True, default="")
    hour = models.PositiveSmallIntegerField(default=7)
    quiet_from = models.PositiveSmallIntegerField(default=21)
    quiet_to = models.PositiveSmallIntegerField(default=6)
    stamp = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("cách nhắc việc")
        constraints = [
            models.CheckConstraint(condition=Q(mail=False) | ~Q(address=""), name="wish_mail_has_an_address"),
            models.CheckConstraint(
                condition=Q(hour__lte=23, quiet_from__lte=23, quiet_to__lte=23), name="wish_hours_of_a_day"
            ),
        ]


class Device(models.Model):
    """A browser that agreed to be told: where its maker's service takes messages and the keys for them, all sealed.
    `digest` finds the same browser again."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    sealed = models.TextField()
    machine = models.CharField(max_length=20)
    browser = models.CharField(max_length=20)
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("máy nhận lời nhắc")


class Delivery(models.Model):
    """One day's reminder to an account by one channel: never a second one. `trouble` names why it failed."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=4)
    day = models.DateField()
    state = models.CharField(max_length=7, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=20, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("lời nhắc đã gửi")
        constraints = [models.UniqueConstraint(fields=["account", "channel", "day"], name="delivery_once_a_day")]
        indexes = [models.Index(fields=["state", "at"], name="delivery_state")]

    @classmethod
    def plan(cls, wanted: "list[tuple[int, str]]", day: date, now: datetime) -> int:
        """Note that reminders of a day are to be sent, each once; those that are noted stay as they are."""
        rows = [cls(account_id=account, channel=channel, day=day, at=now) for account, channel in wanted]
        before = cls._default_manager.filter(day=day).count()
        cls._default_manager.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
        return cls._default_manager.filter(day=day).count() - before

    def note(self, state: str, now: datetime, trouble: str = "") -> None:
        """How an attempt ended. Nobody's business but its holder's and the administrator's: not in the log."""
        self.state, self.trouble, self.at, self.attempts = state, trouble, now, self.attempts + 1
        rows: Any = type(self)._default_manager.filter(pk=self.pk)
        rows.update(state=state, trouble=trouble, at=now, attempts=self.attempts)
