"""A unit's own blanks: brought in once, filled as often as one likes."""

from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.documents import filling
from hatnhan.documents.actions import blanks as actions
from hatnhan.documents.fields import GROUPS, every_field, values_of
from hatnhan.documents.files import KINDS, Given, read
from hatnhan.documents.forms import text_field
from hatnhan.documents.models import Blank
from hatnhan.documents.permissions import ADAPT
from hatnhan.kernel.actor import NotFound
from hatnhan.kernel.forms import sent
from hatnhan.kernel.pages import actor_of, day_of, page, render, working_unit
from hatnhan.units.queries import name_of

from .acting import acted

FIELD_LABEL = gettext_lazy("Trường")


class BlankForm(forms.Form):
    """A blank to bring in."""

    name = text_field(gettext_lazy("Tên mẫu"), 120, gettext_lazy("Ví dụ: Báo cáo tháng gửi Đảng ủy."), required=True)
    file = forms.FileField(
        label=gettext_lazy("Tệp mẫu"), required=False, widget=forms.FileInput(attrs={"accept": ".xlsx,.docx"}),
        help_text=gettext_lazy("XLSX hoặc DOCX. Để trống nếu là tờ in sẵn, chỉ in chữ đè lên."),
        error_messages={"empty": gettext_lazy("Tệp này trống.")},
    )  # fmt: skip


class PointForm(forms.Form):
    """Which field stands in which cell."""

    cell = text_field(gettext_lazy("Ô"), 50, gettext_lazy("Ví dụ B3, hoặc Trang1!B3."), required=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["field"] = forms.ChoiceField(label=FIELD_LABEL, choices=_offered(_("Bỏ ô này")), required=False)


class PlaceForm(forms.Form):
    """Where a field stands on a pre-printed sheet."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["field"] = forms.ChoiceField(label=FIELD_LABEL, choices=_offered())
        for name, label in (("x", _("Cách mép trái, mm")), ("y", _("Cách mép trên, mm"))):
            self.fields[name] = _length(label, required=False)
        self.fields["size"] = forms.IntegerField(
            label=_("Cỡ chữ"), initial=13, min_value=6, max_value=30,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        )  # fmt: skip


class ShiftForm(forms.Form):
    """By how much all of it is moved."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["dx"] = _length(_("Dịch sang phải, mm"))
        self.fields["dy"] = _length(_("Dịch xuống dưới, mm"))


@page("documents.blanks", gettext_lazy("Mẫu riêng"), permission=ADAPT)
def blanks(request: HttpRequest) -> HttpResponse:
    """The blanks of a unit, and all that they may name."""
    actor, unit, given = actor_of(request), working_unit(request, ADAPT), sent(request)
    form = BlankForm(given, request.FILES if given is not None else None)

    def act(form: forms.Form) -> tuple[str, str]:
        file = form.cleaned_data["file"]
        handed = Given(file.name, file.read()) if file else None
        done = actions.add_blank(actor=actor, unit=unit, name=form.cleaned_data["name"], file=handed)
        return _("Đã thêm mẫu."), reverse("documents.blank", args=[done.pk])

    rows = Blank.objects.filter(unit=unit, dropped=False).order_by("name")
    context = {"unit": unit, "unit_name": name_of(unit, actor.on), "rows": rows, "groups": _groups()}
    return acted(request, form, act, "documents/blanks.html", context)


@page("documents.blank", gettext_lazy("Một mẫu riêng"), permission=ADAPT)
def blank(request: HttpRequest, row: int) -> HttpResponse:
    """Cells or places of a blank, its shift, and the filled file."""
    actor, one, given = actor_of(request), _own(request, row), sent(request)
    what = request.POST.get("do", "")
    kinds: dict[str, type[forms.Form]] = {"point": PointForm, "place": PlaceForm, "shift": ShiftForm}
    form = kinds[what](given) if what in kinds else forms.Form()

    def act(form: forms.Form) -> tuple[str, str]:
        do: Any = {"point": actions.point, "place": actions.place, "shift": actions.shift}[what]
        do(actor=actor, blank=one, **form.cleaned_data)
        return _("Đã ghi."), reverse("documents.blank", args=[row])

    shown = {name: kind(initial=_known(one, name), auto_id=f"{name}_%s") for name, kind in kinds.items()}
    context: dict[str, Any] = {
        "one": one, "unit_name": name_of(one.unit_id, actor.on), "groups": _groups(), "forms": shown,
        "marks": filling.marks(read(one.sha256), one.kind) if one.sha256 else [], "labels": every_field(),
    }  # fmt: skip
    if request.method != "POST" or what not in kinds:
        return render(request, "documents/blank.html", {**context, "form": forms.Form()})
    shown[what] = form
    return acted(request, form, act, "documents/blank.html", context)


@page("documents.fill", gettext_lazy("Điền mẫu"), permission=ADAPT)
def fill(request: HttpRequest, row: int) -> HttpResponse:
    """The filled file, of the blank's unit or of one below it, on a day."""
    actor, one, on = actor_of(request), _own(request, row), day_of(request)
    unit = working_unit(request, ADAPT) if request.GET.get("unit") else one.unit
    if one.kind == "sheet" and not one.places:
        messages.error(request, _("Chưa đặt chữ nào lên tờ in sẵn này."))
        return HttpResponseRedirect(reverse("documents.blank", args=[row]))
    wanted = [*(filling.marks(read(one.sha256), one.kind) if one.sha256 else ()), *one.cells.values(), *one.places]
    values = values_of(actor, unit, on, list(dict.fromkeys(wanted)))
    if one.kind == "sheet":
        made, kind, tail = filling.overprint(one.places, values, float(one.dx), float(one.dy)), KINDS["pdf"], "pdf"
    elif one.kind == "xlsx":
        made, kind, tail = filling.fill_workbook(read(one.sha256), values, one.cells), KINDS["xlsx"], "xlsx"
    else:
        made, kind, tail = filling.fill_document(read(one.sha256), values), KINDS["docx"], "docx"
    answer = HttpResponse(made, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{one.name} {on:%Y-%m-%d}.{tail}')}"
    answer["Cache-Control"] = "no-store"
    return answer


@page("documents.drop_blank", gettext_lazy("Bỏ mẫu riêng"), permission=ADAPT)
def drop(request: HttpRequest, row: int) -> HttpResponse:
    """A blank that is not used any more."""
    actor, one = actor_of(request), _own(request, row)

    def act(_form: forms.Form) -> tuple[str, str]:
        actions.drop_blank(actor=actor, blank=one)
        return _("Đã bỏ mẫu."), f"{reverse('documents.blanks')}?unit={one.unit_id}"

    context = {"one": one, "unit_name": name_of(one.unit_id, actor.on)}
    return acted(request, forms.Form(sent(request)), act, "documents/drop_blank.html", context)


def _own(request: HttpRequest, row: int) -> Blank:
    actor = actor_of(request)
    one = Blank.objects.filter(pk=row, dropped=False).select_related("unit").first()
    if one is None:
        raise NotFound(ADAPT)
    actor.require(ADAPT, at=one.unit_id)
    return one


def _offered(none: str = "") -> list[tuple[str, Any]]:
    head = [("", none)] if none else []
    return [*head, *((name, f"{name}: {label}") for name, label in every_field().items())]


def _groups() -> list[tuple[Any, list[tuple[str, Any]]]]:
    return [(group.label, list(group.names().items())) for group in GROUPS]


def _known(one: Blank, name: str) -> dict[str, Any]:
    return {"dx": one.dx, "dy": one.dy} if name == "shift" else {}


def _length(label: str, *, required: bool = True) -> forms.DecimalField:
    wrong = _("Hãy ghi một số milimét, ví dụ 12,5.")
    problems = ("invalid", "required", "max_digits", "max_decimal_places", "max_whole_digits")
    return _Millimetres(
        label=label, required=required, max_digits=5, decimal_places=1,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}), error_messages=dict.fromkeys(problems, wrong),
    )  # fmt: skip


class _Millimetres(forms.DecimalField):
    """A length that may be written with a comma."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)
