"""The form by which somebody is named to act for another."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE
from hatnhan.kernel.forms import DayField
from hatnhan.kernel.models import Placement
from hatnhan.units.queries import names

from .choices import ROLES
from .models import Account, Grant
from .queries import search, standing
from .rules import NOT_STOOD_IN

MOST = 5
TYPED = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false", "autocomplete": "off"}


class StandInForm(forms.Form):
    """Which role of the account, who acts in it, from when until when."""

    deputy = forms.CharField(
        label=gettext_lazy("Người làm thay"),
        max_length=200,
        help_text=gettext_lazy("Họ tên hoặc tên đăng nhập của đồng chí có tài khoản trong đơn vị này."),
        widget=forms.TextInput(attrs=TYPED),
        error_messages={"required": gettext_lazy("Hãy ghi người làm thay.")},
    )

    def __init__(self, *args: Any, actor: Actor, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        rows = standing(account, actor.on).exclude(role__in=NOT_STOOD_IN).select_related("account", "unit")
        self.grants: dict[str, Grant] = {str(row.pk): row for row in rows.order_by("valid_from", "pk")}
        called = names({row.unit_id for row in self.grants.values()}, actor.on)
        choices = [(pk, f"{ROLES[row.role]}, {called.get(row.unit_id, '')}") for pk, row in self.grants.items()]
        self.fields["role"] = forms.ChoiceField(
            label=_("Vai trò"), choices=choices, widget=forms.RadioSelect, initial=choices[0][0] if choices else None,
            error_messages={"required": _("Hãy chọn vai trò."), "invalid_choice": _("Hãy chọn vai trò.")},
        )  # fmt: skip
        self.fields["on"] = DayField(label=_("Từ ngày"), initial=actor.on)
        self.fields["last"] = DayField(label=_("Đến hết ngày"))
        self.fields["reason"] = forms.CharField(label=_("Lý do"), max_length=300, required=False)
        self.order_fields(["role", "deputy", "on", "last", "reason"])

    def clean(self) -> dict[str, Any]:
        """The deputy is looked for in the unit of the role: by sign-in name, else by the name when it is one only."""
        given: dict[str, Any] = self.cleaned_data
        grant = self.grants.get(given.get("role", ""))
        if grant is not None and given.get("deputy"):
            found = self._named(grant, given["deputy"])
            if isinstance(found, str):
                self.add_error("deputy", found)
            else:
                given["deputy"] = found
        return given

    def _named(self, grant: Grant, text: str) -> Account | str:
        under = Placement.objects.under(grant.unit, self.actor.on).values("unit")
        held = Grant.objects.unvoided().filter(unit__in=under, valid_to__gt=self.actor.on).values("account")
        here = Account.objects.filter(pk__in=held).exclude(pk=grant.account_id).order_by("sort_key", "pk")
        exact: Account | None = here.filter(username=text.strip().lower()).first()
        if exact is not None:
            return exact
        found = list(search(here, text)[: MOST + 1])
        if len(found) == 1:
            only: Account = found[0]
            return only
        if not found:
            missing = _(
                "Không có tài khoản nào tên “%(text)s” trong đơn vị này. Đồng chí làm thay phải có tài khoản; chưa có "
                "thì đề nghị văn phòng mở."
            )
            return missing % {"text": text[:60]}
        told = "; ".join(f"{one.label} ({one.username})" for one in found[:MOST])
        return _("Có nhiều đồng chí phù hợp, hãy ghi tên đăng nhập: %(names)s.") % {"names": told}

    def given(self) -> dict[str, Any]:
        """The action's keywords."""
        given, last = self.cleaned_data, self.cleaned_data["last"]
        until: date = last + ONE
        return {
            "grant": self.grants[given["role"]], "deputy": given["deputy"], "on": given["on"], "until": until,
            "reason": given["reason"],
        }  # fmt: skip
