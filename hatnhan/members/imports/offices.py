"""Which offices of the cell itself a row names, and whom a new secretary follows."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from hatnhan.kernel.known import Known
from hatnhan.kernel.vietnamese import plain
from hatnhan.members.models import Tenure
from hatnhan.rulebook import Book

SINGLE = "secretary"
OF_A_CELL = ("secretary", "deputy_secretary", "committee_member")
# "Bí thư Đảng ủy xã" stands in the list of a cell too, but is no office of the cell.
_ABOVE = re.compile(
    r"\b(dang uy|dang bo|dang uy vien|huyen uy|tinh uy|thanh uy|thi uy|quan uy|bch dang|trung uong|ubkt)\b"
)
_PLACE = re.compile(r"(dang uy|dang bo|chi bo|huyen uy|tinh uy|thanh uy) \w")
_HELD = re.compile(r"[;\n]")
_PARTS = re.compile(r"[,/+]| - | kiêm ")


@lru_cache(maxsize=2048)
def offices_in(text: str, book: Book) -> tuple[tuple[str, ...], str]:
    """The offices of the cell named in a text such as "Phó Bí thư, Trưởng thôn", and the first Party office in it that
    is not one of a cell. What is no Party office at all is passed over. An office with its place behind a comma
    ("Bí thư, Đảng bộ xã Lim"), as our own lists write it, is held elsewhere."""
    found: dict[str, None] = {}
    other = ""
    for held in _HELD.split(text):
        parts = _PARTS.split(held)
        elsewhere = any(_PLACE.match(plain(part)) for part in parts[1:])
        for part in parts:
            office = book.office_by_name(part)
            if office is None:
                continue
            if office.code in OF_A_CELL and not elsewhere and not _ABOVE.search(plain(part)):
                found[office.code] = None
            else:
                other = other or held.strip()
    return tuple(found), other


class Secretaries:
    """Who is the secretary of which cell on a day."""

    def __init__(self, cells: Iterable[int], on: date) -> None:
        self.on = on
        rows = Tenure.objects.on(on).filter(office=SINGLE, body__isnull=True, unit__in=list(cells))
        self.held = {row.unit_id: row for row in rows.select_related("person")}

    def follows(self, unit_id: int | None, person_id: int | None) -> tuple[str, str]:
        """What is to be said when somebody becomes secretary of a cell: (why it cannot be, a remark)."""
        now = self.held.get(unit_id or 0)
        if now is None or now.person_id == person_id:
            return "", ""
        told = {"name": now.person.name, "day": Known.of(self.on), "since": Known.of(now.valid_from)}
        if now.valid_from >= self.on:
            text = _("chi bộ mới có bí thư là đồng chí %(name)s từ ngày %(since)s; hãy ghi nhận vào ngày sau đó.")
            return text % told, ""
        return "", _("đồng chí %(name)s thôi giữ chức bí thư từ ngày %(day)s.") % told
