"""Changing one account: locking and opening it, giving and ending a role, handing over to a successor."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from hatnhan.access import actions, queries
from hatnhan.access.choices import LOCK_REASONS
from hatnhan.access.forms import GiveForm, HandOverForm, LockForm
from hatnhan.access.models import Account, Grant
from hatnhan.access.permissions import MANAGE
from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.refusal import Refused

from .accounts import account_of, asked_unit, slips


@page("access.lock", gettext_lazy("Khóa tài khoản"), permission=MANAGE)
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock with a reason."""
    actor, account = actor_of(request), account_of(request, pk)
    form = LockForm(sent(request))

    def act(given: dict[str, Any]) -> str:
        actions.lock(actor=actor, account=account, why=given["why"], on=actor.on, reason=given["reason"])
        return _("Đã khóa tài khoản %(name)s.") % {"name": account.username}

    return _answer(request, account, form, act, "access/lock.html", {"reasons": LOCK_REASONS})


@page("access.unlock", gettext_lazy("Mở khóa tài khoản"), permission=MANAGE)
@never_cache
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Open again, with a one-time password on a slip."""
    return _unlock(request, account_of(request, pk))


@reauthentication_required(allow_get=True)
def _unlock(request: HttpRequest, account: Account) -> HttpResponse:
    refused = None
    if request.method == "POST":
        try:
            return slips(request, [actions.unlock(actor=actor_of(request), account=account)])
        except Refused as error:
            refused = error
    context = {"account": account, "refused": refused, "reasons": LOCK_REASONS}
    return render(request, "access/unlock.html", context, 422 if refused else 200)


@page("access.give", gettext_lazy("Cấp quyền"), permission=MANAGE)
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role at a unit for a period."""
    actor, account, unit = actor_of(request), account_of(request, pk), asked_unit(request)
    form = GiveForm(sent(request), actor=actor, unit=unit, initial={"unit": unit.pk if unit else None})

    def act(given: dict[str, Any]) -> str:
        on, until = form.period
        actions.give(actor=actor, account=account, role=given["role"], unit=given["unit"], on=on, until=until)
        return _("Đã cấp quyền cho tài khoản %(name)s.") % {"name": account.username}

    return _answer(request, account, form, act, "access/give.html")


@page("access.end_grant", gettext_lazy("Kết thúc quyền"), permission=MANAGE)
def end_grant(request: HttpRequest, pk: int, grant: int) -> HttpResponse:
    """End one role from today on."""
    actor, account = actor_of(request), account_of(request, pk)
    row = Grant.objects.unvoided().filter(pk=grant, account=account).select_related("account", "unit").first()
    if row is None:
        raise Http404

    def act(_given: dict[str, Any]) -> str:
        actions.end_grant(actor=actor, grant=row, on=actor.on)
        return _("Đã kết thúc quyền của tài khoản %(name)s.") % {"name": account.username}

    form = forms.Form(sent(request))
    held = next(one for one in queries.history(account, actor.on) if one.id == row.pk)
    return _answer(request, account, form, act, "access/end_grant.html", {"held": held})


@page("access.hand_over", gettext_lazy("Bàn giao"), permission=MANAGE)
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a successor's account take over from the day on."""
    actor, account = actor_of(request), account_of(request, pk)
    held = queries.roles_of([account], actor.on).get(account.pk, [])
    units = {one.unit_id: one.unit for one in held if one.role != "member"}
    offices = [f"{one.label}, {one.unit}" for one in held if one.by_office and one.role != "member"]
    form = HandOverForm(sent(request), actor=actor, units=units)

    def act(given: dict[str, Any]) -> str:
        unit = Unit.objects.get(pk=given["unit"])
        actions.hand_over(actor=actor, old=account, new=given["new"], unit=unit, on=given["on"])
        names = {"old": account.username, "new": given["new"].username}
        said = _("Đã bàn giao từ tài khoản %(old)s sang tài khoản %(new)s.") % names
        still = _("Chức vụ trong hồ sơ chưa đổi: hãy ghi thôi chức vụ và giao chức vụ ở hồ sơ đảng viên.")
        return f"{said} {still}" if offices else said

    return _answer(request, account, form, act, "access/hand_over.html", {"units": units, "offices": offices})


def _answer(
    request: HttpRequest, account: Account, form: forms.Form, act: Callable[[dict[str, Any]], str], template: str,
    context: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show the form; do it and go back to the account; or say why not, with everything that was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act(form.cleaned_data))
        except Refused as refused:
            explain(form, refused)
        else:
            return HttpResponseRedirect(reverse("access.account", args=[account.pk]))
    return render(request, template, {"account": account, "form": form, **(context or {})}, 422 if form.errors else 200)
