"""Badges: who of a province falls due in a year against one scan of its members; a batch of letters against Typst."""

from datetime import date, timedelta
from random import Random

from django.db import connection, transaction

from hatnhan.config.demo import names
from hatnhan.honours.badges import queries
from hatnhan.kernel.actor import system
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement
from hatnhan.members.actions.loading import Newcomer, load
from hatnhan.members.models import Membership
from hatnhan.units import actions as units
from scripts.bench.rows import Row, least

MEMBERS, COMMUNES, CELLS, TIMES = 60_000, 30, 20, 5
ON = date(2026, 11, 1)
START = date(2025, 8, 1)
YEAR = (date(2026, 12, 1), date(2027, 12, 1))


def world() -> int:
    """60,000 members in 600 cells of 30 communes, Party ages from 1 to 80 years; returns the province."""
    actor, die = system("bench", ON), Random(7)
    province = units.found(actor=actor, name="Tỉnh", kind="province", parent=None, on=START, code="H")
    for number in range(COMMUNES):
        commune = units.found(actor=actor, name=f"Xã {number}", kind="commune", parent=province, on=START)
        cells = [
            units.found(actor=actor, name=f"Chi bộ {one}", kind="village_cell", parent=commune, on=START)
            for one in range(CELLS)
        ]
        newcomers = []
        for cell in cells:
            for _one in range(MEMBERS // COMMUNES // CELLS):
                joined = START - timedelta(days=die.randint(500, 29_000))
                days = {
                    "decision_date": Known.of(joined), "ceremony_date": Known.of(joined),
                    "official_date": Known.of(joined + timedelta(days=366)),
                }  # fmt: skip
                newcomers.append(Newcomer(cell.pk, START, f"{die.choice(names.FAMILY)} Văn {die.randint(1, 99)}",
                                          values=days))  # fmt: skip
        load(actor=actor, unit=province, newcomers=newcomers, source="bench")
    return int(province.pk)


def _scan(province: int) -> None:
    """Every member of the province read once, with the base of the Party age, by the driver alone."""
    here = Placement.objects.under(province, ON).values("unit")
    rows = Membership.objects.on(ON).filter(kind="home", unit__in=here)
    query, values = rows.values_list("person_id", "unit_id", "person__party_base").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        cursor.fetchall()


def measure() -> list[Row]:
    """In turn with its base, on a world that is taken away again."""
    with transaction.atomic():
        province = world()
        found = len(queries.eligible(province, ON, *YEAR))
        ours, base = least(lambda: queries.eligible(province, ON, *YEAR), lambda: _scan(province), TIMES)
        transaction.set_rollback(True)
    label = f"đến hạn Huy hiệu cả tỉnh, {found:,} của {MEMBERS:,} / badges due in a province: one scan"
    return [Row(label, "ms", ours, base, 3)]
