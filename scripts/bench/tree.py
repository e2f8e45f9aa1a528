"""Moving a large part of the tree, against the bare statements that a move cannot do without."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from hatnhan.kernel.actor import system
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import segment
from hatnhan.units import actions as units
from scripts.bench.rows import Row, in_turn

START, ON = date(2020, 1, 1), date(2025, 3, 1)
COMMUNES, CELLS = 100, 32
ACTOR = system("bench", ON)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Nothing of what is measured stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def world() -> tuple[Unit, Unit]:
    """A district of 3,300 units, and another province to move it to; placements laid by hand, as a load would."""
    provinces = [units.found(actor=ACTOR, name=f"P{n}", kind="province", parent=None, on=START) for n in range(2)]
    district = units.found(actor=ACTOR, name="D", kind="district", parent=provinces[0], on=START)
    path = Placement.objects.path_of(district, START) or ""
    now, rows = timezone.now(), []
    for _ in range(COMMUNES):
        commune = Unit.objects.create()
        above = path + segment(commune.pk)
        rows.append((commune, district, "base_committee", above))
        for cell in Unit.objects.bulk_create(Unit(chain=commune.pk) for _ in range(CELLS)):
            rows.append((cell, commune, "sub_cell", above + segment(cell.pk)))
    Placement.objects.bulk_create(
        Placement(unit=unit, parent=parent, kind=kind, path=where, valid_from=START, recorded_at=now, recorded_in=1)
        for unit, parent, kind, where in rows
    )
    return district, provinces[1]


def bare(district: Unit, to: Unit) -> None:
    """Close what hangs under the district and open it again elsewhere: three statements, no checks, no log."""
    old = Placement.objects.path_of(district, ON) or ""
    new = (Placement.objects.path_of(to, ON) or "") + segment(district.pk)
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    day = connection.ops.adapt_datefield_value(ON)
    cast = "::date" if connection.vendor == "postgresql" else ""
    columns = "unit_id, parent_id, kind, stands"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kernel_placement SET voided_at = %s, voided_in = 2 "
            "WHERE voided_at IS NULL AND path >= %s AND path < %s AND valid_to > %s",
            [now, old, old + "~", day],
        )
        for path, start, end in (
            ("path", "valid_from", f"%s{cast}"),
            (f"%s || SUBSTR(path, {len(old) + 1})", f"%s{cast}", "valid_to"),
        ):
            values = [day] if path == "path" else [new, day]
            cursor.execute(
                f"INSERT INTO kernel_placement ({columns}, path, valid_from, valid_to, recorded_at, recorded_in, "
                f"replaces) "
                f"SELECT {columns}, {path}, {start}, {end}, %s, 2, id FROM kernel_placement WHERE voided_in = 2",
                [*values, now],
            )


def measure() -> list[Row]:
    """A move of 3,300 units, ours against bare."""
    with rolled_back():
        district, to = world()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE kernel_placement")

        def ours() -> None:
            with rolled_back():
                units.move(actor=ACTOR, unit=district, to=to, on=ON)

        def base() -> None:
            with rolled_back():
                bare(district, to)

        mine, theirs = in_turn(ours, base)
    count = 1 + COMMUNES * (CELLS + 1)
    return [Row(f"{count:,} tổ chức chuyển sang nơi khác / move {count:,} units", "ms", mine, theirs, 2)]
