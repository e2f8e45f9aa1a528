"""What a member reads of the own record: all of it, who looked at it, who can see it; and takes a copy along."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from hatnhan.kernel.pages import Place, actor_of, day_of, page, render
from hatnhan.members import actions, own_copy, seen, slots, tiers, who_sees
from hatnhan.members.corrections import queries as corrections
from hatnhan.members.models import Person
from hatnhan.members.profile import Profile

from .profile import before_of


def _own(request: HttpRequest) -> Profile | None:
    """The own record as of the day; None for an account without a person."""
    actor = actor_of(request)
    person = Person.objects.filter(pk=actor.person_id or 0, voided_at__isnull=True).first()
    return Profile(person, actor, day_of(request), tiers.EVERY) if person is not None else None


@page("own", _("Cá nhân"), place=Place(0, 50, "user", phone=True, own=True), tells=True)
def own(request: HttpRequest) -> HttpResponse:
    """The own record as of the day; an account without a person is told so."""
    one = _own(request)
    if one is None:
        return render(request, "members/nobody.html")
    events = [event for event in one.events() if event.model != "personnumber"]
    waiting = corrections.told(corrections.waiting(one.person), one.actor.on)
    context = {"one": one, "person": one.person, "events": events, "waiting": waiting}
    context["cards"] = slots.cards(one.actor, one.person.pk, one.on)
    return render(request, "members/own.html", context)


@page("own.looks", _("Ai đã xem hồ sơ của tôi"))
def looks(request: HttpRequest) -> HttpResponse:
    """Everybody who looked; looks under an open case after its conclusion."""
    one = _own(request)
    if one is None:
        return render(request, "members/nobody.html")
    entries, older = seen.looks(one.person, one.actor.on, before_of(request))
    return render(request, "members/own_looks.html", {"one": one, "entries": entries, "older": older})


@page("own.who", _("Ai xem được hồ sơ của tôi"))
def who(request: HttpRequest) -> HttpResponse:
    """Everybody who can see the own record today, and why."""
    one = _own(request)
    if one is None:
        return render(request, "members/nobody.html")
    return render(request, "members/own_who.html", {"one": one, "seers": who_sees.seers(one.person, one.actor.on)})


@page("own.export", _("Lấy toàn bộ thông tin về tôi"))
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    """Everything that is held about the member, as a paper or a plain file; each time is logged."""
    one = _own(request)
    if one is None:
        return render(request, "members/nobody.html")
    form = request.POST.get("form", "")
    if request.method != "POST" or form not in ("pdf", "json"):
        return render(request, "members/own_export.html", {"one": one})
    actions.own_export(actor=one.actor, person=one.person, form=form)
    if form == "pdf":
        answer = HttpResponse(own_copy.paper(request, one).pdf(), content_type="application/pdf")
    else:
        text = json.dumps(own_copy.as_data(one), ensure_ascii=False, indent=2)
        answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="thong-tin-ve-toi-{one.on.isoformat()}.{form}"'
    return answer
