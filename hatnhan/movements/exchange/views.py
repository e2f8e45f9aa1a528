"""Pages of the exchange with other installations."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hatnhan.kernel.actor import NotFound
from hatnhan.kernel.forms import explaining, sent, telling
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.members.forms.fields import text_field
from hatnhan.movements import permissions
from hatnhan.movements.transfers import queries
from hatnhan.units.fields import UnitField

from . import actions, envelope
from .models import Peer


class PeerForm(forms.Form):
    """Another installation and its key."""

    name = text_field(gettext_lazy("Tên hệ thống"), 120, required=True)
    key = text_field(
        gettext_lazy("Mã của hệ thống đó"), 120,
        gettext_lazy("Chép mã bên kia gửi, rồi gọi điện đọc lại sáu nhóm chữ đầu cho chắc."), required=True,
    )  # fmt: skip


@page("movements.transfer_peers", gettext_lazy("Hệ thống khác"), permission=permissions.EXCHANGE)
def peers(request: HttpRequest) -> HttpResponse:
    """The own key, the installations whose files are taken in, and a new one."""
    actor, form = actor_of(request), PeerForm(sent(request))
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            peer = actions.trust_peer(actor=actor, **form.cleaned_data)
            messages.success(request, _("Đã thêm %(name)s.") % {"name": peer.name})
            return HttpResponseRedirect(reverse("movements.transfer_peers"))
    key = envelope.own_key()
    known = [(one, envelope.readable(one.key)) for one in Peer.objects.filter(ended_on=None).order_by("name")]
    context = {"form": form, "key": key, "readable": envelope.readable(key), "peers": known}
    return render(request, "movements/peers.html", context, 422 if form.errors else 200)


@page("movements.transfer_end_peer", gettext_lazy("Bỏ hệ thống khác"), permission=permissions.EXCHANGE)
@require_POST
def end_peer(request: HttpRequest, row: int) -> HttpResponse:
    """No more files of it."""
    peer = Peer.objects.filter(pk=row).first()
    if peer is None:
        raise NotFound(permissions.EXCHANGE)
    with telling(request):
        actions.end_peer(actor=actor_of(request), peer=peer)
        messages.success(request, _("Đã bỏ %(name)s.") % {"name": peer.name})
    return HttpResponseRedirect(reverse("movements.transfer_peers"))


@page("movements.transfer_file", gettext_lazy("Xuất tệp cho hệ thống khác"), permission=permissions.ISSUE)
def transfer_file(request: HttpRequest, pk: int) -> HttpResponse:
    """For which installation; then the file."""
    actor = actor_of(request)
    case = queries.find(actor, pk)
    actor.require(permissions.ISSUE, at=case.origin or 0)
    form = forms.Form(sent(request))
    form.fields["peer"] = forms.ModelChoiceField(
        Peer.objects.filter(ended_on=None), label=_("Gửi cho"), empty_label=_("Chọn trong danh sách"),
        error_messages={"required": _("Hãy chọn hệ thống nhận.")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            made = actions.send_file(actor=actor, case=case, peer=form.cleaned_data["peer"], on=actor.on)
            answer = HttpResponse(made, content_type="application/json")
            answer["Content-Disposition"] = f'attachment; filename="chuyen-sinh-hoat-{case.pk}.json"'
            answer["Cache-Control"] = "no-store"
            return answer
    intro = _("Tệp được ký và niêm phong: chỉ hệ thống nhận mở được, sửa một chữ là bị từ chối.")
    context = {
        "case": case, "form": form, "submit": _("Xuất tệp"), "intro": intro, "hard": [], "unsure": [],
        "back": reverse("movements.transfer", args=[pk]),
    }  # fmt: skip
    return render(request, "movements/step.html", context, 422 if form.errors else 200)


@page("movements.transfer_take_file", gettext_lazy("Nhận tệp của hệ thống khác"), permission=permissions.RECEIVE)
def take_file(request: HttpRequest) -> HttpResponse:
    """A file from another installation becomes a case that waits to be taken in."""
    actor = actor_of(request)
    form = forms.Form(sent(request), request.FILES if request.method == "POST" else None)
    form.fields["to"] = UnitField(actor, permissions.RECEIVE, label=_("Chuyển đến"))
    form.fields["file"] = forms.FileField(label=_("Tệp"), error_messages={"required": _("Hãy chọn tệp.")})
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            raw = form.cleaned_data["file"].read(envelope.MOST_BYTES + 1)
            case = actions.take_file(actor=actor, to=form.cleaned_data["to"], raw=raw, on=actor.on)
            messages.success(request, _("Đã nhận tệp. Khi đồng chí ấy nộp giấy, bấm Tiếp nhận vào chi bộ."))
            return HttpResponseRedirect(reverse("movements.transfer", args=[case.pk]))
    return render(request, "movements/take_file.html", {"form": form}, 422 if form.errors else 200)
