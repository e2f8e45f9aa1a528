"""Fixed days, the year's themes, and the secret addresses of calendar feeds."""

import secrets
from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.access.models import Account
from hatnhan.kernel.action import act, action, begin, end, void
from hatnhan.kernel.actor import Actor, Forbidden
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.secrets import digest
from hatnhan.kernel.vietnamese import nfc
from hatnhan.meetings.choices import FEED_SECRETS
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import Feed, MeetingDay, Theme
from hatnhan.meetings.permissions import VIEW
from hatnhan.meetings.plan import sittings
from hatnhan.units.queries import name_of

LAST_DAY, LONGEST_PLACE, LONGEST_TOPIC, MOST_FEEDS, MOST_THEMES = 28, 120, 200, 10, 12


@action("meetings.fix_day")
def fix_day(
    *, actor: Actor, unit: Unit, first_day: int, last_day: int, on: date, starts: time | None = None, place: str = "",
    below: bool = False, reason: str = "",
) -> MeetingDay:  # fmt: skip
    """From the day on, the unit meets on these days of the month (1 to 28, which every month has); with `below` also
    everything under it that has set none of its own. Refuses days that are none, and for a cell what only a committee
    can say."""
    sittings.must_plan(actor, unit)
    if not 1 <= first_day <= last_day <= LAST_DAY:
        text = _("Ngày trong tháng từ 1 đến %(n)s, ngày đầu không sau ngày cuối.")
        refuse("days", text % {"n": LAST_DAY}, field="first_day")
    if below and sittings.is_cell(unit, actor.on):
        refuse("below", _("Chi bộ chỉ định ngày của mình."), field="below")
    place = nfc(place)[:LONGEST_PLACE]
    for row in MeetingDay.objects.during(on, date.max).filter(unit=unit):
        if row.valid_from < on:
            end(row, on)
        else:
            void(row)
    fresh = begin(
        MeetingDay(unit=unit, first_day=first_day, last_day=last_day, starts=starts, place=place, below=below,
                   valid_from=on)
    )  # fmt: skip
    sentence = gettext_noop("Định ngày sinh hoạt của %(unit)s từ %(on)s: ngày %(first)s đến %(last)s hằng tháng.")
    if below:
        sentence = gettext_noop(
            "Định ngày sinh hoạt của %(unit)s và các tổ chức trực thuộc từ %(on)s: ngày %(first)s đến %(last)s "
            "hằng tháng."
        )
    act().tell(
        sentence, about=[fresh], units=[unit], unit=name_of(unit, on), on=Known.of(on), first=first_day, last=last_day
    )
    return fresh


@action("meetings.end_fixed_day")
def end_fixed_day(*, actor: Actor, unit: Unit, on: date, reason: str = "") -> None:
    """From the day on, the unit has no fixed day of its own. Refuses where it has none."""
    sittings.must_plan(actor, unit)
    row = MeetingDay.objects.on(on).filter(unit=unit).first()
    if row is None:
        refuse("none", _("Ở đây chưa định ngày sinh hoạt nào."))
    if row.valid_from < on:
        end(row, on)
    else:
        void(row)
    act().tell(
        gettext_noop("Thôi ngày sinh hoạt cố định của %(unit)s từ %(on)s."), about=[row], units=[unit],
        unit=name_of(unit, on), on=Known.of(on),
    )  # fmt: skip


@action("meetings.add_theme")
def add_theme(
    *, actor: Actor, unit: Unit, year: int, quarter: int, topic: str, drafter: int | None = None, reason: str = ""
) -> Theme:
    """Plan a thematic meeting for a quarter. Refuses one without a topic, and years out of sight."""
    sittings.must_plan(actor, unit)
    topic = nfc(topic)
    if not topic or len(topic) > LONGEST_TOPIC:
        refuse("topic", _("Hãy ghi chuyên đề, nhiều nhất %(n)s chữ.") % {"n": LONGEST_TOPIC}, field="topic")
    if quarter not in (1, 2, 3, 4) or abs(year - actor.on.year) > 1:
        refuse("quarter", _("Hãy chọn quý của năm trước, năm nay hoặc năm sau."), field="quarter")
    if drafter is not None and drafter not in {line.person for line in queries.lines_of(unit, actor.on)}:
        refuse("stranger", _("Người chuẩn bị phải là người của tổ chức này."), field="drafter")
    if Theme.objects.filter(unit=unit, year=year, voided_at=None).count() >= MOST_THEMES:
        refuse("many", _("Nhiều nhất %(n)s chuyên đề một năm.") % {"n": MOST_THEMES}, field="topic")
    row = Theme.objects.create(
        unit=unit, year=year, quarter=quarter, topic=topic, drafter_id=drafter, recorded_at=act().at,
        recorded_in=act().id,
    )  # fmt: skip
    act().tell(
        gettext_noop("Thêm chuyên đề quý %(quarter)s năm %(year)s của %(unit)s: “%(topic)s”."), about=[row],
        units=[unit], unit=name_of(unit, actor.on), quarter=quarter, year=str(year), topic=topic,
    )  # fmt: skip
    return row


@action("meetings.withdraw_theme")
def withdraw_theme(*, actor: Actor, theme: Theme, reason: str = "") -> None:
    """Take a theme out of the year's plan. Refuses a second time."""
    sittings.must_plan(actor, theme.unit_id)
    if not Theme.objects.filter(pk=theme.pk, voided_at=None).update(voided_at=act().at, voided_in=act().id):
        refuse("gone", _("Chuyên đề này đã bỏ rồi."))
    act().tell(
        gettext_noop("Bỏ chuyên đề quý %(quarter)s năm %(year)s của %(unit)s: “%(topic)s”."), about=[theme],
        units=[theme.unit], unit=name_of(theme.unit_id, actor.on), quarter=theme.quarter, year=str(theme.year),
        topic=theme.topic,
    )  # fmt: skip


@dataclass(frozen=True)
class Address:
    """A fresh feed with its secret, which is nowhere kept and shown once."""

    feed: Feed
    secret: str


@action("meetings.create_feed")
def create_feed(*, actor: Actor, account: Account, unit: Unit | None = None, reason: str = "") -> Address:
    """Make a secret address at which a calendar program reads the holder's own meetings, or those of a unit that the
    holder may see. Refuses the eleventh."""
    if actor.account_id != account.pk:
        raise Forbidden(VIEW)
    if unit is not None:
        actor.require(VIEW, at=unit)
    if Feed.objects.filter(account=account, revoked_at=None).count() >= MOST_FEEDS:
        refuse("many", _("Đã có %(n)s địa chỉ đang dùng. Hãy thu hồi địa chỉ không dùng nữa.") % {"n": MOST_FEEDS})
    secret = secrets.token_urlsafe(32)
    feed = Feed.objects.create(
        account=account, unit=unit, digest=digest(FEED_SECRETS, secret), tail=f"…{secret[-4:]}", created_at=act().at
    )
    act().tell(
        gettext_noop("Tạo địa chỉ lịch %(tail)s."), about=[feed, account], units=[unit] if unit else [], tail=feed.tail
    )
    return Address(feed, secret)


@action("meetings.revoke_feed")
def revoke_feed(*, actor: Actor, feed: Feed, reason: str = "") -> None:
    """The address answers no more. Refuses a second time."""
    if actor.account_id != feed.account_id:
        raise Forbidden(VIEW)
    if not Feed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=act().at):
        refuse("gone", _("Địa chỉ này đã thu hồi rồi."))
    act().tell(
        gettext_noop("Thu hồi địa chỉ lịch %(tail)s."), about=[feed], units=[feed.unit] if feed.unit else [],
        tail=feed.tail,
    )  # fmt: skip
