"""The own second factor: what is set up, adding and removing a means, recovery codes."""

import time
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from hatnhan.access import actions, factor_queries
from hatnhan.access.app_codes import generate_totp_secret, grouped, picture, step_of
from hatnhan.access.factor_forms import AddPasskeyForm, CodeForm, late_sentence, passkey_asked, too_late
from hatnhan.access.models import Account
from hatnhan.access.passkeys import answerable, passkey_place
from hatnhan.access.queries import act_of
from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.pages import View, actor_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.secrets import seal, unseal

SECRET = "app_secret"  # noqa: S105 - a key of the session
FRESH = 300


def own(request: HttpRequest) -> Account:
    """The account that is signed in; a page of it is only reached with one."""
    if not isinstance(request.user, Account):
        raise Http404
    return request.user


def password_known(view: View) -> View:
    """The own password once more, unless it was typed within the last five minutes."""

    def fresh(request: HttpRequest) -> bool:
        records = get_authentication_records(request, request.user)
        return any(one["method"] == "password" and time.time() - one["at"] < FRESH for one in records)

    guarded = reauthentication_required(enabled=lambda request: not fresh(request))(view)
    return wraps(view)(guarded)


@page("access.factors", gettext_lazy("Xác minh hai bước"))
@never_cache
def factors(request: HttpRequest) -> HttpResponse:
    """What the account has set up, whether a role needs it, and what to do when the device is lost."""
    account, on = own(request), actor_of(request).on
    context = {
        "means": factor_queries.means_of(account), "spare": factor_queries.spare_of(account),
        "required": factor_queries.required_of(account, on), "announced": factor_queries.announced_to(account, on),
        "place": passkey_place(request), "today": on,
    }  # fmt: skip
    return render(request, "access/factors.html", context)


@page("access.add_app", gettext_lazy("Cài ứng dụng tạo mã"))
@never_cache
@password_known
def add_app(request: HttpRequest) -> HttpResponse:
    """A square code for the app, and a first code from it as proof."""
    account, form = own(request), CodeForm(sent(request))
    secret = _secret(request)
    if request.method == "POST" and form.is_valid():
        try:
            done = check_rate_limit(account, error_key="rate_limited")
            step = step_of(secret, form.cleaned_data["code"], time.time())
            if step is None:
                form.add_error("code", _("Mã chưa đúng. Hãy nhập mã đang hiện trong ứng dụng vừa cài."))
            else:
                done()
                here = request.session.session_key or ""
                actions.add_app(actor=actor_of(request), account=account, secret=secret, step=step, session=here)
                del request.session[SECRET]
                return _set_up(request)
        except ValidationError as error:
            form.add_error("code", error)
        except Refused as refused:
            explain(form, refused)
    address = get_adapter().build_totp_url(account, secret)
    context = {"form": form, "address": address, "picture": picture(address), "secret": grouped(secret)}
    return render(request, "access/add_app.html", context, 422 if form.errors else 200)


def _secret(request: HttpRequest) -> str:
    """The secret that the page shows, the same until it is set up, so that looking twice does no harm."""
    if SECRET not in request.session:
        request.session[SECRET] = seal(generate_totp_secret())
    return unseal(request.session[SECRET])


@page("access.add_passkey", gettext_lazy("Thêm khóa của máy"))
@never_cache
@password_known
def add_passkey(request: HttpRequest) -> HttpResponse:
    """The browser makes a passkey in the machine; its owner gives it a name."""
    account, form = own(request), AddPasskeyForm(sent(request), user=own(request))
    problems: list[str] = []
    if request.method == "POST":
        if too_late(request.session):
            problems = [late_sentence()]
        elif form.is_valid():
            given, here = form.cleaned_data, request.session.session_key or ""
            actions.add_passkey(
                actor=actor_of(request), account=account, name=given["name"], credential=given["credential"],
                session=here,
            )  # fmt: skip
            return _set_up(request)
        else:
            problems = form.problems()
    passkey_asked(request.session)
    options = answerable(begin_registration(account, False))
    name = form.data.get("name", "") if form.is_bound else ""
    context = {"problems": problems, "options": options, "place": passkey_place(request), "name": name[:60]}
    return render(request, "access/add_passkey.html", context, 422 if problems else 200)


def _set_up(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Đã cài xác minh hai bước. Các máy khác của tài khoản đã bị thoát."))
    kept = factor_queries.spare_of(own(request))
    return HttpResponseRedirect(reverse("access.recovery_codes" if kept and kept.codes else "access.factors"))


@page("access.remove_factor", gettext_lazy("Bỏ một cách xác minh"))
@never_cache
@password_known
def remove_factor(request: HttpRequest, means: int) -> HttpResponse:
    """Asks first, since the means cannot be brought back."""
    account = own(request)
    row = Authenticator.objects.filter(user=account, pk=means).exclude(type=factor_queries.SPARE).first()
    if row is None:
        raise Http404
    refused = None
    if request.method == "POST":
        here = request.session.session_key or ""
        try:
            actions.remove_factor(actor=actor_of(request), account=account, means=row, session=here)
        except Refused as error:
            refused = error
        else:
            messages.success(request, _("Đã bỏ cách xác minh này."))
            return HttpResponseRedirect(reverse("access.factors"))
    shown = next(one for one in factor_queries.means_of(account) if one.id == row.pk)
    last = len(factor_queries.means_of(account)) == 1
    context = {"one": shown, "last": last, "refused": refused}
    return render(request, "access/remove_factor.html", context, 422 if refused else 200)


@page("access.recovery_codes", gettext_lazy("Mã dự phòng"))
@never_cache
@password_known
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes, until their holder says that they are kept; later only how many are left."""
    account, actor = own(request), actor_of(request)
    if request.method == "POST":
        try:
            if request.POST.get("act") == "renew":
                actions.renew_recovery_codes(actor=actor, account=account)
                return HttpResponseRedirect(reverse("access.recovery_codes"))
            actions.keep_recovery_codes(actor=actor, account=account)
        except Refused as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("access.factors"))
    spare = factor_queries.spare_of(account)
    if spare is None:
        return HttpResponseRedirect(reverse("access.factors"))
    context: dict[str, Any] = {"spare": spare, "account": account, "grouped": grouped, "today": actor.on}
    return render(request, "access/recovery_codes.html", context)


@page("access.factor_was_reset", gettext_lazy("Xác minh hai bước đã được đặt lại"))
@never_cache
def factor_was_reset(request: HttpRequest) -> HttpResponse:
    """Who reset the second factor of the account, when and why; read once."""
    account = own(request)
    if not account.factor_reset_in:
        return HttpResponseRedirect("/")
    if request.method == "POST":
        actions.read_factor_reset(actor=actor_of(request), account=account)
        return HttpResponseRedirect("/")
    return render(request, "access/factor_was_reset.html", {"told": act_of(account.factor_reset_in)})
