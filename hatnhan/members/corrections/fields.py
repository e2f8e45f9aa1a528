"""What a member may ask to have corrected, and how it is read, kept and shown."""

from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.known import Known
from hatnhan.kernel.secrets import unseal
from hatnhan.kernel.ui.text import known
from hatnhan.members.choices import FIELDS, NUMBER_KINDS, SEX
from hatnhan.members.forms.acts import DIGITS, RecordFields
from hatnhan.members.forms.fields import REQUIRED
from hatnhan.members.models import Correction, Person

OTHER = "other"
DATES = ("birth", "decision_date", "ceremony_date", "official_date")
OFFERED = tuple(name for name in FIELDS if name not in ("sealed", "note"))
LABELS: dict[str, Any] = {
    **{name: FIELDS[name] for name in OFFERED},
    **NUMBER_KINDS,
    OTHER: gettext_lazy("Chỗ khác: nơi sinh hoạt, chức vụ, quá trình"),
}


def right_field(field: str) -> Any:
    """The form field in which a member writes what is right: the one that the office uses for it."""
    if field in NUMBER_KINDS:
        made: Any = forms.CharField(max_length=20, widget=forms.TextInput(attrs=DIGITS))
        made.help_text = _("Chỉ gồm chữ số. Cơ quan chỉ thấy ba số cuối và sẽ tự ghi lại theo giấy tờ gốc.")
    elif field == OTHER:
        made = forms.CharField(max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    else:
        made = deepcopy(RecordFields.base_fields[field])
    made.label, made.required = _("Ghi đúng là"), True
    made.error_messages = {**made.error_messages, "required": REQUIRED}
    return made


def flaw_of(field: str, stated: str) -> str:
    """Why the text cannot be the field's value; empty when it can."""
    if field in DATES:
        try:
            Known(stated)
        except ValueError:
            return _("Ngày chưa đúng. Hãy ghi như 22/11/2026, 11/2026 hoặc 2026.")
    elif field == "sex" and stated not in SEX:
        return _("Hãy chọn trong danh sách.")
    elif field in FIELDS:
        column: Any = Person._meta.get_field(field)
        most = getattr(column, "max_length", None)
        if most is not None and len(stated) > most:
            return _("Nhiều nhất %(n)s ký tự.") % {"n": most}
    return ""


def kept(value: Any) -> str:
    """The value as text to be sealed."""
    return value.iso if isinstance(value, Known) else str(value)


def value_of(row: Correction) -> Any:
    """What is right, as the action that writes it wants it."""
    text = unseal(row.stated)
    return Known(text) if row.field in DATES else text


def shown(row: Correction) -> str:
    """What is right, as pages show it: of a number the last digits only."""
    if row.tail:
        return row.tail
    value = value_of(row)
    return known(value) if isinstance(value, Known) else str(SEX.get(value, value)) if row.field == "sex" else value


def now_of(person: Person, field: str, tails: dict[str, str]) -> str:
    """What the record says now; `tails` are the last digits of the person's numbers by kind."""
    if field in NUMBER_KINDS:
        return tails.get(field, "")
    if field == OTHER:
        return ""
    value = getattr(person, field)
    if field == "sex":
        return str(SEX[value]) if value else ""
    return known(value) if field in DATES and value else str(value or "")
