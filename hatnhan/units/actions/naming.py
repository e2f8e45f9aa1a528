"""What an organisation is called and by which code it is known, from a day on."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel import tree
from hatnhan.kernel.action import act, action, begin, end, restate, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ahead import not_too_far
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.vietnamese import nfc, plain
from hatnhan.units import permissions, queries
from hatnhan.units.models import RegimeSwitch, UnitCode, UnitName


@action("units.rename", of=UnitName)
def rename(*, actor: Actor, unit: Unit, name: str, on: date, reason: str = "") -> None:
    """Give a unit another name from the day on, until its next own renaming."""
    tree.lock()
    actor.require(permissions.CHANGE, at=unit)
    not_too_far(actor, on)
    name = nfc(name)
    if not name:
        refuse("name", _("Hãy ghi tên tổ chức."), field="name")
    must_stand_on(unit, on)
    now = UnitName.objects.on(on).filter(unit=unit).first()
    if now is not None and now.name == name:
        refuse("same", _("Tổ chức đã mang tên này."), field="name")
    if now is not None:
        cut(now, on, name=name, key=plain(name))
    else:
        begin(UnitName(unit=unit, name=name, key=plain(name), valid_from=on, valid_to=_next(UnitName, unit, on)))
    act().tell(
        gettext_noop("Đổi tên %(old)s thành %(name)s từ ngày %(on)s."), about=[unit], units=[unit],
        old=now.name if now else "…", name=name, on=Known.of(on),
    )  # fmt: skip


@action("units.recode")
def recode(*, actor: Actor, unit: Unit, code: str, on: date, reason: str = "") -> None:
    """Give a unit another code from the day on, or with an empty text none. Refuses a code that another unit bears."""
    tree.lock()
    actor.require(permissions.CHANGE, at=unit)
    not_too_far(actor, on)
    code = nfc(code)
    must_stand_on(unit, on)
    now = UnitCode.objects.on(on).filter(unit=unit).first()
    if (now.code if now else "") == code:
        refuse("same", _("Tổ chức đã mang mã này."), field="code")
    until = now.valid_to if now is not None else _next(UnitCode, unit, on)
    if code:
        must_be_free(code, on, until, unit)
    if now is not None and code:
        cut(now, on, code=code)
    elif now is not None and now.valid_from == on:
        void(now)
    elif now is not None:
        end(now, on)
    else:
        begin(UnitCode(unit=unit, code=code, valid_from=on, valid_to=until))
    sentence = gettext_noop("Đổi mã của %(name)s thành %(code)s từ ngày %(on)s.")
    if not code:
        sentence = gettext_noop("%(name)s không còn mã từ ngày %(on)s.")
    act().tell(sentence, about=[unit], units=[unit], name=queries.name_of(unit, on), code=code, on=Known.of(on))


def begin_name_and_code(unit: Unit, name: str, code: str, on: date) -> None:
    """What a new unit is called. Refuses a code that another bears."""
    begin(UnitName(unit=unit, name=nfc(name), key=plain(name), valid_from=on))
    if code := nfc(code):
        must_be_free(code, on, FAR, unit)
        begin(UnitCode(unit=unit, code=code, valid_from=on))


def end_of_name_and_code(unit: Unit, on: date) -> None:
    """An ended unit gives its code free. Its name stays, so that history can be read."""
    for row in UnitCode.objects.unvoided().filter(unit=unit, valid_to__gt=on):
        if row.valid_from < on:
            end(row, on)
        else:
            void(row)


def cut(row: UnitName | UnitCode | RegimeSwitch, on: date, **changes: str) -> None:
    """From the day on, to the row's own end, something else holds."""
    until = row.valid_to
    if row.valid_from == on:
        restate(row, **changes)
        return
    end(row, on)
    fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    fields |= {"voided_at": None, "voided_in": None, "valid_from": on, "valid_to": until, **changes}
    begin(type(row)(**fields))


def must_stand_on(unit: Unit, on: date) -> None:
    """Refuses when the unit does not stand on the day."""
    if not Placement.objects.on(on).filter(unit=unit, stands=True).exists():
        refuse("not_standing", _("Tổ chức này không hoạt động vào ngày %(day)s.") % {"day": Known.of(on)}, field="on")


def must_be_free(code: str, start: date, end: date, unit: Unit | None) -> None:
    """Refuses a code that another unit (None: any unit) bears on a day of the period."""
    if UnitCode.objects.during(start, end).filter(code=code).exclude(unit=unit.pk if unit else None).exists():
        refuse("code", _("Mã %(code)s đang được dùng cho một tổ chức khác.") % {"code": code}, field="code")


def _next(model: type[UnitName] | type[UnitCode], unit: Unit, on: date) -> date:
    later = model.objects.unvoided().filter(unit=unit, valid_from__gt=on)
    return later.order_by("valid_from").values_list("valid_from", flat=True).first() or FAR
