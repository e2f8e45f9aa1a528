"""For staff: who changed what of a person and what can still be undone, who looked at the record, who can see it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.actor import Forbidden
from hatnhan.kernel.forms import at_once, sent
from hatnhan.kernel.pages import page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.registries import fill
from hatnhan.kernel.undo import objections
from hatnhan.members import actions, permissions, queries, seen, who_sees
from hatnhan.members.forms.acts import ReasonForm
from hatnhan.members.models import Person
from hatnhan.members.profile import Profile
from hatnhan.members.undoing import elsewhere, right_for

from .profile import before_of, profile_of


def _core(request: HttpRequest, pk: int, code: str = permissions.CORE) -> Profile:
    """The person, for those who may see more than the directory at one of the person's places."""
    one = profile_of(request, pk)
    if not any(one.actor.can(code, at=row.unit_id) for row in queries.places_of(one.person, one.actor.on)):
        raise Forbidden(code)
    return one


@page("members.log", gettext_lazy("Nhật ký thay đổi"), permission=permissions.CORE)
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what, when and why."""
    one = _core(request, pk)
    entries, older = seen.changes(one.person, one.actor.on, before_of(request))
    links = fill(seen.LINKS, one.actor, [one.person.pk], one.actor.on)
    context = {
        "one": one, "person": one.person, "tab": "log", "entries": entries, "older": older,
        "links": [link for told in links.values() for link in told.get(one.person.pk, [])],
    }  # fmt: skip
    return render(request, "members/log.html", context | {"permissions": permissions})


@page("members.entry", gettext_lazy("Một việc trong nhật ký"), permission=permissions.CORE)
def entry(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """One change in full, whether it can still be undone, and the act that undoes it."""
    one = _core(request, pk)
    found = seen.one_entry(one.person, one.actor.on, entry)
    if found is None:
        raise Http404
    right = right_for(found.code)
    form = ReasonForm(at_once(sent(request)), initial={"seen": one.person.version})
    if request.method == "POST":
        if right is None:
            raise Http404
        one.actor.require(right, at=one.home.unit_id if one.home else 0)
        if form.is_valid():
            try:
                actions.undo_act(actor=one.actor, person=one.person, entry=found, **form.given())
            except Refused as refused:
                form.explain(refused, one.person)
            else:
                messages.success(request, _("Đã hoàn tác."))
                stays = Person.objects.filter(pk=pk, voided_at__isnull=True).exists()
                return HttpResponseRedirect(reverse("members.log", args=[pk]) if stays else reverse("members.list"))
    context = {
        "one": one, "person": one.person, "entry": seen.told(found), "form": form,
        "objections": objections(found.pk), "may": right is not None and one.can(right),
        "elsewhere": elsewhere(one.actor, found), "undoable": right is not None,
    }  # fmt: skip
    return render(request, "members/entry.html", context, 422 if form.errors else 200)


@page("members.looks", gettext_lazy("Ai đã xem hồ sơ"), permission=permissions.LOOKS)
def looks(request: HttpRequest, pk: int) -> HttpResponse:
    """Who of the reader's own scope looked at the record."""
    one = _core(request, pk, permissions.LOOKS)
    scope = one.actor.scope(permissions.LOOKS)
    entries, older = seen.looks_within(one.person, scope, one.actor.on, before_of(request))
    context = {"one": one, "person": one.person, "tab": "looks", "entries": entries, "older": older}
    return render(request, "members/looks.html", context | {"permissions": permissions})


@page("members.who", gettext_lazy("Ai xem được hồ sơ"), permission=permissions.VIEW)
def who(request: HttpRequest, pk: int) -> HttpResponse:
    """Who of the reader's own scope can see the record, and why."""
    one = profile_of(request, pk)
    found = who_sees.seers(one.person, one.actor.on, one.actor.scope(permissions.VIEW))
    context = {"one": one, "person": one.person, "tab": "who", "seers": found, "permissions": permissions}
    return render(request, "members/who.html", context)
