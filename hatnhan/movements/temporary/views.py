"""Pages of temporary transfers."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.days import ONE
from hatnhan.kernel.forms import sent
from hatnhan.kernel.pages import Place, actor_of, page, render
from hatnhan.members import queries as members
from hatnhan.members.forms.fields import DayField, choice_field, text_field
from hatnhan.members.views.acts import allowed
from hatnhan.movements import permissions
from hatnhan.movements.residence.views import plain_form
from hatnhan.movements.transfers.queries import place_name, siblings
from hatnhan.movements.transfers.step_views import Chosen

from . import actions, queries
from .choices import STATES, WHY
from .tables import StayTable

LAST = gettext_lazy("Đến hết ngày")


class _Despite(forms.Form):
    despite = forms.BooleanField(
        label=gettext_lazy("Đã xem điểm được nhắc về thời gian, vẫn ghi"), required=False,
        help_text=gettext_lazy("Chỉ dùng cho quy định chưa đối chiếu với văn bản gốc. Việc này được ghi vào nhật ký."),
    )  # fmt: skip


class BeginForm(_Despite):
    """Why, with which letter, how long."""

    why = choice_field(gettext_lazy("Lý do"), WHY.items(), radio=True)
    number = text_field(gettext_lazy("Số giấy giới thiệu"), 40, required=True)
    on = DayField(label=gettext_lazy("Từ ngày"))
    last = DayField(label=LAST, help_text=gettext_lazy("Từ 3 tháng đến dưới 12 tháng; đi học đến 24 tháng."))
    field_order = ("why", "number", "on", "last", "despite")


class ExtendForm(_Despite):
    """Another last day."""

    last = DayField(label=LAST)
    field_order = ("last", "despite")


class BackForm(forms.Form):
    """The day of the return."""

    on = DayField(label=gettext_lazy("Về từ ngày"))


@page(
    "movements.stays",
    gettext_lazy("Sinh hoạt tạm thời"),
    permission=permissions.VIEW,
    place=Place(1, 41, "calendar-clock"),
)
def stays(request: HttpRequest) -> HttpResponse:
    """Who is temporarily elsewhere, and who is temporarily here."""
    actor = actor_of(request)
    return StayTable(request, actor, queries.visible(actor)).respond(request, "movements/stays.html")


@page("movements.stay", gettext_lazy("Một việc sinh hoạt tạm thời"), permission=permissions.VIEW)
def stay(request: HttpRequest, pk: int) -> HttpResponse:
    """One stay."""
    actor = actor_of(request)
    one = queries.find(actor, pk)
    context = {
        "stay": one, "last": one.until - ONE, "first_last": one.first_until - ONE, "why": WHY[one.why],
        "origin": place_name(one.origin, "", actor.on), "state": STATES[one.state],
        "destination": place_name(one.destination, one.destination_text, actor.on),
        "late": one.state == "away" and one.until <= actor.on,
        "may": one.state == "away" and actor.can(permissions.ISSUE, at=one.origin),
    }  # fmt: skip
    return render(request, "movements/stay.html", context)


@page("movements.stay_begin", gettext_lazy("Chuyển sinh hoạt tạm thời"), permission=permissions.ISSUE)
def begin_stay(request: HttpRequest, person: int) -> HttpResponse:
    """First where to, then the letter and the time."""
    one = allowed(request, person, permissions.ISSUE)
    home, back = members.last_home(one.person), reverse("members.profile", args=[person])
    chosen = Chosen(request, one.actor, home.unit_id if home else 0)
    if not chosen:
        offered = siblings(home.unit, one.actor.on) if home else []
        shared = {"one": one, "person": one.person, "chosen": chosen, "back": back, "siblings": offered}
        return render(request, "movements/choose.html", shared)
    form = BeginForm(sent(request), initial={"on": one.actor.on})

    def act(given: dict[str, Any]) -> str:
        actions.begin_stay(actor=one.actor, person=one.person, to=chosen.unit, destination_text=chosen.text, **given)
        return _("Đã ghi sinh hoạt tạm thời ở %(where)s.") % {"where": chosen.name}

    intro = _(
        "Ở nơi tạm thời không biểu quyết, không tính vào đảng số; ở chi bộ gốc vẫn tính và có mặt thì biểu quyết."
    )
    lead = f"{one.person.name} → {chosen.name}"
    return plain_form(request, form, act, _("Chuyển tạm thời"), back, lead=lead, intro=intro)


@page("movements.stay_extend", gettext_lazy("Gia hạn sinh hoạt tạm thời"), permission=permissions.ISSUE)
def extend_stay(request: HttpRequest, pk: int) -> HttpResponse:
    """Longer."""
    actor = actor_of(request)
    one = queries.find(actor, pk)
    actor.require(permissions.ISSUE, at=one.origin)

    def act(given: dict[str, Any]) -> str:
        actions.extend_stay(actor=actor, stay=one, **given)
        return _("Đã gia hạn.")

    back = reverse("movements.stay", args=[pk])
    return plain_form(request, ExtendForm(sent(request)), act, _("Gia hạn"), back, lead=one.name)


@page("movements.stay_end", gettext_lazy("Ghi đã về chi bộ"), permission=permissions.ISSUE)
def end_stay(request: HttpRequest, pk: int) -> HttpResponse:
    """Back."""
    actor = actor_of(request)
    one = queries.find(actor, pk)
    actor.require(permissions.ISSUE, at=one.origin)

    def act(given: dict[str, Any]) -> str:
        actions.end_stay(actor=actor, stay=one, **given)
        return _("Đã ghi đồng chí %(name)s về sinh hoạt tại chi bộ.") % {"name": one.name}

    form = BackForm(sent(request), initial={"on": actor.on})
    return plain_form(request, form, act, _("Ghi đã về"), reverse("movements.stay", args=[pk]), lead=one.name)
