"""What was written down at a meeting that was held here, for those of the cell who write its minutes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.minutes.story import Story
from hatnhan.meetings.permissions import MINUTES

from . import queries as now


@page("meetings.notes", gettext_lazy("Diễn biến đã ghi"), permission=MINUTES)
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Item by item, as it was typed; nobody above the cell reads it."""
    actor = actor_of(request)
    one = queries.visible(actor, pk)
    actor.require(MINUTES, at=one.unit_id)
    written = now.notes_of(one)
    if written is None:
        raise Http404
    return render(request, "meetings/live/notes.html", {"story": Story(one, actor), "notes": written})
