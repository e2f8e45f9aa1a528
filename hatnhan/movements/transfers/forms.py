"""Forms of transfers."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.actor import Actor
from hatnhan.members.choices import MEMBER_STANDINGS, SEX
from hatnhan.members.forms.acts import ActForm
from hatnhan.members.forms.fields import DayField, choice_field, known_field, reason_field, text_field
from hatnhan.movements.permissions import RECEIVE
from hatnhan.units.fields import UnitField

from .choices import WHY

NUMBER_HINT = gettext_lazy("Ví dụ 12-GT/ĐU.")


class StepForm(ActForm):
    """A step of a case on a day. `seen` is the version of the case that the writer has before the eyes."""

    on = DayField(label=gettext_lazy("Ngày"))


class PrepareForm(ActForm):
    """Why, since when, by which paper; the destination is chosen before."""

    why = choice_field(gettext_lazy("Lý do chuyển"), WHY.items())
    moved_on = DayField(
        label=gettext_lazy("Ngày quyết định có hiệu lực hoặc ngày đổi nơi cư trú"),
        help_text=gettext_lazy("Thời hạn làm thủ tục tính từ ngày này."),
    )
    proof = text_field(
        gettext_lazy("Căn cứ chuyển"), 120,
        gettext_lazy("Số và ngày của quyết định, hợp đồng, giấy xác nhận cư trú. Chưa có thì ghi sau."),
    )  # fmt: skip


class IssueForm(StepForm):
    """The letter: its day, the number of a sheet filled by hand, the paper on which it rests."""

    number = text_field(
        gettext_lazy("Số giấy giới thiệu"), 40,
        gettext_lazy(
            "Để trống thì chương trình lấy số trong sổ văn bản và soạn giấy. Viết tay vào mẫu có sẵn thì ghi số."
        ),
    )  # fmt: skip
    proof = text_field(gettext_lazy("Căn cứ chuyển"), 120, gettext_lazy("Số và ngày của quyết định, giấy xác nhận."))
    despite = forms.BooleanField(
        label=gettext_lazy("Đã xem những điểm được nhắc, vẫn cấp giấy"), required=False,
        help_text=gettext_lazy("Chỉ dùng cho quy định chưa đối chiếu với văn bản gốc. Việc này được ghi vào nhật ký."),
    )  # fmt: skip
    field_order = ("on", "proof", "number", "despite")


class ReceiveForm(StepForm):
    """Into which cell, on which day; late, with what was explained."""

    explanation = reason_field(gettext_lazy("Giải trình, nếu nộp giấy muộn"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cell = UnitField(actor, RECEIVE, cells=True, label=_("Về chi bộ"))
        if len(cell.offered) == 1:
            self.initial.setdefault("cell", str(cell.offered[0].id))
        self.fields["cell"] = cell
        self.order_fields(["cell", "on", "explanation"])


class NoteForm(StepForm):
    """A step with a reason that both sides read."""

    note = reason_field(gettext_lazy("Ghi rõ"))


class LeftForm(StepForm):
    """The notice of a place outside."""

    paper = text_field(gettext_lazy("Số giấy báo của nơi đến"), 60)


class RedirectForm(StepForm):
    """A letter of the receiving side's own to another place."""

    number = text_field(gettext_lazy("Số giấy giới thiệu mới"), 40, NUMBER_HINT, required=True)
    note = reason_field(gettext_lazy("Lý do chuyển tiếp"), required=False)


class CustodyForm(StepForm):
    """A step of the dossier."""

    note = text_field(gettext_lazy("Giao cho ai, ghi chú"), 200)


class TakeDossierForm(StepForm):
    """The dossier has arrived."""

    certified = forms.BooleanField(
        label=gettext_lazy("Mục lục hồ sơ có xác nhận của nơi giữ cũ, giấy tờ đủ theo mục lục"), required=False
    )
    despite = forms.BooleanField(label=gettext_lazy("Mục lục chưa xác nhận, vẫn nhận hồ sơ"), required=False)
    note = text_field(gettext_lazy("Ghi chú"), 200)


class ArrivalForm(ActForm):
    """What a letter from outside says."""

    name = text_field(gettext_lazy("Họ và tên"), 120, required=True, attrs={"autocomplete": "off"})
    sex = choice_field(gettext_lazy("Giới tính"), [("m", SEX["m"]), ("f", SEX["f"])], radio=True, required=False)
    birth = known_field(gettext_lazy("Ngày sinh"), gettext_lazy("Chỉ biết năm thì ghi năm, ví dụ 1957."))
    standing = choice_field(gettext_lazy("Là đảng viên"), MEMBER_STANDINGS.items(), radio=True)
    ceremony_date = known_field(gettext_lazy("Ngày vào Đảng"))
    origin_text = text_field(
        gettext_lazy("Nơi cấp giấy"), 200, gettext_lazy("Ví dụ: Đảng ủy phường Mai Sơn, tỉnh Hà Vân."), required=True
    )
    number = text_field(gettext_lazy("Số giấy giới thiệu"), 40, NUMBER_HINT, required=True)
    letter_on = DayField(label=gettext_lazy("Ngày cấp giấy"))
    why = choice_field(gettext_lazy("Lý do chuyển"), WHY.items())

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = UnitField(actor, RECEIVE, label=_("Chuyển đến"))

    def given(self) -> dict[str, Any]:
        """Without the version, which a new case does not have."""
        return {name: value for name, value in super().given().items() if name != "seen"}


def first(case_version: int, on: date) -> dict[str, Any]:
    """What a form of a step shows first."""
    return {"seen": case_version, "on": on}
