"""The second step of signing in: a code, or a passkey. The steps themselves are django-allauth's."""

import time
from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.base.internal.flows import check_rate_limit, post_authentication
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.access import actions
from hatnhan.access.actors import actor_for
from hatnhan.access.factor_forms import PasskeyForm, SecondStepForm, late_sentence, passkey_asked, too_late
from hatnhan.access.factor_queries import SPARE, means_of, spare_of
from hatnhan.access.models import Account
from hatnhan.access.passkeys import answerable, passkey_place
from hatnhan.kernel.forms import explain
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.refusal import Refused


@page("mfa_authenticate", gettext_lazy("Xác minh hai bước"), public=True)
@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")
def second_step(request: HttpRequest) -> HttpResponse:
    """After the right password: ask for a code or a passkey; then go to where the reader wanted."""
    stage: Any = request._login_stage  # type: ignore[attr-defined]
    account: Account = stage.login.user
    kinds = {one.kind for one in means_of(account)}
    if not kinds:  # taken away meanwhile; allauth would lead round in a circle
        gone: HttpResponse = stage.abort()
        return gone
    posted = request.POST if request.method == "POST" else None
    by_passkey = posted is not None and "credential" in posted
    code = SecondStepForm(None if by_passkey else posted, app="totp" in kinds)
    problems: list[str] = []
    if posted is not None:
        if by_passkey:
            problems = _by_passkey(request, PasskeyForm(posted, user=account))
        if not problems if by_passkey else _by_code(request, account, code):
            answer: HttpResponse = stage.exit()
            return answer
    context = {
        "form": code, "problems": problems, "place": passkey_place(request), "account": account,
        "options": _question(request, account) if "webauthn" in kinds else "",
    }  # fmt: skip
    return render(request, "access/second_step.html", context, 422 if posted is not None else 200)


def _by_code(request: HttpRequest, account: Account, form: SecondStepForm) -> bool:
    if not form.is_valid():
        return False
    try:
        done = check_rate_limit(account)
        actor = actor_for(account, actor_of(request).on, actor_of(request).request_id)
        means = actions.use_code(actor=actor, account=account, code=form.cleaned_data["code"], at=time.time())
    except ValidationError as error:
        form.add_error("code", error)
        return False
    except Refused as refused:
        explain(form, refused)
        return False
    done()
    means.user = account
    post_authentication(request, means)
    if means.type == SPARE and (spare := spare_of(account)) is not None:
        told = ngettext(
            "Đồng chí vừa dùng một mã dự phòng, còn %(n)s mã. Xem lại ở trang “Tài khoản của tôi”.",
            "Đồng chí vừa dùng một mã dự phòng, còn %(n)s mã. Xem lại ở trang “Tài khoản của tôi”.", spare.left,
        )  # fmt: skip
        messages.warning(request, told % {"n": spare.left})
    return True


def _by_passkey(request: HttpRequest, form: PasskeyForm) -> list[str]:
    """Why the answer of a passkey does not hold; empty when it does."""
    if too_late(request.session):
        return [late_sentence()]
    if not form.is_valid():
        return form.problems()
    post_authentication(request, form.cleaned_data["credential"])
    return []


def _question(request: HttpRequest, account: Account) -> str:
    passkey_asked(request.session)
    return answerable(begin_authentication(account))
