"""A small ground for tests of organisations: a province with two communes, made by the actions themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor, system
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.kernel.undo import dated_models
from hatnhan.units import actions

START = date(2025, 8, 1)
TODAY = date(2026, 11, 22)


def boss() -> Actor:
    """The program itself."""
    return system("tests", TODAY)


def found(name: str, kind: str, parent: Unit | None, on: date = START, code: str = "") -> Unit:
    return actions.found(actor=boss(), name=name, kind=kind, parent=parent, on=on, code=code)


@dataclass(frozen=True)
class Ground:
    """Province · Lim with cells one, two, three and a base committee with a cell of its own · Chè with a cell."""

    province: Unit
    lim: Unit
    one: Unit
    two: Unit
    three: Unit
    school: Unit
    class_cell: Unit
    che: Unit
    far_cell: Unit


def ground() -> Ground:
    """Everything stands from `START` on."""
    province = found("Đảng bộ tỉnh Sơn Vân", "province", None, code="91")
    lim = found("Đảng bộ xã Lim Thượng", "commune", province, code="91.001")
    school = found("Đảng bộ Trường Lim Thượng", "base_committee", lim, code="91.001.001")
    che = found("Đảng bộ xã Chè Đông", "commune", province, code="91.002")
    return Ground(
        province=province,
        lim=lim,
        one=found("Chi bộ thôn Một", "village_cell", lim, code="91.001.101"),
        two=found("Chi bộ thôn Hai", "village_cell", lim, code="91.001.102"),
        three=found("Chi bộ thôn Ba", "village_cell", lim, code="91.001.103"),
        school=school,
        class_cell=found("Chi bộ Tổ Toán", "sub_cell", school, code="91.001.001.01"),
        che=che,
        far_cell=found("Chi bộ thôn Chè", "village_cell", che, code="91.002.101"),
    )


def line(unit: Unit, on: date, known_at: datetime | None = None) -> list[int]:
    """Ids from the top to the unit, or to the unit that it hangs under since its end; empty before its founding."""
    rows = Placement.objects.on(on, known_at=known_at).filter(unit=unit)
    return [unit_of(part) for part in segments(rows.get().path)] if rows.exists() else []


def parent(unit: Unit, on: date) -> int | None:
    return Placement.objects.on(on).get(unit=unit).parent_id


def stands(unit: Unit, on: date) -> bool:
    return Placement.objects.on(on).filter(unit=unit, stands=True).exists()


def paths_follow_parents(days: list[date]) -> list[str]:
    """Where a path is not its parent's path and the own segment; nothing when the tree is whole."""
    wrong = []
    for day in days:
        rows = {row.unit_id: row for row in Placement.objects.on(day)}
        for pk, row in rows.items():
            above = rows[row.parent_id].path if row.parent_id else ""
            own = segments(row.path)[-1:] if row.stands else []
            if row.path != above + "".join(own) or (row.stands and unit_of(own[0]) != pk):
                wrong.append(f"{pk} on {day}: {row.path} under {above}")
    return wrong


def tables() -> dict[str, list[tuple[object, ...]]]:
    """What holds now in every dated table, without ids and without who recorded it, for comparing before and after."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for model in dated_models():
        hidden = {"id", "recorded_at", "recorded_in", "voided_at", "voided_in", "replaces"}
        names = [f.attname for f in model._meta.concrete_fields if f.attname not in hidden]
        found[model._meta.label] = sorted(model._default_manager.filter(voided_at=None).values_list(*names), key=str)
    return found


@action("tests.tree")
def from_tree(*, actor: Actor, change: Callable[[], object]) -> None:
    """One act around a change of the tree that no rule of organisations looks at."""
    change()
    act().tell("")
