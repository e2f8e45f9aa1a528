"""What a committee sets for itself, where a rule allows it."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from hatnhan.kernel.action import act, action, begin, end, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.rulebook.book import at
from hatnhan.rulebook.models import Override
from hatnhan.rulebook.permissions import OVERRIDE
from hatnhan.rulebook.rule import Rule
from hatnhan.rulebook.shown import title, unit_name
from hatnhan.rulebook.spoken import spoke


@action("rulebook.override")
def set_local(
    *, actor: Actor, unit: Unit, key: str, value: int, decision: str, on: date, until: date = FAR, reason: str = ""
) -> Override:
    """Set a rule's value for a unit and all below it, from the day on and before `until`, by a decision of its
    committee. What the committee had set before ends on that day. Refuses a rule that nobody may set, a unit whose
    committee may not, and a value outside the bounds."""
    actor.require(OVERRIDE, at=unit)
    rule = _open_rule(key, on)
    if blocked := override_blockers(rule, _seats(unit, on), value, " ".join(decision.split())):
        raise Refused(blocked)
    if until <= on:
        refuse("until", _("Ngày kết thúc phải sau ngày bắt đầu."), field="until")
    for row in Override.objects.during(on, until).filter(unit=unit, key=key):
        if row.valid_from >= on:
            refuse(
                "overlap", _("Sau ngày này cấp ủy đã có một quy định riêng khác. Hãy bỏ quy định đó trước."), field="on"
            )
        end(row, on)
    row = begin(
        Override(unit=unit, key=key, value=value, decision=" ".join(decision.split()), valid_from=on, valid_to=until)
    )
    with override("vi"):
        what = title(rule)
    act().tell(
        gettext_noop("%(unit)s quy định riêng: %(what)s Từ ngày %(on)s là %(value)s, theo %(decision)s."), about=[row],
        units=[unit], unit=unit_name(actor, unit.pk, on), what=what, value=value, decision=row.decision, on=_day(on),
        rule=rule.reference,
    )  # fmt: skip
    spoke(rule.reference)
    return row


@action("rulebook.end_override")
def end_local(*, actor: Actor, row: Override, on: date, reason: str = "") -> None:
    """From the day on the general rule holds again."""
    actor.require(OVERRIDE, at=row.unit)
    if row.voided_at is not None or not row.valid_from < on < row.valid_to:
        refuse("ended", _("Quy định riêng này không có hiệu lực vào ngày đã chọn."), field="on")
    end(row, on)
    _tell(actor, row, on, gettext_noop("%(unit)s thôi quy định riêng từ ngày %(on)s: %(what)s"))


@action("rulebook.withdraw_override")
def withdraw_local(*, actor: Actor, row: Override, reason: str = "") -> None:
    """Strike out a setting that was recorded wrongly: it never held."""
    actor.require(OVERRIDE, at=row.unit)
    if row.voided_at is not None:
        refuse("ended", _("Quy định riêng này đã bỏ từ trước."))
    void(row)
    _tell(actor, row, row.valid_from, gettext_noop("Bỏ quy định riêng ghi nhầm của %(unit)s: %(what)s"))


def override_blockers(rule: Rule, seats: frozenset[str], value: int, decision: str) -> list[Reason]:
    """Why a committee that takes these seats cannot set a rule's value."""
    local, found = rule.local, []
    if local is None:
        return [Reason("closed", _("Quy định này không cho cấp ủy quy định riêng."), rule=rule.reference)]
    if not seats & set(local.by):
        found.append(Reason("seat", _("Cấp ủy này không có thẩm quyền quy định riêng về việc này."), field="unit"))
    if not local.at_least <= value <= local.at_most:
        text = _("Chỉ được quy định từ %(least)s đến %(most)s.")
        found.append(Reason("value", text % {"least": local.at_least, "most": local.at_most}, field="value"))
    if not decision:
        found.append(Reason("decision", _("Hãy ghi số quyết định của cấp ủy."), field="decision"))
    return found


def _open_rule(key: str, on: date) -> Rule:
    rule = at(on).get(key)
    if rule is None:
        refuse("key", _("Vào ngày này không có quy định đó."), field="on")
    return rule


def _seats(unit: Unit, on: date) -> frozenset[str]:
    row = Placement.objects.on(on).filter(unit=unit, stands=True).first()
    kind = at(on).kinds().get(row.kind) if row is not None else None
    if kind is None:
        refuse("not_standing", _("Tổ chức này không hoạt động vào ngày đã chọn."), field="on")
    return frozenset(kind.seats)


def _tell(actor: Actor, row: Override, on: date, sentence: str) -> None:
    rule = at(on).get(row.key)
    with override("vi"):
        what = title(rule) if rule is not None else row.key
    act().tell(
        sentence, about=[row], units=[row.unit], unit=unit_name(actor, row.unit_id, on), what=what, on=_day(on),
        rule=rule.reference if rule is not None else "",
    )  # fmt: skip
    if rule is not None:
        spoke(rule.reference)


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
