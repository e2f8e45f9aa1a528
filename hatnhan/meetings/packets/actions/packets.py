"""A committee's packet of the month: written, published once, laid into every agenda below."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import after, month
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.kernel.workflow import apply
from hatnhan.meetings.choices import PACKET_ITEM, REGULAR
from hatnhan.meetings.flows import PACKET
from hatnhan.meetings.models import AgendaItem, Packet, PacketItem, Sitting
from hatnhan.meetings.packets import published as packets
from hatnhan.meetings.permissions import PUBLISH
from hatnhan.meetings.plan import agendas, sittings
from hatnhan.meetings.plan.actions.agenda_order import BEYOND
from hatnhan.meetings.plan.agendas import ItemSheet
from hatnhan.units.queries import name_of

LONGEST_TITLE, MOST_ITEMS = 200, 20


@action("meetings.draft_packet")
def draft_packet(
    *, actor: Actor, unit: Unit, first: date, title: str, items: Sequence[ItemSheet], reason: str = ""
) -> Packet:
    """Begin what a committee gives to its cells for the month of `first`. Refuses a month that is over, a cell, and a
    packet without a title or an item."""
    actor.require(PUBLISH, at=unit)
    _check(actor, unit, first, title, items)
    packet = Packet.objects.create(
        unit=unit, first=month(first), title=nfc(title), recorded_at=act().at, recorded_in=act().id
    )
    _write_items(packet, items)
    _tell(gettext_noop("Soạn nội dung tháng %(month)s của %(unit)s gửi các chi bộ."), packet, actor)
    return packet


@action("meetings.change_packet")
def change_packet(
    *, actor: Actor, packet: Packet, title: str, items: Sequence[ItemSheet], seen: int | None = None, reason: str = ""
) -> None:
    """Change a packet that is not published yet. Refuses when somebody else changed it meanwhile."""
    rows = Packet.objects.filter(pk=packet.pk)
    if not (rows if seen is None else rows.filter(version=seen)).update(version=F("version") + 1):
        text = _("Trong lúc đồng chí đang sửa, người khác đã thay đổi nội dung này. Hãy xem lại rồi ghi lần nữa.")
        raise Refused(Reason("stale", text))
    packet.refresh_from_db()
    apply(PACKET, packet, "change_packet", actor=actor, at=packet.unit)
    _check(actor, packet.unit, packet.first, title, items)
    packet.title = nfc(title)
    packet.save()
    PacketItem.objects.filter(packet=packet).delete()
    _write_items(packet, items)
    _tell(gettext_noop("Sửa nội dung tháng %(month)s của %(unit)s gửi các chi bộ."), packet, actor)


@action("meetings.publish_packet")
def publish_packet(*, actor: Actor, packet: Packet, reason: str = "") -> int:
    """Lay the packet into every agenda of the month below, once; meetings that are planned later get it then. Returns
    into how many. Refuses a second time."""
    Packet.objects.filter(pk=packet.pk).update(version=F("version") + 1)
    packet.refresh_from_db()
    apply(PACKET, packet, "publish_packet", actor=actor, at=packet.unit)
    packet.published_at = act().at
    packet.save()
    here = Placement.objects.under(packet.unit, actor.on).values("unit")
    rows = Sitting.objects.filter(
        unit__in=here, kind__in=REGULAR, state__in=sittings.EDITABLE, day__gte=packet.first, day__lt=after(packet.first)
    )
    count = lay_items(list(rows), list(packet.items.order_by("pk")))
    _tell(gettext_noop("Gửi nội dung tháng %(month)s của %(unit)s vào chương trình của các chi bộ."), packet, actor)
    return count


def lay_items(held: Sequence[Sitting], items: Sequence[PacketItem]) -> int:
    """Inside an action: items of packets come to the front of the main part of each agenda, once; a few statements for
    however many agendas. Returns how many agendas there were."""
    if not held or not items:
        return len(held)
    standing: dict[int, list[AgendaItem]] = {one.pk: [] for one in held}
    for row in AgendaItem.objects.filter(sitting__in=held).order_by("sitting", "number"):
        standing[row.sitting_id].append(row)
    old: list[AgendaItem] = []
    new: list[AgendaItem] = []
    for sitting in held:
        rows = standing[sitting.pk]
        there = {row.subject_id for row in rows if row.subject == PACKET_ITEM}
        fresh = [_item_of(sitting, one) for one in items if one.pk not in there]
        at = sum(row.part == "opening" for row in rows)
        order = [*rows[:at], *fresh, *rows[at:]]
        for number, row in enumerate(order, 1):
            row.number = number
        old += rows
        new += fresh
    AgendaItem.objects.filter(pk__in=[row.pk for row in old]).update(number=F("number") + BEYOND)
    AgendaItem.objects.bulk_update(old, ["number"], batch_size=500)
    AgendaItem.objects.bulk_create(new, batch_size=500)
    Sitting.objects.filter(pk__in=[one.pk for one in held]).update(version=F("version") + 1)
    return len(held)


def lay_published(sitting: Sitting) -> None:
    """Inside an action: what the committees above have published for the month of a new meeting."""
    if sitting.kind in REGULAR:
        lay_items([sitting], packets.published(sitting.unit_id, sitting.day))


def _item_of(sitting: Sitting, one: PacketItem) -> AgendaItem:
    return AgendaItem(
        sitting=sitting, title=one.title, text=one.text, minutes=one.minutes, rule=one.rule, origin="packet",
        subject=PACKET_ITEM, subject_id=one.pk,
    )  # fmt: skip


def _check(actor: Actor, unit: Unit, first: date, title: str, items: Sequence[ItemSheet]) -> None:
    if sittings.is_cell(unit, actor.on):
        refuse("cell", _("Chi bộ không có tổ chức trực thuộc để gửi."))
    if after(month(first)) <= actor.on:
        refuse("month", _("Tháng này đã qua; chỉ gửi cho tháng này và các tháng sau."), field="first")
    if not nfc(title) or len(title) > LONGEST_TITLE:
        refuse("title", _("Hãy ghi tên, nhiều nhất %(n)s chữ.") % {"n": LONGEST_TITLE}, field="title")
    if not items or len(items) > MOST_ITEMS:
        refuse("items", _("Hãy ghi từ 1 đến %(n)s mục.") % {"n": MOST_ITEMS}, field="item_1")
    reasons = [
        Reason(reason.code, reason.message, field=f"item_{number}")
        for number, item in enumerate(items, 1)
        for reason in agendas.item_blockers(item, frozenset())
    ]
    if reasons:
        raise Refused(reasons)


def _write_items(packet: Packet, items: Iterable[ItemSheet]) -> None:
    PacketItem.objects.bulk_create(
        PacketItem(
            packet=packet, title=nfc(one.title), text=nfc(one.text, lines=True), minutes=one.minutes, rule=one.rule
        )
        for one in items
    )


def _tell(sentence: str, packet: Packet, actor: Actor) -> None:
    act().tell(
        sentence, about=[packet], units=[packet.unit], unit=name_of(packet.unit_id, actor.on),
        month=f"{packet.first.month}/{packet.first.year}",
    )  # fmt: skip
