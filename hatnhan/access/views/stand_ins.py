"""Standing in: whom one has asked to act for oneself, for whom one acts, and naming somebody for another's role."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hatnhan.access import actions, queries
from hatnhan.access.choices import ROLES
from hatnhan.access.models import Account, StandIn
from hatnhan.access.permissions import MANAGE
from hatnhan.access.stand_in_form import StandInForm
from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.units.queries import names

from .accounts import account_of


@page("access.stand_ins", gettext_lazy("Nhờ làm thay"))
def stand_ins(request: HttpRequest) -> HttpResponse:
    """The own roles that somebody else may act in for a time."""
    if not isinstance(request.user, Account):
        raise Http404
    return _page(request, request.user, "access.stand_ins")


@page("access.stand_in", gettext_lazy("Cử người làm thay"), permission=MANAGE)
def stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Name somebody to act for the holder of an account that the reader looks after."""
    return _page(request, account_of(request, pk), "access.stand_in", pk)


def _page(request: HttpRequest, account: Account, name: str, *args: int) -> HttpResponse:
    actor, back = actor_of(request), reverse(name, args=args)
    form = StandInForm(sent(request), actor=actor, account=account)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.stand_in(actor=actor, **form.given())
        except Refused as refused:
            explain(form, refused)
        else:
            told = {"name": row.deputy.label}
            messages.success(request, _("Đồng chí %(name)s làm thay từ ngày đã chọn.") % told)
            return HttpResponseRedirect(back)
    context = {"form": form, "account": account, "own": account.pk == actor.account_id, **_held(account, actor.on)}
    return render(request, "access/stand_ins.html", context, 422 if form.errors else 200)


def _held(account: Account, on: Any) -> dict[str, Any]:
    rows = list(queries.stand_ins_of(account, on))
    called = names({row.unit_id for row in rows}, on)
    return {
        "rows": [(row, str(ROLES[row.role]), called.get(row.unit_id, ""), row.last) for row in rows],
    }  # fmt: skip


@page("access.end_stand_in", gettext_lazy("Kết thúc làm thay"))
@require_POST
def end_stand_in(request: HttpRequest, key: int) -> HttpResponse:
    """End it from today on; only for both sides and whoever may give the role."""
    actor = actor_of(request)
    row = StandIn.objects.unvoided().filter(key=key).select_related("principal", "deputy", "unit").first()
    if row is None:
        raise Http404
    try:
        actions.end_stand_in(actor=actor, row=row, on=actor.on)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason.message)
    else:
        messages.success(request, _("Đã kết thúc việc làm thay."))
    own = actor.account_id in {row.principal_id, row.deputy_id}
    return HttpResponseRedirect(
        reverse("access.stand_ins") if own else reverse("access.stand_in", args=[row.principal_id])
    )
