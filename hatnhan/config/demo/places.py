"""The invented tree: a province that passes through three regimes, one commune in depth.

Until 30/6/2025 a district with three communes; on 1/7/2025 the district ends and its communes become one, directly
under the province; in June 2026 villages are merged; on 30/9/2026 the commune follows Regulation 208."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.units import actions as units

from .names import PLACES

BEGINNING = date(2020, 1, 1)
TWO_TIERS = date(2025, 7, 1)
VILLAGES_MERGED = date(2026, 6, 30)
SWITCH_208 = date(2026, 9, 30)


@dataclass
class Places:
    """The units that the rest of the demonstration needs by name."""

    province: Unit
    district: Unit
    old_communes: list[Unit] = field(default_factory=list)
    villages: list[Unit] = field(default_factory=list)
    agencies: list[Unit] = field(default_factory=list)
    company: Unit | None = None
    company_cells: list[Unit] = field(default_factory=list)
    large: Unit | None = None
    commune: Unit | None = None
    neighbours: list[Unit] = field(default_factory=list)
    neighbour_cells: list[Unit] = field(default_factory=list)

    @property
    def cells(self) -> list[Unit]:
        """The cells of the deep commune on the first day, the large one included."""
        return [*self.villages, *self.agencies, *self.company_cells]


def before(actor: Actor) -> Places:
    """The tree as it was under the district."""
    province = units.found(
        actor=actor, name="Đảng bộ tỉnh An Lam", kind="province", parent=None, on=BEGINNING, code="38"
    )
    district = units.found(
        actor=actor, name="Đảng bộ huyện Suối Trong", kind="district", parent=province, on=BEGINNING, code="38.01"
    )
    places = Places(province, district)
    for index, name in enumerate(("Mây Hạ", "Gò Trúc", "Đá Dựng")):
        commune = units.found(
            actor=actor, name=f"Đảng bộ xã {name}", kind="base_committee", parent=district, on=BEGINNING,
            code=f"38.01.{index + 1:02d}",
        )  # fmt: skip
        places.old_communes.append(commune)
        for place in PLACES[index * 12 : index * 12 + 12]:
            places.villages.append(_cell(actor, f"Chi bộ thôn {place}", commune))
        for agency in ("Trường Tiểu học", "Trường Trung học cơ sở", "Trạm Y tế", "Hợp tác xã", "Cơ quan xã"):
            places.agencies.append(_cell(actor, f"Chi bộ {agency} {name}", commune))
        if index == 0:
            places.large = _cell(actor, "Chi bộ tổ dân phố Chợ Sen", commune)
            places.villages.append(places.large)
    places.company = units.found(
        actor=actor, name="Đảng bộ Công ty Chè Mây Sơn", kind="base_committee", parent=district, on=BEGINNING,
        code="38.01.10",
    )  # fmt: skip
    for part in ("Xưởng sấy", "Đội trồng 1", "Đội trồng 2", "Văn phòng", "Đội xe", "Vườn ươm", "Kho", "Bán hàng"):
        places.company_cells.append(_cell(actor, f"Chi bộ {part}", places.company))
    for name, count in (("xã Cầu Vồng", 5), ("phường Bãi Sim", 4), ("xã Giếng Ngọc", 5)):
        neighbour = units.found(
            actor=actor, name=f"Đảng bộ {name}", kind="base_committee", parent=district, on=BEGINNING,
            code=f"38.01.{20 + len(places.neighbours):02d}",
        )  # fmt: skip
        places.neighbours.append(neighbour)
        for number in range(1, count + 1):
            places.neighbour_cells.append(_cell(actor, f"Chi bộ {number} {name}", neighbour))
    return places


def two_tiers(actor: Actor, places: Places) -> None:
    """1 July 2025: the district ends; three communes become one; the neighbours stand directly under the province."""
    reason = "Sắp xếp đơn vị hành chính hai cấp"
    places.commune = units.found(
        actor=actor, name="Đảng bộ xã Mây Sơn", kind="commune", parent=places.province, on=TWO_TIERS, code="38.168",
        reason=reason,
    )  # fmt: skip
    for cell in [*places.villages, *places.agencies]:
        _move(actor, cell, places.commune, "village_cell" if cell in places.villages else "base_cell", reason)
    assert places.company is not None
    units.move(actor=actor, unit=places.company, to=places.commune, on=TWO_TIERS, reason=reason)
    for neighbour in places.neighbours:
        _move(actor, neighbour, places.province, "commune", reason)
    for cell in places.neighbour_cells:
        units.change_kind(actor=actor, unit=cell, kind="village_cell", on=TWO_TIERS, reason=reason)
    for old in places.old_communes:
        units.dissolve(actor=actor, unit=old, on=TWO_TIERS, heir=places.commune, reason=reason)
    units.dissolve(actor=actor, unit=places.district, on=TWO_TIERS, heir=places.province, reason=reason)
    for number, cell in enumerate(places.cells, start=1):
        units.recode(actor=actor, unit=cell, code=f"38.168.{number:03d}", on=TWO_TIERS)


def villages_merged(actor: Actor, places: Places, die: Random) -> None:
    """30 June 2026: five pairs of villages become one each, and with them their cells."""
    pairs = [places.villages[i : i + 2] for i in range(13, 23, 2)]
    for one, other in pairs:
        units.merge(
            actor=actor, units=[other], into=one, on=VILLAGES_MERGED, decision=f"{die.randint(100, 180)}-QĐ/ĐU",
            reason="Sắp xếp thôn, tổ dân phố",
        )  # fmt: skip


def switch_to_208(actor: Actor, places: Places) -> None:
    """30 September 2026: the commune becomes a grassroots organisation under the province."""
    assert places.commune is not None
    assert places.company is not None
    units.switch_regime(actor=actor, unit=places.commune, regime="three_level_208", on=SWITCH_208, decision="52-QĐ/TU")


def _cell(actor: Actor, name: str, parent: Unit) -> Unit:
    return units.found(actor=actor, name=name, kind="sub_cell", parent=parent, on=BEGINNING)


def _move(actor: Actor, unit: Unit, to: Unit, kind: str, reason: str) -> None:
    units.move(actor=actor, unit=unit, to=to, on=TWO_TIERS, kind=kind, reason=reason)
