"""Founding, naming, moving and ending organisations. The day is always named; past days are allowed."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel import tree
from hatnhan.kernel.action import act, action, begin, end, restate
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.registries import PARTICIPANTS
from hatnhan.kernel.vietnamese import nfc, plain
from hatnhan.units import permissions, queries, rules
from hatnhan.units.models import RegimeSwitch, UnitCode, UnitEvent, UnitEventPart, UnitName


@action("units.found")
def found(*, actor: Actor, name: str, kind: str, parent: Unit | None, on: date, code: str = "", reason: str = "") -> Unit:
    """Found an organisation under a parent (none: the top) from the day on. Refuses a kind that the rulebook does not
    know on that day or does not allow under the parent, an empty name, and a code that another unit bears."""
    if parent is None and not actor.everything:
        actor.require(permissions.FOUND, at=None)
        refuse("parent", _("Hãy chọn tổ chức cấp trên trực tiếp."), field="parent")
    if parent is not None:
        actor.require(permissions.FOUND, at=parent)
    above = queries.card(parent, on) if parent is not None else None
    reasons = rules.founding_blockers(rulebook.at(on), kind, above.kind if above else None, nfc(name))
    if reasons:
        raise Refused(reasons)
    unit = Unit(chain=parent.chain if parent is not None else 0)
    unit.save()
    if not unit.chain and rulebook.at(on).kinds()[kind].grassroots:
        unit.chain = unit.pk
        unit.save()
    tree.place(unit, parent=parent, kind=kind, on=on)
    begin(UnitName(unit=unit, name=nfc(name), key=plain(name), valid_from=on))
    if code.strip():
        _free(code, on)
        begin(UnitCode(unit=unit, code=code.strip(), valid_from=on))
    act().tell(
        gettext_noop("Thành lập %(name)s từ ngày %(on)s."), about=[unit], units=[unit], name=nfc(name), on=_day(on)
    )
    return unit


@action("units.rename")
def rename(*, actor: Actor, unit: Unit, name: str, on: date, reason: str = "") -> None:
    """Give a unit another name from the day on."""
    actor.require(permissions.CHANGE, at=unit)
    if not nfc(name):
        refuse("name", _("Hãy ghi tên tổ chức."), field="name")
    now = _held(UnitName, unit, on)
    if now is not None and now.name == nfc(name):
        refuse("same", _("Tổ chức đã mang tên này."), field="name")
    until = now.valid_to if now is not None else FAR
    if now is not None:
        _cut(now, on, name=nfc(name), key=plain(name))
    else:
        begin(UnitName(unit=unit, name=nfc(name), key=plain(name), valid_from=on, valid_to=until))
    act().tell(
        gettext_noop("Đổi tên %(old)s thành %(name)s từ ngày %(on)s."), about=[unit], units=[unit],
        old=now.name if now else "", name=nfc(name), on=_day(on),
    )  # fmt: skip


@action("units.recode")
def recode(*, actor: Actor, unit: Unit, code: str, on: date, reason: str = "") -> None:
    """Give a unit another code from the day on, or with an empty text none. Refuses a code that another unit bears."""
    actor.require(permissions.CHANGE, at=unit)
    now = _held(UnitCode, unit, on)
    if (now.code if now else "") == code.strip():
        refuse("same", _("Tổ chức đã mang mã này."), field="code")
    if code.strip():
        _free(code, on)
    if now is not None and code.strip():
        _cut(now, on, code=code.strip())
    elif now is not None:
        end(now, on)
    else:
        begin(UnitCode(unit=unit, code=code.strip(), valid_from=on))
    act().tell(
        gettext_noop("Đổi mã của %(name)s thành “%(code)s” từ ngày %(on)s."), about=[unit], units=[unit],
        name=queries.name_of(unit, on), code=code.strip(), on=_day(on),
    )  # fmt: skip


@action("units.move")
def move(*, actor: Actor, unit: Unit, to: Unit, on: date, decision: str = "", reason: str = "") -> None:
    """Put a unit, with all below it, under another from the day on (chuyển giao). Holds until its next own move."""
    actor.require(permissions.CHANGE, at=unit)
    actor.require(permissions.FOUND, at=to)
    here, there = queries.card(unit, on), queries.card(to, on)
    old = here.parent_id if here else None
    blocked = rules.parent_blockers(rulebook.at(on), here.kind if here else "", there.kind if there else None)
    if blocked:
        raise Refused(blocked)
    tree.rehang(unit, to=to, on=on)
    event = UnitEvent.objects.create(kind="transfer", on=on, decision=decision, act=act().id)
    UnitEventPart.objects.create(event=event, unit=unit, role="to")
    act().tell(
        gettext_noop("Chuyển %(name)s từ %(old)s về trực thuộc %(to)s từ ngày %(on)s."), about=[unit, to],
        units=[unit, to], name=queries.name_of(unit, on), old=queries.name_of(old, on) if old else "",
        to=queries.name_of(to, on), on=_day(on),
    )  # fmt: skip


@action("units.change_kind")
def change_kind(*, actor: Actor, unit: Unit, kind: str, on: date, reason: str = "") -> None:
    """Let a unit be of another kind from the day on (nâng cấp, hạ cấp, or a new regime's name for it)."""
    actor.require(permissions.CHANGE, at=unit)
    book = rulebook.at(on)
    if kind not in book.kinds():
        raise Refused(rules.unknown_kind(kind))
    tree.rekind(unit, kind=kind, on=on)
    act().tell(
        gettext_noop("%(name)s là %(kind)s từ ngày %(on)s."), about=[unit], units=[unit],
        name=queries.name_of(unit, on), kind=book.kinds()[kind].label, on=_day(on),
    )  # fmt: skip


@action("units.dissolve")
def dissolve(*, actor: Actor, unit: Unit, on: date, heir: Unit | None = None, decision: str = "", reason: str = "") -> None:
    """End a unit. Refuses while units, members or anything else stand at it. Its rows go on counting with the heir, by
    default its last parent. Members of a dissolved organisation are placed within 30 working days (294-QĐ/TW, 6.3.5)."""
    actor.require(permissions.REORGANISE, at=unit)
    if heir is not None:
        actor.require(permissions.VIEW, at=heir)
    reasons: list[Reason] = [reason for one in PARTICIPANTS for reason in one.keeps(unit, on)]
    if reasons:
        raise Refused(reasons)
    name = queries.name_of(unit, on)
    went_to = tree.close(unit, on=on, heir=heir)
    end_of_name_and_code(unit, on)
    event = UnitEvent.objects.create(kind="dissolve", on=on, decision=decision, act=act().id)
    UnitEventPart.objects.create(event=event, unit=unit, role="from")
    act().tell(
        gettext_noop("Kết thúc hoạt động của %(name)s từ ngày %(on)s."), about=[unit], units=[unit, went_to],
        name=name, on=_day(on),
    )  # fmt: skip


@action("units.switch_regime")
def switch_regime(*, actor: Actor, unit: Unit, regime: str, on: date, decision: str = "", reason: str = "") -> None:
    """Let a unit and all below it follow another regime from the day on."""
    actor.require(permissions.REORGANISE, at=unit)
    now = RegimeSwitch.objects.on(on).filter(unit=unit).first()
    if now is not None and now.regime == regime:
        refuse("same", _("Đơn vị đã theo mô hình này."), field="regime")
    later = RegimeSwitch.objects.unvoided().filter(unit=unit, valid_from__gt=on).order_by("valid_from").first()
    if now is not None:
        _cut(now, on, regime=regime, decision=decision)
    else:
        until = later.valid_from if later else FAR
        begin(RegimeSwitch(unit=unit, regime=regime, decision=decision, valid_from=on, valid_to=until))
    act().tell(
        gettext_noop("%(name)s theo mô hình “%(regime)s” từ ngày %(on)s."), about=[unit], units=[unit],
        name=queries.name_of(unit, on), regime=rulebook.at(on).regime(regime).label, on=_day(on),
    )  # fmt: skip


def end_of_name_and_code(unit: Unit, on: date) -> None:
    """An ended unit gives its code free. Its name stays, so that history can be read."""
    for row in UnitCode.objects.unvoided().filter(unit=unit, valid_from__lt=on, valid_to__gt=on):
        end(row, on)


def _held(model: type[Any], unit: Unit, on: date) -> Any:
    if not Placement.objects.on(on).filter(unit=unit, stands=True).exists():
        refuse("not_standing", _("Tổ chức này không hoạt động vào ngày %(day)s.") % {"day": _day(on)}, field="on")
    return model.objects.on(on).filter(unit=unit).first()


def _cut(row: UnitName | UnitCode | RegimeSwitch, on: date, **changes: str) -> None:
    """From the day on, to the row's own end, something else holds."""
    until = row.valid_to
    if row.valid_from == on:
        restate(row, **changes)
        return
    end(row, on)
    fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    fields |= {"voided_at": None, "voided_in": None, "valid_from": on, "valid_to": until, **changes}
    begin(type(row)(**fields))


def _free(code: str, on: date) -> None:
    other = UnitCode.objects.during(on, FAR).filter(code=code.strip()).first()
    if other is not None:
        refuse(
            "code",
            _("Mã %(code)s đang được dùng cho một tổ chức khác.") % {"code": code.strip()},
            field="code",
        )


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
