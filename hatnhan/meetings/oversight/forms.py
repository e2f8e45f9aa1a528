"""Forms of following cells: who follows which, who came."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.forms import DayField
from hatnhan.members.forms.fields import choice_field, decision_field, last_day_field, text_field


class FollowingForm(forms.Form):
    """A member or a body of the committee, what is followed, since when."""

    field = text_field(_("Lĩnh vực, nếu chỉ theo dõi một lĩnh vực"), 60, _("Ví dụ kinh tế, xây dựng nông thôn mới."))
    decision = decision_field()
    on = DayField(label=_("Từ ngày"))
    last = last_day_field()

    def __init__(
        self, data: Any = None, *, people: Sequence[tuple[int, str]], bodies: Sequence[tuple[int, str]],
        targets: Sequence[tuple[int, str]], **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, **options)
        who = [(f"p{pk}", name) for pk, name in people] + [(f"b{pk}", name) for pk, name in bodies]
        self.fields = {
            "who": choice_field(_("Đồng chí hoặc cơ quan của cấp ủy"), who),
            "target": choice_field(_("Theo dõi"), [(str(pk), name) for pk, name in targets]),
            **self.fields,
        }

    def given(self) -> dict[str, Any]:
        """The cleaned values as the action's keywords; who and what are ids still."""
        given = self.cleaned_data
        kind, key = given["who"][0], int(given["who"][1:])
        return {
            "person": key if kind == "p" else None, "body": key if kind == "b" else None,
            "target": int(given["target"]), "field": given["field"], "decision": given["decision"], "on": given["on"],
            "until": given["last"] + ONE if given["last"] else FAR,
        }  # fmt: skip


class EndForm(forms.Form):
    """From which day something no longer holds."""

    on = DayField(label=_("Thôi từ ngày"))


class ObserverForm(forms.Form):
    """Who of those who follow the cell came."""

    def __init__(self, data: Any = None, *, offered: Sequence[tuple[int, str]], came: Sequence[int] = ()) -> None:
        super().__init__(data, initial={"people": [str(pk) for pk in came]})
        self.fields["people"] = forms.TypedMultipleChoiceField(
            label=_("Đồng chí nào đã dự"), choices=[(str(pk), name) for pk, name in offered], coerce=int,
            required=False, widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
