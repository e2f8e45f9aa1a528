"""A temporary transfer (294-QĐ/TW, item 6.3.2)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.models import Unit
from hatnhan.kernel.paths import ByteOrderedField
from hatnhan.members.models import Person


class TemporaryStay(models.Model):
    """Somebody is temporarily at another cell, from `starts` until before `until`. The home, `origin`, goes on counting
    and may be voted at; there is neither vote nor counting at `destination`, null outside this installation.
    `first_until` is what the letter said before it was extended."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="stays")
    name = models.CharField(max_length=120)
    name_key = ByteOrderedField(max_length=140)
    origin = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    destination = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    destination_text = models.CharField(max_length=200, blank=True, default="")
    why = models.CharField(max_length=10)
    letter_number = models.CharField(max_length=40)
    starts = models.DateField()
    first_until = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=10, default="away")
    ended_on = models.DateField(null=True, default=None)
    act = models.BigIntegerField()

    class Meta:
        verbose_name = _("việc chuyển sinh hoạt tạm thời")
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("starts")), name="stay_forward"),
            models.CheckConstraint(
                condition=Q(destination__isnull=False) | ~Q(destination_text=""), name="stay_is_somewhere"
            ),
            models.UniqueConstraint(fields=["person"], condition=Q(state="away"), name="stay_open_once"),
            models.UniqueConstraint(fields=["origin", "letter_number", "starts"], name="stay_letter_once"),
        ]
