"""A demonstration as large as a province: communes of bulk-loaded cells of about twenty members."""

from collections.abc import Callable
from datetime import date
from random import Random

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.tree import children
from hatnhan.members.actions.loading import Newcomer, load
from hatnhan.units import actions as units

from . import names
from .places import TWO_TIERS

CELLS_PER_COMMUNE = 60


def widen(actor: Actor, die: Random, on: date, members: int, say: Callable[[str], None]) -> None:
    """Add communes until about `members` more people are there. Serial numbers begin above those of the first world."""
    province = Placement.objects.on(on).select_related("unit").get(parent__isnull=True, stands=True).unit
    known = len(children(province, on))
    serial, done, number = 100_000, 0, 0
    while done < members:
        number += 1
        newcomers: list[Newcomer] = []
        for cell in _commune(actor, province, number + known):
            for _ in range(min(die.randint(12, 28), members - done - len(newcomers))):
                serial += 1
                made = names.person(die, TWO_TIERS, serial=serial % 1_000_000)
                newcomers.append(
                    Newcomer(cell.pk, TWO_TIERS, made.name, made.standing, "loaded", made.values, made.numbers)
                )
        load(actor=actor, unit=province, newcomers=newcomers, source=f"Danh sách xã {number}")
        done += len(newcomers)
        say(f"{done:,}".replace(",", "."))


def _commune(actor: Actor, province: Unit, number: int) -> list[Unit]:
    commune = units.found(
        actor=actor, name=f"Đảng bộ xã {_name(number)}", kind="commune", parent=province, on=TWO_TIERS,
        code=f"38.{200 + number}",
    )  # fmt: skip
    return [
        units.found(
            actor=actor, name=f"Chi bộ thôn {names.PLACES[index % len(names.PLACES)]} {index // len(names.PLACES) + 1}",
            kind="village_cell", parent=commune, on=TWO_TIERS, code=f"38.{200 + number}.{index + 1:03d}",
        )
        for index in range(CELLS_PER_COMMUNE)
    ]  # fmt: skip


def _name(number: int) -> str:
    first, second = divmod(number, len(names.PLACES))
    return names.PLACES[second] + (f" {first + 1}" if first else "")
