"""Badges: who of a province falls due in a year against one scan of its members; a batch of letters against Typst."""

import json
import resource
import tempfile
from datetime import date, timedelta
from pathlib import Path
from random import Random

import typst
from django.db import connection, transaction
from django.utils import timezone

from hatnhan.config.demo import names
from hatnhan.documents import pdf
from hatnhan.honours.badges import letters, papers, queries
from hatnhan.honours.models import BadgeCase
from hatnhan.kernel.actor import system
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.members.actions.loading import Newcomer, load
from hatnhan.members.models import Membership
from hatnhan.units import actions as units
from scripts.bench.papers import FONTS
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


LETTERS = 1_000


def _cases(province: int) -> list[int]:
    """A thousand decided cases of one batch, among the members of the world."""
    rows = Membership.objects.on(ON).filter(kind="home").order_by("pk")[:LETTERS]
    made = BadgeCase.objects.bulk_create(
        [
            BadgeCase(
                person_id=row.person_id, unit_id=row.unit_id, level=40, due=ON, batch_day=date(2026, 11, 7),
                state="decided", declared_on=ON, decided_on=ON, decision=f"{n}-QĐ/TU", number=f"SV {n:07}",
                recorded_at=timezone.now(), recorded_in=1,
            )
            for n, row in enumerate(rows, start=1)
        ]
    )  # fmt: skip
    return [case.pk for case in made]


def _letters(province: int) -> Row:
    """The job's work on a thousand letters, against Typst alone on the same parts of a hundred; and its memory."""
    keys, unit, target = _cases(province), Unit.objects.get(pk=province), Path(tempfile.mkdtemp()) / "letters.zip"
    parts = []
    for start in range(0, LETTERS, letters.A_PART):
        cases = queries.in_order(keys[start : start + letters.A_PART])
        made = papers.letters(unit, cases, {}, ON)
        parts.append(json.dumps({"title": "Thư", "papers": [one.data() for one in made]}, ensure_ascii=False))

    def alone() -> None:
        for data in parts:
            typst.compile(
                pdf.LAYOUTS / "letters.typ", root=pdf.LAYOUTS, font_paths=FONTS, ignore_system_fonts=True,
                sys_inputs={"data": data}, format="pdf",
            )  # fmt: skip

    def ours() -> None:
        letters.write(target, unit, keys, "pdf", ON, lambda _percent, _text: None)

    mine, base = least(ours, alone, 2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Row(f"1.000 thư một việc, đỉnh {peak} MB / 1,000 letters as one job: Typst", "ms", mine, base, 2)


def measure() -> list[Row]:
    """In turn with its base, on a world that is taken away again."""
    with transaction.atomic():
        province = world()
        found = len(queries.eligible(province, ON, *YEAR))
        ours, base = least(lambda: queries.eligible(province, ON, *YEAR), lambda: _scan(province), TIMES)
        written = _letters(province)
        transaction.set_rollback(True)
    label = f"đến hạn Huy hiệu cả tỉnh, {found:,} của {MEMBERS:,} / badges due in a province: one scan"
    return [Row(label, "ms", ours, base, 3), written]
