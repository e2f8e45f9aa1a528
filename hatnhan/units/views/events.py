"""An act of reorganisation after it was done: what became of whom, the papers to sign, and the way back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.audit import actor_name, in_words
from hatnhan.kernel.models import Entry
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.units import actions, lineage, papers, permissions
from hatnhan.units.held import Held
from hatnhan.units.models import UnitEvent


@page("units.event", gettext_lazy("Việc sắp xếp tổ chức"), permission=permissions.VIEW)
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One merge, split, move or dissolution."""
    return _shown(request, *_event(request, pk, permissions.VIEW))


@page("units.undo", gettext_lazy("Hoàn tác việc sắp xếp"), permission=permissions.REORGANISE)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back, as long as nothing was built on it."""
    one, held = _event(request, pk, permissions.REORGANISE)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("units.event", args=[pk]))
    try:
        actions.undo_event(actor=actor_of(request), event=one)
    except Refused as refused:
        return _shown(request, one, held, refused)
    messages.success(request, _("Đã hoàn tác. Mọi thứ trở lại như trước khi sắp xếp."))
    return HttpResponseRedirect(reverse("units.event", args=[pk]))


def _event(request: HttpRequest, pk: int, code: str) -> tuple[UnitEvent, Held]:
    """The event with the dated rows of its units, when the reader may see every unit in it; else 404 or 403."""
    found, actor = UnitEvent.objects.prefetch_related("parts").filter(pk=pk).first(), actor_of(request)
    if found is None:
        raise Http404
    held = Held([part.unit_id for part in found.parts.all()], filter(None, [actor.highest]))
    for unit, rows in held.placements.items():
        actor.knows(rows)
        actor.require(code, at=unit)
    return found, held


def _shown(request: HttpRequest, one: UnitEvent, held: Held, refused: Refused | None = None) -> HttpResponse:
    actor, parts = actor_of(request), list(one.parts.all())
    may = all(actor.can(permissions.REORGANISE, at=part.unit_id) for part in parts)
    entry = Entry.objects.filter(pk=one.act).select_related("payload").first()
    if actor.highest:
        request.unit_name = held.called.on(actor.highest, actor.on)  # type: ignore[attr-defined]
    context = {
        "event": one, "sentence": lineage.happened(one, held), "may": may and one.undone_in is None,
        "names": {part.unit_id: held.called.on(part.unit_id, one.on) for part in parts},
        "sources": [part.unit_id for part in parts if part.role == "from"],
        "results": [part.unit_id for part in parts if part.role == "to"],
        "words": in_words(entry) if entry is not None and may else [], "entry": entry,
        "by": actor_name(entry.actor) if entry is not None else "",
        "blockers": refused.reasons if refused else actions.undo_blockers(one), "refused": refused is not None,
        "papers": papers.to_sign(one, held) if one.undone_in is None else [],
    }  # fmt: skip
    return render(request, "units/event.html", context, 422 if refused else 200)
