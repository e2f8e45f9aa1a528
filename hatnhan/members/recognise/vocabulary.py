"""The words above the columns of member lists, without marks: ours, those of older forms, and English ones."""

from hatnhan.kernel.sheets.vocabulary import Vocabulary

_BIRTH = r"(?:(?:ngay|ngay thang|ngay thang nam|thang nam|nam|ng|n) )?sinh(?: ngay)?|ntns|nam sinh ngay sinh"
_INTO_PARTY = r"(?:vao dang|vao dcsvn|vao dang csvn|vao dang cong san viet nam|ket nap|ket nap dang|ket nap vao dang)"
_DAY = r"(?:(?:ngay|ngay thang|ngay thang nam|thoi gian|thoi diem|nam) )?"
_FULL = r"(?:chinh thuc|ct)"

EXACT = {
    "birth_male": rf"(?:{_BIRTH}) nam(?: gioi)?",
    "birth_female": rf"(?:{_BIRTH}) nu(?: gioi)?",
    "birth": rf"{_BIRTH}|sinh|birth(?: date)?|date of birth|dob|born",
    "family_and_middle": r"ho|ho va|ho (?:va )?(?:chu |ten )?(?:dem|lot|lot dem)|ho chu lot|ho lot|surname|last name"
    r"|family and middle(?: names?)?|family name",
    "given": r"ten|ten rieng|given(?: name)?|first name",
    "other_name": r"(?:ho va ten |ho ten |ten )(?:goi )?(?:khac|thuong dung|thuong goi|dang dung)|bi danh|ten goi"
    r"|bi danh ten (?:goi )?khac|ten khac bi danh|other name|alias",
    "name": r"ho (?:va )?(?:chu dem )?(?:va )?ten(?: khai sinh| dang vien| day du| dong chi)?|ho dem (?:va )?ten|hoten"
    r"|ho ten khai sinh|ten dang vien|ten khai sinh|dang vien|dong chi|full name|name",
    "sex": r"gioi(?: tinh)?(?: nam| nu| nam nu| la nu)?|phai(?: nam| nu)?|nam nu|nam|nu|la nu|dang vien nu|sex|gender",
    "hometown": r"que|que quan|nguyen quan|que quan xa tinh|hometown|place of origin",
    "residence": r"noi o(?: hien nay| hien tai)?|noi cu tru|cu tru|tru quan|(?:noi )?(?:dang ky )?(?:ho khau )?thuong tru"
    r"|dia chi(?: thuong tru| hien nay| noi o| cu tru)?|cho o(?: hien nay)?|ho khau|noi o dia chi|residence|address",
    "occupation": r"nghe(?: nghiep)?(?: hien nay| hien tai| ban than)?|cong viec(?: hien nay| dang lam)?|occupation",
    "education": r"hoc van|van hoa|chuyen mon|hoc vi|trinh do(?: hoc van| van hoa| pho thong| gdpt| chuyen mon| vh| cm)?"
    r"|gdpt|giao duc pho thong|tdvh|tdhv|tdcm|chuyen mon nghiep vu|trinh do chuyen mon nghiep vu|education",
    "theory": r"(?:trinh do )?(?:l[yi] luan(?: chinh tri)?|ll chinh tri|ll ct|llct)|(?:political )?theory|chinh tri"
    r"|trinh do chinh tri",
    "ethnicity_religion_sealed": r"dan toc(?: ton giao)?|ton giao(?: dan toc)?|thanh phan dan toc|ethnicity(?: religion)?"
    r"|religion|ethnic group|ethnicity religion sealed|muc niem phong|sealed",
    "decision_date": rf"{_DAY}(?:ky )?(?:qd|quyet dinh)(?: so)?(?: ngay)?(?: cong nhan)? {_INTO_PARTY}"
    rf"|{_DAY}(?:ky )?(?:qd|quyet dinh)|{_INTO_PARTY} (?:qd|quyet dinh)(?: ngay)?|decision(?: date)?|date of decision",
    "official_date": rf"{_DAY}(?:duoc )?(?:cong nhan |chuyen |chuyen dang |vao dang |dang vien |cong nhan dang vien )?{_FULL}"
    rf"|{_DAY}{_INTO_PARTY} {_FULL}|{_FULL} ngay|official(?: date)?|date of full membership|full member since",
    "ceremony_date": rf"{_DAY}{_INTO_PARTY}(?: du bi| ngay| lan dau)?|{_DAY}(?:vao|du bi|dang vien du bi)"
    rf"|{_DAY}(?:to chuc )?le {_INTO_PARTY}|ceremony(?: date)?|admission(?: date)?|date of admission|joined",
    "old_card_no": r"(?:so )?the(?: dang)?(?: vien| dv)? (?:cu|theo qd 85|qd 85|8 so)|so the theo qd 85|old card(?: no| number)?",
    "card_no": r"so the(?: dang)?(?: vien| dv| dang vien)?(?: moi| 12 so)?|the dang(?: vien)?(?: so)?|the dv|stdv|sothe"
    r"|ma the|card(?: no| number)?|party card(?: no| number)?",
    "national_id": r"(?:so |ma )?(?:so )?(?:cccd|can cuoc(?: cong dan)?|the can cuoc(?: cong dan)?|cmnd|cmt|cmtnd|ddcn"
    r"|dinh danh(?: ca nhan| cong dan)?|chung minh(?: nhan dan| thu)?)(?: cccd| cmnd| can cuoc| can cuoc cong dan| cmt)*"
    r"|national id|personal (?:id|number)|id number|citizen id",
    "cv_number": r"so (?:l[yi] lich|ll|lldv|sll)(?: dang vien| dv)?|sll|l[yi] lich(?: so| dang vien so)|cv(?: no| number)",
    "phone": r"(?:so )?(?:dien thoai|dt|sdt|dtdd|dt dd)(?: di dong| lien he| lien lac| ca nhan)?|di dong|phone(?: number)?"
    r"|mobile|telephone",
    "unit_code": r"ma(?: so)?(?: cua)? (?:chi bo|to chuc(?: dang)?|don vi|tc dang|tcd|tccsd|cb)|unit code|cell code",
    "unit_name": r"(?:ten |thuoc |tai )?(?:chi bo|to chuc dang|don vi|tc dang)(?: sinh hoat| dang sinh hoat| truc thuoc)?"
    r"|sinh hoat tai(?: chi bo)?|noi sinh hoat|to chuc dang dang sinh hoat|unit(?: name)?|cell(?: name)?",
    "office": r"chuc vu(?: dang| trong dang| hien nay| hien tai| cao nhat)*|chuc danh|cv dang|office|position",
    "standing": r"trang thai|tinh trang(?: dang vien| dang| sinh hoat dang)?|loai dang vien|dien dang vien|tu cach dang vien"
    r"|dang vien (?:chinh thuc du bi|ct db)|chinh thuc du bi|dv ct db|standing|status",
    "participation": r"(?:duoc |dang vien |dv )?mien(?: cong tac)?(?: va)?(?: sinh hoat| sh)?(?: dang)?(?: tu ngay)?"
    r"|tinh trang sinh hoat|tham gia sinh hoat|sinh hoat|participation",
    "note": r"ghi chu|luu y|gc|notes?|remarks?",
}

LOOSE = {
    "name": r"ho va ten .*|ho ten .*",
    "hometown": r"que quan .*|nguyen quan .*",
    "residence": r"(?:noi o|thuong tru|dia chi|noi cu tru|tru quan) .*",
    "occupation": r"nghe nghiep .*",
    "education": r"(?:trinh do )?(?:hoc van|van hoa|chuyen mon) .*|trinh do .*",
    "theory": r".*(?:l[yi] luan chinh tri|llct).*",
    "birth": r"(?:ngay|nam|ngay thang nam) sinh .*|sinh (?:ngay|nam) .*",
    "official_date": r"ngay .*chinh thuc.*",
    "ceremony_date": r"ngay vao dang .*|ngay ket nap .*",
    "national_id": r".*(?:cccd|can cuoc|dinh danh).*",
    "card_no": r"so the dang.*|the dang vien .*",
    "unit_name": r"(?:chi bo|to chuc dang) .*",
    "office": r"chuc vu .*|chuc danh .*",
    "participation": r".*mien .*sinh hoat.*",
    "note": r"ghi chu .*",
}

IGNORED = (
    r".*\b(?:ngay|noi|co quan) cap\b.*|.*nguoi gioi thieu.*|.*\bcmnd cu\b.*|.*don vi cong tac.*|noi cong tac.*|.*nhap ngu.*"
    r"|.*\b(?:cha|me|bo me|vo|chong|con|than nhan)\b.*|tam tru.*|.*noi (?:vao dang|ket nap).*|tuoi.*|.*tuoi dang.*"
    r"|noi sinh|noi dang ky khai sinh|.*ngay (?:chuyen (?:den|di)|roi|mat|tu tran|vao doan).*|.*huy hieu.*|ky ten|chu ky"
)

MEMBERS = Vocabulary(
    exact=EXACT,
    loose=LOOSE,
    ignored=IGNORED,
    alone=frozenset({"family_and_middle", "given", "birth_male", "birth_female"}),
    weights={"name": 3, "birth": 2, "ordinal": 2, "family_and_middle": 2},
)

PARTS_OF_NAME = ("name", "family_and_middle", "given")
DATES = ("birth", "birth_male", "birth_female", "decision_date", "ceremony_date", "official_date")
SHARED = frozenset({"name", "sex", "hometown", "residence", "education", "theory", "occupation", "office", "note"})
"""Fields that may take several columns; of the others the first column counts."""
