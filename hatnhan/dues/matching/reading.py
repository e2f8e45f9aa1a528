"""A portal's or bank's statement as people get it: which column is what, and one line per payment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hatnhan.kernel.known import BadDate, parse_known
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.kernel.sheets import headings
from hatnhan.kernel.sheets.book import Sheet, Value
from hatnhan.kernel.sheets.kinds import Unreadable
from hatnhan.kernel.sheets.mapping import Mapping
from hatnhan.kernel.sheets.reading import Limits, read
from hatnhan.kernel.sheets.vocabulary import Vocabulary
from hatnhan.kernel.vietnamese import nfc

from ..choices import FIRST_MONTH, MOST
from ..months import month_in
from ..payments.grid import whole

MOST_ROWS = 20_000
NEEDED = ("reference", "day", "amount")
_WORDS = Vocabulary(
    exact={
        "reference": r"ma(?: so)? (?:giao dich|tham chieu|thanh toan|bien lai|ho so|gd)|ma gd|so (?:tham chieu"
        r"|giao dich|gd|ct|but toan|bien lai)|(?:transaction )?(?:reference|id|number)",
        "day": r"ngay(?: thang)?(?: (?:giao dich|thanh toan|hach toan|nop|dong|gd|hieu luc))?|(?:transaction )?date"
        r"|value date|thoi gian(?: giao dich| thanh toan)?",
        "amount": r"so tien(?: (?:nop|dong|thanh toan|giao dich|ghi co))?|ghi co|phat sinh (?:co|tang)|credit|amount",
        "payer": r"(?:ho (?:va )?ten|ten)(?: (?:nguoi (?:nop|dong|chuyen|thanh toan)|dang vien))?|dang vien|payer|name"
        r"|nguoi (?:nop|dong|chuyen|thanh toan)",
        "month": r"(?:ky|thang)(?: (?:dong|nop|thanh toan|dang phi))?|month|period",
    },
    loose={"reference": r"(?:ma|so) .*giao dich.*", "amount": r"so tien.*", "day": r"ngay .*"},
    ignored=r"so du.*|ghi no|debit|phi.*|so tai khoan.*",
    weights={"reference": 2, "amount": 2, "day": 1},
)  # fmt: skip


@dataclass(frozen=True)
class Brought:
    """A line of a statement: its number there, the day, VND, and what else it says."""

    reference: str
    day: date
    amount: int
    payer: str = ""
    month: date | None = None


def lines_of(content: bytes, name: str, on: date) -> list[Brought]:
    """The lines of a file. Raises `Refused` for a file that cannot be read, columns that are not there, and, with the
    row, for a line that says no amount or no day."""
    try:
        with_rows = read(content, name=name, limits=Limits(processor=20, seconds=40)).sheets
    except Unreadable as problem:
        raise Refused(Reason("file", str(problem), field="file")) from problem
    found = [(sheet, headings.recognise(sheet, _WORDS)) for sheet in with_rows if sheet.rows]
    fitting = [(sheet, mapping) for sheet, mapping in found if all(one in mapping.fields for one in NEEDED)]
    if not fitting:
        text = _("Chưa nhận ra các cột mã giao dịch, ngày và số tiền. Hãy ghi tên cột ở dòng đầu rồi đưa lại.")
        raise Refused(Reason("columns", text, field="file"))
    sheet, mapping = fitting[0]
    if len(sheet.rows) > MOST_ROWS:
        text = _("Tệp có hơn %(n)s dòng. Hãy chia theo tháng rồi đưa từng tệp.") % {"n": MOST_ROWS}
        raise Refused(Reason("many", text, field="file"))
    return list(_lines(sheet, mapping, on))


def _lines(sheet: Sheet, mapping: Mapping, on: date) -> Iterator[Brought]:
    wrong: list[Reason] = []
    for row in sheet.rows:
        if row.number < mapping.first_data_row:
            continue

        def at(field: str, cells: Any = row) -> Value:
            column = mapping.first(field)
            return cells.at(column) if column is not None else None

        reference = _text(at("reference"))
        if not reference or at("amount") in (None, ""):  # totals, signatures, money that went out
            continue
        amount, day = _amount(at("amount")), _day(at("day"), on)
        if amount is None or day is None:
            what = _("số tiền") if amount is None else _("ngày")
            text = _("Dòng %(row)s: %(what)s chưa đúng.") % {"row": row.number, "what": what}
            wrong.append(Reason("row", text, field="file", row=row.number))
            continue
        yield Brought(reference[:60], day, amount, _text(at("payer"))[:120], _month(at("month")))
    if wrong:
        raise Refused(wrong[:20])


def _text(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return nfc(str(value)).strip() if value is not None else ""


def _amount(value: Value) -> int | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if value == int(value) and 0 < value < MOST else None
    found = whole(_text(value).removesuffix("VND").removesuffix("đồng").strip())
    return found if found and found < MOST else None


def _day(value: Value, on: date) -> date | None:
    if isinstance(value, str):
        value = value.split()[0] if value.split() else None
    try:
        known = parse_known(value, epoch=1900, earliest=FIRST_MONTH, latest=on)
    except BadDate:
        return None
    return known.earliest if known is not None and known.precision == "day" else None


def _month(value: Value) -> date | None:
    return value.replace(day=1) if isinstance(value, date) else month_in(_text(value).lower().removeprefix("tháng "))
