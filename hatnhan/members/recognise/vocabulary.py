"""The words above the columns of member lists, without marks: ours, those of older forms, and English ones."""

import re

from hatnhan.kernel.sheets.vocabulary import Vocabulary
from hatnhan.kernel.vietnamese import plain


def _one_of(*patterns: str) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


_DAY = r"(?:(?:ngay|ngay thang|ngay thang nam|thoi gian|thoi diem|nam) )?"
_BIRTH = _one_of(r"(?:(?:ngay|ngay thang|ngay thang nam|thang nam|nam|ng|n) )?sinh(?: ngay)?", "ntns")
_JOINED = _one_of("vao dang", "vao dcsvn", "vao dang csvn", "vao dang cong san viet nam", "ket nap(?: vao)?(?: dang)?")
_FULL = "(?:chinh thuc|ct)"
_HERE = "(?: hien nay| hien tai)?"
_PARTY_CARD = "the(?: dang)?(?: vien| dv| dang vien)?"
_IDENTITY = _one_of(
    "cccd", "can cuoc(?: cong dan)?", "the can cuoc(?: cong dan)?", "cmnd", "cmt", "cmtnd", "ddcn",
    "dinh danh(?: ca nhan| cong dan)?", "chung minh(?: nhan dan| thu)?",
)  # fmt: skip
_CELL = "(?:chi bo|to chuc(?: dang)?|don vi|tc dang|tcd|tccsd|cb)"

EXACT = {
    "birth_male": f"(?:{_BIRTH}) nam(?: gioi)?",
    "birth_female": f"(?:{_BIRTH}) nu(?: gioi)?",
    "birth": _one_of(_BIRTH, "birth(?: ?date)?", "date of birth", "dob", "born"),
    "family_and_middle": _one_of(
        "ho", "ho va", "ho (?:va )?(?:chu |ten )?(?:dem|lot|lot dem)", "chu dem",
        "(?:ten )?(?:dem|lot)", "surname", "last name", "middle names?",
        "family(?: and middle)?(?: names?)?",
    ),
    "given": _one_of("ten", "ten rieng", "(?:chu |ten )?(?:dem|lot)(?: va)? ten", "given(?: name)?", "first name"),
    "other_name": _one_of(
        "(?:ho va ten |ho ten |ten )(?:goi )?(?:khac|thuong dung|thuong goi|dang dung)", "bi danh", "ten goi",
        "bi danh ten (?:goi )?khac", "ten khac bi danh", "other name", "alias",
    ),
    "name": _one_of(
        "ho (?:va )?(?:chu dem )?(?:va )?ten(?: khai sinh| dang vien| day du| dong chi)?", "ho dem (?:va )?ten",
        "hoten", "ten dang vien", "ten khai sinh", "dang vien", "dong chi", "full name", "name",
    ),
    "sex": _one_of(
        "gioi(?: tinh)?(?: nam| nu| nam nu| la nu)?", "phai(?: nam| nu)?", "nam nu", "nam", "nu", "la nu",
        "dang vien nu", "sex", "gender",
    ),
    "hometown": _one_of("que", "que quan", "nguyen quan", "hometown", "place of origin"),
    "residence": _one_of(
        f"noi o{_HERE}", f"noi cu tru{_HERE}", "cu tru", "tru quan", f"cho o{_HERE}", "ho khau", "residence",
        "address", "(?:noi )?(?:dang ky )?(?:ho khau )?thuong tru", "dia chi(?: thuong tru| hien nay| noi o| cu tru)?",
    ),
    "occupation": _one_of(
        f"nghe(?: nghiep)?(?: ban than)?{_HERE}", "cong viec(?: hien nay| dang lam)?", "occupation"
    ),
    "education": _one_of(
        "hoc van", "van hoa", "chuyen mon(?: nghiep vu)?", "hoc vi", "gdpt", "giao duc pho thong", "tdvh", "tdhv",
        "tdcm",
        "trinh do(?: hoc van| van hoa| pho thong| gdpt| chuyen mon| chuyen mon nghiep vu| vh| cm)?", "education",
    ),
    "theory": _one_of(
        "(?:trinh do )?(?:l[yi] luan(?: chinh tri| ct)?|ll chinh tri|ll ct|llct|chinh tri)", "(?:political )?theory"
    ),
    "ethnicity_religion_sealed": _one_of(
        "dan toc(?: ton giao)?", "ton giao(?: dan toc)?", "thanh phan dan toc", "ethnicity(?: religion)?(?: sealed)?",
        "religion", "ethnic group", "muc niem phong", "sealed",
    ),
    "decision_date": _one_of(
        f"{_DAY}(?:ky )?(?:qd|quyet dinh)(?: so)?(?: ngay)?(?: cong nhan)? (?:{_JOINED})",
        f"{_DAY}(?:ky )?(?:qd|quyet dinh)", f"(?:{_JOINED}) (?:qd|quyet dinh)(?: ngay)?",
        "decision(?: date)?", "date of decision",
    ),
    "official_date": _one_of(
        f"{_DAY}(?:duoc )?(?:cong nhan |chuyen |chuyen dang |vao dang |dang vien |cong nhan dang vien )?{_FULL}",
        f"{_DAY}(?:{_JOINED}) {_FULL}", f"{_FULL} ngay",
        "official(?: date)?", "date of full membership", "full member since",
    ),
    "ceremony_date": _one_of(
        f"{_DAY}(?:{_JOINED})(?: du bi| ngay| lan dau)?", f"{_DAY}(?:vao|du bi|dang vien du bi)",
        f"{_DAY}(?:to chuc )?le (?:{_JOINED})", "ceremony(?: date)?", "admission(?: date)?", "date of admission",
        "joined",
    ),
    "old_card_no": _one_of(
        f"(?:so )?{_PARTY_CARD} (?:cu|theo qd 85|qd 85|8 so)", "so the theo qd 85", "old card(?: no| number)?"
    ),
    "card_no": _one_of(
        f"(?:so|ma) {_PARTY_CARD}(?: moi| 12 so)?", "the dang(?: vien)?(?: so| moi)?", "the dv", "stdv",
        "sothe", "(?:party )?card(?: no| number)?",
    ),
    "national_id": _one_of(
        f"(?:so |ma |ma so )?(?:{_IDENTITY})(?: (?:{_IDENTITY}))*", "national id", "personal (?:id|number)",
        "id number", "citizen id",
    ),
    "cv_number": _one_of(
        "so (?:l[yi] lich|ll|lldv|sll)(?: dang vien| dv)?", "sll", "l[yi] lich(?: so| dang vien so)",
        "cv(?: no| number)",
    ),
    "phone": _one_of(
        "(?:so )?(?:dien thoai|dt|sdt|dtdd|dt dd)(?: di dong| lien he| lien lac| ca nhan)?", "di dong",
        "phone(?: number)?", "mobile", "telephone",
    ),
    "unit_code": _one_of(f"ma(?: so)?(?: cua)? {_CELL}", "unit code", "cell code"),
    "unit_name": _one_of(
        "(?:ten |thuoc |tai )?(?:chi bo|to chuc dang|don vi|tc dang)(?: sinh hoat| dang sinh hoat| truc thuoc)?",
        "sinh hoat tai(?: chi bo)?", "noi sinh hoat", "to chuc dang dang sinh hoat", "unit(?: name)?", "cell(?: name)?",
    ),
    "office": _one_of(
        "chuc vu(?: dang| trong dang| hien nay| hien tai| cao nhat)*", "chuc danh", "cv dang", "office", "position"
    ),
    "standing": _one_of(
        "trang thai", "tinh trang(?: dang vien| dang| sinh hoat dang)?", "loai dang vien", "dien dang vien",
        "tu cach dang vien", "dang vien (?:chinh thuc du bi|ct db)", "chinh thuc du bi", "dv ct db", "standing",
        "status",
    ),
    "participation": _one_of(
        "(?:duoc |dang vien |dv )?mien(?: cong tac)?(?: va)?(?: sinh hoat| sh)?(?: dang)?(?: tu ngay)?",
        "tinh trang sinh hoat", "tham gia sinh hoat", "sinh hoat", "participation",
    ),
    "note": _one_of("ghi chu", "luu y", "gc", "notes?", "remarks?"),
}  # fmt: skip

LOOSE = {
    "name": "ho va ten .*|ho ten .*",
    "hometown": "que quan .*|nguyen quan .*",
    "residence": "(?:noi o|thuong tru|dia chi|noi cu tru|tru quan) .*",
    "occupation": "nghe nghiep .*",
    "theory": ".*(?:l[yi] luan chinh tri|llct).*",
    "education": "(?:trinh do )?(?:hoc van|van hoa|chuyen mon) .*|trinh do .*",
    "birth": "(?:ngay|nam|ngay thang nam) sinh .*|sinh (?:ngay|nam) .*",
    "official_date": "ngay .*chinh thuc.*",
    "ceremony_date": "ngay vao dang .*|ngay ket nap .*",
    "national_id": ".*(?:cccd|can cuoc|dinh danh).*",
    "card_no": "so the dang.*|the dang vien .*",
    "unit_name": "(?:chi bo|to chuc dang) .*",
    "office": "chuc vu .*|chuc danh .*",
    "participation": ".*mien .*sinh hoat.*",
    "note": "ghi chu .*",
}

IGNORED = _one_of(
    r".*\b(?:ngay|noi|co quan) cap\b.*", r".*nguoi gioi thieu.*", r".*\bcmnd cu\b.*", r".*don vi cong tac.*",
    r"noi cong tac.*", r".*nhap ngu.*", r".*\b(?:cha|me|bo me|vo|chong|con|than nhan)\b.*", r"tam tru.*", r"noi sinh",
    r".*noi (?:vao dang|ket nap).*", r"tuoi.*", r".*tuoi dang.*", r"noi dang ky khai sinh", r".*huy hieu.*", r"ky ten",
    r".*ngay (?:chuyen (?:den|di)|roi|mat|tu tran|vao doan).*", r"chu ky",
)  # fmt: skip

MEMBERS = Vocabulary(
    exact=EXACT,
    loose=LOOSE,
    ignored=IGNORED,
    alone=frozenset({"family_and_middle", "given", "birth_male", "birth_female"}),
    weights={"name": 3, "birth": 2, "ordinal": 2, "family_and_middle": 2},
)

DATES = ("birth", "birth_male", "birth_female", "decision_date", "ceremony_date", "official_date")
SHARED = frozenset(
    {"name", "family_and_middle", "sex", "hometown", "residence", "education", "theory", "occupation", "office", "note"}
)
"""Fields that may take several columns; of the others the first column counts."""
SECTIONS = (
    ("committee", r"(?:dang bo|dang uy) .+"),
    ("unit", r"(?:chi bo|cb) .+"),
    ("group", r"to dang .+"),
    ("standing", r"(?:danh sach )?(?:dang vien .+|dv .+|chinh thuc|du bi)"),
)
"""Titles between the rows, the widest first: units for the rows below them, or the kind of members they are."""
_LONGEST_TITLE = 100


def section(title: str) -> tuple[str, str] | None:
    """What a title alone on its row means, as (kind, title)."""
    words = plain(title)
    if len(words) > _LONGEST_TITLE:
        return None
    return next(((kind, title) for kind, pattern in SECTIONS if re.fullmatch(pattern, words)), None)
