"""Which papers an act of reorganisation asks for (members.md §1.7: collective transfer, no individual letters)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.refusal import Refused
from hatnhan.rulebook import sentence
from hatnhan.rulebook.shapes import Kind

from .authority import authority
from .held import Held
from .models import UnitEvent

COLLECTIVE = ("merge", "consolidate", "split", "transfer")


@dataclass(frozen=True)
class Paper:
    """A paper to sign: what it is, who signs, and where the rule comes from."""

    title: str
    who: str = ""
    source: str = ""


def to_sign(event: UnitEvent, held: Held) -> list[Paper]:
    """The papers of an event that was recorded. `held` are the dated rows of its units."""
    parts = list(event.parts.all())
    results = [part.unit_id for part in parts if part.role == "to"]
    sources = [part.unit_id for part in parts if part.role == "from"]
    return papers(event.kind, results or sources, sources, event.on, held)


def papers(
    event: str, results: Sequence[int], sources: Sequence[int], on: date, held: Held | None = None
) -> list[Paper]:
    """The papers of an event of a kind, in the order in which they are needed. Units are ids."""
    held = held or Held([*results, *sources])
    kinds = _kinds([*results, *sources], on, held)
    found = [_decision(event, (sources or results)[0], kinds, on, held)]
    if event in COLLECTIVE:
        found += [
            Paper(_("Biên bản bàn giao, kèm danh sách đảng viên"), _("Đại diện bên giao và bên nhận ký.")),
            Paper(_("Trang bàn giao trong sổ danh sách đảng viên"), _("Hai bên cùng ký.")),
            Paper(_("Hồ sơ đảng viên bàn giao theo mục lục"), _("Không cần giấy giới thiệu riêng từng người.")),
        ]
    if event in ("merge", "consolidate", "split"):
        found.append(Paper(_("Quyết định chỉ định bí thư, phó bí thư"), _("Khi có chức vụ mới.")))
    if event in ("merge", "consolidate", "dissolve") and any(kinds[pk].seal for pk in sources if pk in kinds):
        rule = rulebook.at(on, (sources or results)[0]).get("dissolution.seal_working_days")
        days = rule.value if rule is not None else 30
        source = sentence(rule) if rule is not None else ""
        found.append(Paper(_("Nộp lại con dấu cũ trong %(days)s ngày làm việc") % {"days": days}, "", source))
    return found


def _decision(event: str, unit: int, kinds: dict[int, Kind], on: date, held: Held) -> Paper:
    title = {
        "merge": _("Quyết định sáp nhập"),
        "consolidate": _("Quyết định hợp nhất"),
        "split": _("Quyết định chia tách"),
        "transfer": _("Quyết định chuyển giao tổ chức đảng"),
        "dissolve": _("Quyết định kết thúc hoạt động"),
    }.get(event, _("Quyết định"))
    grassroots = unit in kinds and kinds[unit].grassroots
    act = ("grassroots" if grassroots else "cell") + ("_transfer" if event == "transfer" else "_found")
    try:
        competent = authority(act, unit, on, held)
    except (Refused, rulebook.RuleMissingError):
        return Paper(title)
    who = _("%(body)s của %(unit)s quyết định.") % {"body": competent.body_label, "unit": competent.unit_name}
    return Paper(title, who[:1].upper() + who[1:], competent.source)


def _kinds(ids: Sequence[int], on: date, held: Held) -> dict[int, Kind]:
    known = rulebook.at(on).kinds()
    rows = {pk: row.kind for pk in ids if (row := held.placement(pk, on)) is not None}
    return {pk: known[kind] for pk, kind in rows.items() if kind in known}
