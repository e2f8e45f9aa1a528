"""Forms of requests for correction."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.members.choices import NUMBER_KINDS
from hatnhan.members.forms.acts import DIGITS, ActForm
from hatnhan.members.forms.fields import reason_field, text_field
from hatnhan.members.models import Correction
from hatnhan.members.recognise.values import phone

from .fields import OTHER, right_field


class AskForm(forms.Form):
    """What is right, why, and where the paper lies."""

    why = reason_field(gettext_lazy("Vì sao cần điều chỉnh"))
    evidence = text_field(
        gettext_lazy("Giấy tờ để đối chiếu đang ở đâu"), 200,
        gettext_lazy("Ví dụ: giấy khai sinh bản gốc tôi giữ. Không gửi ảnh giấy tờ lên đây."),
    )  # fmt: skip

    def __init__(self, *args: Any, field: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field = field
        self.fields["right"] = right_field(field)
        self.order_fields(["right", "why", "evidence"])

    def clean_right(self) -> Any:
        """A telephone in one spelling; a number without blanks."""
        value = self.cleaned_data["right"]
        if self.field == "phone" and not (value := phone(value)):
            raise forms.ValidationError(_("Số điện thoại chưa đúng. Hãy ghi như 0912 345 678."))
        return "".join(str(value).split()) if self.field in NUMBER_KINDS else value


class AcceptForm(ActForm):
    """The answer, and of a number its digits as the paper has them."""

    answer = reason_field(gettext_lazy("Trả lời đồng chí ấy"), required=False)

    def __init__(self, *args: Any, row: Correction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row.field in NUMBER_KINDS:
            hint = _("Ghi lại theo thẻ hoặc giấy tờ gốc; chương trình so với số đồng chí ấy đề nghị.")
            self.fields["digits"] = text_field(_("Dãy số theo giấy tờ"), 20, hint, required=True, attrs=DIGITS)
            self.order_fields(["digits", "answer"])
        if row.field == OTHER:
            self.fields["answer"].required = True


class RefuseForm(ActForm):
    """Why the record stays as it is."""

    answer = reason_field(gettext_lazy("Vì sao không điều chỉnh"))
