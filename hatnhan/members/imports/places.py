"""Which cell a row means: by code, by name within the scope, by the section it stands in, or the scope itself."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.vietnamese import plain
from hatnhan.members import permissions
from hatnhan.units.queries import codes, name_of, names


@dataclass(frozen=True)
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
        rows = Placement.objects.under(unit, on).filter(stands=True)
        self.kinds = dict(rows.values_list("unit_id", "kind"))
        kinds = rulebook.at(on).kinds()
        self.cells = {pk for pk, kind in self.kinds.items() if kind in kinds and kinds[kind].cell}
        self.by_code = {code.casefold(): pk for pk, code in codes(self.kinds, on).items()}
        self.called = names(self.kinds, on)
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for pk, name in self.called.items():
            for key in {plain(name), _short(name)}:
                self.by_name[key].append(pk)
        self.memory: dict[tuple[str, str], Place] = {}

    def of(self, values: dict[str, Any]) -> Place:
        """The cell that a row's values name."""
        asked = (str(values.get("unit_code") or "").strip(), str(values.get("unit_name") or "").strip())
        if asked not in self.memory:
            self.memory[asked] = self._found(*asked)
        return self.memory[asked]

    def _found(self, code: str, name: str) -> Place:
        if not code and not name:
            return self._itself()
        if code:
            pk = self.by_code.get(code.casefold())
            if pk is None:
                text = _("Không có tổ chức mang mã %(code)s trong %(unit)s.")
                return Place(None, text % {"code": code, "unit": name_of(self.unit, self.on)})
            return self._cell(pk)
        matching = [pk for pk in dict.fromkeys(self.by_name.get(plain(name), []) + self.by_name.get(_short(name), []))]
        matching = [pk for pk in matching if pk in self.cells] or matching
        if len(matching) == 1:
            return self._cell(matching[0])
        if not matching:
            if _short(name) == "" and self.unit.pk in self.cells:
                return self._itself()
            text = _("Không tìm thấy chi bộ “%(name)s” trong %(unit)s.")
            return Place(None, text % {"name": name, "unit": name_of(self.unit, self.on)})
        text = _("Có %(count)s tổ chức cùng tên “%(name)s”. Hãy ghi mã của chi bộ.")
        return Place(None, text % {"count": len(matching), "name": name})

    def _itself(self) -> Place:
        if self.unit.pk in self.cells:
            return Place(self.unit.pk)
        text = _("Bảng không có cột chi bộ, mà %(unit)s không phải là chi bộ. Hãy thêm cột chi bộ hoặc mã chi bộ.")
        return Place(None, text % {"unit": name_of(self.unit, self.on)})

    def _cell(self, pk: int) -> Place:
        if pk in self.cells:
            return Place(pk)
        text = _("%(name)s không phải là chi bộ nên không nhận đảng viên trực tiếp.")
        return Place(None, text % {"name": self.called.get(pk, "")})


def _short(name: str) -> str:
    """The name without the words that only say that it is a cell, as lists leave them out."""
    words = plain(name)
    for word in ("chi bo", "cb", "thon", "to dan pho", "tdp", "ban", "khu pho"):
        if words == word:
            return ""
        words = words.removeprefix(f"{word} ")
    return words
