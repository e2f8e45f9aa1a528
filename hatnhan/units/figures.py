"""Figures of organisations: how many stand, by what the rulebook calls them on the day."""

from collections import defaultdict
from datetime import date, datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Substr
from django.db.models.lookups import In
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.figures import Figure, Source, register
from hatnhan.kernel.models import Placement
from hatnhan.kernel.period import known
from hatnhan.rulebook.book import shelf
from hatnhan.rulebook.words import Words
from hatnhan.units.models import RegimeSwitch

_ORGANISATIONS = _("tổ chức")


def _standing() -> QuerySet[Placement]:
    return Placement.objects.filter(stands=True)


standing = Source("standing", _standing)


def _cells(day: date, _known_at: datetime | None) -> Q:
    return Q(kind__in=[kind.code for kind in rulebook.at(day).kinds().values() if kind.cell])


def _grassroots(day: date, known_at: datetime | None) -> Q:
    """Which kinds are grassroots depends on the regime in force where the unit hangs: that of the nearest switch."""
    book = rulebook.at(day)
    ordinary = book.default_regime.code
    found = {code: _grassroots_in(day, code) for code in book.regimes()}
    switched = _switched_paths(day, known_at)
    chosen = found[ordinary]
    for length in sorted(switched):
        for regime, paths in switched[length].items():
            here = Q(In(Substr(F("path"), 1, length), paths))
            chosen = (chosen & ~here) | (found.get(regime, found[ordinary]) & here)
    return chosen


def _grassroots_in(day: date, regime: str) -> Q:
    return Q(kind__in=[kind.code for kind in rulebook.at(day).kinds(regime).values() if kind.grassroots])


def _switched_paths(day: date, known_at: datetime | None) -> dict[int, dict[str, list[str]]]:
    """Where switches hold on the day, by length of path, that is from the top down, and by regime."""
    switches = RegimeSwitch.objects.on(day, known_at=known_at).filter(
        known(known_at, "unit__placements__"), unit__placements__valid_from__lte=day,
        unit__placements__valid_to__gt=day, unit__placements__stands=True,
    )  # fmt: skip
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for regime, path in switches.values_list("regime", "unit__placements__path"):
        found[len(path)][regime].append(path)
    return found


def _kinds() -> dict[str, Words]:
    """Every kind that the rulebook knows of any time, with its latest label, the highest level first."""
    latest = {key: rules[-1] for key, rules in shelf().library.rules.items() if key.startswith("kind.")}
    ordered = sorted(latest.values(), key=lambda rule: rule.value["level"])
    return {rule.key.removeprefix("kind."): Words(rule.value["label_vi"], rule.value["label_en"]) for rule in ordered}


register(
    Figure(
        "units", _("Tổ chức đảng"), _("Tổ chức đảng đang hoạt động vào ngày này, kể cả chính tổ chức này."),
        _ORGANISATIONS, standing,
    ),
    Figure(
        "units.cells", pgettext_lazy("figure", "Chi bộ"), _("Các loại chi bộ đang hoạt động vào ngày này."),
        _("chi bộ"), standing, where=_cells,
    ),
    Figure(
        "units.base", _("Tổ chức cơ sở đảng"),
        _("Đảng bộ cơ sở và chi bộ cơ sở đang hoạt động vào ngày này, theo mô hình tổ chức ở từng nơi."),
        _ORGANISATIONS, standing, where=_grassroots,
    ),
    *(
        Figure(
            f"units.kind.{code}", label, _("Tổ chức thuộc loại hình này đang hoạt động vào ngày này."), _ORGANISATIONS,
            standing, where=Q(kind=code),
        )
        for code, label in _kinds().items()
    ),
)  # fmt: skip
