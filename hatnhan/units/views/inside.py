"""What lies inside a unit: bodies of a committee, Party groups of a cell, localities and the cells that lead them."""

from collections import defaultdict

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.forms import sent
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import actor_of, day_of, page, render
from hatnhan.units import actions, forms, permissions, queries
from hatnhan.units.models import Body, Group, Locality, LocalityCell

from .acts import answer
from .looking import card_of, unit_of


@page("units.add_body", gettext_lazy("Thêm cơ quan của cấp ủy"), permission=permissions.CHANGE)
def add_body(request: HttpRequest, pk: int) -> HttpResponse:
    """A body of a committee from a day on."""
    one, actor, on = unit_of(request, pk, permissions.CHANGE), actor_of(request), day_of(request)
    form = forms.BodyForm(sent(request), on=on, kind=card_of(one, on).kind)
    lead = _("Ban thường vụ, ủy ban kiểm tra, văn phòng, Ban Xây dựng Đảng … của cấp ủy này.")
    return answer(request, one, form, lambda given: actions.add_body(actor=actor, unit=one, **given), _("Thêm"), lead)


@page("units.end_body", gettext_lazy("Kết thúc cơ quan của cấp ủy"), permission=permissions.CHANGE)
def end_body(request: HttpRequest, pk: int, body: int) -> HttpResponse:
    """The end of a body."""
    one, actor, on = unit_of(request, pk, permissions.CHANGE), actor_of(request), day_of(request)
    row = Body.objects.unvoided().filter(pk=body, unit=one).first()
    if row is None:
        raise Http404
    form = forms.DayForm(sent(request), on=on)
    lead = _("Chức vụ trong %(name)s kết thúc cùng ngày.") % {"name": row.name}
    return answer(
        request, one, form, lambda given: actions.end_body(actor=actor, body=row, **given), _("Kết thúc"), lead
    )


@page("units.add_group", gettext_lazy("Lập tổ đảng"), permission=permissions.CHANGE_GROUPS)
def add_group(request: HttpRequest, pk: int) -> HttpResponse:
    """A Party group inside a cell."""
    one, actor, on = unit_of(request, pk, permissions.CHANGE_GROUPS), actor_of(request), day_of(request)
    form = forms.GroupForm(sent(request), on=on)
    lead = _("Chi bộ có từ 30 đảng viên trở lên chia thành các tổ đảng (Quy định 294-QĐ/TW, mục 20.3.2).")
    return answer(
        request, one, form, lambda given: actions.add_group(actor=actor, unit=one, **given), _("Lập tổ"), lead
    )


@page("units.end_group", gettext_lazy("Kết thúc tổ đảng"), permission=permissions.CHANGE_GROUPS)
def end_group(request: HttpRequest, pk: int, group: int) -> HttpResponse:
    """The end of a Party group; its members stay in the cell."""
    one, actor, on = unit_of(request, pk, permissions.CHANGE_GROUPS), actor_of(request), day_of(request)
    row = Group.objects.unvoided().filter(pk=group, unit=one).first()
    if row is None:
        raise Http404
    form = forms.DayForm(sent(request), on=on)
    lead = _("%(name)s kết thúc; đảng viên vẫn thuộc chi bộ.") % {"name": row.name}
    return answer(
        request, one, form, lambda given: actions.end_group(actor=actor, group=row, **given), _("Kết thúc"), lead
    )


# --- localities ---------------------------------------------------------------------------------------------------


@page("units.localities", gettext_lazy("Địa bàn"), permission=permissions.VIEW)
def localities(request: HttpRequest, pk: int) -> HttpResponse:
    """The villages and residential groups of a commune on the day, each with the cells that lead it."""
    one, actor, on = unit_of(request, pk), actor_of(request), day_of(request)
    rows = list(Locality.objects.on(on).filter(unit=one).order_by("key", "pk"))
    leading = LocalityCell.objects.on(on).filter(locality__identity__in=[row.identity for row in rows])
    links: dict[int, list[LocalityCell]] = defaultdict(list)
    for link in leading.select_related("locality").order_by("pk"):
        links[link.locality.identity].append(link)
    names = queries.names({link.unit_id for some in links.values() for link in some}, on)
    context = {
        "unit": one, "card": card_of(one, on), "on": on,
        "rows": [
            (row, queries.called(row), [(link, names[link.unit_id]) for link in links[row.identity]]) for row in rows
        ],
        "without": sum(not links[row.identity] for row in rows), "may": actor.can(permissions.CHANGE, at=one),
    }  # fmt: skip
    return render(request, "units/localities.html", context)


@page("units.add_locality", gettext_lazy("Thêm địa bàn"), permission=permissions.CHANGE)
def add_locality(request: HttpRequest, pk: int) -> HttpResponse:
    """A village or residential group."""
    one, actor, on = unit_of(request, pk, permissions.CHANGE), actor_of(request), day_of(request)
    form = forms.LocalityForm(sent(request), on=on, initial={"kind": "thon"})
    lead = _("Thôn, bản, tổ dân phố, khu phố của xã, phường; sau đó gắn với chi bộ phụ trách.")
    return answer(
        request, one, form, lambda given: actions.add_locality(actor=actor, unit=one, **given), _("Thêm"), lead,
        back=_list_of(one),
    )  # fmt: skip


@page("units.end_locality", gettext_lazy("Kết thúc địa bàn"), permission=permissions.CHANGE)
def end_locality(request: HttpRequest, pk: int, locality: int) -> HttpResponse:
    """A locality ceases, as when villages are merged."""
    one, actor, on = unit_of(request, pk, permissions.CHANGE), actor_of(request), day_of(request)
    row = _locality(one, locality)
    form = forms.DayForm(sent(request), on=on)
    lead = _("%(name)s không còn trong danh sách từ ngày này; các chi bộ thôi phụ trách.") % {
        "name": queries.called(row)
    }
    return answer(
        request, one, form, lambda given: actions.end_locality(actor=actor, locality=row, **given), _("Kết thúc"), lead,
        back=_list_of(one),
    )  # fmt: skip


@page("units.lead_locality", gettext_lazy("Gắn địa bàn với chi bộ"), permission=permissions.CHANGE)
def lead_locality(request: HttpRequest, pk: int, locality: int) -> HttpResponse:
    """A cell leads a locality from a day on."""
    one, actor, on = unit_of(request, pk, permissions.CHANGE), actor_of(request), day_of(request)
    row = _locality(one, locality)
    form = forms.LeadForm(sent(request), on=on, actor=actor)
    lead = _("Chi bộ phụ trách %(name)s. Một địa bàn có thể có nhiều chi bộ.") % {"name": queries.called(row)}
    return answer(
        request, one, form, lambda given: actions.lead_locality(actor=actor, locality=row, **given), _("Gắn"), lead,
        back=_list_of(one),
    )  # fmt: skip


@page("units.leave_locality", gettext_lazy("Thôi phụ trách địa bàn"), permission=permissions.CHANGE)
def leave_locality(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    """A cell no longer leads a locality."""
    one, actor, on = unit_of(request, pk, permissions.CHANGE), actor_of(request), day_of(request)
    row = LocalityCell.objects.unvoided().filter(pk=link, locality__unit=one).select_related("locality", "unit").first()
    if row is None:
        raise Http404
    form = forms.DayForm(sent(request), on=on)
    values = {"cell": queries.name_of(row.unit_id, on), "name": queries.called(row.locality)}
    lead = _("%(cell)s thôi phụ trách %(name)s.") % values
    return answer(
        request, one, form, lambda given: actions.leave_locality(actor=actor, link=row, **given), _("Ghi"), lead,
        back=_list_of(one),
    )  # fmt: skip


def _locality(unit: Unit, pk: int) -> Locality:
    row = Locality.objects.unvoided().filter(pk=pk, unit=unit).first()
    if row is None:
        raise Http404
    return row


def _list_of(unit: Unit) -> str:
    return reverse("units.localities", args=[unit.pk])
