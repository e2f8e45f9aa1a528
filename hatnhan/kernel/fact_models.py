"""Tables of the kept figures: which months are kept, what was written since, and the shape of a module's own tables."""

from typing import Any

from django.db import models

from .paths import WIDTH, PathField


class KeptMonth(models.Model):
    """A month whose numbers a sheet keeps for every unit: what happened in it up to `day`, and what held on `day`, its
    last day or, while it runs, the day of the last count. `version` is the definition that was counted."""

    sheet = models.CharField(max_length=20)
    month = models.DateField()
    day = models.DateField()
    version = models.CharField(max_length=16)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "month"], name="keptmonth_once")]


class Mark(models.Model):
    """Somebody wrote what a unit's kept numbers of the days `[first, last]` depend on.

    Only ever inserted, so writers never wait for each other; the one job that counts removes the marks that it saw."""

    sheet = models.CharField(max_length=20)
    unit = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="marks")
    first = models.DateField()
    last = models.DateField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sheet", "last"], name="mark_days")]


class Whole(models.IntegerField):
    """One kept figure."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": 0, **kwargs})


class Facts(models.Model):
    """The numbers of one unit in one month at one path. Where the unit moved within the month it has a row for each
    path: what happened stands at the path of its day, what held at the path of the month's day. Zeros have no row."""

    unit = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    month = models.DateField()
    path = PathField()

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["unit", "month", "path"], name="%(class)s_once")]
        indexes = [models.Index(fields=["month", "path"], name="%(class)s_path")]


class Sums(models.Model):
    """The numbers of a path in a month with all that lay under it in the tree of the time; `above` is the path of which
    it is a child."""

    month = models.DateField()
    path = PathField()
    above = PathField()

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["month", "path"], name="%(class)s_once")]
        indexes = [models.Index(fields=["month", "above"], name="%(class)s_above")]


def above(path: str) -> str:
    """The path one level up; of a top an empty text."""
    return path[:-WIDTH]
