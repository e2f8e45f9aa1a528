"""The papers of dues as files: PDF to print, DOCX to go on writing in."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from hatnhan.documents import docx_file, pdf
from hatnhan.documents.content import OfficialPaper
from hatnhan.kernel.pages import actor_of, page, working_unit

from . import papers
from .books.fund_views import span_of
from .books.statements import by_child, statement
from .payments.queries import visible
from .permissions import VIEW

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@page("dues.receipt_paper", gettext_lazy("Phiếu thu đảng phí"))
def receipt_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A receipt as a file, for the payer and for who collects."""
    row = visible(actor_of(request), pk)
    if row.receipt is None:
        raise Http404
    return as_file(request, papers.receipt(row), f"Phiếu thu {row.receipt}-{row.receipt_year}")


@page("dues.statement_paper", gettext_lazy("Báo cáo thu nộp đảng phí"), permission=VIEW)
def statement_paper(request: HttpRequest) -> HttpResponse:
    """The statement of a unit as a file."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    first, last = span_of(request, actor.on)
    one = statement(unit, first, last, actor.on)
    made = papers.statement(unit, one, by_child(unit, first, last, actor.on))
    return as_file(request, made, f"Báo cáo đảng phí {first:%Y-%m} {last:%Y-%m}")


def as_file(request: HttpRequest, paper: OfficialPaper, name: str) -> HttpResponse:
    """The paper in the form that the address asks for: pdf, or docx."""
    form = "docx" if request.GET.get("form") == "docx" else "pdf"
    made = docx_file.written(paper) if form == "docx" else pdf.official(paper)
    answer = HttpResponse(made, content_type=TYPES[form])
    place = "attachment" if form == "docx" else "inline"
    answer["Content-Disposition"] = f"{place}; filename*=UTF-8''{quote(f'{name}.{form}')}"
    answer["Cache-Control"] = "no-store"
    return answer
