"""The story of a unit: founded, renamed, moved, merged from and into, split; told from its dated rows and events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Unit

from .held import Held
from .models import UnitEvent, UnitEventPart

ICONS = {"found": "star", "merge": "git-merge", "consolidate": "git-merge", "split": "split", "dissolve": "archive"}


@dataclass(frozen=True)
class Moment:
    """One step of the story. `event` is the id of the act of reorganisation that can perhaps be undone."""

    day: date
    title: str
    text: str = ""
    icon: str = "check"
    event: int | None = None
    order: int = 0


class Life:
    """A unit from its founding to its end: where it hung and what was done to it. `also` are units whose names the page
    wants besides."""

    def __init__(self, held: Held, unit: Unit, also: Iterable[int] = ()) -> None:
        self.held, self.unit, self.placements = held, unit, held.placements[unit.pk]
        mine = UnitEventPart.objects.filter(unit=unit).values("event")
        rows = UnitEventPart.objects.filter(event__in=mine, event__undone_in=None).select_related("event")
        self.parts: dict[UnitEvent, list[UnitEventPart]] = {}
        for part in rows.order_by("event__on", "event", "pk"):
            self.parts.setdefault(part.event, []).append(part)
        held.named |= {part.unit_id for parts in self.parts.values() for part in parts} | set(also)

    @property
    def founded(self) -> date | None:
        """The day of its founding; None when that was undone."""
        return self.placements[0].valid_from if self.placements else None

    @property
    def ended(self) -> date | None:
        """The first day on which it stood no more; None while it stands."""
        day = next((row.valid_from for row in self.placements if not row.stands), None)
        return day if day != FAR else None

    def story(self) -> list[Moment]:
        """All that has happened to the unit, the latest first; what was undone is left out."""
        told = [*_places(self), *_names(self), *_codes(self), *_regimes(self), *_events(self)]
        return sorted(told, key=lambda moment: (moment.day, moment.order), reverse=True)


def happened(event: UnitEvent, held: Held) -> str:
    """An event in one sentence: who went into whom."""
    parts = [(part.role, held.called.on(part.unit_id, event.on)) for part in event.parts.all()]
    sources = [name for role, name in parts if role == "from"]
    results = [name for role, name in parts if role == "to"]
    values = {"from": _listed(sources), "to": _listed([name for name in results if name not in sources])}
    sentence = {
        "merge": _("%(from)s sáp nhập vào %(to)s"),
        "consolidate": _("%(from)s hợp nhất thành %(to)s"),
        "split": _("%(to)s tách ra từ %(from)s"),
        "transfer": _("%(to)s chuyển về nơi trực thuộc mới"),
        "dissolve": _("%(from)s kết thúc hoạt động"),
    }.get(event.kind, "%(to)s")
    return sentence % values


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _places(life: Life) -> list[Moment]:
    """Founding, changes of superior and of kind. The end is told by its event, or without one here."""
    rows, told, events = life.placements, [], {event.on: event for event in life.parts}
    called = life.held.called
    names = {row.valid_from: called.on(row.parent_id, row.valid_from) if row.parent_id else "" for row in rows}
    for before, row in zip([None, *rows], rows, strict=False):
        above, event = names[row.valid_from], events.get(row.valid_from)
        if before is None:
            if event is None or event.kind not in ("consolidate", "split"):
                text = _("Trực thuộc %(name)s.") % {"name": above} if above else ""
                told.append(Moment(row.valid_from, _("Thành lập"), text, "star"))
        elif not row.stands and before.stands:
            if event is None or event.kind not in ("merge", "consolidate", "dissolve"):
                told.append(Moment(row.valid_from, _("Kết thúc hoạt động"), "", "archive", order=9))
        elif row.stands and row.parent_id != before.parent_id:
            told.append(
                Moment(
                    row.valid_from, _("Chuyển về trực thuộc %(name)s") % {"name": above}, _decided(event),
                    "arrow-right", event.pk if event and event.kind == "transfer" else None, 1,
                )
            )  # fmt: skip
        if before is not None and row.stands and row.kind != before.kind:
            kind = rulebook.at(row.valid_from).kinds().get(row.kind)
            label = str(kind.label) if kind else row.kind
            told.append(Moment(row.valid_from, _("Chuyển thành %(kind)s") % {"kind": label}, "", "layers", order=2))
    return told


def _names(life: Life) -> list[Moment]:
    return [
        Moment(
            start, _("Đổi tên thành %(name)s") % {"name": name}, _("Trước đó là %(name)s.") % {"name": before},
            "pencil", order=3,
        )
        for (before, *_dates), (name, start, _end) in pairwise(life.held.called.rows.get(life.unit.pk, []))
    ]  # fmt: skip


def _codes(life: Life) -> list[Moment]:
    return [
        Moment(
            row.valid_from, _("Đổi mã thành %(code)s") % {"code": row.code},
            _("Trước đó là %(code)s.") % {"code": before.code}, "tag", order=4,
        )
        for before, row in pairwise(life.held.codes[life.unit.pk])
    ]  # fmt: skip


def _regimes(life: Life) -> list[Moment]:
    told = []
    for row in life.held.switches.get(life.unit.pk, []):
        regime = rulebook.at(row.valid_from).regimes().get(row.regime)
        label = str(regime.label) if regime else row.regime
        text = _("Quyết định %(number)s.") % {"number": row.decision} if row.decision else ""
        told.append(Moment(row.valid_from, _("Theo mô hình %(name)s") % {"name": label}, text, "layers", order=5))
    return told


def _events(life: Life) -> list[Moment]:
    """Merges, splits and the end, each from this unit's side."""
    told, unit = [], life.unit
    for event, parts in life.parts.items():
        if event.kind == "transfer":
            continue
        names = {part.unit_id: life.held.called.on(part.unit_id, event.on) for part in parts}
        mine = {part.role for part in parts if part.unit_id == unit.pk}
        sources = _listed(names.get(p.unit_id, "") for p in parts if p.role == "from" and p.unit_id != unit.pk)
        results = _listed(names.get(p.unit_id, "") for p in parts if p.role == "to" and p.unit_id != unit.pk)
        title = _side(event.kind, mine) % {"from": sources, "to": results}
        told.append(Moment(event.on, title, _decided(event), ICONS.get(event.kind, "check"), event.pk, 8))
    return told


def _side(kind: str, mine: set[str]) -> str:
    """The sentence of an event as seen by a unit that it came from or went to."""
    if kind == "merge":
        return _("Sáp nhập vào %(to)s") if "from" in mine else _("Nhận sáp nhập %(from)s")
    if kind == "consolidate":
        return _("Hợp nhất thành %(to)s") if "from" in mine else _("Thành lập do hợp nhất %(from)s")
    if kind == "split":
        return _("Tách ra %(to)s") if "from" in mine else _("Thành lập do tách từ %(from)s")
    return _("Kết thúc hoạt động")


def _decided(event: UnitEvent | None) -> str:
    return _("Quyết định %(number)s.") % {"number": event.decision} if event and event.decision else ""
