"""How a paper is numbered and headed. Pure: facts in, texts out (meetings.md §4.3, §4.5)."""

import re

BLANK = "…"
_PLACE = re.compile(r"\b(?:xã|phường|đặc khu|thị trấn)\s+(.+)", re.IGNORECASE)


def number_of(number: int | None, symbol: str, body: str, digits: int = 2) -> str:
    """Number and symbol as they are printed: "Số 05-NQ/CB"; with a blank while there is no number. A type without a
    symbol has none: "Số 05/CB"."""
    written = BLANK if number is None else f"{number:0{digits}}"
    return f"Số {written}-{symbol}/{body}" if symbol else f"Số {written}/{body}"


def short(number: int | None, symbol: str, body: str, digits: int = 2) -> str:
    """The same as it is quoted: "05-NQ/CB"."""
    return number_of(number, symbol, body, digits).removeprefix("Số ")


def committee_name(unit: str, body: str) -> str:
    """The committee's name from its organisation's: "Đảng bộ xã Lim Thượng" issues as "Đảng ủy xã Lim Thượng"; a cell
    under its own name."""
    if body == "cell":
        return unit
    for whole, committee in (("Đảng bộ tỉnh ", "Tỉnh ủy "), ("Đảng bộ thành phố ", "Thành ủy ")):
        if unit.startswith(whole):
            return committee + unit.removeprefix(whole)
    return "Đảng ủy " + unit.removeprefix("Đảng bộ ") if unit.startswith("Đảng bộ ") else unit


def place_of(line: list[str]) -> str:
    """The place from which an organisation writes: that of the nearest commune, ward or special zone in its line, the
    own name first; empty when none is named."""
    for name in line:
        found = _PLACE.search(name)
        if found:
            return found[1]
    return ""


def on_behalf(body: str, unit: str = "") -> str:
    """On whose behalf a paper is signed: a committee signs as a body, also by its deputy (meetings.md §4.6)."""
    return {
        "cell": "T/M CHI BỘ", "committee": "T/M ĐẢNG ỦY", "standing": "T/M BAN THƯỜNG VỤ", "congress": "T/M ĐẠI HỘI",
        "inspection": "T/M ỦY BAN KIỂM TRA", "province": f"T/M {unit.upper()}" if unit else "T/M TỈNH ỦY",
    }.get(body, "")  # fmt: skip
