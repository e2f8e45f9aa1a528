"""Papers about organisations as files. Papers about members are made in the members module."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.documents.papers import Letterhead, Printed, UnitLine, UnitTreePaper
from hatnhan.kernel.pages import actor_of, day_of, page
from hatnhan.kernel.ui.text import day, num
from hatnhan.units import facts, permissions
from hatnhan.units.queries import name_of
from hatnhan.units.views.looking import card_of, unit_of


@page("documents.unit_tree", gettext_lazy("Danh sách tổ chức"), permission=permissions.VIEW)
def unit_tree(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit and all below it as a PDF, as of the day."""
    actor, on = actor_of(request), day_of(request)
    card = card_of(unit_of(request, pk), on)
    rows, complete = facts.printed(actor, card, on)
    total = _("Tổng số: %(n)s tổ chức.") if complete else _("Chỉ in các tổ chức trực thuộc.")
    counted = any(row.members is not None for row in rows)
    paper = UnitTreePaper(
        letterhead=Letterhead(name_of(card.parent_id, on) if card.parent_id else "", card.name),
        title=_("Danh sách tổ chức"), subtitle=_("Ngày %(day)s") % {"day": day(on)},
        printed=Printed(actor.label, timezone.localtime()), columns=[_("Đảng viên")] if counted else [],
        summary=total % {"n": num(len(rows))},
        units=[UnitLine(row.depth, row.card.name, row.kind, [num(row.members)] if counted else []) for row in rows],
    )  # fmt: skip
    answer = HttpResponse(paper.pdf(), content_type="application/pdf")
    title = _("Danh sách tổ chức")
    name = quote(f"{title} {card.name} {on:%Y-%m-%d}.pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
    return answer
