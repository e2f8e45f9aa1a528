"""The page of one member: overview, record, story, log; numbers after giving a reason; the summary on paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from hatnhan.kernel.actor import NotFound
from hatnhan.kernel.forms import sent
from hatnhan.kernel.pages import actor_of, day_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.members import actions, papers, permissions, queries, seen, slots
from hatnhan.members.choices import NUMBER_KINDS
from hatnhan.members.corrections import queries as corrections
from hatnhan.members.forms.acts import ReasonForm
from hatnhan.members.profile import Profile
from hatnhan.units.queries import names

SHORT = 8


def profile_of(request: HttpRequest, pk: int) -> Profile:
    """The person, when the reader may see them; else 404."""
    actor = actor_of(request)
    return Profile(queries.visible(actor, permissions.VIEW, pk), actor, day_of(request))


def looked(one: Profile) -> Profile:
    """Write the reader's look at more than the directory into the log, once a day; the own record is nobody's look."""
    others = one.core and one.actor.person_id != one.person.pk
    if others and not seen.looked_on(one.actor, one.person):
        actions.look(actor=one.actor, person=one.person)
    return one


def before_of(request: HttpRequest) -> int | None:
    """The key before which a page of the log begins."""
    before = request.GET.get("before", "")
    return int(before) if before.isdecimal() and len(before) < 19 else None


def _shown(request: HttpRequest, one: Profile, tab: str, context: dict[str, Any] | None = None) -> HttpResponse:
    shared = {"one": one, "person": one.person, "tab": tab, "permissions": permissions}
    return render(request, f"members/{tab}.html", shared | (context or {}))


@page("members.profile", _("Hồ sơ đảng viên"), permission=permissions.VIEW)
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """The overview; for those whom the reader only used to have, what is known of that time; for a record that was
    merged into another, the way to that one."""
    try:
        one = looked(profile_of(request, pk))
    except NotFound:
        kept = queries.kept_of(pk)
        return _former(request, pk) if kept is None else _led_to(request, kept)
    events = [event for event in one.events() if event.model != "personnumber"]
    waiting = corrections.told(corrections.waiting(one.person), one.actor.on)
    context = {
        "events": events[:SHORT], "more": len(events) > SHORT, "waiting": waiting,
        "cards": slots.cards(one.actor, pk, one.on),
    }  # fmt: skip
    return _shown(request, one, "overview", context)


def _led_to(request: HttpRequest, kept: int) -> HttpResponse:
    """To the record that stayed, for those who may see it."""
    one = profile_of(request, kept)
    messages.info(request, gettext("Hồ sơ đồng chí vừa mở đã được gộp vào hồ sơ này."))
    return HttpResponseRedirect(reverse("members.profile", args=[one.person.pk]))


def _former(request: HttpRequest, pk: int) -> HttpResponse:
    rows = queries.former(actor_of(request), permissions.VIEW, pk)
    if not rows:
        raise NotFound(permissions.VIEW)
    called = names({row.unit_id for row in rows}, day_of(request))
    return render(request, "members/former.html", {"person": rows[0].person, "rows": rows, "called": called})


@page("members.record", _("Lý lịch"), permission=permissions.VIEW)
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is known of the person."""
    return _shown(request, looked(profile_of(request, pk)), "record")


@page("members.history", _("Quá trình"), permission=permissions.VIEW)
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole story; for those who may correct it also what was recorded wrongly."""
    one = looked(profile_of(request, pk))
    may_correct = one.can(permissions.CHANGE)
    return _shown(request, one, "history", {"events": one.events(may_correct), "may_correct": may_correct})


@page("members.numbers", _("Xem số thẻ, số định danh"), permission=permissions.NUMBERS)
@never_cache
def numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """The numbers in full, once, after a reason that stands in the log."""
    one = profile_of(request, pk)
    one.actor.require(permissions.NUMBERS, at=one.home.unit_id if one.home else 0)
    form = ReasonForm(sent(request))
    shown: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        try:
            shown = actions.show_numbers(actor=one.actor, person=one.person, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.explain(refused)
    context = {"one": one, "person": one.person, "form": form, "shown": shown, "labels": NUMBER_KINDS}
    return render(request, "members/numbers.html", context, 422 if form.errors else 200)


@page("members.summary", _("Phiếu tóm tắt"), permission=permissions.VIEW)
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """The summary as PDF."""
    one = profile_of(request, pk)
    actions.print_summary(actor=one.actor, person=one.person)
    answer = HttpResponse(papers.summary(request, one).pdf(), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="phieu-tom-tat-{pk}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
