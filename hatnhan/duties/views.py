"""What waits: the own inbox, a unit's, one duty with how its day was counted; the calendar of holidays."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Entry
from hatnhan.kernel.pages import Place, actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.spoken import linked
from hatnhan.units.queries import name_of

from . import actions, queries
from .choices import COUNTED, DAY_KINDS
from .forms import DayForm, VoidForm
from .holidays import calendar_of, doubt, entries, year_known
from .kinds import Thing, label_of, things
from .models import Duty, LocalDay, Owner
from .permissions import CALENDAR, CALENDAR_VIEW, VIEW
from .tables import DutyTable, lateness

FIRST_YEAR, LAST_YEAR = 2020, 2100


@page(
    "duties.inbox", gettext_lazy("Việc cần làm"), tells=True,
    place=Place(0, 20, "list-checks", phone=True, waits=queries.waiting),
)  # fmt: skip
def inbox(request: HttpRequest) -> HttpResponse:
    """What the reader owes, by account and by the offices held."""
    actor = actor_of(request)
    table = DutyTable(request, actor, queries.mine(actor))
    return table.respond(request, "duties/inbox.html", {"tab": "mine", "may_see_unit": actor.can(VIEW), "unit": None})


@page("duties.unit", gettext_lazy("Việc của đơn vị"), permission=VIEW)
def unit_inbox(request: HttpRequest) -> HttpResponse:
    """What the offices of a unit and below owe."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    table = DutyTable(request, actor, queries.of_unit(unit, actor.on))
    context = {"tab": "unit", "may_see_unit": True, "unit": unit, "unit_name": name_of(unit, actor.on)}
    return table.respond(request, "duties/inbox.html", context)


@page("duties.duty", gettext_lazy("Một việc cần làm"))
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Whose it is, since when, by which rule it is due, and where it is done."""
    actor = actor_of(request)
    one = queries.visible(actor, pk)
    calendar = calendar_of(min(one.opened_on, actor.on), max(one.due, one.closed_on or actor.on), actor.on)
    thing = things(actor, [(one.kind, one.about)], actor.on).get((one.kind, one.about), Thing(""))
    said, colour = lateness(one, actor.on, calendar)
    context = {
        "one": one, "thing": thing, "label": label_of(one.kind), "said": said, "colour": colour,
        "facts": _facts(one, actor.on), "doubt": doubt(calendar.doubts(one.opened_on, one.due))
        if one.provisional else "", "entry": Entry.objects.filter(pk=one.opened_in).first(),
    }  # fmt: skip
    return render(request, "duties/duty.html", context)


def _facts(one: Duty, on: date) -> list[tuple[str, Any]]:
    """(term, words) of a duty, the rule among them."""
    rule = rulebook.at(one.opened_on).get(one.rule)
    rows = list(Owner.objects.unvoided().filter(duty=one).order_by("valid_from").select_related("account"))
    whose = queries.owners([one.pk], on).get(one.pk)
    counted = _("%(n)s %(days)s sau ngày %(day)s") % {
        "n": one.n, "days": COUNTED[one.counted], "day": Known.of(one.opened_on)
    }  # fmt: skip
    pairs = [
        (_("Nơi phải làm"), f"{whose.who}, {whose.unit}" if whose else ""),
        (_("Trước đó"), "; ".join(name_of(row.unit_id, row.valid_from) for row in rows[:-1])),
        (_("Giao ngày"), str(Known.of(one.opened_on))), (_("Hạn"), str(Known.of(one.due))), (_("Cách tính"), counted),
        (_("Theo"), linked(rulebook.sentence(rule), rule.reference) if rule else one.document),
        (_("Báo lên cấp trên"), _raised(one, on)), (_("Kết thúc ngày"), str(Known.of(one.closed_on)) if one.closed_on
                                                    else ""),
    ]  # fmt: skip
    return [(term, words) for term, words in pairs if words]


def _raised(one: Duty, on: date) -> str:
    if one.escalated_on is None:
        return ""
    told = {"day": Known.of(one.escalated_on), "unit": name_of(one.escalated_to, on) if one.escalated_to else "…"}
    return _("%(unit)s, ngày %(day)s") % told


# --- the calendar -------------------------------------------------------------------------------------------------


@page(
    "duties.calendar", gettext_lazy("Lịch nghỉ"), permission=CALENDAR_VIEW, place=Place(2, 40, "calendar-days")
)  # fmt: skip
def calendar(request: HttpRequest) -> HttpResponse:
    """The days off and at work of a year, each with its source."""
    actor, asked = actor_of(request), request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else actor.on.year
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    lines = entries(year, actor.on)
    whole = year_known(year, actor.on) or any(line.kind == "whole" for line in lines)
    context = {
        "year": year, "lines": lines, "whole": whole, "kinds": DAY_KINDS, "may_write": actor.can(CALENDAR),
        "doubt": doubt(calendar_of(date(year, 1, 1), date(year, 12, 31), actor.on).doubts(date(year, 1, 1),
                                                                                       date(year, 12, 31))),
    }  # fmt: skip
    return render(request, "duties/calendar.html", context)


@page("duties.add_day", gettext_lazy("Ghi thêm vào lịch"), permission=CALENDAR)
def add_day(request: HttpRequest) -> HttpResponse:
    """An entry that was announced after the program came out."""
    form = DayForm(sent(request), initial={"kind": "off"})
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add_day(actor=actor_of(request), **form.given())
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã ghi vào lịch. Hạn của các việc đang chờ đã được tính lại."))
            return HttpResponseRedirect(f"{reverse('duties.calendar')}?year={row.valid_from.year}")
    return render(request, "duties/add_day.html", {"form": form}, 422 if form.errors else 200)


@page("duties.void_day", gettext_lazy("Bỏ dòng ghi thêm"), permission=CALENDAR)
def void_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry of one's own back."""
    row = LocalDay.objects.unvoided().filter(pk=pk).first()
    if row is None:
        raise Http404
    form = VoidForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.void_day(actor=actor_of(request), row=row, **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã bỏ dòng ghi thêm. Hạn của các việc đang chờ đã được tính lại."))
            return HttpResponseRedirect(f"{reverse('duties.calendar')}?year={row.valid_from.year}")
    return render(request, "duties/void_day.html", {"form": form, "row": row}, 422 if form.errors else 200)
