"""The grid of a cell's dues saved at one stroke: queries, and time against inserting the same receipts one by one
through the models, and, reported only, past them by bare SQL in one go."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hatnhan.dues.models import Payment
from hatnhan.dues.payments.actions import Paid, save_month
from hatnhan.kernel.actor import system
from hatnhan.kernel.audit import new_id
from hatnhan.kernel.models import Unit
from hatnhan.members.actions.loading import Newcomer, load
from hatnhan.members.models import Membership
from hatnhan.units import actions as units
from scripts.bench.rows import Row, least

BEGAN, ON = date(2025, 8, 1), date(2026, 11, 20)
SIZES = (20, 300)
MOST_QUERIES, MOST_TIMES = 6, 3
MONTH = date(2026, 11, 1)


def measure() -> list[Row]:
    """For a small and for a very large cell."""
    return [row for size in SIZES for row in _of_cell(size)]


@contextmanager
def undone() -> Iterator[None]:
    """What happens within is taken back at its end, so that the same month can be saved again."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _of_cell(size: int) -> list[Row]:
    actor = system("bench", ON)
    with transaction.atomic():
        cell = _cell(size)
        people = list(Membership.objects.filter(unit=cell).values_list("person_id", flat=True))

        def ours() -> None:
            with undone():
                paid = [Paid(one, 20_000) for one in people]
                save_month(actor=actor, unit=cell, month=MONTH, paid=paid, paid_on=ON)

        def plain() -> None:
            with undone():
                _create(cell, people, MONTH)

        def bare() -> None:
            with undone():
                _insert(cell, people, MONTH)

        mine, theirs = least(ours, plain)
        again, sql = least(ours, bare)
        with CaptureQueriesContext(connection) as captured:
            ours()
        transaction.set_rollback(True)
    asked = [one for one in captured if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))]
    label = f"lưu bảng thu {size} người / the grid of {size} saved"
    return [
        Row(label, "ms", mine, theirs, MOST_TIMES),
        Row(f"{label}, so với SQL trần / against bare SQL", "ms", again, sql),
        Row(f"{label}: queries", "", len(asked), MOST_QUERIES, 1),
    ]


def _cell(size: int) -> Unit:
    actor = system("bench", ON)
    top = units.found(actor=actor, name="Tỉnh", kind="province", parent=None, on=BEGAN, code=f"D{size}")
    cell = units.found(actor=actor, name="Chi bộ", kind="base_cell", parent=top, on=BEGAN)
    newcomers = [Newcomer(cell.pk, BEGAN, f"Trần Văn Thử {one}", values={}) for one in range(size)]
    load(actor=actor, unit=top, newcomers=newcomers, source="bench")
    return cell


def _create(cell: Unit, people: list[int], month: date) -> None:
    """The receipts through the models, one by one."""
    with transaction.atomic():
        for number, person in enumerate(people):
            Payment.objects.create(
                person_id=person, unit=cell, month=month, amount=20_000, paid_on=ON, booked=month, channel="cash",
                receipt_year=month.year, receipt=1_000_000 + number + month.month * 1000, collected_by="bench",
                recorded_at=timezone.now(), recorded_in=new_id(),
            )  # fmt: skip


def _insert(cell: Unit, people: list[int], month: date) -> None:
    """The receipts by one statement of many."""
    at, act = timezone.now(), new_id()
    rows = [
        (person, cell.pk, month, 20_000, ON, month, "cash", month.year, 2_000_000 + number + month.month * 1000, "",
         "bench", at, act)
        for number, person in enumerate(people)
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO dues_payment (person_id, unit_id, month, amount, paid_on, booked, channel, receipt_year, "
            f"receipt, reference, collected_by, recorded_at, recorded_in) VALUES ({', '.join(['%s'] * 13)})",
            rows,
        )
