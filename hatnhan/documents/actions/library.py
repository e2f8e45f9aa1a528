"""The library: folders, what lies in it for whom, who has opened what, what somebody put aside."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.documents.choices import REACHES
from hatnhan.documents.models import Folder, Paper, Receipt, Saved
from hatnhan.documents.permissions import READ, REGISTER
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.units.queries import name_of


@action("documents.add_folder", of=Folder)
def add_folder(*, actor: Actor, unit: Unit, name: str, reason: str = "") -> Folder:
    """A folder of the unit's library. Refuses an empty name and one that is there."""
    actor.require(REGISTER, at=unit)
    name = nfc(name)[:80]
    if not name:
        raise Refused(Reason("name", _("Hãy ghi tên ngăn."), field="name"))
    if Folder.objects.filter(unit=unit, name=name).exists():
        raise Refused(Reason("twice", _("Đã có ngăn “%(name)s”.") % {"name": name}, field="name"))
    row = Folder.objects.create(unit=unit, name=name, recorded_at=act().at, recorded_in=act().id)
    told = {"name": name, "unit": name_of(unit, actor.on)}
    act().tell(gettext_noop("Thêm ngăn %(name)s vào tủ văn bản của %(unit)s."), about=[row], units=[unit], **told)
    return row


@action("documents.publish")
def publish(
    *, actor: Actor, paper: Paper, reach: str, folder: Folder | None = None, confirms: bool = False, reason: str = ""
) -> None:
    """Lay a paper into the library, for the unit or for all below it as well; `confirms` asks readers to say that they
    have received it. Refuses a cancelled paper, one with a secrecy mark and a folder of another unit."""
    actor.require(REGISTER, at=paper.unit)
    if reach not in REACHES:
        raise Refused(Reason("reach", _("Hãy chọn ai đọc được."), field="reach"))
    if paper.secrecy:
        refuse("secret", _("Văn bản có dấu độ mật không vào tủ văn bản."))
    if paper.state == "cancelled":
        refuse("state", _("Số này đã hủy nên không vào tủ văn bản."))
    if folder is not None and folder.unit_id != paper.unit_id:
        raise Refused(Reason("folder", _("Ngăn này của tổ chức khác."), field="folder"))
    paper.reach, paper.folder, paper.confirms = reach, folder, confirms
    paper.published_on = paper.published_on or actor.on
    paper.save(update_fields=["reach", "folder", "confirms", "published_on"])
    act().tell(
        gettext_noop("Đưa %(symbol)s của %(unit)s vào tủ văn bản: %(reach)s."), about=[paper], units=[paper.unit],
        symbol=paper.symbol, unit=name_of(paper.unit_id, actor.on), reach=REACHES[reach],
    )  # fmt: skip


@action("documents.withdraw")
def withdraw(*, actor: Actor, paper: Paper, reason: str = "") -> None:
    """Take a paper out of the library; it stays in the register."""
    actor.require(REGISTER, at=paper.unit)
    if not paper.reach:
        refuse("none", _("Văn bản này không ở trong tủ văn bản."))
    paper.reach, paper.folder, paper.published_on = "", None, None
    paper.save(update_fields=["reach", "folder", "published_on"])
    act().tell(
        gettext_noop("Lấy %(symbol)s của %(unit)s ra khỏi tủ văn bản."), about=[paper], units=[paper.unit],
        symbol=paper.symbol, unit=name_of(paper.unit_id, actor.on),
    )  # fmt: skip


def note_read(*, actor: Actor, paper: Paper, at: datetime) -> None:
    """Remember that an account has opened a paper of the library. Not an act of the log, which would name who reads
    what; pages show only how many did."""
    if actor.account_id is not None and paper.reach:
        Receipt.objects.get_or_create(paper=paper, account_id=actor.account_id, defaults={"read_at": at})


def keep_aside(*, actor: Actor, paper: Paper, on: bool, at: datetime) -> None:
    """Put a paper aside for oneself, or no longer. One's own matter: the log says nothing of it."""
    if actor.account_id is None:
        return
    if on:
        Saved.objects.get_or_create(paper=paper, account_id=actor.account_id, defaults={"saved_at": at})
    else:
        Saved.objects.filter(paper=paper, account_id=actor.account_id).delete()


@action("documents.confirm")
def confirm(*, actor: Actor, paper: Paper, reason: str = "") -> None:
    """Say that a paper was received, where it asks for that. Refuses where it does not."""
    actor.require(READ)
    if not paper.confirms or actor.account_id is None:
        refuse("none", _("Văn bản này không yêu cầu xác nhận."))
    row, _fresh = Receipt.objects.get_or_create(
        paper=paper, account_id=actor.account_id, defaults={"read_at": act().at}
    )
    if row.confirmed_at is None:
        row.confirmed_at = act().at
        row.save(update_fields=["confirmed_at"])
    _told(paper, gettext_noop("Xác nhận đã nhận %(symbol)s."))


def _told(paper: Paper, text: str) -> None:
    act().tell(text, about=[paper], units=[paper.unit], symbol=paper.symbol)
