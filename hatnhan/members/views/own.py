"""What a member reads of the own record. Everybody may; it is theirs."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.pages import Place, actor_of, day_of, page, render
from hatnhan.members.corrections import queries as corrections
from hatnhan.members.models import Person
from hatnhan.members.profile import Profile


@page("own", _("Cá nhân"), place=Place(0, 50, "user", phone=True), tells=True)
def own(request: HttpRequest) -> HttpResponse:
    """The own record as of the day; an account without a person is told so."""
    actor = actor_of(request)
    person = Person.objects.filter(pk=actor.person_id or 0, voided_at__isnull=True).first()
    if person is None:
        return render(request, "members/nobody.html")
    one = Profile(person, actor, day_of(request))
    events = [event for event in one.story.events() if event.model != "personnumber"]
    waiting = corrections.told(corrections.waiting(person), actor.on)
    return render(request, "members/own.html", {"one": one, "person": person, "events": events, "waiting": waiting})
