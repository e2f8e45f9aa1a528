"""Rows with a half-open period `[valid_from, valid_to)` and with the time at which they were known.

A row is never changed: ending one means voiding it and recording the same row with its end; a correction voids a row
and records its replacement; an undo voids. So `.on(day)` is what holds on a day, and `.on(day, known_at=t)` what was
held to be true at the moment `t`."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import F, Q
from django.utils.translation import gettext as _

from .days import FAR


def known(at: datetime | None, prefix: str = "") -> Q:
    """The condition that a row is not voided; with `at`, that it was recorded and not yet voided at that moment."""
    if at is None:
        return Q(**{f"{prefix}voided_at__isnull": True})
    return Q(**{f"{prefix}recorded_at__lte": at}) & (
        Q(**{f"{prefix}voided_at__isnull": True}) | Q(**{f"{prefix}voided_at__gt": at})
    )


class DatedQuerySet(models.QuerySet):
    """Questions that every dated table answers."""

    def on(self, day: date, *, known_at: datetime | None = None) -> Self:
        """Rows that hold on the day, as known now or as known at a moment."""
        return self.filter(known(known_at), valid_from__lte=day, valid_to__gt=day)

    def during(self, start: date, end: date) -> Self:
        """Rows that hold on at least one day of `[start, end)`."""
        return self.filter(voided_at__isnull=True, valid_from__lt=end, valid_to__gt=start)

    def unvoided(self) -> Self:
        """Rows held to be true today, of any time."""
        return self.filter(voided_at__isnull=True)


class Dated(models.Model):
    """A row that holds from a day to a day, and knows when and in which act it was recorded and voided."""

    valid_from = models.DateField()
    valid_to = models.DateField(default=FAR)
    recorded_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()
    voided_at = models.DateTimeField(null=True, default=None)
    voided_in = models.BigIntegerField(null=True, default=None)
    replaces = models.BigIntegerField(null=True, default=None)
    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def open(self) -> bool:
        """True while no end is recorded."""
        return self.valid_to == FAR

    def holds_on(self, day: date) -> bool:
        """True when the row's period holds the day and the row is not voided."""
        return self.voided_at is None and self.valid_from <= day < self.valid_to


def forward(name: str) -> models.CheckConstraint:
    """A period has at least one day."""
    return models.CheckConstraint(condition=Q(valid_from__lt=F("valid_to")), name=name)


def written(name: str) -> list[models.Index]:
    """Indexes by which the rows of one act are found: those that it recorded and those that it voided."""
    return [
        models.Index(fields=["recorded_in"], name=f"{name}_recorded"),
        models.Index(fields=["voided_in"], name=f"{name}_voided", condition=Q(voided_in__isnull=False)),
    ]


class NoOverlap(models.BaseConstraint):
    """No two unvoided rows with the same `fields` have periods that meet; `only` names one value of one text column
    to which this is limited, as `("kind", "home")`.

    PostgreSQL: an exclusion constraint (btree_gist). SQLite: two triggers; its writers come one at a time, so a check
    inside the statement is exact."""

    def __init__(self, *, fields: Sequence[str], name: str, only: tuple[str, str] | None = None) -> None:
        super().__init__(name=name)
        self.fields = tuple(fields)
        self.only = tuple(only) if only else None

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"fields": self.fields, "only": self.only}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and (self.name, self.fields, self.only) == (
            other.name,
            other.fields,
            other.only,
        )

    __hash__ = models.BaseConstraint.__hash__

    def _columns(self, model: type[models.Model]) -> list[str]:
        columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
        return [columns[name] for name in self.fields]

    def _exclude(self, model: type[models.Model]) -> str:
        equal = ", ".join(f"{column} WITH =" for column in self._columns(model))
        condition = "voided_at IS NULL" + (f" AND {self.only[0]} = '{self.only[1]}'" if self.only else "")
        return f"EXCLUDE USING gist ({equal}, daterange(valid_from, valid_to) WITH &&) WHERE ({condition})"

    def constraint_sql(  # type: ignore[override]
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> str | None:
        if schema_editor.connection.vendor == "postgresql":
            return f"CONSTRAINT {self.name} {self._exclude(model)}"
        for event in ("INSERT", "UPDATE"):
            schema_editor.deferred_sql.append(self._trigger(model, schema_editor, event))
        return None

    def _trigger(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor, event: str) -> Statement:
        equal = " AND ".join(f"o.{column} = NEW.{column}" for column in self._columns(model))
        limit = (
            f" AND NEW.{self.only[0]} = '{self.only[1]}' AND o.{self.only[0]} = '{self.only[1]}'" if self.only else ""
        )
        return Statement(
            f"CREATE TRIGGER {self.name}_{event.lower()} BEFORE {event} ON %(table)s "
            f"WHEN NEW.voided_at IS NULL AND EXISTS (SELECT 1 FROM %(table)s o WHERE {equal}{limit} "
            f"AND o.voided_at IS NULL AND o.id IS NOT NEW.id "
            f"AND o.valid_from < NEW.valid_to AND o.valid_to > NEW.valid_from) "
            f"BEGIN SELECT RAISE(ABORT, '{self.name}: periods overlap'); END",
            table=Table(model._meta.db_table, editor.quote_name),
        )

    def create_sql(  # type: ignore[override]
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> str:
        """PostgreSQL only: SQLite remakes the table and comes to `constraint_sql`."""
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD CONSTRAINT {self.name} {self._exclude(model)}"

    def remove_sql(  # type: ignore[override]
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} DROP CONSTRAINT {self.name}"

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Any = None,
        using: str = "default",
    ) -> None:
        row: Any = instance
        same = {field: getattr(row, field) for field in self.fields}
        others = (
            model._default_manager.using(using)
            .filter(**same, voided_at__isnull=True, valid_from__lt=row.valid_to, valid_to__gt=row.valid_from)
            .exclude(pk=row.pk)
        )
        if others.exists():
            raise ValidationError(_("Khoảng thời gian này trùng với một dòng đã có."), code="overlap")
