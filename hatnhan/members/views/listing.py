"""The list of members, on the screen, as a file and on paper."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from hatnhan.kernel.actor import Forbidden
from hatnhan.kernel.forms import sent
from hatnhan.kernel.listing import as_csv, as_xlsx
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import Place, actor_of, day_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.vietnamese import plain, search_terms
from hatnhan.members import actions, exports, papers, permissions
from hatnhan.members.actions.looks import SEARCHED
from hatnhan.members.forms.acts import ReasonForm
from hatnhan.members.queries import Ground, ground
from hatnhan.members.tables import MemberTable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = ("xlsx", "csv", "pdf")


def ground_of(request: HttpRequest, code: str = permissions.VIEW) -> Ground:
    """The unit of the address, else the reader's highest one, as of the day of the address; and its name for the frame
    of the page."""
    actor = actor_of(request)
    asked = request.GET.get("unit", "")
    if asked.isdecimal() and len(asked) < 19:
        unit = int(asked)
    else:
        held = [grant for grant in actor.grants if code in grant.permissions]
        if not held:
            raise Forbidden(code)
        unit = min(held, key=lambda grant: (len(grant.path), grant.path)).unit_id
    found = ground(actor, code, unit, day_of(request))
    request.unit_name = found.name  # type: ignore[attr-defined]
    return found


@page("members.list", gettext_lazy("Đảng viên"), permission=permissions.VIEW, place=Place(0, 30, "users", phone=True))
def member_list(request: HttpRequest) -> HttpResponse:
    """Who belongs to the unit and below it on the day."""
    actor, land = actor_of(request), ground_of(request)
    table = MemberTable(request, actor, land)
    digits = search_terms(table.text).digits
    asks = len(digits) in SEARCHED
    if asks and "HX-Request" not in request.headers and actor.can(permissions.NUMBERS):
        return _looked_up(request, table, land, digits)
    context = {
        "digits": bool(digits), "asks": asks, "may_receive": actor.can(permissions.RECEIVE),
        "may_export": actor.can(permissions.EXPORT), "may_import": actor.can(permissions.IMPORT),
        "may_look": actor.can(permissions.NUMBERS),
        "export_url": table.asked.address("/members/export/", after=None, before=None),
    }  # fmt: skip
    return table.respond(request, "members/list.html", context)


def _looked_up(request: HttpRequest, table: MemberTable, land: Ground, digits: str) -> HttpResponse:
    """A number is looked up once, by an act that is logged; it does not stay in the address."""
    unit = Unit.objects.get(pk=land.unit_id)
    found = actions.number_search(actor=actor_of(request), unit=unit, digits=digits)
    return HttpResponseRedirect(table.asked.address(q=None, person=str(found.pk if found else 0)))


@page("members.export", gettext_lazy("Lấy danh sách đảng viên"), permission=permissions.EXPORT)
def export(request: HttpRequest) -> HttpResponse:
    """The list of the address as a file. Over more than one cell it asks why first; each time is logged."""
    actor, land = actor_of(request), ground_of(request, permissions.EXPORT)
    table = MemberTable(request, actor, land)
    form = ReasonForm(sent(request))
    form.fields["reason"].required = not land.cell
    wanted = request.POST.get("form", "")
    if request.method == "POST" and form.is_valid():
        rows = list(table.every_row(exports.COLUMNS))
        try:
            actions.export(
                actor=actor, unit=Unit.objects.get(pk=land.unit_id), count=len(rows), one_cell=land.cell,
                form=wanted if wanted in FORMS else "xlsx", reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except Refused as refused:
            form.explain(refused)
        else:
            return _file(request, wanted, land, rows, form.cleaned_data["reason"])
    context = {"form": form, "table": table, "land": land, "wanted": wanted, "list_url": _list_url(request)}
    return render(request, "members/export.html", context, 422 if form.errors else 200)


def _file(request: HttpRequest, wanted: str, land: Ground, rows: list[Any], reason: str) -> HttpResponse:
    name = f"dang-vien-{'-'.join(plain(land.name).split()[:8])}-{land.on.isoformat()}"
    if wanted == "pdf":
        answer = HttpResponse(papers.member_list(request, land, rows).pdf(), content_type="application/pdf")
    else:
        with override("vi"):
            answer = _table_file(wanted, land, rows, exports.notes(actor_of(request).label, land, len(rows), reason))
    kind = "inline" if wanted == "pdf" else "attachment"
    answer.headers["Content-Disposition"] = f'{kind}; filename="{name}.{wanted if wanted in FORMS else "xlsx"}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _table_file(wanted: str, land: Ground, rows: list[Any], notes: Iterable[str]) -> HttpResponse:
    """The columns of the import, written at once in the language of the moment."""
    heads = [str(column.label) for column in exports.COLUMNS]
    lines = (exports.line(row, land.on) for row in rows)
    if wanted == "csv":
        return HttpResponse(b"".join(as_csv(heads, lines)), content_type="text/csv; charset=utf-8")
    return HttpResponse(as_xlsx(heads, lines, _("Đảng viên"), notes), content_type=XLSX)


def _list_url(request: HttpRequest) -> str:
    kept = [(name, value) for name, values in request.GET.lists() for value in values if value]
    return "/members/" + (f"?{urlencode(kept)}" if kept else "")
