"""One's own account: what it may do, how pages look, and what was being sent."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from hatnhan.access import queries
from hatnhan.access.choices import ROLE_MEANS
from hatnhan.access.factor_queries import announced_to, means_of
from hatnhan.access.models import Account, Token
from hatnhan.access.preferences import keep, preferences_of
from hatnhan.access.unsent import drop_unsent, unsent_of
from hatnhan.kernel.pages import PAGES, actor_of, page, render

from .factors import own


@page("access.preferences", _("Tài khoản của tôi"))
def own_account(request: HttpRequest) -> HttpResponse:
    """What the account may do where, and how pages look."""
    account, on = own(request), actor_of(request).on
    roles = queries.roles_of([account], on).get(account.pk, [])
    lends = any(one.role != "member" and not one.stands_for for one in roles)
    context = {
        "account": account, "roles": roles, "role_means": ROLE_MEANS, "means": means_of(account),
        "announced": announced_to(account, on), "today": on, "lends": lends,
        "keys": _may_make_keys(account, roles),
    }  # fmt: skip
    return render(request, "access/own.html", context)


def _may_make_keys(account: Account, roles: list[queries.Held]) -> bool:
    """Keys are for those who work in an office; a member's account needs none, unless it has some already."""
    office = account.installation_admin or any(one.role != "member" for one in roles)
    return office or Token.objects.filter(account=account).exists()


def preferences(request: HttpRequest) -> HttpResponse:
    """Take text size, language or colours, of a visitor too, and go back to where the reader was."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("access.preferences"))
    account = request.user if isinstance(request.user, Account) else None
    chosen = preferences_of(request, account).changed({name: str(value) for name, value in request.POST.items()})
    if account is not None:
        account.remember(theme=chosen.theme, size=chosen.size, language=chosen.language)
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    keep(response, chosen)
    return response


@page("access.unsent", _("Gửi tiếp"))
@never_cache
def unsent(request: HttpRequest) -> HttpResponse:
    """Show what did not arrive before the system signed its sender out; to be sent again, or dropped."""
    kept = unsent_of(request)
    if request.method == "POST" or kept is None:
        drop_unsent(request)
        return HttpResponseRedirect("/")
    return render(request, "access/unsent.html", {"unsent": kept, "title": _title(kept.path)})


def _title(path: str) -> str:
    try:
        found = PAGES.get(resolve(path.partition("?")[0]).url_name or "")
    except Resolver404:
        found = None
    return str(found.title) if found else ""
