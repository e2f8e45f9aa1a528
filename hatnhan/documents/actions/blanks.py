"""A unit's own blanks: brought in, cells pointed at once, places on a pre-printed sheet, and its shift."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.documents import filling
from hatnhan.documents.fields import every_field
from hatnhan.documents.files import Given, checked, keep, read
from hatnhan.documents.models import Blank
from hatnhan.documents.permissions import ADAPT
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.units.queries import name_of

BLANKS = frozenset({"xlsx", "docx"})
WIDTH, HEIGHT, SIZES = 210, 297, (6, 30)


@action("documents.add_blank", of=Blank)
def add_blank(*, actor: Actor, unit: Unit, name: str, file: Given | None, reason: str = "") -> Blank:
    """Bring in a blank; without a file it is a pre-printed sheet. Refuses another kind of file, one that cannot be
    read, and marks that nobody knows, by their names."""
    actor.require(ADAPT, at=unit)
    name = nfc(name)[:120]
    if not name:
        raise Refused(Reason("name", _("Hãy đặt tên cho mẫu."), field="name"))
    row = Blank(unit=unit, name=name, kind="sheet", recorded_at=act().at, recorded_in=act().id)
    if file is not None:
        row.kind = checked(file, BLANKS)
        known = every_field()
        if strange := [one for one in filling.marks(file.content, row.kind) if one not in known]:
            text = _("Mẫu có trường mà máy không biết: %(fields)s. Hãy sửa theo danh sách trường ở dưới rồi gửi lại.")
            raise Refused(Reason("fields", text % {"fields": ", ".join(strange)}, field="file"))
        kept = keep(file, row.kind)
        row.sha256, row.file_name = kept.sha256, kept.name
    row.save(force_insert=True)
    _tell(gettext_noop("Thêm mẫu riêng %(name)s của %(unit)s."), actor, row)
    return row


@action("documents.point")
def point(*, actor: Actor, blank: Blank, cell: str, field: str, reason: str = "") -> None:
    """Say once which field stands in a cell of a workbook; without a field the cell is left alone again. Refuses a cell
    or a field that does not exist."""
    actor.require(ADAPT, at=blank.unit)
    if blank.kind != "xlsx":
        refuse("kind", _("Chỉ ở bảng tính mới chỉ vào ô được."))
    place = filling.place_of(read(blank.sha256), cell)
    if field:
        _must_know(field)
        blank.cells = {**blank.cells, place: field}
    else:
        blank.cells = {key: value for key, value in blank.cells.items() if key != place}
    blank.save(update_fields=["cells"])
    _tell(gettext_noop("Chỉ ô của mẫu riêng %(name)s của %(unit)s."), actor, blank)


@action("documents.place")
def place(
    *, actor: Actor, blank: Blank, field: str, x: Decimal | None, y: Decimal | None, size: int = 13, reason: str = ""
) -> None:
    """Say where a field stands on a pre-printed sheet: millimetres from its top left edge to the base line; without a
    place it is left out again. Refuses a place off the sheet."""
    actor.require(ADAPT, at=blank.unit)
    if blank.kind != "sheet":
        refuse("kind", _("Chỉ ở tờ in sẵn mới đặt vị trí được."))
    _must_know(field)
    if x is None or y is None:
        blank.places = {key: value for key, value in blank.places.items() if key != field}
    elif not (0 <= x <= WIDTH and 0 <= y <= HEIGHT and SIZES[0] <= size <= SIZES[1]):
        text = _("Vị trí phải nằm trên tờ A4: ngang 0–210 mm, dọc 0–297 mm; cỡ chữ 6–30.")
        raise Refused(Reason("place", text, field="x"))
    else:
        blank.places = {**blank.places, field: [float(x), float(y), size]}
    blank.save(update_fields=["places"])
    _tell(gettext_noop("Đặt vị trí trên mẫu riêng %(name)s của %(unit)s."), actor, blank)


@action("documents.shift")
def shift(*, actor: Actor, blank: Blank, dx: Decimal, dy: Decimal, reason: str = "") -> None:
    """Move everything on a pre-printed sheet, because a printer draws it in a little differently. Millimetres; refuses
    more than 50."""
    actor.require(ADAPT, at=blank.unit)
    if max(abs(dx), abs(dy)) > 50:
        raise Refused(Reason("shift", _("Dịch nhiều nhất 50 mm mỗi chiều."), field="dx"))
    blank.dx, blank.dy = dx, dy
    blank.save(update_fields=["dx", "dy"])
    _tell(gettext_noop("Chỉnh lề in của mẫu riêng %(name)s của %(unit)s."), actor, blank)


@action("documents.drop_blank")
def drop_blank(*, actor: Actor, blank: Blank, reason: str = "") -> None:
    """A blank is not used any more."""
    actor.require(ADAPT, at=blank.unit)
    if blank.dropped:
        refuse("none", _("Mẫu này đã bỏ."))
    blank.dropped = True
    blank.save(update_fields=["dropped"])
    _tell(gettext_noop("Bỏ mẫu riêng %(name)s của %(unit)s."), actor, blank)


def _must_know(field: str) -> None:
    if field not in every_field():
        raise Refused(Reason("field", _("Không có trường “%(field)s”.") % {"field": field[:60]}, field="field"))


def _tell(text: str, actor: Actor, blank: Blank) -> None:
    told = {"name": blank.name, "unit": name_of(blank.unit_id, actor.on)}
    act().tell(text, about=[blank], units=[blank.unit], **told)
