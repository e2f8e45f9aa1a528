"""The values of member lists as people write them. Every refusal says what is allowed."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from hatnhan.kernel.known import Known
from hatnhan.kernel.sheets.book import Value
from hatnhan.kernel.sheets.entries import BadValue
from hatnhan.kernel.vietnamese import name_case, nfc, plain
from hatnhan.members.choices import ACTIVE, LEFT_STANDINGS, MEMBER_STANDINGS, PARTICIPATIONS

CARD_DIGITS, OLD_CARD_DIGITS, OLD_IDENTITY_DIGITS = 12, 8, 9
LONGEST_NAME, LONGEST_TEXT = 100, 500

MASK = re.compile(r"[*•●…]|\.{3}|x{3}", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?\s*e\s*\+?\s*\d+", re.IGNORECASE)
_ADDRESSED = re.compile(r"^(?:đ\s*/\s*c|đ\.\s*c\.?|đồng chí)\s*[:.]?\s+", re.IGNORECASE)
_ALSO = re.compile(
    r"^(?:bí danh|tên (?:gọi )?khác|tên thường (?:gọi|dùng)|tên gọi|thường gọi(?: là)?|tức(?: là)?)\s*[:.]?\s+",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*")
_NOT_IN_NAME = re.compile(r"[^\w\s'’‘ʼ.\-]|[\d_]|\s-+\s")
_MARK = re.compile(r"[xv✓✔√×+☑]|có|co|1", re.IGNORECASE)
_MEN = frozenset({"nam", "m", "male", "nam gioi", "1", "man"})
_WOMEN = frozenset({"nu", "f", "female", "nu gioi", "0", "2", "woman"})
_SEX_AND_CENTURY = {"0": ("m", 1900), "1": ("f", 1900), "2": ("m", 2000), "3": ("f", 2000)}

_STANDINGS = {
    "full": r"(?:dang vien |dv )?(?:chinh thuc|ct)|dvct|full(?: member)?|official(?: member)?",
    "probationary": r"(?:dang vien |dv )?(?:du bi|db)|dvdb|probationary(?: member)?|probationer",
    "deceased": r"(?:da )?(?:tu tran|chet|mat|qua doi|hy sinh)|deceased|died",
    "expelled": r"(?:da )?(?:bi )?khai tru(?: khoi dang| ra khoi dang)?|expelled",
    "struck_off": r"(?:da )?(?:bi )?xoa ten(?: .*)?|struck off",
    "resigned": r"(?:da |duoc |xin |cho |da xin )?ra khoi dang|xin ra|resigned|left the party",
    "annulled": r"huy(?: bo)? (?:quyet dinh|qd) ket nap|annulled",
    "transferred": r"(?:da )?chuyen(?: di| sinh hoat.*| noi khac| den noi khac)?|transferred|moved away",
}
_PARTICIPATIONS = {
    "exempt_for_time": r"tam mien.*|mien .*(?:co thoi han|den ngay|den \d).*|exempt (?:for time|until .*|for a time)",
    "exempt": r"(?:duoc |da )?mien(?: .*)?|exempt",
    "temporary_out": r"(?:sinh hoat )?tam thoi(?: noi khac| o noi khac)?|shtt|temporary out|temporarily elsewhere",
    "in_transit": r"da cap (?:giay gioi thieu|ggt).*|chua den noi|in transit",
    "suspended": r"(?:bi )?dinh chi.*|suspended",
    "abroad": r"(?:dang )?(?:o |song o |lao dong o )?nuoc ngoai|abroad",
    "active": r"(?:dang |co )?sinh hoat(?: binh thuong| day du| thuong xuyen)?|khong(?: mien)?|active|no",
}


@dataclass(frozen=True)
class Digits:
    """A number read from a cell: its digits (None: masked, so no change), and what was repaired."""

    digits: str | None
    repaired: str = ""


def shown(cell: Value) -> str:
    """A cell as one line of text: whole numbers without decimals, dates as day/month/year."""
    if isinstance(cell, date):
        return str(Known.of(cell))
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else nfc(str(cell))


def text(cell: Value) -> str:
    """A cell as one line of text that is not too long."""
    written = shown(cell)
    if len(written) > LONGEST_TEXT:
        raise BadValue(
            _("dài %(length)s chữ, chỉ nhận đến %(most)s chữ.") % {"length": len(written), "most": LONGEST_TEXT}
        )
    return written


def person_name(written: str, *, every_word: bool = False) -> tuple[str, str]:
    """A name and the other name that stands in brackets behind it ("Nguyễn Văn An (Năm Hùng)")."""
    whole = nfc(written)
    if whole[:1] in "đĐ":
        whole = _ADDRESSED.sub("", whole)
    others = [other_of(found) for found in _BRACKETS.findall(whole)] if not whole.isalpha() else []
    name = _BRACKETS.sub(" ", whole).strip(" .,;:-*") if others else whole.strip(" .,;:-*")
    letters = sum(map(str.isalpha, name))
    if letters < 2 or _NOT_IN_NAME.search(name):
        raise BadValue(
            _("“%(text)s” không giống họ và tên. Họ và tên chỉ gồm chữ cái, dấu cách, dấu gạch nối và dấu nháy.")
            % {"text": nfc(written)[:60]}
        )
    if len(name) > LONGEST_NAME:
        raise BadValue(_("họ và tên dài quá %(most)s chữ.") % {"most": LONGEST_NAME})
    other = next((one for one in others if sum(map(str.isalpha, one)) > 1 and not _NOT_IN_NAME.search(one)), "")
    return name_case(name, every_word=every_word), name_case(other, every_word=every_word) if other else ""


def other_of(written: str) -> str:
    """Another name without the words that only say that it is one: "Bí danh: Năm Hùng"."""
    return _ALSO.sub("", nfc(written).strip(" .()[]"))


def looks_like_name(written: str) -> bool:
    """Whether a text alone on its row may be a person: two to six words that all begin with a capital."""
    words = nfc(written).split()
    return 2 <= len(words) <= 6 and all(word[0].isupper() and word.replace("'", "").isalpha() for word in words)


def sex(cell: Value, *, under: str = "") -> str:
    """m or f, from words, from 1 and 0, or from a mark in a column for one sex (`under` is m or f)."""
    if isinstance(cell, bool):
        cell = "x" if cell else ""
    if cell in ("Nam", "Nữ") and not under:
        return "m" if cell == "Nam" else "f"
    word = plain(text(cell))
    if under and (_MARK.fullmatch(text(cell)) or word in (_MEN if under == "m" else _WOMEN) - {"0"}):
        return under
    if word in _MEN:
        return "m"
    if word in _WOMEN:
        return "f"
    raise BadValue(_("“%(text)s” không phải là giới tính. Ghi Nam hoặc Nữ.") % {"text": text(cell)[:40]})


def is_sex(cell: Value) -> bool:
    """Whether a text is a word for a sex."""
    return isinstance(cell, str) and plain(cell) in (_MEN | _WOMEN) - {"0", "1", "2"}


def digits_of(cell: Value) -> Digits:
    """The digits of a number, spaces and dots taken out; refuses what a spreadsheet has rounded."""
    if (
        isinstance(cell, str)
        and len(cell) == CARD_DIGITS
        and cell.isascii()
        and cell.isdecimal()
        and (cell[0] == "0" or not cell.endswith("000000"))
    ):
        return Digits(cell)
    if isinstance(cell, bool | date):
        raise BadValue(_("“%(text)s” không phải là số. Chỉ ghi chữ số.") % {"text": text(cell)[:40]})
    written = text(cell)
    if MASK.search(written):
        return Digits(None)
    lost = _SCIENTIFIC.fullmatch(written) or (isinstance(cell, float) and not cell.is_integer())
    found = re.sub(r"[\s.\-'’]", "", written)
    if lost or (found.isdecimal() and len(found) >= OLD_IDENTITY_DIGITS and found.endswith("000000")):
        raise BadValue(
            _("“%(text)s” đã bị Excel làm tròn nên mất chữ số. Đổi cột sang dạng Văn bản rồi gõ lại đủ các chữ số.")
            % {"text": written[:40]}
        )
    if not (found.isascii() and found.isdecimal()):
        raise BadValue(_("“%(text)s” có ký tự không phải chữ số. Chỉ ghi chữ số.") % {"text": written[:40]})
    return Digits(found)


def identity(cell: Value, *, lengths: tuple[int, ...], born: Known | None, sex_code: str) -> Digits:
    """A number of 12 digits (or another of `lengths`); noughts that a spreadsheet dropped in front are put back.

    They are put back only if the number then agrees with the sex and the birth year that it holds.
    """
    found = digits_of(cell)
    if found.digits is None or len(found.digits) in lengths:
        return found
    short = CARD_DIGITS - len(found.digits)
    full = found.digits.zfill(CARD_DIGITS)
    if short in (1, 2) and _is_plausible(full) and not disagreements(full, born, sex_code):
        return Digits(full, _("đã thêm lại %(count)s số 0 ở đầu mà Excel làm mất.") % {"count": short})
    for length in lengths:
        if not isinstance(cell, str) and length < CARD_DIGITS and length - 2 <= len(found.digits) < length:
            return Digits(found.digits.zfill(length), _("đã thêm lại số 0 ở đầu mà Excel làm mất."))
    either = _("hoặc")
    allowed = f" {either} ".join(str(length) for length in sorted(lengths, reverse=True))
    raise BadValue(
        _("có %(count)s chữ số, phải có %(allowed)s chữ số. Nếu Excel làm mất số 0 ở đầu, hãy gõ lại ở dạng Văn bản.")
        % {"count": len(found.digits), "allowed": allowed}
    )


def _is_plausible(full: str) -> bool:
    return 1 <= int(full[:3]) <= 96 and full[3] in _SEX_AND_CENTURY


def disagreements(full: str, born: Known | None, sex_code: str) -> list[str]:
    """Where a number of 12 digits does not fit: the 4th holds sex and century, the 5th and 6th the birth year."""
    if len(full) != CARD_DIGITS or full[3] not in _SEX_AND_CENTURY:
        return []
    said_sex, century = _SEX_AND_CENTURY[full[3]]
    found = []
    if sex_code and sex_code != said_sex:
        found.append(_("không khớp giới tính."))
    if born and born.year != century + int(full[4:6]):
        found.append(_("không khớp năm sinh %(year)s.") % {"year": born.year})
    return found


def standing(cell: Value) -> dict[str, str]:
    """What a status says: the standing, the participation, or both ("Chính thức, miễn sinh hoạt")."""
    written = text(cell)
    own = _own_words().get(plain(written))
    if own:
        return {own[0]: own[1]}
    said: dict[str, str] = {}
    for part in re.split(r"[,;/\n]", written):
        for name, patterns in (("standing", _STANDINGS), ("participation", _PARTICIPATIONS)):
            code = next((code for code, pattern in patterns.items() if re.fullmatch(pattern, plain(part))), None)
            if code:
                said.setdefault(name, code)
                break
    if not said:
        allowed = [*MEMBER_STANDINGS.values(), *LEFT_STANDINGS.values(), *PARTICIPATIONS.values()]
        raise BadValue(
            _("không hiểu “%(text)s”. Nhận: %(allowed)s.")
            % {"text": written[:60], "allowed": ", ".join(map(str, allowed))}
        )
    return said


@lru_cache(maxsize=1)
def _own_words() -> dict[str, tuple[str, str]]:
    """What our own lists print, in each language: words without marks to (field, code)."""
    words: dict[str, tuple[str, str]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for name, choices in (
                ("standing", MEMBER_STANDINGS | LEFT_STANDINGS),
                ("participation", {**PARTICIPATIONS, "active": ACTIVE}),
            ):
                words |= {plain(str(label)): (name, code) for code, label in choices.items()}
    return words


def participation(cell: Value) -> dict[str, str]:
    """A mark or a date under "Miễn sinh hoạt" means exempt; words are read like a status."""
    if isinstance(cell, date) or cell is True or _MARK.fullmatch(text(cell)):
        return {"participation": "exempt"}
    if re.fullmatch(r"[\d/.\- ]+", text(cell)):
        return {"participation": "exempt"}
    return standing(cell)


def phone(cell: Value) -> str:
    """The first telephone number of a cell, with its leading nought; empty when it is none."""
    for part in re.split(r"[/;,\n]|\s-\s", text(cell)):
        found = re.sub(r"[\s.()\-]", "", part)
        found = re.sub(r"^(?:\+84|0084)", "0", found)
        if re.fullmatch(r"[1-9]\d{8,9}", found):
            found = "0" + found
        if re.fullmatch(r"0\d{8,10}", found):
            return found
    return ""
