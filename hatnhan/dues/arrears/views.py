"""Before any list of who has not paid: who is exempt and who is in no class; then the names, with asking why."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from hatnhan import rulebook
from hatnhan.kernel.forms import telling
from hatnhan.kernel.pages import actor_of, page, render, working_unit
from hatnhan.kernel.spoken import address_of
from hatnhan.units.queries import name_of

from ..choices import ANSWERS
from ..payers.views import member
from ..permissions import COLLECT
from . import actions
from .queries import Watch


@page("dues.arrears", gettext_lazy("Cần hỏi về đảng phí"), permission=COLLECT)
@never_cache
def arrears(request: HttpRequest) -> HttpResponse:
    """First who is exempt; the names of who has not paid only after that was looked at (`?seen=1`)."""
    actor, unit = actor_of(request), working_unit(request, COLLECT)
    one = Watch(unit, actor.on)
    context = {
        "one": one, "unit": unit, "unit_name": name_of(unit, actor.on), "seen": request.GET.get("seen") == "1",
        "answers": list(ANSWERS.items()), "source": rulebook.sentence(one.rule),
        "source_href": address_of(one.rule.reference),
    }  # fmt: skip
    return render(request, "dues/arrears.html", context)


@page("dues.ask", gettext_lazy("Đã hỏi lý do"), permission=COLLECT)
def ask(request: HttpRequest, person: int) -> HttpResponse:
    """One of four words."""
    one = member(request, person)
    if request.method == "POST":
        with telling(request):
            actions.ask(actor=actor_of(request), person=one, answer=request.POST.get("answer", ""))
            messages.success(request, _("Đã ghi là đã hỏi."))
    return HttpResponseRedirect(f"{reverse('dues.arrears')}?seen=1#who-{one.pk}")
