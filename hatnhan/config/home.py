"""The first page after signing in: what the reader's rights make most useful."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.pages import actor_of, page
from hatnhan.members.permissions import FIGURES, VIEW


@page("home", _("Trang chủ"))
def home(request: HttpRequest) -> HttpResponse:
    """Staff see the figures of their unit, a member the own record, the administrator the accounts."""
    actor = actor_of(request)
    if actor.can(FIGURES):
        return HttpResponseRedirect(reverse("reports.dashboard"))
    if actor.can(VIEW):
        return HttpResponseRedirect(reverse("members.list"))
    if actor.person_id is None and actor.can("access.manage"):
        return HttpResponseRedirect(reverse("access.accounts"))
    return HttpResponseRedirect(reverse("own"))
