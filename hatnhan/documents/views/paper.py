"""One paper: what is known of it, its files, and the steps upon it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.documents import actions, files, queries
from hatnhan.documents.forms import FilesForm, PublishForm, ReasonForm, handed
from hatnhan.documents.models import Folder, Paper
from hatnhan.documents.permissions import READ, REGISTER
from hatnhan.documents.story import PaperStory
from hatnhan.kernel.forms import DayField, sent
from hatnhan.kernel.pages import actor_of, page, render

from .acting import acted


@page("documents.paper", gettext_lazy("Văn bản"), permission=READ)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper with its files; opening one of the library is counted."""
    actor = actor_of(request)
    one = queries.visible(actor, pk)
    actions.note_read(actor=actor, paper=one, at=timezone.now())
    return render(request, "documents/paper.html", {"story": PaperStory(one, actor)})


@page("documents.file", gettext_lazy("Tệp văn bản"), permission=READ)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file as it was kept. Pictures and PDF are shown, all else is handed over."""
    one = queries.file_of(actor_of(request), pk)
    shown = one.kind in {"pdf", "jpeg", "png", "webp"}
    answer = HttpResponse(files.read(one.sha256), content_type=files.KINDS[one.kind])
    answer["Content-Disposition"] = f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(one.name)}"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@page("documents.sign", gettext_lazy("Đưa bản đã ký lên"), permission=REGISTER)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed copy, scanned or photographed."""
    intro = _("Bản đã vào sổ giữ nguyên; bản chụp đã ký đứng bên cạnh, có dấu kiểm riêng.")
    return _with_files(request, pk, actions.sign, _("Đã đưa bản đã ký lên."), intro)


@page("documents.add_file", gettext_lazy("Kèm thêm tệp"), permission=REGISTER)
def add_file(request: HttpRequest, pk: int) -> HttpResponse:
    """An annex, or more pages of a handwritten paper."""
    intro = _("Tệp kèm theo không thay bản đã vào sổ.")
    return _with_files(request, pk, actions.add_file, _("Đã kèm tệp."), intro)


@page("documents.cancel", gettext_lazy("Hủy số"), permission=REGISTER)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """A number that is not used; it stays with its reason."""
    actor, one = actor_of(request), _own(request, pk)
    intro = _("Số %(symbol)s ở lại trong sổ với lý do và không bao giờ dùng lại.") % {"symbol": one.symbol}
    form = ReasonForm(sent(request), initial={"seen": one.version})

    def act(form: forms.Form) -> tuple[str, str]:
        actions.cancel(actor=actor, paper=one, **form.cleaned_data)
        return _("Đã hủy số %(symbol)s.") % {"symbol": one.symbol}, reverse("documents.paper", args=[pk])

    return acted(request, form, act, "documents/step.html", _step(one, intro, danger=True))


@page("documents.publish", gettext_lazy("Đưa vào tủ văn bản"), permission=REGISTER)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Who may read a paper, and where it lies."""
    actor, one = actor_of(request), _own(request, pk)
    known = {"reach": one.reach or "unit", "folder": str(one.folder_id or ""), "confirms": one.confirms}
    folders = Folder.objects.filter(unit=one.unit).order_by("name")
    form = PublishForm(sent(request), initial=known, folders=list(folders))

    def act(form: forms.Form) -> tuple[str, str]:
        actions.publish(actor=actor, paper=one, **form.given())  # type: ignore[attr-defined]
        return _("Đã đưa vào tủ văn bản."), reverse("documents.paper", args=[pk])

    intro = _("Người đọc được đếm, không nêu tên; chỉ ai tự bấm “Đã nhận” mới hiện tên.")
    return acted(request, form, act, "documents/step.html", _step(one, intro))


@page("documents.withdraw", gettext_lazy("Lấy ra khỏi tủ văn bản"), permission=REGISTER)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper leaves the library and stays in the register."""
    one = _own(request, pk)

    def act(_form: forms.Form) -> tuple[str, str]:
        actions.withdraw(actor=actor_of(request), paper=one)
        return _("Đã lấy ra khỏi tủ văn bản."), reverse("documents.paper", args=[pk])

    intro = _("Đảng viên sẽ không còn thấy văn bản này; trong sổ thì vẫn còn.")
    return acted(request, forms.Form(sent(request)), act, "documents/step.html", _step(one, intro))


class EndForm(forms.Form):
    """From which day working rules are no longer in force."""

    on = DayField(label=gettext_lazy("Hết hiệu lực từ ngày"))


@page("documents.replace_rules", gettext_lazy("Quy chế hết hiệu lực"), permission=REGISTER)
def replace_rules(request: HttpRequest, pk: int) -> HttpResponse:
    """Working rules that are no longer in force."""
    one = _own(request, pk)

    def act(form: forms.Form) -> tuple[str, str]:
        actions.replace_rules(actor=actor_of(request), paper=one, **form.cleaned_data)
        return _("Đã ghi ngày hết hiệu lực."), reverse("documents.paper", args=[pk])

    intro = _("Quy chế mới vào sổ thì quy chế cũ tự hết hiệu lực; trang này dùng khi chưa có quy chế mới.")
    return acted(request, EndForm(sent(request)), act, "documents/step.html", _step(one, intro))


def _with_files(request: HttpRequest, pk: int, do: Callable[..., Any], said: str, intro: str) -> HttpResponse:
    actor, one, given = actor_of(request), _own(request, pk), sent(request)
    form = FilesForm(given, request.FILES if given is not None else None, initial={"seen": one.version})

    def act(form: forms.Form) -> tuple[str, str]:
        do(actor=actor, paper=one, files=handed(form.cleaned_data["file"]))
        return said, reverse("documents.paper", args=[pk])

    return acted(request, form, act, "documents/step.html", _step(one, intro))


def _own(request: HttpRequest, pk: int) -> Paper:
    """A paper in whose register the reader may write: 404 outside the scope, 403 within it without the right."""
    actor = actor_of(request)
    one = queries.visible(actor, pk)
    actor.require(REGISTER, at=one.unit_id)
    return one


def _step(one: Paper, intro: str, *, danger: bool = False) -> dict[str, Any]:
    return {"one": one, "intro": intro, "danger": danger}
