"""Reminders outside the program: one a day for each channel, sent by jobs, tried three times, in nobody's way."""

from datetime import date, timedelta

from django.utils import timezone

from hatnhan.access.models import Account
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import today
from hatnhan.kernel.jobs import JobContext, enqueue, job

from .. import queries
from ..models import Delivery, Device, Wish
from ..rules import SOON
from . import actions
from .channels import Undelivered, configured, send_mail, send_push
from .choices import CHANNELS
from .rules import RETRIES, WAIT_MINUTES, due_now

KEPT = timedelta(days=90)


def _any_channel() -> bool:
    return any(configured(channel) for channel in CHANNELS)


@job("duties.digest", every=timedelta(minutes=15), needed=_any_channel)
def digest(context: JobContext) -> dict[str, int]:
    """Plan and ask for the reminders whose hour has come; those that were planned today already stay."""
    day, hour = today(), timezone.localtime().hour
    planned = actions.plan(wanted(day, hour), day)
    for one in planned:
        enqueue("duties.deliver", {"delivery": one.pk}, key=f"duties.deliver.{one.pk}")
    actions.forget(timezone.now() - KEPT, [])
    return {"planned": len(planned)}


def wanted(day: date, hour: int) -> list[tuple[int, str]]:
    """(account, channel) of everybody who wishes to be reminded at this hour and for whom something presses."""
    found = []
    for wish in Wish.objects.filter(account__is_active=True).order_by("pk"):
        channels = [one for one in CHANNELS if getattr(wish, one) and configured(one)]
        if channels and due_now(hour, wish.hour, wish.quiet_from, wish.quiet_to) and presses(wish.account_id, day):
            found += [(wish.account_id, channel) for channel in channels]
    return found


def presses(account: int, day: date) -> bool:
    """Whether something is overdue, due within three days, or was reminded of today."""
    waiting = queries.mine(Actor(label="", on=day, account_id=account)).filter(state="open")
    pressing = waiting.filter(due__lte=day + timedelta(days=SOON)) | waiting.filter(reminded_on=day)
    return pressing.exists()


@job("duties.deliver")
def deliver(context: JobContext, *, delivery: int) -> dict[str, str]:
    """Send one reminder. What fails is tried again later, three times in all, and then shown to the administrator."""
    row = Delivery.objects.filter(pk=delivery, state="waiting").select_related("account").first()
    if row is None:
        return {"state": "gone"}
    wish = Wish.objects.filter(account=row.account, **{row.channel: True}).first()
    if wish is None or row.day != today():
        row.note("dropped", timezone.now())
        return {"state": "dropped"}
    try:
        _send(row.channel, wish, row.account)
    except Undelivered as trouble:
        final = trouble.final or row.attempts + 1 >= RETRIES
        row.note("failed" if final else "waiting", timezone.now(), trouble.code)
        if not final:
            later = timezone.now() + timedelta(minutes=WAIT_MINUTES[row.attempts - 1])
            enqueue("duties.deliver", {"delivery": row.pk}, due_at=later)
        return {"state": row.state, "trouble": trouble.code}
    row.note("sent", timezone.now())
    return {"state": "sent"}


def _send(channel: str, wish: Wish, account: Account) -> None:
    if channel == "mail":
        send_mail(wish, account.language)
        return
    devices = list(Device.objects.filter(account=account))
    gone = [device for device in devices if not send_push(device, account.language)]
    actions.forget(timezone.now() - KEPT, gone)
    if len(gone) == len(devices):
        raise Undelivered("no_device", final=True)
