"""Forms of the acts upon organisations."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.forms import DayField
from hatnhan.kernel.models import Unit
from hatnhan.rulebook.book import shelf
from hatnhan.rulebook.shapes import Kind

from . import permissions
from .choices import LOCALITY_KINDS
from .fields import UnitField
from .rules import capital

Choices = list[tuple[str, str]]
FIRST_DAY = gettext_lazy("Có hiệu lực từ ngày")


def text_field(label: Any, most: int, hint: Any = "", *, required: bool = True, missing: Any = "") -> forms.CharField:
    """One line of text."""
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=hint,
        error_messages={"required": missing or gettext_lazy("Hãy điền mục này.")},
    )  # fmt: skip


def decision_field() -> forms.CharField:
    """Number of the paper behind the act."""
    return text_field(
        gettext_lazy("Số quyết định"), 60, gettext_lazy("Ví dụ 12-QĐ/ĐU. Để trống nếu chưa có."), required=False
    )


def choice_field(
    label: Any, choices: Choices, hint: Any = "", *, empty: Any = "", radio: bool = False
) -> forms.ChoiceField:
    """One of a few; with `empty`, what is shown when nothing is chosen, it need not be."""
    head = [("", empty or _("Chọn trong danh sách"))] if not radio else []
    return forms.ChoiceField(
        label=label, choices=[*head, *choices], required=not empty, help_text=hint,
        widget=forms.RadioSelect() if radio else forms.Select(),
        error_messages={"required": _("Hãy chọn một mục."), "invalid_choice": _("Hãy chọn một mục.")},
    )  # fmt: skip


class DayForm(forms.Form):
    """Only a day."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = DayField(label=FIRST_DAY, initial=on)


class DecisionForm(DayForm):
    """A day and the number of a decision."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"] = decision_field()


class NameForm(DayForm):
    """A new name."""

    name = text_field(gettext_lazy("Tên mới"), 200, missing=gettext_lazy("Hãy ghi tên tổ chức."))


class CodeForm(DayForm):
    """A new code, or none."""

    code = text_field(gettext_lazy("Mã mới"), 40, gettext_lazy("Để trống nếu tổ chức không còn mã."), required=False)


class FoundForm(DayForm):
    """A new unit under another."""

    name = text_field(gettext_lazy("Tên tổ chức"), 200, missing=gettext_lazy("Hãy ghi tên tổ chức."))

    def __init__(self, *args: Any, parent_kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = choice_field(_("Loại hình"), kinds_under(parent_kind))
        self.fields["code"] = text_field(
            _("Mã tổ chức"), 40, _("Mã do cấp trên đặt. Để trống nếu chưa có."), required=False
        )
        self.order_fields(["name", "kind", "code", "on"])


class MoveForm(DecisionForm):
    """Another superior, and the kind that the unit is of there."""

    def __init__(self, *args: Any, actor: Actor, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = UnitField(
            actor, permissions.FOUND, committees=True, without=unit, label=_("Cấp trên trực tiếp mới")
        )
        self.fields["kind"] = choice_field(
            _("Loại hình sau khi chuyển"), every_kind(), _("Chỉ chọn khi loại hình thay đổi cùng ngày."),
            empty=_("Giữ nguyên loại hình"),
        )  # fmt: skip
        self.order_fields(["to", "kind", "on", "decision"])


class KindForm(DayForm):
    """Another kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = choice_field(_("Loại hình mới"), every_kind())
        self.order_fields(["kind", "on"])


class DissolveForm(DecisionForm):
    """The end of a unit, and who takes over what is left."""

    def __init__(self, *args: Any, actor: Actor, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heir"] = UnitField(
            actor, permissions.VIEW, without=unit, required=False, label=_("Tổ chức kế tục"),
            help_text=_("Số liệu cũ tính tiếp cho tổ chức này. Để trống thì tính cho cấp trên trực tiếp."),
        )  # fmt: skip
        self.order_fields(["on", "decision", "heir"])


class RegimeForm(DecisionForm):
    """Another regime of levels and authorities."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regime"] = choice_field(_("Mô hình"), every_regime(), radio=True)
        self.order_fields(["regime", "on", "decision"])


class BodyForm(DayForm):
    """A body of a committee."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = rulebook.at(kwargs["on"]).bodies(kind)
        offered = [(body.code, capital(str(body.label))) for body in bodies if body.code != "committee"]
        self.fields["kind"] = choice_field(_("Loại cơ quan"), offered)
        self.fields["name"] = text_field(_("Tên đầy đủ"), 200, _("Để trống thì gọi theo loại cơ quan."), required=False)
        self.order_fields(["kind", "name", "on"])


class LocalityForm(DayForm):
    """A village or residential group."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code, capital(str(label))) for code, label in LOCALITY_KINDS.items()]
        self.fields["kind"] = choice_field(_("Loại"), offered)
        self.fields["name"] = text_field(_("Tên"), 100, _("Chỉ ghi tên riêng, ví dụ Đồng Sen."))
        self.order_fields(["kind", "name", "on"])


class LeadForm(DayForm):
    """A cell that leads a locality."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(actor, permissions.VIEW, cells=True, label=_("Chi bộ"))
        self.order_fields(["unit", "on"])


class GroupForm(DayForm):
    """A Party group inside a cell."""

    name = text_field(gettext_lazy("Tên tổ đảng"), 100, gettext_lazy("Ví dụ Tổ đảng số 1."))


def kinds_under(parent_kind: str) -> Choices:
    """Kinds that may stand under a kind on any day, the highest first; the act judges by the rules of its own day."""
    return _labelled({code: kind for code, kind in _kinds_of_any_day().items() if parent_kind in _parents(code)})


def every_kind() -> Choices:
    """Kinds of any day."""
    return _labelled(_kinds_of_any_day())


def every_regime() -> Choices:
    """Regimes of any day."""
    found = {code: one for day in shelf().days() for code, one in rulebook.at(day).regimes().items()}
    return [(code, capital(str(one.label))) for code, one in found.items()]


def _kinds_of_any_day() -> dict[str, Kind]:
    return {code: kind for day in shelf().days() for code, kind in rulebook.at(day).kinds().items()}


def _parents(code: str) -> set[str]:
    books = [rulebook.at(day) for day in shelf().days()]
    switched = [book.kinds(regime) for book in books for regime in book.regimes()]
    return {parent for kinds in switched if code in kinds for parent in kinds[code].parents}


def _labelled(kinds: dict[str, Kind]) -> Choices:
    ordered = sorted(kinds.values(), key=lambda kind: (kind.level, kind.code))
    return [(kind.code, capital(str(kind.label))) for kind in ordered]
