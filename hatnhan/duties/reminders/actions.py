"""How an account wants to be reminded, and what is planned and sent. Nobody sets it for somebody else."""

import json
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.access.models import Account
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor, Forbidden
from hatnhan.kernel.audit import new_id
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.secrets import digest, seal

from ..models import Delivery, Device, Wish
from .channels import allowed, configured

MOST_DEVICES = 5
LONGEST_ADDRESS, LONGEST_ENDPOINT = 200, 1000


@action("duties.set_reminders")
def set_reminders(
    *, actor: Actor, account: Account, mail: bool, push: bool, address: str, hour: int, quiet_from: int, quiet_to: int,
    reason: str = "",
) -> Wish:  # fmt: skip
    """Keep an account's own wish. `address`: the mail address; empty keeps the one that is there. Refuses a channel for
    which the installation is not set up, and mail without an address."""
    _own(actor, account)
    wish = Wish.objects.filter(account=account).first() or Wish(account=account)
    address = address.strip()
    if address:
        try:
            validate_email(address)
        except ValidationError:
            refuse("address", _("Địa chỉ thư chưa đúng. Hãy ghi như ten@noi.vn."), field="address")
        if len(address) > LONGEST_ADDRESS:
            refuse("address", _("Địa chỉ thư dài quá."), field="address")
        wish.address = seal(address)
    if mail and not configured("mail"):
        refuse("mail", _("Hệ thống chưa được cài để gửi thư."), field="mail")
    if push and not configured("push"):
        refuse("push", _("Hệ thống chưa được cài để báo trên máy."), field="push")
    if mail and not wish.address:
        refuse("address", _("Hãy ghi địa chỉ thư để nhận lời nhắc."), field="address")
    wish.mail, wish.push, wish.hour = mail, push, hour
    wish.quiet_from, wish.quiet_to, wish.stamp = quiet_from, quiet_to, new_id()
    if not mail and not address:
        wish.address = ""  # an address that is not used is not kept
    wish.save()
    act().tell(gettext_noop("Đổi cách nhắc việc của tài khoản %(who)s."), about=[account], who=str(account))
    return wish


@action("duties.stop_reminders")
def stop_reminders(*, actor: Actor, wish: Wish, reason: str = "") -> None:
    """No more mails, asked for by the link in one of them; the address goes, too."""
    wish.mail, wish.address, wish.stamp = False, "", new_id()
    wish.save()
    act().tell(
        gettext_noop("Thôi gửi thư nhắc việc cho tài khoản %(who)s, theo liên kết trong thư."), about=[wish.account],
        who=str(wish.account),
    )  # fmt: skip


@action("duties.add_device")
def add_device(
    *, actor: Actor, account: Account, endpoint: str, p256dh: str, auth: str, machine: str, browser: str,
    reason: str = "",
) -> Device:  # fmt: skip
    """A browser agreed to be told. Refuses an address of a service that is not known, and more than a few browsers."""
    _own(actor, account)
    if not configured("push"):
        refuse("push", _("Hệ thống chưa được cài để báo trên máy."))
    if len(endpoint) > LONGEST_ENDPOINT or len(p256dh) > 200 or len(auth) > 60 or not (p256dh and auth):
        refuse("endpoint", _("Trình duyệt này không đăng ký được."))
    if not allowed(endpoint):
        refuse("endpoint", _("Trình duyệt này dùng một nơi báo tin chưa được chấp nhận."))
    found = digest("push", endpoint)
    others = Device.objects.filter(account=account).exclude(digest=found)
    if others.count() >= MOST_DEVICES:
        refuse("many", _("Mỗi tài khoản báo được trên nhiều nhất %(n)s máy. Hãy bỏ một máy.") % {"n": MOST_DEVICES})
    Device.objects.filter(digest=found).delete()
    given = {"endpoint": endpoint, "keys": {"p256dh": p256dh, "auth": auth}}
    device = Device.objects.create(
        account=account, digest=found, sealed=seal(json.dumps(given)), machine=machine[:20], browser=browser[:20],
        since=act().at,
    )  # fmt: skip
    Wish.objects.get_or_create(account=account)
    Wish.objects.filter(account=account).update(push=True)
    act().tell(gettext_noop("Tài khoản %(who)s nhận lời nhắc trên một máy."), about=[account], who=str(account))
    return device


@action("duties.remove_device")
def remove_device(*, actor: Actor, device: Device, reason: str = "") -> None:
    """A browser that is no longer told; with the last one the channel is off."""
    _own(actor, device.account)
    account = device.account
    device.delete()
    if not Device.objects.filter(account=account).exists():
        Wish.objects.filter(account=account).update(push=False)
    act().tell(gettext_noop("Tài khoản %(who)s thôi nhận lời nhắc trên một máy."), about=[account], who=str(account))


def _own(actor: Actor, account: Account) -> None:
    if not actor.everything and actor.account_id != account.pk:
        raise Forbidden("duties.set_reminders")


# --- what the jobs keep -----------------------------------------------------------------------------------------------


def plan(wanted: list[tuple[int, str]], day: date) -> list[Delivery]:
    """Reminders of a day that are to be sent: each account and channel once; those still waiting."""
    Delivery.plan(wanted, day, timezone.now())
    return list(Delivery.objects.filter(day=day, state="waiting", attempts=0).order_by("pk"))


def forget(before: datetime, gone: list[Device]) -> None:
    """Drop what was sent long ago and browsers that are no longer there: no business data, so not in the log."""
    Delivery.objects.filter(at__lt=before).delete()
    Device.objects.filter(pk__in=[one.pk for one in gone]).delete()
