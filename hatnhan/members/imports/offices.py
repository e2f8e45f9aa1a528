"""Which offices of the cell itself a row names, and who may hold them."""

import re
from functools import lru_cache

from hatnhan.kernel.vietnamese import plain
from hatnhan.rulebook import Book

OF_A_CELL = ("secretary", "deputy_secretary", "committee_member")
# "Bí thư Đảng ủy xã" stands in the list of a cell too, but is no office of the cell.
_ABOVE = re.compile(r"\b(dang uy|dang bo|dang uy vien|huyen uy|tinh uy|thanh uy|thi uy|quan uy|bch dang|trung uong|ubkt)\b")
_PARTS = re.compile(r"[,;/+\n]| - | kiêm ")


@lru_cache(maxsize=2048)
def offices_in(text: str, book: Book) -> tuple[tuple[str, ...], str]:
    """The offices of the cell named in a text such as "Phó Bí thư, Trưởng thôn", and the first Party office in it that
    is not one of a cell. What is no Party office at all is passed over."""
    found: dict[str, None] = {}
    other = ""
    for part in _PARTS.split(text):
        office = book.office_by_name(part)
        if office is None:
            continue
        if office.code in OF_A_CELL and not _ABOVE.search(plain(part)):
            found[office.code] = None
        else:
            other = other or part.strip()
    return tuple(found), other
