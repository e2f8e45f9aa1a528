"""What is the same for all who follow a sitting at one version: read once by each server process, not once a phone.

Nothing in it is anybody's own. Every change that phones must see raises the version, so what is kept is never old; the
moment of opening is in the key, because a version may return where a transaction was taken back."""

from dataclasses import dataclass
from datetime import datetime

from hatnhan.kernel.recent import Recent
from hatnhan.meetings.models import AgendaItem, Live, LiveMotion, Sitting
from hatnhan.units.queries import name_of

MOST = 1000
Key = tuple[int, int, datetime | None, str]


@dataclass(frozen=True)
class Scene:
    """The sitting's agenda, the item that is dealt with, its votes, and the name of its unit."""

    unit_name: str
    live: Live | None
    agenda: tuple[AgendaItem, ...]
    motions: tuple[LiveMotion, ...]


_SCENES: Recent[Scene] = Recent(MOST)


def key_of(sitting: Sitting) -> Key:
    """What a scene depends on."""
    return sitting.pk, sitting.version, sitting.opened_at, sitting.state


def scene_of(sitting: Sitting) -> Scene:
    """The scene at the version that the row has; the scenes used longest ago are forgotten."""
    key = key_of(sitting)
    kept = _SCENES.get(key)
    if kept is not None:
        return kept
    found = read(sitting)
    if Sitting.objects.filter(pk=sitting.pk, version=sitting.version).exists():  # nothing changed while it was read
        _SCENES.keep(key, found)
    return found


def read(sitting: Sitting) -> Scene:
    """The scene as it is in the database now."""
    motions = LiveMotion.objects.filter(sitting=sitting).exclude(state="withdrawn").order_by("number")
    return Scene(
        name_of(sitting.unit_id, sitting.day), Live.objects.select_related("item").filter(sitting=sitting).first(),
        tuple(AgendaItem.objects.filter(sitting=sitting).select_related("speaker").order_by("number")),
        tuple(motions.prefetch_related("reservations__person")),
    )  # fmt: skip
