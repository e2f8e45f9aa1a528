"""Which roles need a second factor."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from hatnhan.access import actions, factor_queries, queries
from hatnhan.access.choices import ROLES
from hatnhan.access.factor_forms import RequireForm
from hatnhan.access.permissions import MANAGE
from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.refusal import Refused

from .factors import password_known

GRACE = timedelta(days=14)


@page("access.requirements", gettext_lazy("Vai trò bắt buộc xác minh hai bước"), permission=MANAGE)
def requirements(request: HttpRequest) -> HttpResponse:
    """Every role, whether it needs a second factor and from when, and how many of its holders have one."""
    actor = actor_of(request)
    rules = factor_queries.role_rules(queries.in_scope(actor), actor.on)
    context = {"rules": rules, "today": actor.on, "may": actions.may_require(actor)}
    return render(request, "access/requirements.html", context)


@page("access.require_factor", gettext_lazy("Đặt yêu cầu xác minh hai bước"), permission=MANAGE)
@never_cache
def require_factor(request: HttpRequest, role: str) -> HttpResponse:
    """From a day on, a role needs a second factor; or no longer."""
    if role not in ROLES:
        raise Http404
    if not actions.may_require(actor_of(request)):
        raise PermissionDenied
    return _require(request, role)


@password_known
def _require(request: HttpRequest, role: str) -> HttpResponse:
    actor = actor_of(request)
    row = factor_queries.requirement(role, actor.on)
    start = row.valid_from if row is not None and row.valid_from > actor.on else actor.on + GRACE
    form = RequireForm(sent(request), initial={"on": actor.on if row and row.valid_from <= actor.on else start})
    if request.method == "POST" and form.is_valid():
        act = actions.waive_factor if request.POST.get("act") == "waive" else actions.require_factor
        try:
            act(actor=actor, role=role, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"])
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(
                request, _("Đã ghi yêu cầu xác minh hai bước của vai trò %(role)s.") % {"role": ROLES[role]}
            )
            return HttpResponseRedirect(reverse("access.requirements"))
    context = {"form": form, "role": ROLES[role], "row": row, "today": actor.on, "grace": GRACE.days}
    return render(request, "access/require_factor.html", context, 422 if form.errors else 200)
