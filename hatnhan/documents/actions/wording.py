"""A committee's own wording of papers, dated and logged."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.documents.models import PassageText
from hatnhan.documents.permissions import ADAPT
from hatnhan.documents.wording import TEMPLATES, unknown
from hatnhan.kernel.action import act, action, begin, end
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.units.queries import name_of

LONGEST = 2000


@action("documents.adapt")
def adapt(
    *, actor: Actor, unit: Unit, template: str, passage: str, text: str, on: date, reason: str = ""
) -> PassageText:
    """From a day on the unit and all below it say a passage in these words; the text before ends that day. Refuses an
    unknown passage, fields that the passage does not have, by name, and a day before the last change."""
    actor.require(ADAPT, at=unit)
    known = TEMPLATES.get(template)
    piece = next((one for one in known.passages if one.code == passage), None) if known else None
    if piece is None:
        raise Refused(Reason("unknown", _("Không có đoạn này trong mẫu.")))
    text = nfc(text, lines=True).strip()
    if strange := unknown(text, piece.fields):
        told = {"fields": ", ".join(strange), "known": ", ".join(piece.fields) or "–"}
        words = _("Đoạn này không có trường: %(fields)s. Các trường dùng được: %(known)s.") % told
        raise Refused(Reason("fields", words, field=passage))
    if len(text) > LONGEST:
        raise Refused(Reason("long", _("Mỗi đoạn nhiều nhất %(n)s chữ cái.") % {"n": LONGEST}, field=passage))
    _end_before(unit, template, passage, on)
    row = begin(PassageText(unit=unit, template=template, passage=passage, text=text, valid_from=on))
    act().tell(
        gettext_noop("Đổi lời văn “%(passage)s” của mẫu %(template)s ở %(unit)s từ ngày %(day)s."), about=[row],
        units=[unit], passage=piece.label, template=known.label if known else template,
        unit=name_of(unit, actor.on), day=Known.of(on),
    )  # fmt: skip
    return row


@action("documents.give_back")
def give_back(*, actor: Actor, unit: Unit, template: str, passage: str, on: date, reason: str = "") -> None:
    """From a day on the program's own wording, or that of a committee above, holds again."""
    actor.require(ADAPT, at=unit)
    if not _end_before(unit, template, passage, on):
        refuse("none", _("Đoạn này đang dùng lời văn có sẵn."))
    act().tell(
        gettext_noop("Dùng lại lời văn có sẵn của mẫu %(template)s ở %(unit)s từ ngày %(day)s."), about=[unit],
        units=[unit], template=TEMPLATES[template].label, unit=name_of(unit, actor.on), day=Known.of(on),
    )  # fmt: skip


def _end_before(unit: Unit, template: str, passage: str, on: date) -> bool:
    """The text that holds ends on the day; True when there was one. One that began the same day is recorded anew."""
    rows = PassageText.objects.unvoided().filter(unit=unit, template=template, passage=passage, valid_to=FAR)
    last = rows.order_by("-valid_from").first()
    if last is None:
        return False
    if last.valid_from > on:
        text = _("Lời văn hiện nay có từ ngày %(day)s; ngày đổi phải từ ngày ấy trở đi.")
        raise Refused(Reason("order", text % {"day": Known.of(last.valid_from)}, field="on"))
    if last.valid_from == on:
        _void(last)
    else:
        end(last, on)
    return True


def _void(row: PassageText) -> None:
    row.voided_at, row.voided_in = act().at, act().id
    row.save(update_fields=["voided_at", "voided_in"])
