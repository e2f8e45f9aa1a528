"""Pages on which a step of a transfer is made."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.forms import explain, sent, told
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.members import queries as members
from hatnhan.members.views.acts import allowed
from hatnhan.movements import permissions

from . import actions, queries, rules
from .forms import (
    ArrivalForm,
    CustodyForm,
    IssueForm,
    LeftForm,
    NoteForm,
    PrepareForm,
    ReceiveForm,
    RedirectForm,
    StepForm,
    TakeDossierForm,
    first,
)
from .models import TransferCase

Act = Callable[[Actor, TransferCase, dict[str, Any]], str]


# --- the destination ----------------------------------------------------------------------------------------------


class Chosen:
    """The destination that an address names: a unit of this installation or a text; with what a search finds."""

    def __init__(self, request: HttpRequest, actor: Actor, without: int = 0) -> None:
        asked = request.GET.get("to", "")
        self.unit = Unit.objects.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 19 else None
        self.text = "" if self.unit else request.GET.get("outside", "").strip()[:200]
        self.searched = request.GET.get("find", "").strip()[:100]
        self.found = queries.addresses(actor, self.searched, without) if self.searched else []
        self.name = queries.place_name(self.unit, self.text, actor.on)

    def __bool__(self) -> bool:
        return self.unit is not None or bool(self.text)


@page("movements.prepare_transfer", gettext_lazy("Chuyển sinh hoạt"), permission=permissions.OPEN)
def prepare_transfer(request: HttpRequest, person: int) -> HttpResponse:
    """First where to, then why and since when: the case begins."""
    one = allowed(request, person, permissions.OPEN)
    actor, home = one.actor, members.last_home(one.person)
    chosen = Chosen(request, actor, home.unit_id if home else 0)
    shared = {"one": one, "person": one.person, "chosen": chosen, "back": reverse("members.profile", args=[person])}
    if not chosen:
        siblings = queries.siblings(home.unit, actor.on) if home else []
        return render(request, "movements/choose.html", {**shared, "siblings": siblings})
    form = PrepareForm(sent(request))
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.given().items() if name != "seen"}
        try:
            case = actions.prepare_transfer(
                actor=actor, person=one.person, to=chosen.unit, destination_text=chosen.text, **given
            )
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã bắt đầu. Đối chiếu giấy tờ rồi cấp giấy giới thiệu."))
            return HttpResponseRedirect(reverse("movements.transfer", args=[case.pk]))
    context = {"form": form, "again": request.path, "submit": _("Bắt đầu làm thủ tục"), **shared}
    return render(request, "movements/prepare.html", context, 422 if form.errors else 200)


@page("movements.redirect_transfer", gettext_lazy("Chuyển tiếp đến nơi khác"), permission=permissions.RECEIVE)
def redirect_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Where to, then the number of the own letter."""
    actor = actor_of(request)
    case = _at_destination(actor, pk)
    chosen = Chosen(request, actor, case.destination_id or 0)
    back = reverse("movements.transfer", args=[pk])
    if not chosen:
        return render(request, "movements/choose.html", {"case": case, "chosen": chosen, "siblings": [], "back": back})
    form = RedirectForm(sent(request), initial=first(case.version, actor.on))

    def act(one: Actor, row: TransferCase, given: dict[str, Any]) -> str:
        actions.redirect(actor=one, case=row, to=chosen.unit, destination_text=chosen.text, **given)
        return _("Đã chuyển tiếp đến %(where)s.") % {"where": chosen.name}

    said = _("Chuyển đến %(where)s. Nơi này viết giấy mới; giấy tờ không quay lại nơi đi.") % {"where": chosen.name}
    return _step(request, case, form, act, _("Chuyển tiếp"), said)


# --- steps --------------------------------------------------------------------------------------------------------


def _at_origin(actor: Actor, pk: int, code: str = permissions.ISSUE) -> TransferCase:
    case = queries.find(actor, pk)
    actor.require(code, at=case.origin or case.destination or 0)
    return case


def _at_destination(actor: Actor, pk: int) -> TransferCase:
    case = queries.find(actor, pk)
    actor.require(permissions.RECEIVE, at=case.destination or 0)
    return case


def _step(
    request: HttpRequest, case: TransferCase, form: StepForm, act: Act, submit: str, intro: str = "", **context: Any
) -> HttpResponse:
    """Show the form; or do the step and go back to the case; or say why not."""
    actor, back = actor_of(request), reverse("movements.transfer", args=[case.pk])
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act(actor, case, form.given()))
        except Refused as refused:
            case.refresh_from_db()
            explain(form, refused)
        else:
            still = queries.visible(actor).filter(pk=case.pk).exists()
            return HttpResponseRedirect(back if still else reverse("movements.transfers"))
    shared = {"case": case, "form": form, "submit": submit, "intro": intro, "back": back, "hard": [], "unsure": []}
    return render(request, "movements/step.html", {**shared, **context}, 422 if form.errors else 200)


@page("movements.issue_letter", gettext_lazy("Cấp giấy giới thiệu"), permission=permissions.ISSUE)
def issue_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter; what stands in the way is shown before."""
    actor = actor_of(request)
    case = _at_origin(actor, pk)
    form = IssueForm(sent(request), initial={**first(case.version, actor.on), "proof": case.proof})

    def act(one: Actor, row: TransferCase, given: dict[str, Any]) -> str:
        actions.issue_letter(actor=one, case=row, **given)
        return _("Đã cấp giấy giới thiệu số %(number)s.") % {"number": row.letter_number}

    hard, unsure = rules.judged(queries.letter_facts(actor, case, actor.on)) if case.state == "preparing" else ([], [])
    intro = _("Từ ngày này đồng chí ấy chưa biểu quyết ở đâu nhưng vẫn tính ở chi bộ cũ đến khi nơi mới tiếp nhận.")
    return _step(
        request, case, form, act, _("Cấp giấy"), intro, hard=[told(one) for one in hard],
        unsure=[told(one) for one in unsure],
    )  # fmt: skip


@page("movements.receive_transfer", gettext_lazy("Tiếp nhận vào chi bộ"), permission=permissions.RECEIVE)
def receive_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Into which cell, on which day."""
    actor = actor_of(request)
    case = _at_destination(actor, pk)
    given = {**first(case.version, actor.on), "cell": str(case.destination_id or "")}
    form = ReceiveForm(sent(request), actor=actor, initial=given)

    def act(one: Actor, row: TransferCase, given: dict[str, Any]) -> str:
        actions.receive_transfer(actor=one, case=row, **given)
        return _("Đã tiếp nhận đồng chí %(name)s.") % {"name": row.name}

    return _step(request, case, form, act, _("Tiếp nhận"), _("Từ ngày này đồng chí ấy tính ở chi bộ mới."))


@page("movements.confirm_left", gettext_lazy("Ghi nơi đến đã tiếp nhận"), permission=permissions.ISSUE)
def confirm_left(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice of a place outside has come."""
    actor = actor_of(request)
    case = _at_origin(actor, pk)
    form = LeftForm(sent(request), initial=first(case.version, actor.on))

    def act(one: Actor, row: TransferCase, given: dict[str, Any]) -> str:
        actions.confirm_left(actor=one, case=row, **given)
        return _("Đã ghi. Đồng chí %(name)s không còn trong danh sách ở đây.") % {"name": row.name}

    return _step(request, case, form, act, _("Ghi đã tiếp nhận"))


@page("movements.give_back_transfer", gettext_lazy("Trả lại để bổ sung"), permission=permissions.RECEIVE)
def give_back_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing; the releasing side reads it."""
    actor = actor_of(request)
    case = _at_destination(actor, pk)
    form = NoteForm(sent(request), initial=first(case.version, actor.on))
    form.fields["note"].label = _("Còn thiếu gì")

    def act(one: Actor, row: TransferCase, given: dict[str, Any]) -> str:
        actions.give_back(actor=one, case=row, **given)
        return _("Đã trả lại; nơi đi đọc được câu này.")

    return _step(request, case, form, act, _("Trả lại"))


@page("movements.resend_transfer", gettext_lazy("Gửi lại sau khi bổ sung"), permission=permissions.ISSUE)
def resend_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """What was missing is complete."""
    actor = actor_of(request)
    case = _at_origin(actor, pk)
    form = NoteForm(sent(request), initial=first(case.version, actor.on))
    form.fields["note"].label, form.fields["note"].required = _("Đã bổ sung gì"), False

    def act(one: Actor, row: TransferCase, given: dict[str, Any]) -> str:
        actions.resend(actor=one, case=row, **given)
        return _("Đã gửi lại nơi đến.")

    return _step(request, case, form, act, _("Gửi lại"))


@page("movements.cancel_transfer", gettext_lazy("Hủy việc chuyển"), permission=permissions.ISSUE)
def cancel_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    actor = actor_of(request)
    case = _at_origin(actor, pk)
    form = NoteForm(sent(request), initial=first(case.version, actor.on))
    form.fields["note"].label = _("Vì sao hủy")

    def act(one: Actor, row: TransferCase, given: dict[str, Any]) -> str:
        actions.cancel_transfer(actor=one, case=row, **given)
        return _("Đã hủy. Đồng chí %(name)s vẫn sinh hoạt ở chi bộ cũ.") % {"name": row.name}

    return _step(request, case, form, act, _("Hủy việc chuyển"), _("Giấy đã cấp thì thu lại; số giấy không dùng lại."))


# --- the dossier --------------------------------------------------------------------------------------------------


@page("movements.seal_dossier", gettext_lazy("Niêm phong hồ sơ"), permission=permissions.ISSUE)
def seal_dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """Under seal."""
    return _of_dossier(request, pk, actions.seal_dossier, _("Ghi đã niêm phong"), _("Đã ghi niêm phong hồ sơ."))


@page("movements.unseal_dossier", gettext_lazy("Ghi hồ sơ về lại nơi đi"), permission=permissions.ISSUE)
def unseal_dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """Back, or opened again."""
    return _of_dossier(request, pk, actions.unseal_dossier, _("Ghi hồ sơ ở nơi đi"), _("Đã ghi hồ sơ ở nơi đi."))


@page("movements.hand_over_dossier", gettext_lazy("Giao hồ sơ"), permission=permissions.ISSUE)
def hand_over_dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """Handed over to whoever carries it."""
    return _of_dossier(request, pk, actions.hand_over_dossier, _("Ghi đã giao"), _("Đã ghi giao hồ sơ."))


def _of_dossier(request: HttpRequest, pk: int, do: Callable[..., None], submit: str, said: str) -> HttpResponse:
    actor = actor_of(request)
    case = _at_origin(actor, pk)
    form = CustodyForm(sent(request), initial=first(case.version, actor.on))

    def act(one: Actor, row: TransferCase, given: dict[str, Any]) -> str:
        do(actor=one, case=row, **given)
        return said

    return _step(request, case, form, act, submit)


@page("movements.take_dossier", gettext_lazy("Nhận hồ sơ"), permission=permissions.RECEIVE)
def take_dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier has arrived."""
    actor = actor_of(request)
    case = _at_destination(actor, pk)
    form = TakeDossierForm(sent(request), initial=first(case.version, actor.on))

    def act(one: Actor, row: TransferCase, given: dict[str, Any]) -> str:
        actions.take_dossier(actor=one, case=row, **given)
        return _("Đã ghi nhận hồ sơ.")

    return _step(request, case, form, act, _("Ghi đã nhận"))


@page("movements.note_arrival", gettext_lazy("Ghi giấy giới thiệu gửi đến"), permission=permissions.RECEIVE)
def note_arrival(request: HttpRequest) -> HttpResponse:
    """A letter from outside this installation."""
    actor = actor_of(request)
    form = ArrivalForm(sent(request), actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            case = actions.note_arrival(actor=actor, **form.given())
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã ghi. Khi đồng chí ấy nộp giấy, bấm Tiếp nhận vào chi bộ."))
            return HttpResponseRedirect(reverse("movements.transfer", args=[case.pk]))
    return render(request, "movements/note_arrival.html", {"form": form}, 422 if form.errors else 200)
