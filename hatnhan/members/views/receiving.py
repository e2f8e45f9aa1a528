"""Taking a person in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.forms import sent
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.vietnamese import plain
from hatnhan.members import actions, permissions, rules
from hatnhan.members.forms.acts import ReceiveForm
from hatnhan.members.models import Membership, Person

from .acts import way_back


@page("members.receive", gettext_lazy("Tiếp nhận đảng viên"), permission=permissions.RECEIVE)
def receive(request: HttpRequest) -> HttpResponse:
    """A new record with a home. When somebody of that name and birth is here already, the page asks first."""
    actor = actor_of(request)
    first = {"unit": request.GET.get("unit", ""), "on": actor.on, "came": "transferred", "standing": "full"}
    form = ReceiveForm(sent(request), actor=actor, initial=first)
    alike: list[Membership] = []
    if request.method == "POST" and form.is_valid():
        alike = [] if request.POST.get("other") else _alike(actor, form.cleaned_data)
        if not alike:
            try:
                person = actions.receive(actor=actor, **form.given())
            except Refused as refused:
                form.explain(refused)
            else:
                return _received(request, person)
    context = {"form": form, "alike": alike}
    return render(request, "members/receive.html", context, 422 if form.errors or alike else 200)


def _received(request: HttpRequest, person: Person) -> HttpResponse:
    said = _("Đã tiếp nhận đồng chí %(name)s.") % {"name": person.name}
    messages.success(request, said, extra_tags=way_back(actor_of(request), "members.receive", person.pk))
    dates = rules.Dates(person.birth, person.decision_date, person.ceremony_date, person.official_date)
    for warning in rules.date_warnings(dates):
        messages.warning(request, warning.message)
    return HttpResponseRedirect(reverse("members.profile", args=[person.pk]))


def _alike(actor: Actor, given: dict[str, Any]) -> list[Membership]:
    """Members in the actor's scope with the same name whose birth may be the same."""
    rows = Membership.objects.on(actor.on).filter(kind="home", person__name_key=plain(given["name"]))
    birth = given["birth"]
    found = actor.scope(permissions.VIEW).filter(rows).select_related("person")[:20]
    return [row for row in found if birth is None or row.person.birth is None or birth.agrees(row.person.birth)]
