"""Which kind an organisation is of, and which regime of levels and authorities it follows, from a day on."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from hatnhan import rulebook
from hatnhan.kernel import tree
from hatnhan.kernel.action import act, action, begin
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ahead import not_too_far
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.rulebook.spoken import spoke
from hatnhan.units import permissions, queries, rules
from hatnhan.units.models import RegimeSwitch

from .naming import cut, must_stand_on


@action("units.change_kind")
def change_kind(*, actor: Actor, unit: Unit, kind: str, on: date, reason: str = "") -> None:
    """Let a unit be of another kind from the day on (nâng cấp, hạ cấp, or a new regime's name for it)."""
    actor.require(permissions.CHANGE, at=unit)
    not_too_far(actor, on)
    must_stand_on(unit, on)
    book, row = rulebook.at(on), Placement.objects.on(on).get(unit=unit)
    if row.kind == kind:
        refuse("same", _("Tổ chức đã thuộc loại hình này."), field="kind")
    below = set(Placement.objects.on(on).filter(parent=unit, stands=True).values_list("kind", flat=True))
    above = queries.card(row.parent_id, on) if row.parent_id else None
    regime = queries.regime_on(unit, on).code
    placed = (book, kind, above.kind if above else None, regime)
    if reasons := [*rules.kind_blockers(book, kind, below), *rules.parent_blockers(*placed)]:
        raise Refused(dict.fromkeys(reasons))
    tree.rekind(unit, kind=kind, on=on)
    act().tell(
        gettext_noop("%(name)s là %(kind)s từ ngày %(on)s."), about=[unit], units=[unit],
        name=queries.name_of(unit, on), kind=book.kinds()[kind].label, on=Known.of(on),
    )  # fmt: skip
    with override("vi"):
        note_doubts(rules.parent_warnings(*placed))


@action("units.switch_regime")
def switch_regime(*, actor: Actor, unit: Unit, regime: str, on: date, decision: str = "", reason: str = "") -> None:
    """Let a unit and all below it follow another regime from the day on. Units of kinds that the regime turns into
    others change their kind that day."""
    actor.require(permissions.REORGANISE, at=unit)
    not_too_far(actor, on)
    must_stand_on(unit, on)
    book = rulebook.at(on)
    if regime not in book.regimes():
        refuse("regime", _("Vào ngày này chưa có hoặc không còn mô hình đã chọn."), field="regime")
    now = RegimeSwitch.objects.on(on).filter(unit=unit).first()
    if now is not None and now.regime == regime:
        refuse("same", _("Đơn vị đã theo mô hình này."), field="regime")
    with override("vi"):
        doubts = regime_doubts(unit, regime, on)
    if now is not None:
        cut(now, on, regime=regime, decision=decision)
    else:
        later = RegimeSwitch.objects.unvoided().filter(unit=unit, valid_from__gt=on).order_by("valid_from").first()
        until = later.valid_from if later else FAR
        begin(RegimeSwitch(unit=unit, regime=regime, decision=decision, valid_from=on, valid_to=until))
    becomes = book.regime(regime).becomes
    turning = [row for row in below(unit, on) if row.kind in becomes]
    for row in turning:
        tree.rekind(row.unit, kind=becomes[row.kind], on=on)
    act().tell(
        gettext_noop("%(name)s theo mô hình “%(regime)s” từ ngày %(on)s; %(count)s tổ chức đổi loại hình."),
        about=[unit], units=[unit], name=queries.name_of(unit, on), regime=book.regime(regime).label,
        on=Known.of(on), count=len(turning),
    )  # fmt: skip
    note_doubts(doubts)


def regime_doubts(unit: Unit, regime: str, on: date) -> list[Reason]:
    """What speaks against a switch: kinds below that the regime does not have."""
    book = rulebook.at(on)
    if regime not in book.regimes():
        return []
    return rules.regime_warnings(book, regime, {row.kind for row in below(unit, on)})


def below(unit: Unit, on: date) -> list[Placement]:
    """What stands at and under a unit on the day."""
    return list(Placement.objects.under(unit, on).filter(stands=True).select_related("unit"))


def note_doubts(reasons: list[Reason]) -> None:
    """Record in the log against which unsure rules an act was done. After the act itself has been told. The log keeps
    the sentences as they are: make them in Vietnamese."""
    for reason in reasons:
        act().tell(
            gettext_noop("Lưu ý khi ghi: %(text)s %(source)s"), text=reason.message, source=reason.source or "",
            rule=reason.rule or "",
        )  # fmt: skip
        spoke(reason.rule or "")
