"""Looking after accounts: the list, one account, opening one, new passwords on slips."""

from allauth.account.decorators import reauthentication_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from hatnhan.access import actions, factor_queries, queries
from hatnhan.access.choices import LOCK_REASONS, ROLE_MEANS
from hatnhan.access.forms import CreateForm
from hatnhan.access.models import Account
from hatnhan.access.permissions import APPROVE_TOKEN, MANAGE
from hatnhan.access.tables import AccountTable
from hatnhan.access.token_queries import waiting
from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import Place, actor_of, page, render
from hatnhan.kernel.refusal import Refused

MOST = 500


def account_of(request: HttpRequest, pk: int) -> Account:
    """The account, when it belongs to those that the reader looks after; else 404."""
    found: Account | None = queries.in_scope(actor_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def asked_unit(request: HttpRequest) -> Unit | None:
    """The unit of the address, when the reader looks after it."""
    asked = request.GET.get("unit", "")
    unit = Unit.objects.filter(pk=int(asked)).first() if asked.isdigit() and len(asked) < 19 else None
    return unit if unit is not None and actor_of(request).can(MANAGE, at=unit) else None


@page("access.accounts", _("Tài khoản"), permission=MANAGE, place=Place(2, 20, "key-round"))
def accounts(request: HttpRequest) -> HttpResponse:
    """Those that the reader looks after, found by name, state and role."""
    actor = actor_of(request)
    context = {"to_confirm": len(waiting(actor)) if actor.can(APPROVE_TOKEN) else 0}
    return AccountTable(request, actor).respond(request, "access/accounts.html", context)


@page("access.account", _("Tài khoản"), permission=MANAGE)
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """What one account may do where, who gave it, and what was done to it."""
    actor, one = actor_of(request), account_of(request, pk)
    context = {
        "account": one, "held": queries.history(one, actor.on), "log": queries.log_of(one), "today": actor.on,
        "manageable": queries.may_manage(actor, one), "own": one.pk == actor.account_id, "means": ROLE_MEANS,
        "reasons": LOCK_REASONS, "factor": factor_queries.means_of(one),
        "required": factor_queries.required_of(one, actor.on),
        "machines": len(factor_queries.open_sessions(one, timezone.now())),
    }  # fmt: skip
    return render(request, "access/account.html", context)


@page("access.create_account", _("Tạo tài khoản"), permission=MANAGE)
@never_cache
def create_account(request: HttpRequest) -> HttpResponse:
    """Open an account; its one-time password is shown once, on a slip."""
    actor, unit = actor_of(request), asked_unit(request)
    form = CreateForm(sent(request), actor=actor, unit=unit, initial={"unit": unit.pk if unit else None})
    if request.method == "POST" and form.is_valid():
        given, (on, until) = form.cleaned_data, form.period
        try:
            slip = actions.create_account(
                actor=actor, label=given["label"], username=given["username"], role=given["role"], unit=given["unit"],
                on=on, until=until,
            )  # fmt: skip
        except Refused as refused:
            explain(form, refused)
        else:
            return slips(request, [slip])
    return render(request, "access/create_account.html", {"form": form}, 422 if form.errors else 200)


@page("access.reset_passwords", _("Cấp mật khẩu mới"), permission=MANAGE)
@never_cache
def reset_passwords(request: HttpRequest) -> HttpResponse:
    """New one-time passwords for the accounts of the address, after the own password; then their slips."""
    asked = [int(pk) for pk in request.GET.getlist("account") if pk.isdigit() and len(pk) < 19][:MOST]
    chosen = list(queries.in_scope(actor_of(request)).filter(pk__in=asked).order_by("sort_key", "pk"))
    if len(chosen) < len(set(asked)):
        raise Http404
    return _reset(request, chosen) if chosen else _confirm_reset(request, chosen)


@reauthentication_required
def _reset(request: HttpRequest, chosen: list[Account]) -> HttpResponse:
    if request.method != "POST":
        return _confirm_reset(request, chosen)
    try:
        made = actions.reset_passwords(
            actor=actor_of(request), accounts=chosen, reason=request.POST.get("reason", "")[:300]
        )
    except Refused as refused:
        return _confirm_reset(request, chosen, refused)
    return slips(request, made)


def _confirm_reset(request: HttpRequest, chosen: list[Account], refused: Refused | None = None) -> HttpResponse:
    context = {"accounts": chosen, "refused": refused}
    return render(request, "access/reset_passwords.html", context, 422 if refused else 200)


def slips(request: HttpRequest, made: list[actions.Slip]) -> HttpResponse:
    """The slips, each a block of its own on paper. They are in this answer alone: nowhere stored, never shown again."""
    roles = queries.roles_of([slip.account for slip in made], actor_of(request).on)
    context = {"slips": made, "roles": roles, "site": request.build_absolute_uri("/")}
    return render(request, "access/slips.html", context)
