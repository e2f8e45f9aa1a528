"""Acts upon one unit, each a small page with a form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.models import Entry, Unit
from hatnhan.kernel.pages import actor_of, day_of, page, render
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.rulebook.sources import sentence
from hatnhan.units import actions, permissions, queries
from hatnhan.units import forms as our
from hatnhan.units.actions.undoing import RIGHTS
from hatnhan.units.models import UnitEvent

from .looking import card_of, unit_of

Given = dict[str, Any]


@page("units.found", gettext_lazy("Thêm tổ chức trực thuộc"), permission=permissions.FOUND)
def found(request: HttpRequest, pk: int) -> HttpResponse:
    """A new unit under this one."""
    above, actor = unit_of(request, pk, permissions.FOUND), actor_of(request)
    form = our.FoundForm(sent(request), on=day_of(request), parent_kind=card_of(above, day_of(request)).kind)

    def act(given: Given) -> str:
        fresh = actions.found(actor=actor, parent=above, **given)
        return reverse("units.unit", args=[fresh.pk])

    lead = _("Tổ chức mới trực thuộc %(name)s.") % {"name": queries.name_of(above, day_of(request))}
    return answer(
        request, above, form, act, _("Thêm tổ chức"), lead,
        doubts=lambda given: actions.founding_doubts(given["kind"], above, given["on"]),
    )  # fmt: skip


@page("units.rename", gettext_lazy("Đổi tên"), permission=permissions.CHANGE)
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name from a day on."""
    one, actor, on = unit_of(request, pk, permissions.CHANGE), actor_of(request), day_of(request)
    form = our.NameForm(sent(request), on=on, initial={"name": queries.name_of(one, on)})
    lead = _("Tên cũ vẫn giữ trong lịch sử và trong mọi số liệu của thời gian trước đó.")
    return answer(request, one, form, lambda given: actions.rename(actor=actor, unit=one, **given), _("Đổi tên"), lead)


@page("units.recode", gettext_lazy("Đổi mã"), permission=permissions.CHANGE)
def recode(request: HttpRequest, pk: int) -> HttpResponse:
    """Another code from a day on, or none."""
    one, actor, on = unit_of(request, pk, permissions.CHANGE), actor_of(request), day_of(request)
    form = our.CodeForm(sent(request), on=on, initial={"code": queries.codes([pk], on).get(pk, "")})
    lead = _("Mã cũ vẫn tìm được; tệp có mã cũ vẫn nhận đúng tổ chức này.")
    return answer(request, one, form, lambda given: actions.recode(actor=actor, unit=one, **given), _("Đổi mã"), lead)


@page("units.move", gettext_lazy("Chuyển về nơi trực thuộc khác"), permission=permissions.CHANGE)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another superior from a day on, with all that hangs below."""
    one, actor, on = unit_of(request, pk, permissions.CHANGE), actor_of(request), day_of(request)
    form = our.MoveForm(sent(request), on=on, actor=actor, unit=one)
    lead = _("Mọi tổ chức trực thuộc và đảng viên chuyển theo; không cần giấy giới thiệu riêng từng người.")
    kind = card_of(one, on).kind
    return answer(
        request, one, form, lambda given: actions.move(actor=actor, unit=one, **given), _("Chuyển"), lead,
        doubts=lambda given: actions.founding_doubts(given["kind"] or kind, given["to"], given["on"]),
    )  # fmt: skip


@page("units.change_kind", gettext_lazy("Đổi loại hình"), permission=permissions.CHANGE)
def change_kind(request: HttpRequest, pk: int) -> HttpResponse:
    """Another kind from a day on."""
    one, actor, on = unit_of(request, pk, permissions.CHANGE), actor_of(request), day_of(request)
    form = our.KindForm(sent(request), on=on, initial={"kind": card_of(one, on).kind})
    lead = _("Dùng khi nâng cấp, hạ cấp, hoặc khi quy định mới gọi tổ chức bằng loại hình khác.")
    return answer(
        request, one, form, lambda given: actions.change_kind(actor=actor, unit=one, **given), _("Đổi loại hình"), lead
    )


@page("units.dissolve", gettext_lazy("Kết thúc hoạt động"), permission=permissions.REORGANISE)
def dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    """The end of a unit at which nobody and nothing stands any more."""
    one, actor, on = unit_of(request, pk, permissions.REORGANISE), actor_of(request), day_of(request)
    form = our.DissolveForm(sent(request), on=on, actor=actor, unit=one)
    lead = _("Trước đó hãy chuyển sinh hoạt cho mọi đảng viên và sắp xếp các tổ chức trực thuộc.")
    return answer(
        request,
        one,
        form,
        lambda given: actions.dissolve(actor=actor, unit=one, **given),
        _("Kết thúc hoạt động"),
        lead,
    )


@page("units.switch_regime", gettext_lazy("Đổi mô hình tổ chức"), permission=permissions.REORGANISE)
def switch_regime(request: HttpRequest, pk: int) -> HttpResponse:
    """Another regime for a unit and all below it."""
    one, actor, on = unit_of(request, pk, permissions.REORGANISE), actor_of(request), day_of(request)
    now = queries.regime_on(one, on)
    form = our.RegimeForm(sent(request), on=on, initial={"regime": now.code})
    lead = _("Mô hình quyết định loại hình và cấp có thẩm quyền, áp dụng cho cả các tổ chức trực thuộc.")
    note = _("Đang áp dụng: %(name)s. %(note)s Nguồn: %(source)s.") % {
        "name": now.label, "note": now.rule.note, "source": sentence(now.rule),
    }  # fmt: skip
    return answer(
        request, one, form, lambda given: actions.switch_regime(actor=actor, unit=one, **given), _("Đổi mô hình"), lead,
        note=note, doubts=lambda given: actions.regime_doubts(one, given["regime"], given["on"]),
    )  # fmt: skip


def answer(
    request: HttpRequest, unit: Unit, form: forms.Form, act: Callable[[Given], object], submit: str, lead: str = "", *,
    back: str = "", note: str = "", doubts: Callable[[Given], list[Reason]] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show a form, or do what it says: then to the address that the act gave, or back to the unit. A refusal shows its
    reasons at the fields and keeps what was typed. What an unsure rule says against it is shown once beforehand."""
    back = back or reverse("units.unit", args=[unit.pk])
    valid = request.method == "POST" and form.is_valid()
    warnings = doubts(form.cleaned_data) if valid and doubts and "sure" not in request.POST else []
    if valid and not warnings:
        try:
            done = act(form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            _tell(request, unit)
            return HttpResponseRedirect(done if isinstance(done, str) else back)
    on = day_of(request)
    context = {
        "form": form, "unit": unit, "name": queries.name_of(unit, on), "submit": submit, "lead": lead, "note": note,
        "back": back, "title": request.page.title,  # type: ignore[attr-defined]
        "warnings": warnings,
    }  # fmt: skip
    return render(request, "units/act.html", context, 422 if form.errors or warnings else 200)


def _tell(request: HttpRequest, unit: Unit) -> None:
    """Say that it was done; an event or an act of this moment can be taken back from the message."""
    code = request.page.code  # type: ignore[attr-defined]
    mine = Entry.objects.filter(account=actor_of(request).account_id, code=code, refers_to=None)
    entry = mine.order_by("-at", "-pk").first() if code in RIGHTS else None
    about = entry.subjects.filter(kind=Unit._meta.label_lower).values_list("key", flat=True).first() if entry else None
    if entry is not None and about is not None and actor_of(request).can(permissions.CHANGE, at=unit):
        undo = reverse("units.entry", args=[about, entry.pk])
        messages.success(request, _("Đã ghi: %(what)s.") % {"what": request.page.title}, extra_tags=f"undo:{undo}")  # type: ignore[attr-defined]
        return
    event = UnitEvent.objects.filter(parts__unit=unit, undone_in=None).order_by("-pk").first()
    fresh = event is not None and event.kind in ("transfer", "dissolve") and not actions.undo_blockers(event)
    named = request.page.code.removeprefix("units.") in ("move", "dissolve")  # type: ignore[attr-defined]
    tags = f"undo:{reverse('units.undo', args=[event.pk])}" if event is not None and fresh and named else ""
    messages.success(request, _("Đã ghi: %(what)s.") % {"what": request.page.title}, extra_tags=tags)  # type: ignore[attr-defined]
