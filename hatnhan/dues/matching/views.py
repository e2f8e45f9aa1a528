"""Comparing statements of the portal and of banks with receipts and with what was due."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from hatnhan.kernel.days import after
from hatnhan.kernel.forms import explaining, sent
from hatnhan.kernel.pages import actor_of, page, render, working_unit
from hatnhan.kernel.ui.text import num
from hatnhan.members.models import Person
from hatnhan.units.queries import name_of

from ..choices import CHANNELS
from ..months import month_of, turned
from ..payments.forms import MonthField, ReverseForm
from ..permissions import COLLECT, MATCH
from ..rules import month_name
from . import actions, queries
from .reading import lines_of

MOST_BYTES = 10_000_000


class StatementForm(forms.Form):
    """A file of the portal or of a bank."""

    channel = forms.ChoiceField(
        label=gettext_lazy("Sao kê của"), choices=[(code, label) for code, label in CHANNELS.items() if code != "cash"]
    )
    file = forms.FileField(
        label=gettext_lazy("Tệp sao kê"), help_text=gettext_lazy("XLSX, XLS, ODS hoặc CSV, có cột mã giao dịch, ngày, "
                                                                 "số tiền."),
        error_messages={"required": gettext_lazy("Hãy chọn tệp."), "empty": gettext_lazy("Tệp này trống.")},
    )  # fmt: skip

    def clean_file(self) -> Any:
        """Refuses what no statement of a month can be."""
        given: Any = self.cleaned_data["file"]
        if given.size and given.size > MOST_BYTES:
            raise forms.ValidationError(_("Tệp lớn hơn 10 MB. Hãy chia theo tháng rồi đưa từng tệp."))
        return given


class TakeForm(forms.Form):
    """Whose payment a line is, and for which month."""

    person = forms.ChoiceField(label=gettext_lazy("Của đồng chí"))
    month = MonthField(label=gettext_lazy("Đóng cho tháng"))


@page("dues.match", gettext_lazy("Đối chiếu cổng dịch vụ công, ngân hàng"), permission=MATCH)
@never_cache
def compare(request: HttpRequest) -> HttpResponse:
    """A month: bring in a statement; what agrees, and what does not with the act that mends it."""
    actor, unit = actor_of(request), working_unit(request, MATCH)
    month = month_of(request, actor.on)
    form = StatementForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            given = form.cleaned_data["file"]
            lines = lines_of(given.read(), given.name, actor.on)
            told = actions.bring(actor=actor, unit=unit, channel=form.cleaned_data["channel"], lines=lines)
            said = _("Đã đưa %(new)s dòng mới, khớp %(matched)s phiếu thu.")
            messages.success(request, said % {"new": num(told[0]), "matched": num(told[1])})
            return HttpResponseRedirect(request.get_full_path())
    one = queries.Compared(actor, unit, month, after(month))
    context = {
        "one": one, "unit": unit, "unit_name": name_of(unit, actor.on), "month": month_name(month), "form": form,
        "months": turned("dues.match", unit.pk, month), "differences": one.differences,
        "may_collect": actor.can(COLLECT),
    }  # fmt: skip
    return render(request, "dues/match.html", context, 422 if form.errors else 200)


@page("dues.take_line", gettext_lazy("Lập phiếu thu từ sao kê"), permission=COLLECT)
def take_line(request: HttpRequest, pk: int) -> HttpResponse:
    """A line without a receipt is what a member paid."""
    actor, line = actor_of(request), queries.visible(actor_of(request), pk)
    form = TakeForm(sent(request), initial={"month": line.month or line.day.replace(day=1)})
    form.fields["person"].choices = queries.possible(actor, line)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            person = Person.objects.get(pk=int(form.cleaned_data["person"]))
            actions.take_line(actor=actor, line=line, person=person, month=form.cleaned_data["month"])
            messages.success(request, _("Đã lập phiếu thu."))
            return HttpResponseRedirect(_back(line.day))
    return _shown(request, form, line)


@page("dues.set_aside", gettext_lazy("Để riêng dòng sao kê"), permission=MATCH)
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """A line that is no dues of here."""
    actor, line = actor_of(request), queries.visible(actor_of(request), pk)
    actor.require(MATCH, at=line.unit_id)
    form = ReverseForm(sent(request))
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            actions.set_line_aside(actor=actor, line=line, **form.cleaned_data)
            messages.success(request, _("Đã để riêng dòng này."))
            return HttpResponseRedirect(_back(line.day))
    return _shown(request, form, line)


def _back(at: date) -> str:
    return f"{reverse('dues.match')}?month={at:%Y-%m}"


def _shown(request: HttpRequest, form: forms.Form, line: Any) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form, "person": None, "lead": line.reference, "back": _back(line.day), "crumbs": [],
    }  # fmt: skip
    return render(request, "dues/form.html", context, 422 if form.errors else 200)
