"""Many rows at once, inside an action: COPY on PostgreSQL, executemany on SQLite."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, connections, models
from django.db.models import Model

BATCH = 5000
REMEMBERED = 50_000
# Their Python values are the driver's already.
PLAIN_FIELDS = (
    models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey, models.AutoField,
)  # fmt: skip
PREPARES = ("get_prep_value", "get_db_prep_value", "get_db_prep_save")


def insert(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows given as tuples in the order of `fields` (attribute names); returns how many.

    Values are what the field's Python value is (dates, `Known`, None); defaults of left-out columns must lie in the
    database or be null, so name every column that has neither. Constraints and triggers hold as for any insert."""
    known: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    chosen = [known[name] for name in fields]
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(field.column) for field in chosen)
    ready = [(place, _ready(field)) for place, field in enumerate(chosen) if not _is_plain(field)]
    values = _prepared(rows, ready)
    if connection.vendor == "postgresql":
        return _copy(f"COPY {table} ({columns}) FROM STDIN", values)
    marks = ", ".join(["%s"] * len(chosen))
    done = 0
    with connection.cursor() as cursor:
        for batch in _batches(values):
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", batch)
            done += len(batch)
    return done


def _is_plain(field: Any) -> bool:
    """Texts, numbers and keys pass as they are, unless a field of ours prepares them in its own way."""
    return isinstance(field, PLAIN_FIELDS) and all(
        getattr(type(field), name).__module__.startswith("django.") for name in PREPARES
    )


def _ready(field: Any) -> Callable[[Any], Any]:
    """What turns a column's Python values into the driver's; of dates and the like each that occurs once."""
    real = connections[connection.alias]
    made: dict[Any, Any] = {}

    def ready(value: Any) -> Any:
        try:
            return made[value]
        except KeyError:
            if len(made) > REMEMBERED:
                made.clear()
            made[value] = field.get_db_prep_save(value, real)
            return made[value]
        except TypeError:  # what JSON fields hold cannot be remembered
            return field.get_db_prep_save(value, real)

    return ready


def _prepared(rows: Iterable[Sequence[Any]], ready: list[tuple[int, Callable[[Any], Any]]]) -> Iterator[list[Any]]:
    for row in rows:
        made = list(row)
        for place, prepare in ready:
            made[place] = prepare(made[place])
        yield made


def reserve(model: type[Model], count: int) -> range:
    """Primary keys for `count` rows that will be inserted with their ids, so that others can point at them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"reserve:{table}"])
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
            first = cursor.fetchone()[0]
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, first + count])
        else:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            row = cursor.fetchone()
            first = (row[0] if row else 0) + 1
    return range(first, first + count)


def _copy(statement: str, rows: Iterable[list[Any]]) -> int:
    done = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            done += 1
    return done


def _batches(rows: Iterable[list[Any]]) -> Iterable[list[list[Any]]]:
    batch: list[list[Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
