"""Writing the minutes while the meeting goes on: one field at a time, each save with what its writer saw.

A save that did not see the newest text overwrites nothing: both texts are kept, and both writers are told."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.refusal import Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.meetings.live import rules
from hatnhan.meetings.models import AgendaItem, Live, LiveText, OtherText, Sitting

from .sittings import changed, held

JOINED = "\n\n"


@dataclass(frozen=True)
class Saved:
    """What became of a save: the text that now stands, its revision, and who wrote it when it is not the sender's."""

    text: str
    revision: int
    other: str = ""


@transaction.atomic
def write(*, actor: Actor, sitting: Sitting, name: str, text: str, seen: int) -> Saved:
    """Save a field. `seen` is the revision its writer began from, 0 for an empty one. When somebody else saved
    meanwhile, theirs stays, and this text is kept beside it."""
    held(actor, sitting)
    text = nfc(text).strip()
    _checked(sitting, name, text)
    row = LiveText.objects.select_for_update().filter(sitting=sitting, name=name).first()
    if row is None:
        row = LiveText.objects.create(
            sitting=sitting, name=name, text=text, by=actor.label[:120], at=timezone.now(), revision=1
        )
        _worded(sitting)
        return Saved(text, row.revision)
    if row.text == text:
        return Saved(text, row.revision)
    if seen != row.revision:
        kept = row.others.filter(by=actor.label[:120]).update(text=text, at=timezone.now())
        if not kept:
            OtherText.objects.create(of=row, text=text, by=actor.label[:120], at=timezone.now())
            changed(sitting)
        return Saved(row.text, row.revision, row.by)
    row.text, row.by, row.at, row.revision = text, actor.label[:120], timezone.now(), row.revision + 1
    row.save(update_fields=["text", "by", "at", "revision"])
    _worded(sitting)
    return Saved(text, row.revision)


@transaction.atomic
def settle(*, actor: Actor, sitting: Sitting, other: int, take: str) -> None:
    """Decide about a text that was kept beside another: `join` puts it below, `instead` in its place, `drop` leaves it
    out."""
    held(actor, sitting)
    kept = OtherText.objects.select_related("of").filter(pk=other, of__sitting=sitting).first()
    if kept is None:
        return
    if take not in {"join", "instead", "drop"}:
        refuse("take", _("Hãy chọn: ghép vào, thay bằng hoặc bỏ."))
    if take != "drop":
        of = kept.of
        text = kept.text if take == "instead" else JOINED.join(part for part in (of.text, kept.text) if part)
        _checked(sitting, of.name, text)
        of.text, of.by, of.at, of.revision = text, actor.label[:120], timezone.now(), of.revision + 1
        of.save(update_fields=["text", "by", "at", "revision"])
        _worded(sitting)
    kept.delete()
    changed(sitting)


def _checked(sitting: Sitting, name: str, text: str) -> None:
    if reasons := rules.text_blockers(name, text):
        raise Refused(reasons)
    item = name.partition(".")[2]
    of_an_item = name.partition(".")[0] in {"said", "spoke"}
    known = item.isdecimal() and AgendaItem.objects.filter(sitting=sitting, pk=int(item)).exists()
    if bool(item) != of_an_item or (of_an_item and not known):
        refuse("field", _("Không có mục này trong biên bản."))


def _worded(sitting: Sitting) -> None:
    Live.objects.filter(sitting=sitting).update(words=F("words") + 1)
