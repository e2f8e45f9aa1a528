"""Keys for programs: one's own, and those of an account that one looks after."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hatnhan.access import actions, queries
from hatnhan.access.models import Account, Token
from hatnhan.access.permissions import APPROVE_TOKEN, MANAGE
from hatnhan.access.second_person import positions
from hatnhan.access.token_forms import AnswerForm, TokenForm
from hatnhan.access.token_queries import tokens_of, waiting
from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.refusal import Refused

from .accounts import account_of

TITLE = gettext_lazy("Khóa truy cập")


@page("access.tokens", TITLE)
def tokens(request: HttpRequest) -> HttpResponse:
    """The reader's own keys."""
    return _listed(request, _own(request), "access/tokens.html")


@page("access.create_token", gettext_lazy("Tạo khóa truy cập"))
@never_cache
def create_token(request: HttpRequest) -> HttpResponse:
    """Make a key; its text is shown once. The own password is asked for first, so that nothing typed is lost."""
    return _create(request, _own(request))


@reauthentication_required
def _create(request: HttpRequest, account: Account) -> HttpResponse:
    actor = actor_of(request)
    form = TokenForm(sent(request), actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            key = actions.create_token(actor=actor, account=account, **form.given())
        except Refused as refused:
            explain(form, refused)
        else:
            site = request.build_absolute_uri("/api/v1/me")
            context = {"key": key, "site": site, "approvers": _approvers(request, key.token)}
            return render(request, "access/token_made.html", context)
    return render(request, "access/create_token.html", {"form": form}, 422 if form.errors else 200)


def _approvers(request: HttpRequest, token: Token) -> list[str]:
    """Who could be the second person for a key that waits for one."""
    unit = token.unit_id if token.asks else None
    return positions(APPROVE_TOKEN, unit, actor_of(request)) if unit is not None else []


@page("access.revoke_token", gettext_lazy("Thu hồi khóa truy cập"))
@require_POST
def revoke_token(request: HttpRequest, token: int) -> HttpResponse:
    """An own key is valid no more."""
    return _revoke(request, _own(request), token, reverse("access.tokens"))


@page("access.account_tokens", TITLE, permission=MANAGE)
def account_tokens(request: HttpRequest, pk: int) -> HttpResponse:
    """The keys of an account that the reader looks after."""
    return _listed(request, account_of(request, pk), "access/account_tokens.html")


@page("access.revoke_account_token", gettext_lazy("Thu hồi khóa truy cập"), permission=MANAGE)
@require_POST
def revoke_account_token(request: HttpRequest, pk: int, token: int) -> HttpResponse:
    """A key of such an account is valid no more."""
    return _revoke(request, account_of(request, pk), token, reverse("access.account_tokens", args=[pk]))


@page("access.waiting_tokens", gettext_lazy("Khóa truy cập chờ xác nhận"), permission=APPROVE_TOKEN)
def waiting_tokens(request: HttpRequest) -> HttpResponse:
    """Keys over more than one cell that wait for the reader as the second person."""
    return render(request, "access/waiting_tokens.html", {"keys": waiting(actor_of(request))})


@page("access.answer_token", gettext_lazy("Xác nhận khóa truy cập"), permission=APPROVE_TOKEN)
def answer_token(request: HttpRequest, token: int) -> HttpResponse:
    """Confirm such a key, or refuse it."""
    actor = actor_of(request)
    key = next((one for one in waiting(actor) if one.row.pk == token), None)
    if key is None:
        raise Http404
    form = AnswerForm(sent(request))
    if request.method == "POST" and form.is_valid():
        approved = request.POST.get("act") == "approve"
        try:
            actions.answer_token(actor=actor, token=key.row, approved=approved, reason=form.cleaned_data["reason"])
        except Refused as refused:
            explain(form, refused)
        else:
            said = _("Đã xác nhận khóa “%(label)s”.") if approved else _("Đã ghi: không xác nhận khóa “%(label)s”.")
            messages.success(request, said % {"label": key.row.label})
            return HttpResponseRedirect(reverse("access.waiting_tokens"))
    return render(request, "access/answer_token.html", {"key": key, "form": form}, 422 if form.errors else 200)


def _own(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise Http404
    return request.user


def _listed(request: HttpRequest, account: Account, template: str) -> HttpResponse:
    context: dict[str, Any] = {
        "account": account, "tokens": tokens_of(account, actor_of(request).on, timezone.now()),
        "manageable": queries.may_manage(actor_of(request), account),
    }  # fmt: skip
    return render(request, template, context)


def _revoke(request: HttpRequest, account: Account, token: int, back: str) -> HttpResponse:
    found = Token.objects.filter(pk=token, account=account).select_related("account", "unit").first()
    if found is None:
        raise Http404
    try:
        actions.revoke_token(actor=actor_of(request), token=found)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Đã thu hồi khóa “%(label)s”.") % {"label": found.label})
    return HttpResponseRedirect(back)
