"""Closing a month, handing up, acknowledging, opening again; what is spent of what is kept.

A book is closed once, with what stands in it then: each payment belongs to one book, each sum handed up to one book
above, so that the statements of every level add up to the đồng."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Refused, refuse
from hatnhan.kernel.ui.text import num
from hatnhan.kernel.vietnamese import nfc
from hatnhan.rulebook.spoken import spoke
from hatnhan.units.queries import name_of

from ..choices import CHANNELS, MOST
from ..models import FundEntry, MonthBook, Payment
from ..permissions import ACKNOWLEDGE, CLOSE, SPEND
from ..rules import month_name
from .reckoning import Reckoning, blockers, reckon


@action("dues.close_month")
def close_month(*, actor: Actor, unit: Unit, month: date, reason: str = "") -> MonthBook:
    """Close the book of a unit for a month (its first day). Refuses a month that is closed, that has not begun, or
    before which one is open, and a share that nobody has confirmed."""
    actor.require(CLOSE, at=unit)
    Unit.objects.select_for_update().get(pk=unit.pk)
    one = reckon(unit, month, actor.on)
    if reasons := blockers(one, actor.on):
        raise Refused(reasons)
    try:
        book = MonthBook.objects.create(
            unit=unit, month=month, upper_id=one.upper, collected=one.collected, received=one.received, kept=one.kept,
            remitted=one.remitted, split=one.rule.value, rule=one.rule.reference, closed_on=actor.on,
            closed_by=actor.label, recorded_at=act().at, recorded_in=act().id, **one.counts.columns(),
        )  # fmt: skip
    except IntegrityError as error:
        raise Refused(_("Vừa có người khác khóa sổ tháng này."), "meanwhile") from error
    _bind(book, one)
    spoke(one.rule.reference)
    act().tell(
        gettext_noop("Khóa sổ đảng phí tháng %(month)s của %(unit)s: thu %(total)s đồng, nộp %(sent)s đồng."),
        units=[unit], month=month_name(month), unit=name_of(unit, actor.on), total=num(one.total),
        sent=num(one.remitted), rule=one.rule.reference,
    )  # fmt: skip
    return book


def _bind(book: MonthBook, one: Reckoning) -> None:
    """Payments and what came from below stand in this book alone; the share goes into the fund. Raises `Refused` when
    somebody recorded a payment between counting and closing."""
    rows = Payment.objects.filter(unit=one.unit, book=None, booked__lte=one.month)
    rows.update(book=book, booked=one.month)
    taken = MonthBook.objects.filter(pk__in=one.below, taken_in=None, voided_at=None).update(taken_in=book)
    collected = Payment.objects.filter(book=book).aggregate(n=Sum("amount"))["n"] or 0
    if collected != one.collected or taken != len(one.below):
        raise Refused(_("Vừa có khoản thu mới được ghi. Hãy xem lại số rồi khóa sổ lần nữa."), "meanwhile")
    if book.kept:
        enter(book.unit, book.closed_on, book.kept, "share", text=month_name(book.month), book=book)


def enter(
    unit: Unit, day: date, amount: int, kind: str, *, text: str = "", paper: str = "", book: MonthBook | None = None
) -> FundEntry:
    """Inside an action: a line of the fund."""
    return FundEntry.objects.create(
        unit=unit, day=day, amount=amount, kind=kind, text=text, paper=paper, book=book, recorded_at=act().at,
        recorded_in=act().id,
    )  # fmt: skip


@action("dues.reopen_month")
def reopen_month(*, actor: Actor, book: MonthBook, reason: str) -> None:
    """Open the last closed month again. Refuses an earlier one, one whose money the level above has acknowledged, and
    without a reason."""
    actor.require(CLOSE, at=book.unit)
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do mở lại sổ."), field="reason")
    if MonthBook.objects.filter(unit=book.unit, voided_at=None, month__gt=book.month).exists():
        refuse("later", _("Đã khóa tháng sau; chỉ mở lại được tháng khóa gần nhất."))
    if book.received_on is not None:
        refuse("received", _("Cấp trên đã xác nhận nhận tiền của tháng này nên không mở lại được."))
    if not MonthBook.objects.filter(pk=book.pk, voided_at=None).update(voided_at=act().at, voided_in=act().id):
        refuse("voided", _("Sổ tháng này đã được mở lại."))
    Payment.objects.filter(book=book).update(book=None)
    MonthBook.objects.filter(taken_in=book).update(taken_in=None)
    for line in FundEntry.objects.filter(book=book, kind="share", reversed_in=None):
        take_back(line, actor.on)
    act().tell(
        gettext_noop("Mở lại sổ đảng phí tháng %(month)s của %(unit)s."), units=[book.unit],
        month=month_name(book.month), unit=name_of(book.unit, actor.on),
    )  # fmt: skip


def take_back(line: FundEntry, on: date) -> None:
    """Inside an action: a line of the fund against another."""
    FundEntry.objects.filter(pk=line.pk).update(reversed_in=act().id)
    FundEntry.objects.create(
        unit_id=line.unit_id, day=on, amount=-line.amount, kind=line.kind, text=line.text, paper=line.paper,
        book_id=line.book_id, reverses=line, recorded_at=act().at, recorded_in=act().id,
    )  # fmt: skip


@action("dues.hand_up", of=MonthBook)
def hand_up(*, actor: Actor, book: MonthBook, sent_on: date, channel: str, voucher: str = "", reason: str = "") -> None:
    """The share of the level above was handed up on a day. Refuses a second time, and a day before the month or after
    today."""
    actor.require(CLOSE, at=book.unit)
    if channel not in CHANNELS:
        refuse("channel", _("Hãy chọn cách nộp trong danh sách."), field="channel")
    if not book.month <= sent_on <= actor.on:
        refuse("sent_on", _("Ngày nộp phải từ đầu tháng của sổ đến hôm nay."), field="sent_on")
    rows = MonthBook.objects.filter(pk=book.pk, voided_at=None, sent_on=None)
    if not rows.update(sent_on=sent_on, channel=channel, voucher=nfc(voucher.strip())):
        refuse("sent", _("Tháng này đã ghi nộp."))
    act().tell(
        gettext_noop("%(unit)s nộp đảng phí tháng %(month)s lên cấp trên: %(sum)s đồng."), units=[book.unit],
        unit=name_of(book.unit, actor.on), month=month_name(book.month), sum=num(book.remitted),
    )  # fmt: skip


@action("dues.acknowledge")
def acknowledge(*, actor: Actor, unit: Unit, books: Sequence[int], received_on: date, reason: str = "") -> int:
    """The level above (`unit`) says that what units handed up (ids of their books) has come, on a day. Returns how
    many. Refuses what was not handed up to it, and what was acknowledged already."""
    actor.require(ACKNOWLEDGE, at=unit)
    keys = sorted(set(books))
    if not keys:
        refuse("none", _("Chưa chọn khoản nộp nào."))
    rows = MonthBook.objects.filter(pk__in=keys, upper=unit, voided_at=None, sent_on__isnull=False, received_on=None)
    if received_on > actor.on or rows.filter(sent_on__gt=received_on).exists():
        refuse("received_on", _("Ngày nhận phải từ ngày nộp đến hôm nay."), field="received_on")
    if rows.update(received_on=received_on, received_by=actor.label) != len(keys):
        refuse("not_sent", _("Có khoản chưa ghi nộp, không nộp về đây, hoặc đã xác nhận rồi. Hãy xem lại danh sách."))
    below = list(Unit.objects.filter(dues_books__in=keys).distinct())
    act().tell(
        gettext_noop("%(unit)s xác nhận đã nhận %(count)s khoản đảng phí nộp lên."), units=[unit, *below],
        unit=name_of(unit, actor.on), count=len(keys),
    )  # fmt: skip
    return len(keys)


@action("dues.spend", of=FundEntry)
def spend(
    *, actor: Actor, unit: Unit, day: date, amount: int, text: str, paper: str = "", reason: str = ""
) -> FundEntry:
    """Money that was kept is spent on an activity, in VND. Refuses more than is there, and an empty purpose."""
    actor.require(SPEND, at=unit)
    Unit.objects.select_for_update().get(pk=unit.pk)
    if not 0 < amount < MOST:
        refuse("amount", _("Số tiền phải lớn hơn 0 và dưới 1 tỷ đồng."), field="amount")
    if not text.strip():
        refuse("text", _("Hãy ghi nội dung chi."), field="text")
    if day > actor.on:
        refuse("day", _("Ngày chi ở sau hôm nay."), field="day")
    there = FundEntry.objects.filter(unit=unit).aggregate(n=Sum("amount"))["n"] or 0
    if amount > there:
        refuse("balance", _("Chỉ còn %(there)s đồng.") % {"there": num(there)}, field="amount")
    row = enter(unit, day, -amount, "activity", text=nfc(text.strip()), paper=nfc(paper.strip()))
    act().tell(
        gettext_noop("%(unit)s chi %(sum)s đồng từ đảng phí giữ lại: %(what)s."), units=[unit],
        unit=name_of(unit, actor.on), sum=num(amount), what=row.text,
    )  # fmt: skip
    return row


@action("dues.open_fund", of=FundEntry)
def open_fund(*, actor: Actor, unit: Unit, day: date, amount: int, paper: str = "", reason: str = "") -> FundEntry:
    """What a unit had kept before its book began here. Refuses a second time."""
    actor.require(SPEND, at=unit)
    if not 0 < amount < MOST:
        refuse("amount", _("Số tiền phải lớn hơn 0 và dưới 1 tỷ đồng."), field="amount")
    if day > actor.on:
        refuse("day", _("Ngày của số dư ở sau hôm nay."), field="day")
    if FundEntry.objects.filter(unit=unit, kind="opening", reversed_in=None, reverses=None).exists():
        refuse("opened", _("Số dư chuyển sang đã được ghi."))
    row = enter(unit, day, amount, "opening", paper=nfc(paper.strip()))
    act().tell(
        gettext_noop("Ghi số dư đảng phí giữ lại chuyển sang của %(unit)s: %(sum)s đồng."), units=[unit],
        unit=name_of(unit, actor.on), sum=num(amount),
    )  # fmt: skip
    return row


@action("dues.reverse_entry")
def reverse_entry(*, actor: Actor, entry: FundEntry, reason: str) -> None:
    """Take a line of the fund back by another. Only what people wrote; a share goes with its book."""
    actor.require(SPEND, at=entry.unit)
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do hủy."), field="reason")
    if entry.kind not in ("activity", "opening") or entry.reverses_id or entry.reversed_in:
        refuse("entry", _("Dòng này không hủy được."))
    take_back(entry, actor.on)
    act().tell(
        gettext_noop("Hủy một dòng của sổ đảng phí giữ lại, %(unit)s: %(what)s."), units=[entry.unit],
        unit=name_of(entry.unit, actor.on), what=entry.text or _("số dư chuyển sang"),
    )  # fmt: skip
