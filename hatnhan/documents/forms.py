"""Forms of the register and the library."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.forms import DayField

from .choices import BODIES, BODIES_AT, REACHES, SECRECY
from .files import Given
from .models import Folder

UPLOAD_REFUSED = "hatnhan.upload_refused"
"""Key of `request.META` under which the upload handler leaves the name of a file that was too large."""
ACCEPT = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png,.webp,.heic"
MISSING = gettext_lazy("Hãy điền mục này.")


class ManyFiles(forms.ClearableFileInput):
    """A box that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files, each as what was handed over."""

    def __init__(self, label: Any, hint: Any = "", required: bool = False, accept: str = ACCEPT) -> None:
        super().__init__(
            label=label, required=required, help_text=hint, widget=ManyFiles(attrs={"accept": accept}),
            error_messages={"required": gettext_lazy("Hãy chọn tệp."), "empty": gettext_lazy("Tệp này trống.")},
        )  # fmt: skip

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The files in the order in which they were chosen."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(FilesField, self).clean(one, initial) for one in given]


def handed(files: Sequence[UploadedFile]) -> list[Given]:
    """Uploaded files as the actions take them."""
    return [Given((one.name or "")[-160:], one.read()) for one in files]


def text_field(label: Any, most: int, hint: Any = "", *, required: bool = False) -> forms.CharField:
    """One line of text."""
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=hint, error_messages={"required": MISSING}
    )


def kind_field(on: date) -> forms.ChoiceField:
    """The types of papers of a day."""
    types = rulebook.at(on).paper_types().values()
    choices = [(one.code, f"{str(one.label)[:1].upper()}{str(one.label)[1:]}") for one in types]
    return forms.ChoiceField(
        label=_("Thể loại"), choices=[("", _("Chọn trong danh sách")), *choices], error_messages={"required": MISSING}
    )


def secrecy_field() -> forms.ChoiceField:
    """The secrecy mark, usually none."""
    return forms.ChoiceField(
        label=_("Độ mật"), choices=[("", _("Không")), *SECRECY.items()], required=False,
        help_text=_("Văn bản có dấu độ mật chỉ vào sổ bằng số và dấu, không trích yếu, không tệp."),
    )  # fmt: skip


class OutForm(forms.Form):
    """A paper that the unit issued."""

    def __init__(self, *args: Any, on: date, usual: str, doubtful: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        bodies = BODIES_AT[usual]
        self.fields["kind"] = kind_field(on)
        self.fields["body"] = forms.ChoiceField(
            label=_("Cơ quan ban hành"), choices=[(code, BODIES[code]) for code in bodies], initial=bodies[0],
            required=False, widget=forms.RadioSelect if len(bodies) > 1 else forms.HiddenInput,
        )  # fmt: skip
        self.fields["day"] = DayField(label=_("Ngày văn bản"), initial=on)
        self.fields["about"] = text_field(_("Trích yếu"), 300, _("Văn bản nói về việc gì, một câu."))
        self.fields["signer"] = text_field(_("Người ký"), 200)
        self.fields["number"] = forms.IntegerField(
            label=_("Số đã ghi trên giấy"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            min_value=1, max_value=99_999, help_text=_("Để trống thì máy cho số tiếp theo của nhiệm kỳ."),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Hãy ghi một số từ 1 đến 99999.")),
        )  # fmt: skip
        self.fields["joint"] = text_field(_("Ban hành cùng"), 200, _("Văn bản liên tịch lấy số của cơ quan chủ trì."))
        self.fields["secrecy"] = secrecy_field()
        self.fields["working_rules"] = forms.BooleanField(
            label=_("Đây là quy chế làm việc của cấp ủy, chi bộ"), required=False
        )
        self.fields["files"] = FilesField(_("Tệp văn bản"), _("PDF, DOCX, XLSX hoặc ảnh; mỗi tệp nhiều nhất 25 MB."))
        if doubtful:
            self.fields["despite"] = forms.BooleanField(label=_("Vẫn vào sổ"), required=False)

    def given(self) -> dict[str, Any]:
        """The cleaned values as the action's keywords."""
        given = dict(self.cleaned_data)
        given["files"] = handed(given["files"])
        return given


class InForm(forms.Form):
    """A paper that came from elsewhere."""

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sender"] = text_field(_("Nơi gửi"), 200, required=True)
        self.fields["symbol"] = text_field(_("Số và ký hiệu"), 60, _("Ví dụ 12-CV/ĐU."), required=True)
        self.fields["kind"] = kind_field(on)
        self.fields["day"] = DayField(label=_("Ngày văn bản"))
        self.fields["received_on"] = DayField(label=_("Ngày đến"), initial=on)
        self.fields["about"] = text_field(_("Trích yếu"), 300)
        self.fields["secrecy"] = secrecy_field()
        self.fields["files"] = FilesField(_("Tệp văn bản"), _("PDF, DOCX, XLSX hoặc ảnh; mỗi tệp nhiều nhất 25 MB."))

    def given(self) -> dict[str, Any]:
        """The cleaned values as the action's keywords."""
        return {**self.cleaned_data, "files": handed(self.cleaned_data["files"])}


class FilesForm(forms.Form):
    """Files for a paper that stands in the register."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    file = FilesField(
        gettext_lazy("Tệp"), gettext_lazy("Ảnh chụp, bản quét hoặc PDF; chọn được nhiều tệp, theo thứ tự trang."),
        required=True,
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why; it stands in the log."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Hãy ghi lý do.")},
    )  # fmt: skip


class TermForm(forms.Form):
    """When a term began."""

    name = text_field(gettext_lazy("Tên nhiệm kỳ"), 60, gettext_lazy("Ví dụ 2025–2030."), required=True)
    on = DayField(
        label=gettext_lazy("Bắt đầu từ ngày"),
        help_text=gettext_lazy("Ngày sau ngày bế mạc đại hội; hoặc ngày chỉ định."),
    )
    basis = text_field(gettext_lazy("Căn cứ"), 120, gettext_lazy("Ví dụ: đại hội ngày 2/2/2025; 12-QĐ/ĐU."))


class FolderForm(forms.Form):
    """A folder of the library."""

    name = text_field(gettext_lazy("Tên ngăn"), 80, required=True)


class PublishForm(forms.Form):
    """Who reads a paper, and in which folder it lies."""

    reach = forms.ChoiceField(
        label=gettext_lazy("Ai đọc được"), choices=list(REACHES.items()), widget=forms.RadioSelect, initial="unit",
        error_messages={"required": gettext_lazy("Hãy chọn ai đọc được.")},
    )  # fmt: skip
    confirms = forms.BooleanField(label=gettext_lazy("Đề nghị người đọc bấm “Đã nhận”"), required=False)

    def __init__(self, *args: Any, folders: Sequence[Folder], **options: Any) -> None:
        super().__init__(*args, **options)
        self.folders = {str(one.pk): one for one in folders}
        offered = [("", _("Để ngoài ngăn")), *((key, one.name) for key, one in self.folders.items())]
        self.fields["folder"] = forms.ChoiceField(label=_("Ngăn"), choices=offered, required=False)
        self.order_fields(["reach", "folder", "confirms"])

    def given(self) -> dict[str, Any]:
        """The cleaned values as the action's keywords."""
        return {**self.cleaned_data, "folder": self.folders.get(self.cleaned_data["folder"])}
