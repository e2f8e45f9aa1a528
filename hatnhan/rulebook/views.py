"""The rulebook for its readers: every rule with its document, source, mark and window; what changed between two days;
what committees have set for themselves; and the acts in which a rule spoke."""

from datetime import date
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.audit import actor_name, in_words
from hatnhan.kernel.days import back_years
from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.pages import Place, actor_of, day_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.spoken import way_to
from hatnhan.kernel.vietnamese import plain
from hatnhan.rulebook import actions, local, shown
from hatnhan.rulebook.book import at, history, shelf
from hatnhan.rulebook.choices import SEATS
from hatnhan.rulebook.errors import RuleMissingError
from hatnhan.rulebook.forms import LocalForm
from hatnhan.rulebook.models import Override
from hatnhan.rulebook.permissions import OVERRIDE, USES
from hatnhan.rulebook.rule import Rule, Window
from hatnhan.rulebook.spoken import acts_of

MOST_USES = 20
MOST_UNITS = 300


class Own(NamedTuple):
    """What a committee has set: the row, whose it is, in words, and whether the reader may strike it out."""

    row: Override
    unit: str
    window: str
    holds: bool
    may: bool


@page("rulebook.families", gettext_lazy("Quy định"), place=Place(2, 60, "scale"))
def families(request: HttpRequest) -> HttpResponse:
    """Every family of rules on the day; with a search, the rules that hold its words."""
    on, text = day_of(request), " ".join(request.GET.get("q", "").split())[:100]
    book, words = at(on), plain(text).split()
    found = [line for line in shown.lines(book.every()) if words and all(word in _searched(line) for word in words)]
    context = {"families": shown.families(book, on), "on": on, "text": text, "found": found}
    return render(request, "rulebook/families.html", context)


@page("rulebook.family", gettext_lazy("Nhóm quy định"))
def family(request: HttpRequest, family: str) -> HttpResponse:
    """The rules of a family on the day; with `doubtful` only those that were not checked against their text."""
    known = shelf().library.families.get(family)
    if known is None:
        raise Http404
    on, doubtful = day_of(request), request.GET.get("doubtful") == "1"
    rules = [one for one in at(on).every() if one.family == family and not (doubtful and one.verified)]
    context = {"family": known, "lines": shown.lines(rules), "on": on, "doubtful": doubtful}
    return render(request, "rulebook/family.html", context)


@page("rulebook.rule", gettext_lazy("Một quy định"))
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """One rule through time, what committees have set in its place, and where it was used."""
    actor, on, windows = actor_of(request), day_of(request), _history(key)
    here = next((one for one in windows if one.window.start <= on < one.window.end), None)
    told = here or windows[-1]
    context = {
        "line": shown.line(told), "here": here, "windows": shown.lines(reversed(windows)), "on": on, "key": key,
        "family": shelf().library.families[told.family], "own": _own(actor, key, on), "uses": _uses(actor, key),
        "may_set": told.local is not None and actor.can(OVERRIDE),
        "by": [str(SEATS[seat]) for seat in told.local.by] if told.local else [],
    }  # fmt: skip
    return render(request, "rulebook/rule.html", context)


@page("rulebook.changes", gettext_lazy("Quy định thay đổi"))
def changes(request: HttpRequest) -> HttpResponse:
    """What is otherwise on the later day than on the earlier one."""
    actor = actor_of(request)
    first = _asked(request, "from", back_years(actor.on, 1))
    last = _asked(request, "to", actor.on)
    context = {"first": first, "last": last, "changes": shown.changes(first, last) if first < last else []}
    return render(request, "rulebook/changes.html", context)


@page("rulebook.override", gettext_lazy("Quy định riêng của cấp ủy"), permission=OVERRIDE)
def override(request: HttpRequest, key: str) -> HttpResponse:
    """Set another value for a committee of the reader's."""
    actor = actor_of(request)
    now = at(actor.on).get(key)
    if now is None or now.local is None:
        raise Http404
    units = _may_set(actor, now)
    form = LocalForm(sent(request), rule=now, units=units, initial={"on": actor.on})
    if request.method == "POST" and form.is_valid():
        unit = Unit.objects.get(pk=form.cleaned_data["unit"])
        try:
            actions.set_local(actor=actor, unit=unit, key=key, **form.given())
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã ghi quy định riêng của %(unit)s.") % {"unit": units[unit.pk]})
            return HttpResponseRedirect(reverse("rulebook.rule", args=[key]))
    context = {"form": form, "line": shown.line(now), "units": units, "key": key}
    return render(request, "rulebook/override.html", context, 422 if form.errors else 200)


@page("rulebook.withdraw", gettext_lazy("Bỏ quy định riêng ghi nhầm"), permission=OVERRIDE)
@require_POST
def withdraw(request: HttpRequest, override: int) -> HttpResponse:
    """Strike out what was recorded wrongly."""
    row = Override.objects.unvoided().filter(pk=override).select_related("unit").first()
    if row is None:
        raise Http404
    try:
        actions.withdraw_local(actor=actor_of(request), row=row)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Đã bỏ quy định riêng ghi nhầm."))
    return HttpResponseRedirect(reverse("rulebook.rule", args=[row.key]))


def _searched(line: shown.Line) -> str:
    return plain(f"{line.title} {line.document} {line.key.replace('.', ' ').replace('_', ' ')}")


def _history(key: str) -> list[Rule]:
    try:
        return history(key)
    except RuleMissingError as error:
        raise Http404(str(error)) from error


def _asked(request: HttpRequest, name: str, usual: date) -> date:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return usual


def _own(actor: Actor, key: str, on: date) -> list[Own]:
    """What committees above, at and below the reader's places have set."""
    reach, mine = actor.reach(), {grant.path for grant in actor.grants}
    rows = [(row, actor.path_of(row.unit_id)) for row in local.of_key(key)]
    seen = [
        row
        for row, path in rows
        if path is not None and (reach.covers(path) or any(one.startswith(path) for one in mine))
    ]
    called = shown.unit_names(actor, {row.unit_id for row in seen}, on)
    return [
        Own(
            row, called.get(row.unit_id, ""), shown.window(Window(row.valid_from, row.valid_to)),
            row.holds_on(on), actor.can(OVERRIDE, at=row.unit_id),
        )
        for row in seen
    ]  # fmt: skip


def _uses(actor: Actor, key: str) -> list[dict[str, Any]]:
    """The latest acts in which the rule spoke, where the reader works, each with the page of what it was about."""
    scope = actor.scope(USES)
    if not scope:
        return []
    entries = scope.filter(acts_of(key)).prefetch_related("subjects")[:MOST_USES]
    return [
        {
            "at": entry.at, "by": actor_name(entry.actor), "sentences": in_words(entry),
            "href": way_to((one.kind, one.key) for one in entry.subjects.all()),
        }
        for entry in entries
    ]  # fmt: skip


def _may_set(actor: Actor, rule: Rule) -> dict[int, str]:
    """The units of the reader's whose committees may set the rule, by name."""
    kinds = [kind.code for kind in at(actor.on).kinds().values() if rule.local and set(kind.seats) & set(rule.local.by)]
    rows = Placement.objects.on(actor.on).filter(actor.scope(OVERRIDE).ranges("path"), stands=True, kind__in=kinds)
    found = list(rows.order_by("path").values_list("unit_id", flat=True)[:MOST_UNITS])
    called = shown.unit_names(actor, found, actor.on)
    return {unit: called.get(unit, "") for unit in found}
