"""What a column of a member list may be, in words: for the page where the mapping is changed, and for sentences."""

from django.utils.translation import gettext_lazy as _

from hatnhan.members.choices import FIELDS, NUMBER_KINDS

LABELS = {
    "name": FIELDS["name"],
    "family_and_middle": _("Họ và tên đệm"),
    "given": _("Tên"),
    "other_name": FIELDS["other_name"],
    "sex": FIELDS["sex"],
    "birth": FIELDS["birth"],
    "birth_male": _("Ngày sinh (cột nam)"),
    "birth_female": _("Ngày sinh (cột nữ)"),
    "hometown": FIELDS["hometown"],
    "residence": FIELDS["residence"],
    "occupation": FIELDS["occupation"],
    "education": FIELDS["education"],
    "theory": FIELDS["theory"],
    "ethnicity_religion_sealed": FIELDS["sealed"],
    "decision_date": FIELDS["decision_date"],
    "ceremony_date": FIELDS["ceremony_date"],
    "official_date": FIELDS["official_date"],
    "card_no": NUMBER_KINDS["card"],
    "old_card_no": NUMBER_KINDS["old_card"],
    "national_id": NUMBER_KINDS["national_id"],
    "cv_number": FIELDS["cv_number"],
    "phone": FIELDS["phone"],
    "unit_code": _("Mã chi bộ"),
    "unit_name": _("Chi bộ"),
    "office": _("Chức vụ"),
    "standing": _("Tình trạng"),
    "participation": _("Miễn sinh hoạt"),
    "note": FIELDS["note"],
}
