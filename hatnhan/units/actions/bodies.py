"""Bodies of a committee, localities and the cells that lead them, Party groups inside a cell."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel.action import act, action, begin, end, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ahead import not_too_far
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.registries import PARTICIPANTS
from hatnhan.kernel.tree import must_stand
from hatnhan.kernel.vietnamese import nfc, plain
from hatnhan.rulebook.shapes import Kind
from hatnhan.units import permissions
from hatnhan.units.choices import LOCALITY_KINDS
from hatnhan.units.models import Body, Group, Locality, LocalityCell


@action("units.add_body", of=Body)
def add_body(*, actor: Actor, unit: Unit, kind: str, on: date, name: str = "", reason: str = "") -> Body:
    """Record that a committee has a body from the day on; its name is by default the kind's label."""
    actor.require(permissions.CHANGE, at=unit)
    not_too_far(actor, on)
    must_stand(unit, on, FAR)
    known = {body.code: body for body in rulebook.at(on).bodies(_kind(unit, on).code)}
    if kind not in known:
        refuse(
            "kind",
            _("Cấp ủy này không có loại cơ quan đã chọn vào ngày %(day)s.") % {"day": Known.of(on)},
            field="kind",
        )
    if Body.objects.during(on, FAR).filter(unit=unit, kind=kind).exists():
        refuse("same", _("Cấp ủy này đã có %(body)s.") % {"body": known[kind].label}, field="kind")
    body = begin(Body(unit=unit, kind=kind, name=nfc(name) or known[kind].label.vi, valid_from=on))
    _tell(gettext_noop("Lập %(name)s từ ngày %(on)s."), unit, body.name, on)
    return body


@action("units.end_body")
def end_body(*, actor: Actor, body: Body, on: date, reason: str = "") -> None:
    """End a body before the day."""
    actor.require(permissions.CHANGE, at=body.unit)
    not_too_far(actor, on)
    _ends_with(actor, body, on)
    _end(body, on)
    _tell(gettext_noop("Kết thúc %(name)s từ ngày %(on)s."), body.unit, body.name, on)


@action("units.add_locality", of=Locality)
def add_locality(*, actor: Actor, unit: Unit, kind: str, name: str, on: date, reason: str = "") -> Locality:
    """Record a village or residential group of a commune."""
    actor.require(permissions.CHANGE, at=unit)
    not_too_far(actor, on)
    must_stand(unit, on, FAR)
    if not nfc(name):
        refuse("name", _("Hãy ghi tên thôn, tổ dân phố."), field="name")
    if kind not in LOCALITY_KINDS:
        refuse("kind", _("Hãy chọn loại: thôn, bản, tổ dân phố hoặc khu phố."), field="kind")
    if Locality.objects.during(on, FAR).filter(unit=unit, kind=kind, key=plain(name)).exists():
        refuse("same", _("Đã có %(name)s trong danh sách.") % {"name": nfc(name)}, field="name")
    locality = begin(Locality(unit=unit, kind=kind, name=nfc(name), key=plain(name), valid_from=on))
    _tell(gettext_noop("Thêm địa bàn %(name)s từ ngày %(on)s."), unit, locality.name, on)
    return locality


@action("units.end_locality")
def end_locality(*, actor: Actor, locality: Locality, on: date, reason: str = "") -> None:
    """A locality ceases, as when villages are merged; its links to cells end with it."""
    actor.require(permissions.CHANGE, at=locality.unit)
    not_too_far(actor, on)
    _end(locality, on)
    for link in LocalityCell.objects.unvoided().filter(locality__identity=locality.identity, valid_to__gt=on):
        if link.valid_from < on:
            end(link, on)
        else:
            void(link)
    _tell(gettext_noop("Kết thúc địa bàn %(name)s từ ngày %(on)s."), locality.unit, locality.name, on)


@action("units.lead_locality")
def lead_locality(*, actor: Actor, locality: Locality, unit: Unit, on: date, reason: str = "") -> LocalityCell:
    """Say that a cell leads a locality from the day on; a cell may lead several, a locality have several cells."""
    actor.require(permissions.CHANGE, at=locality.unit)
    actor.require(permissions.VIEW, at=unit)
    not_too_far(actor, on)
    must_stand(unit, on, FAR)
    if not _kind(unit, on).cell:
        refuse("unit", _("Hãy chọn một chi bộ."), field="unit")
    if not Locality.objects.on(on).filter(identity=locality.identity).exists():
        refuse("locality", _("Địa bàn này không còn vào ngày %(day)s.") % {"day": Known.of(on)}, field="on")
    if LocalityCell.objects.during(on, FAR).filter(locality__identity=locality.identity, unit=unit).exists():
        refuse("same", _("Chi bộ đã được gắn với địa bàn này."), field="unit")
    link = begin(LocalityCell(locality=locality, unit=unit, valid_from=on))
    _tell(gettext_noop("Gắn địa bàn %(name)s với chi bộ từ ngày %(on)s."), unit, locality.name, on)
    return link


@action("units.leave_locality")
def leave_locality(*, actor: Actor, link: LocalityCell, on: date, reason: str = "") -> None:
    """A cell no longer leads a locality."""
    actor.require(permissions.CHANGE, at=link.locality.unit)
    not_too_far(actor, on)
    _end(link, on)
    _tell(gettext_noop("Thôi gắn địa bàn %(name)s với chi bộ từ ngày %(on)s."), link.unit, link.locality.name, on)


@action("units.add_group", of=Group)
def add_group(*, actor: Actor, unit: Unit, name: str, on: date, reason: str = "") -> Group:
    """Set up a Party group inside a cell (cells of 30 members or more, 294-QĐ/TW, item 20.3.2)."""
    actor.require(permissions.CHANGE_GROUPS, at=unit)
    not_too_far(actor, on)
    must_stand(unit, on, FAR)
    if not _kind(unit, on).cell:
        refuse("unit", _("Tổ đảng chỉ lập trong chi bộ."))
    if not nfc(name):
        refuse("name", _("Hãy ghi tên tổ đảng."), field="name")
    if Group.objects.during(on, FAR).filter(unit=unit, name=nfc(name)).exists():
        refuse("same", _("Chi bộ đã có %(name)s.") % {"name": nfc(name)}, field="name")
    group = begin(Group(unit=unit, name=nfc(name), valid_from=on))
    _tell(gettext_noop("Lập %(name)s từ ngày %(on)s."), unit, group.name, on)
    return group


@action("units.end_group")
def end_group(*, actor: Actor, group: Group, on: date, reason: str = "") -> None:
    """End a Party group; its members stay in the cell."""
    actor.require(permissions.CHANGE_GROUPS, at=group.unit)
    not_too_far(actor, on)
    _ends_with(actor, group, on)
    _end(group, on)
    _tell(gettext_noop("Kết thúc %(name)s từ ngày %(on)s."), group.unit, group.name, on)


def _kind(unit: Unit, on: date) -> Kind:
    return rulebook.at(on).kind(Placement.objects.on(on).get(unit=unit).kind)


def _ends_with(actor: Actor, part: Body | Group, on: date) -> None:
    """What upper modules keep at a body or a group ends with it, where they say how."""
    for one in PARTICIPANTS:
        ends: Callable[[Actor, Body | Group, date], None] | None = getattr(one, "part_ends", None)
        if ends is not None:
            ends(actor, part, on)


def _end(row: Body | Locality | LocalityCell | Group, on: date) -> None:
    if not row.open or row.valid_from >= on or row.voided_at is not None:
        refuse("ended", _("Đã kết thúc từ trước hoặc bắt đầu sau ngày này."), field="on")
    end(row, on)


def _tell(sentence: str, unit: Unit, name: str, on: date) -> None:
    act().tell(sentence, about=[unit], units=[unit], name=name, on=Known.of(on))
