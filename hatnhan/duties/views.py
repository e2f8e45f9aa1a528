"""What waits: the own inbox, a unit's, one duty with its history and how its day was counted."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.known import Known
from hatnhan.kernel.pages import Place, actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.spoken import address_of
from hatnhan.units.queries import name_of

from . import actions, queries
from .choices import COUNTED
from .forms import FinishForm, VoidForm
from .history import history
from .holidays import calendar_of, doubt
from .ics import file_of
from .kinds import KINDS, Thing, label_of, things
from .models import Duty, Owner
from .notices import notices
from .permissions import FINISH, VIEW
from .tables import DutyTable, lateness

FURTHEST = 500  # duties in a calendar file


@page(
    "duties.inbox", gettext_lazy("Việc cần làm"), tells=True,
    place=Place(0, 20, "list-checks", phone=True, waits=queries.waiting),
)  # fmt: skip
def inbox(request: HttpRequest) -> HttpResponse:
    """What the reader owes, by account and by the offices held."""
    actor = actor_of(request)
    rows = queries.mine(actor)
    context: dict[str, Any] = {
        "tab": "mine",
        "may_see_unit": actor.can(VIEW),
        "unit": None,
        "tally": queries.tally(rows, actor.on),
    }
    context["notices"] = notices(actor)
    return DutyTable(request, actor, rows).respond(request, "duties/inbox.html", context)


@page("duties.unit", gettext_lazy("Việc của đơn vị"), permission=VIEW)
def unit_inbox(request: HttpRequest) -> HttpResponse:
    """What the offices of a unit and below owe."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    rows = queries.of_unit(unit, actor.on)
    context = {
        "tab": "unit", "may_see_unit": True, "unit": unit, "unit_name": name_of(unit, actor.on),
        "tally": queries.tally(rows, actor.on),
    }  # fmt: skip
    return DutyTable(request, actor, rows).respond(request, "duties/inbox.html", context)


@page("duties.ics", gettext_lazy("Hạn của tôi cho lịch trên máy"))
def ics(request: HttpRequest) -> HttpResponse:
    """The days of what waits, for the reader's own calendar: fixed words, no matter what they are about."""
    actor = actor_of(request)
    waiting = queries.mine(actor).filter(state="open").order_by("due", "pk")[:FURTHEST]
    answer = HttpResponse(file_of(waiting.values_list("pk", "due")), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="viec-can-lam.ics"'
    return answer


@page("duties.duty", gettext_lazy("Một việc cần làm"))
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Whose it is, since when, by which rule it is due, and where it is done."""
    return _shown(request, queries.visible(actor_of(request), pk), FinishForm(initial={"on": actor_of(request).on}))


@page("duties.finish", gettext_lazy("Ghi là đã xong"))
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """The office says that it was done."""
    actor = actor_of(request)
    one = queries.visible(actor, pk)
    form = FinishForm(sent(request), initial={"on": actor.on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.finish(actor=actor, duty=one, **form.cleaned_data)
        except Refused as refused:
            one.refresh_from_db()
            explain(form, refused)
        else:
            messages.success(request, _("Đã ghi là xong."))
            return HttpResponseRedirect(reverse("duties.duty", args=[pk]))
    return _shown(request, one, form)


@page("duties.reopen", gettext_lazy("Mở lại việc"))
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """It was marked as done by mistake."""
    actor = actor_of(request)
    one = queries.visible(actor, pk)
    form = VoidForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen(actor=actor, duty=one, **form.cleaned_data)
        except Refused as refused:
            one.refresh_from_db()
            explain(form, refused)
        else:
            messages.success(request, _("Đã mở lại việc này."))
            return HttpResponseRedirect(reverse("duties.duty", args=[pk]))
    thing = things(actor, [(one.kind, one.about)], actor.on).get((one.kind, one.about), Thing(""))
    context = {"one": one, "form": form, "title": thing.title or label_of(one.kind)}
    return render(request, "duties/reopen.html", context, 422 if form.errors else 200)


def _shown(request: HttpRequest, one: Duty, form: FinishForm) -> HttpResponse:
    actor = actor_of(request)
    calendar = calendar_of(min(one.opened_on, actor.on), max(one.due, one.closed_on or actor.on), actor.on)
    thing = things(actor, [(one.kind, one.about)], actor.on).get((one.kind, one.about), Thing(""))
    said, colour = lateness(one, actor.on, calendar)
    kind, owner = KINDS.get(one.kind), Owner.objects.on(actor.on).filter(duty=one).first()
    by_hand = kind is not None and kind.by_hand and owner is not None and actor.can(FINISH, at=owner.unit_id)
    rule = rulebook.at(one.opened_on).get(one.rule)
    context = {
        "one": one, "thing": thing, "label": label_of(one.kind), "said": said, "colour": colour, "form": form,
        "facts": _facts(one, actor.on), "events": history(one, actor.on), "rule": rule,
        "rule_href": address_of(rule.reference) if rule else "", "rule_said": rulebook.sentence(rule) if rule else "",
        "holders": queries.holders(owner.unit_id, owner.role, actor.on) if owner and owner.role else None,
        "may_finish": by_hand and one.state == "open", "may_reopen": by_hand and one.state == "done",
        "above": name_of(one.escalated_to, actor.on) if one.escalated_to else "",
        "doubt": doubt(calendar.doubts(one.opened_on, one.due)) if one.provisional else "",
    }  # fmt: skip
    return render(request, "duties/duty.html", context, 422 if form.errors else 200)


def _facts(one: Duty, on: date) -> list[tuple[str, Any]]:
    """(term, words) of a duty."""
    whose = queries.owners([one.pk], on).get(one.pk)
    counted = _("%(n)s %(days)s sau ngày %(day)s") % {
        "n": one.n, "days": COUNTED[one.counted], "day": Known.of(one.opened_on)
    }  # fmt: skip
    pairs = [
        (_("Nơi phải làm"), f"{whose.who}, {whose.unit}" if whose else ""),
        (_("Giao ngày"), str(Known.of(one.opened_on))), (_("Hạn"), str(Known.of(one.due))),
        (_("Cách tính"), _("ngày ấn định") if one.counted == "fixed" else counted),
        (_("Theo văn bản"), "" if one.rule else one.document),
        (_("Xong ngày"), str(Known.of(one.closed_on)) if one.state == "done" and one.closed_on else ""),
        (_("Văn bản, ghi chú"), one.note or ""),
    ]  # fmt: skip
    return [(term, words) for term, words in pairs if words]
