"""The papers of a meeting as files: DOCX to go on writing in, PDF to print."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.documents import docx_file, pdf
from hatnhan.documents.content import OfficialPaper
from hatnhan.documents.permissions import REGISTER
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.forms import telling
from hatnhan.kernel.pages import actor_of, page
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import Meeting
from hatnhan.meetings.permissions import ROLL, VIEW

from . import content as papers
from .registering import enter

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@page("meetings.minutes_paper", gettext_lazy("Biên bản"), permission=ROLL)
def minutes_paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The minutes as a file, for those who may read the roll."""
    actor = actor_of(request)
    meeting = queries.visible(actor, pk)
    actor.require(ROLL, at=meeting.unit_id)
    return _file(papers.minutes(meeting), form, meeting)


@page("meetings.outcome_paper", gettext_lazy("Nghị quyết, kết luận"), permission=VIEW)
def outcome_paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The resolution or conclusion as a file; before it is adopted only for those who may read the roll."""
    actor = actor_of(request)
    meeting = queries.visible(actor, pk)
    if meeting.outcome not in papers.OUTCOMES:
        raise Http404
    if not _may_read(actor, meeting):
        actor.require(ROLL, at=meeting.unit_id)
    return _file(papers.outcome(meeting), form, meeting)


@page("meetings.register_paper", gettext_lazy("Vào sổ văn bản"), permission=REGISTER)
def register_paper(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One press: an adopted paper of the meeting gets its number and is frozen."""
    actor = actor_of(request)
    meeting = queries.visible(actor, pk)
    actor.require(REGISTER, at=meeting.unit_id)
    if name not in papers.SUBJECTS or (name == "outcome" and meeting.outcome not in papers.OUTCOMES):
        raise Http404
    if request.method == "POST":
        with telling(request):
            done = enter(actor, meeting, name)
            messages.success(
                request, _("Đã vào sổ: %(symbol)s. In, ký rồi đưa bản chụp lên.") % {"symbol": done.symbol}
            )
            return HttpResponseRedirect(reverse("documents.paper", args=[done.pk]))
    return HttpResponseRedirect(reverse("meetings.meeting", args=[pk]))


def _may_read(actor: Actor, meeting: Meeting) -> bool:
    return meeting.state == "adopted" or actor.can(ROLL, at=meeting.unit_id)


def _file(paper: OfficialPaper, form: str, meeting: Meeting) -> HttpResponse:
    made = docx_file.written(paper) if form == "docx" else pdf.official(paper)
    answer = HttpResponse(made, content_type=TYPES[form])
    name = quote(f"{paper.title.capitalize()} {meeting.held_on:%Y-%m-%d}.{form}")
    answer["Content-Disposition"] = f"{'attachment' if form == 'docx' else 'inline'}; filename*=UTF-8''{name}"
    answer["Cache-Control"] = "no-store"
    return answer
