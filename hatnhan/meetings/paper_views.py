"""The papers of a meeting as files: DOCX to go on writing in, PDF to print."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from hatnhan.documents import docx_file, pdf
from hatnhan.documents.content import OfficialPaper
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.pages import actor_of, page

from . import papers, queries
from .models import Meeting
from .permissions import ROLL, VIEW

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


def _may_read(actor: Actor, meeting: Meeting) -> bool:
    return meeting.state == "adopted" or actor.can(ROLL, at=meeting.unit_id)


def _file(paper: OfficialPaper, form: str, meeting: Meeting) -> HttpResponse:
    made = docx_file.written(paper) if form == "docx" else pdf.official(paper)
    answer = HttpResponse(made, content_type=TYPES[form])
    name = quote(f"{paper.title.capitalize()} {meeting.held_on:%Y-%m-%d}.{form}")
    answer["Content-Disposition"] = f"{'attachment' if form == 'docx' else 'inline'}; filename*=UTF-8''{name}"
    answer["Cache-Control"] = "no-store"
    return answer
