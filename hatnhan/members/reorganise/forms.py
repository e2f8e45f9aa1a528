"""Forms of the steps. Each is made from the actor and what the earlier steps gave, and refuses with reasons."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ahead import too_far
from hatnhan.kernel.forms import DayField, explain
from hatnhan.kernel.models import Unit
from hatnhan.members.models import Person
from hatnhan.units import actions as units
from hatnhan.units import permissions as unit_permissions
from hatnhan.units import queries
from hatnhan.units.fields import UnitField
from hatnhan.units.forms import FIRST_DAY, decision_field, text_field

from . import people
from .draft import Given

NEW = "new"


class StepForm(forms.Form):
    """A step: `actor` acts, `so_far` is what the earlier steps gave."""

    def __init__(self, *args: Any, actor: Actor, so_far: Given, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.so_far = actor, so_far


class CellsForm(StepForm):
    """Which cells; `so_far["family"]` are those to choose from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(card.id), card.name) for card in self.so_far["family"]]
        self.fields["cells"] = forms.MultipleChoiceField(
            label=_("Các chi bộ sẽ gộp"), choices=offered, widget=forms.CheckboxSelectMultiple,
            help_text=_("Chọn từ hai chi bộ trở lên."),
            error_messages={
                "required": _("Hãy chọn ít nhất hai chi bộ."),
                "invalid_choice": _("Hãy chọn trong các chi bộ ở đây."),
            },
        )  # fmt: skip

    def clean_cells(self) -> list[Unit]:
        """At least two, in the order shown."""
        chosen = [int(pk) for pk in self.cleaned_data["cells"]]
        if len(chosen) < 2:
            raise forms.ValidationError(_("Hãy chọn ít nhất hai chi bộ."))
        found = Unit.objects.in_bulk(chosen)
        return [found[card.id] for card in self.so_far["family"] if card.id in found]


class DayForm(StepForm):
    """From which day, by which decision."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = DayField(label=FIRST_DAY, initial=self.actor.on)
        self.fields["decision"] = decision_field()

    def clean(self) -> Given:
        """The cells stand on the day and nothing later is recorded of them."""
        given: Given = self.cleaned_data
        cells = self.so_far["cells"]
        if on := given.get("on"):
            explain(self, too_far(self.actor, on))
            reasons = units.merge_blockers(cells, cells[0], on)
            explain(self, [reason for reason in reasons if reason.code != "kinds"])
        return given


class NameForm(StepForm):
    """Into one of them or into a new one; what it will be called."""

    name = text_field(
        gettext_lazy("Tên chi bộ sau khi gộp"), 200,
        gettext_lazy("Để trống thì giữ tên của chi bộ tiếp tục hoạt động."),
        required=False,
    )  # fmt: skip
    code = text_field(
        gettext_lazy("Mã"), 40, gettext_lazy("Để trống thì giữ mã đang có. Dùng lại được mã của chi bộ kết thúc."),
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cells, on = self.so_far["cells"], self.so_far["on"]
        names = queries.names([cell.pk for cell in cells], on)
        offered = [(str(cell.pk), _("Gộp vào %(name)s") % {"name": names[cell.pk]}) for cell in cells]
        self.fields["into"] = forms.ChoiceField(
            label=_("Sau khi gộp"), choices=[*offered, (NEW, _("Lập chi bộ mới"))], widget=forms.RadioSelect,
            error_messages={"required": _("Hãy chọn cách gộp.")}, initial=offered[0][0],
        )  # fmt: skip
        known = queries.codes([cell.pk for cell in cells], on)
        self.hints = {str(pk): _("Mã %(code)s") % {"code": code} for pk, code in known.items()}
        self.hints[NEW] = _("Tất cả chi bộ cũ kết thúc; số liệu cũ tính tiếp cho chi bộ mới.")
        self.order_fields(["into", "name", "code"])

    def clean(self) -> Given:
        """A new cell has a name; a code is free or given free by the merge."""
        given: Given = self.cleaned_data
        cells, on = self.so_far["cells"], self.so_far["on"]
        chosen = given.get("into", "")
        into = next((cell for cell in cells if str(cell.pk) == chosen), None)
        given["into"] = into
        if chosen:
            name = given.get("name") or (queries.name_of(into, on) if into else "")
            explain(self, units.merge_blockers(cells, into, on))
            explain(self, units.name_blockers(into, name, given.get("code", ""), on, cells))
        return given


class SplitForm(StepForm):
    """Which cell, from which day, by which decision."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(
            self.actor, unit_permissions.REORGANISE, cells=True, label=_("Chi bộ sẽ tách"),
        )  # fmt: skip
        self.fields["on"] = DayField(label=FIRST_DAY, initial=self.actor.on)
        self.fields["decision"] = decision_field()

    def clean(self) -> Given:
        """The cell stands on the day."""
        given: Given = self.cleaned_data
        unit, on = given.get("unit"), given.get("on")
        if on:
            explain(self, too_far(self.actor, on))
        if on and unit:
            explain(self, units.split_blockers(unit, on))
        return given


class NewCellForm(StepForm):
    """What the new cell is called."""

    name = text_field(gettext_lazy("Tên chi bộ mới"), 200, missing=gettext_lazy("Hãy ghi tên chi bộ mới."))
    code = text_field(gettext_lazy("Mã chi bộ mới"), 40, gettext_lazy("Để trống nếu chưa có mã."), required=False)

    def clean(self) -> Given:
        """The code is free."""
        given: Given = self.cleaned_data
        if given.get("name"):
            explain(self, units.name_blockers(None, given["name"], given.get("code", ""), self.so_far["on"]))
        return given


class PeopleForm(StepForm):
    """Who goes to the new cell: whole Party groups, and single members."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.families = people.by_group(self.so_far["unit"], self.so_far["on"])
        groups = [(str(one.identity), one.name) for one in self.families if one.identity]
        everyone = [(str(one.pk), one.label) for family in self.families for one in family.members]
        wrong = {"invalid_choice": _("Hãy chọn trong danh sách này.")}
        self.fields["groups"] = forms.MultipleChoiceField(
            label=_("Cả tổ đảng"), choices=groups, required=False, widget=forms.CheckboxSelectMultiple,
            error_messages=wrong,
        )  # fmt: skip
        self.fields["people"] = forms.MultipleChoiceField(
            label=_("Từng đảng viên"), choices=everyone, required=False, widget=forms.CheckboxSelectMultiple,
            error_messages=wrong,
        )  # fmt: skip

    def clean(self) -> Given:
        """Somebody goes and somebody stays."""
        given: Given = self.cleaned_data
        groups, single = set(given.get("groups", [])), {int(pk) for pk in given.get("people", [])}
        going = {
            one.pk for family in self.families for one in family.members if str(family.identity) in groups
        } | single
        everyone = {one.pk for family in self.families for one in family.members}
        if not going:
            self.add_error("people", _("Hãy chọn đảng viên chuyển sang chi bộ mới."))
        elif going == everyone:
            self.add_error(
                "people", _("Phải còn đảng viên ở lại chi bộ cũ. Nếu cả chi bộ chuyển đi, hãy đổi tên chi bộ.")
            )
        given["going"] = sorted(going)
        return given


class PostsForm(StepForm):
    """Secretary and deputies of the cell that goes on, or of both after a split; empty for who may not appoint."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for post in people.posts_to_fill(self.actor, self.so_far):
            choices: list[Any] = [("", _("Chưa chỉ định")), *post.choices]
            labels = [_("Bí thư"), _("Phó bí thư"), _("Phó bí thư thứ hai")]
            for field, label in zip((post.secretary, *post.deputies), labels, strict=True):
                self.fields[field] = forms.ChoiceField(
                    label=f"{label} {post.name}" if post.name else label, choices=choices, required=False,
                    initial=post.now.get(field, ""), error_messages={"invalid_choice": _("Hãy chọn trong danh sách.")},
                )  # fmt: skip

    def clean(self) -> Given:
        """Each person has one post."""
        given: Given = self.cleaned_data
        seen: dict[str, str] = {}
        for field in list(self.fields):
            value = given.get(field, "")
            if value and value in seen:
                self.add_error(field, _("Đồng chí này đã được chọn cho chức vụ khác ở trên."))
            seen[value] = field
        chosen = Person.objects.in_bulk([int(value) for value in seen if value])
        posts = people.posts_to_fill(self.actor, self.so_far)
        given["posts"] = {post.code: people.chosen_posts(post, given, chosen) for post in posts}
        return given


class SureForm(StepForm):
    """Nothing more to type: the reader has seen what will happen."""
