"""Working rules of committees and cells: which unit has them since when, which lacks them."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from hatnhan.documents.lacking import rules_below
from hatnhan.documents.permissions import VIEW
from hatnhan.kernel.pages import actor_of, page, render, working_unit


@page("documents.working_rules", gettext_lazy("Quy chế làm việc"), permission=VIEW)
def working_rules(request: HttpRequest) -> HttpResponse:
    """The unit and those directly under it with their working rules in force; those that lack them first."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    return render(request, "documents/working_rules.html", {"board": rules_below(actor, unit)})
