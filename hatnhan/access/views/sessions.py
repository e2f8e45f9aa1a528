"""Where an account is signed in: one's own machines, and for whoever looks after an account all of them at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from hatnhan.access import actions, factor_queries, queries
from hatnhan.access.factor_forms import ResetForm
from hatnhan.access.models import Account, OpenSession
from hatnhan.access.permissions import MANAGE
from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.refusal import Refused

from .accounts import account_of
from .factors import own, password_known


@page("access.sessions", gettext_lazy("Máy đang đăng nhập"))
@never_cache
def sessions(request: HttpRequest) -> HttpResponse:
    """One's own machines; end one, or all others."""
    account, here = own(request), request.session.session_key or ""
    if request.method == "POST":
        rows = OpenSession.objects.filter(account=account).exclude(session=here)
        asked = request.POST.get("session", "")
        if asked != "others":
            rows = rows.filter(pk=int(asked) if asked.isdigit() and len(asked) < 19 else 0)
        try:
            ended = actions.end_sessions(actor=actor_of(request), account=account, sessions=rows)
        except Refused as refused:
            messages.warning(request, str(refused))
        else:
            told = ngettext("Đã thoát khỏi %(n)s máy.", "Đã thoát khỏi %(n)s máy.", ended)
            messages.success(request, told % {"n": ended})
        return HttpResponseRedirect(reverse("access.sessions"))
    context = {"sessions": factor_queries.open_sessions(account, timezone.now(), here)}
    return render(request, "access/sessions.html", context)


@page("access.end_sessions", gettext_lazy("Thoát khỏi mọi máy"), permission=MANAGE)
@never_cache
def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """End every session of somebody's account."""
    actor, account = actor_of(request), account_of(request, pk)
    refused = None
    if request.method == "POST":
        rows = OpenSession.objects.filter(account=account)
        try:
            ended = actions.end_sessions(
                actor=actor, account=account, sessions=rows, reason=request.POST.get("reason", "")[:300]
            )
        except Refused as error:
            refused = error
        else:
            told = ngettext("Đã thoát khỏi %(n)s máy.", "Đã thoát khỏi %(n)s máy.", ended)
            messages.success(request, told % {"n": ended})
            return HttpResponseRedirect(reverse("access.account", args=[account.pk]))
    context = {
        "account": account, "refused": refused, "own": account.pk == actor.account_id,
        "sessions": factor_queries.open_sessions(account, timezone.now()),
        "manageable": queries.may_manage(actor, account),
    }  # fmt: skip
    return render(request, "access/end_sessions.html", context, 422 if refused else 200)


@page("access.reset_factor", gettext_lazy("Đặt lại xác minh hai bước"), permission=MANAGE)
@never_cache
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """For somebody who lost the device: take the second factor away, with a reason."""
    return _reset(request, account_of(request, pk))


@password_known
def _reset(request: HttpRequest, account: Account) -> HttpResponse:
    actor, form = actor_of(request), ResetForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.reset_factor(actor=actor, account=account, reason=form.cleaned_data["reason"])
        except Refused as refused:
            explain(form, refused)
        else:
            told = _("Đã đặt lại xác minh hai bước của tài khoản %(name)s.") % {"name": account.username}
            messages.success(request, told)
            return HttpResponseRedirect(reverse("access.account", args=[account.pk]))
    context = {
        "account": account, "form": form, "means": factor_queries.means_of(account),
        "required": factor_queries.required_of(account, actor.on),
    }  # fmt: skip
    return render(request, "access/reset_factor.html", context, 422 if form.errors else 200)
