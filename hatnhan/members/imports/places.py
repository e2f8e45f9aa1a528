"""Which cell a row means: by code, by name within the scope, by the section it stands in, or the scope itself."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.vietnamese import plain
from hatnhan.members import permissions
from hatnhan.members.recognise import Entry
from hatnhan.units.queries import codes, name_of, names

# Words that only say that it is a cell, as lists leave them out.
_BARE = ("chi bo", "cb", "thon", "to dan pho", "tdp", "ban", "khu pho", "truc thuoc")
_PARTS = re.compile(r"\s*[,;/]\s*|\s+[-–]\s+|\s+(?:trực thuộc|thuộc)\s+|\s*[(]\s*", re.IGNORECASE)

NEAR = 3
"""As many names are offered for one that is not found."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell, or why none was found."""

    unit_id: int | None
    problem: str = ""


class Cells:
    """The units of the scope on the day, found by code or name. Without a column for it every row goes to the scope
    itself, which must then be a cell. Raises what `actor.require` raises when the actor may not import there."""

    def __init__(self, actor: Actor, unit: Unit, on: date) -> None:
        actor.require(permissions.IMPORT, at=unit)
        self.unit, self.on = unit, on
        placed = Placement.objects.under(unit, on).values_list("unit_id", "kind", "parent_id", "stands")
        self.inside: set[int] = set()
        self.kinds: dict[int, str] = {}
        self.parents: dict[int, int | None] = {}
        for pk, kind, parent, stands in placed:
            self.inside.add(pk)
            if stands:
                self.kinds[pk], self.parents[pk] = kind, parent
        kinds = rulebook.at(on).kinds()
        self.cells = {pk for pk, kind in self.kinds.items() if kind in kinds and kinds[kind].cell}
        if unit.pk not in self.kinds:
            refuse("unit", not_standing(unit, on), field="unit")
        self.by_code = {code.casefold(): pk for pk, code in codes(self.kinds, on).items()}
        self.called = names(self.kinds, on)
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for pk, name in self.called.items():
            for key in {plain(name), _short(name)} - {""}:
                self.by_name[key].append(pk)
        self.ending = dict(
            Placement.objects.during(on, FAR).filter(stands=False, valid_from__gt=on, unit__in=self.cells)
            .order_by("-valid_from").values_list("unit_id", "valid_from")
        )  # fmt: skip
        self.memory: dict[tuple[str, str, str], Place] = {}

    def of(self, entry: Entry) -> Place:
        """The cell that a row names, seen under the committee whose section it stands in."""
        get = entry.values.get
        asked = (get("unit_code") or "", get("unit_name") or "", entry.section.get("committee", ""))
        found = self.memory.get(asked)
        if found is None:
            found = self.memory[asked] = self._found(*asked)
        return found

    def _found(self, code: str, name: str, committee: str) -> Place:
        if code:
            pk = self.by_code.get(code.strip().casefold())
            if pk is not None:
                return self._cell(pk)
            text = _("Không có tổ chức mang mã %(code)s trong %(unit)s. Hãy ghi mã của một chi bộ ở đó.")
            return Place(None, text % {"code": code, "unit": name_of(self.unit, self.on)})
        if not name:
            return self._without(committee)
        parts = [part.strip(" )") for part in _PARTS.split(name) if part.strip(" )")]
        for coded in (name, *parts[:1]):
            if (pk := self.by_code.get(coded.strip().casefold())) is not None:
                return self._cell(pk)
        for own, above in ((name, [committee]), (parts[0] if parts else name, [*parts[1:], committee])):
            found = self._under(self._named(own), above)
            if len(found) == 1:
                return self._cell(found[0])
            if found:
                text = _("Có %(count)s tổ chức cùng tên “%(name)s”. Hãy ghi mã của chi bộ.")
                return Place(None, text % {"count": len(found), "name": name})
        if not _short(name):
            return self._without(committee)
        text = _("Không tìm thấy chi bộ “%(name)s” trong %(unit)s.") % {
            "name": name, "unit": name_of(self.unit, self.on)
        }  # fmt: skip
        near = self._near(name)
        more = _("Hãy ghi đúng tên hoặc mã của chi bộ.")
        if near:
            more = _("Tên gần giống: %(names)s.") % {"names": ", ".join(near)}
        return Place(None, f"{text} {more}")

    def _near(self, name: str) -> list[str]:
        """Cells of the scope whose names are written nearly so."""
        short = {key: pk for pk in self.cells if (key := _short(self.called.get(pk, "")))}
        return [self.called[short[key]] for key in get_close_matches(_short(name), short, n=NEAR, cutoff=0.75)]

    def _named(self, name: str) -> list[int]:
        """Units of this name, cells first; the exact name before the one without its general words."""
        for key in (plain(name), _short(name)):
            found = self.by_name.get(key, []) if key else []
            found = [pk for pk in found if pk in self.cells] or found
            if found:
                return found
        return []

    def _under(self, found: list[int], above: list[str]) -> list[int]:
        """Those of several units that hang under one of the named ones, where that leaves any."""
        if len(found) < 2:
            return found
        for name in above:
            tops = set(self._committees(name))
            closer = [pk for pk in found if tops & set(self._line(pk))]
            if closer:
                return closer
        direct = [pk for pk in found if self.parents.get(pk) == self.unit.pk]
        return direct if len(direct) == 1 else found

    def _committees(self, name: str) -> list[int]:
        return [pk for pk in self.by_name.get(plain(name), []) if pk not in self.cells] if name else []

    def _line(self, pk: int) -> list[int]:
        line: list[int] = []
        above = self.parents.get(pk)
        while above is not None and above in self.parents and above not in line:
            line.append(above)
            above = self.parents.get(above)
        return line

    def _without(self, committee: str) -> Place:
        """No cell is named, or only as "chi bộ": the scope, the one cell of the section's committee, the only cell."""
        if self.unit.pk in self.cells:
            return self._cell(self.unit.pk)
        for top in self._committees(committee) or [self.unit.pk]:
            below = [pk for pk in self.cells if self.parents.get(pk) == top]
            if len(below) == 1 and (committee or len(self.cells) == 1):
                return self._cell(below[0])
        text = _("Bảng không ghi rõ chi bộ, mà %(unit)s không phải là chi bộ. Hãy thêm cột chi bộ hoặc mã chi bộ.")
        return Place(None, text % {"unit": name_of(self.unit, self.on)})

    def _cell(self, pk: int) -> Place:
        if pk not in self.cells:
            text = _("%(name)s không phải là chi bộ nên không nhận đảng viên trực tiếp.")
            return Place(None, text % {"name": self.called.get(pk, "")})
        if pk in self.ending:
            text = _("%(name)s kết thúc hoạt động từ ngày %(day)s; hãy chọn ngày ghi nhận từ đó về sau.")
            return Place(None, text % {"name": self.called.get(pk, ""), "day": Known.of(self.ending[pk])})
        return Place(pk)


def not_standing(unit: Unit, on: date) -> str:
    """The sentence for a unit that cannot take a list on the day."""
    text = _("%(unit)s chưa thành lập hoặc không còn hoạt động vào ngày %(day)s; hãy chọn ngày ghi nhận khác.")
    return text % {"unit": name_of(unit, on), "day": Known.of(on)}


def _short(name: str) -> str:
    """The name without the words that only say that it is a cell."""
    words = plain(name)
    for word in _BARE:
        if words == word:
            return ""
        words = words.removeprefix(f"{word} ")
    return words
