"""Pages of transfers: the board, one case, its papers."""

from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hatnhan import rulebook
from hatnhan.documents import docx_file, pdf
from hatnhan.documents.content import OfficialPaper
from hatnhan.duties.kinds import label_of
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.forms import told
from hatnhan.kernel.pages import Place, actor_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.ui.text import day
from hatnhan.members import permissions as of_members
from hatnhan.members import queries as members
from hatnhan.members.queries import may_see
from hatnhan.movements import permissions

from . import actions, papers, queries, rules
from .choices import CHECKS, CUSTODY, WHY
from .flows import COLOURS, TRANSFER
from .models import TransferCase
from .tables import TransferTable

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# The address at which each step is made, its icon, and on which side.
STEPS = {
    "issue": ("movements.issue_letter", "file-check", "origin"),
    "receive": ("movements.receive_transfer", "check", "destination"),
    "confirm_left": ("movements.confirm_left", "check", "origin"),
    "resend": ("movements.resend_transfer", "send", "origin"),
    "give_back": ("movements.give_back_transfer", "undo-2", "destination"),
    "redirect": ("movements.redirect_transfer", "arrow-up-right", "destination"),
    "cancel": ("movements.cancel_transfer", "x", "origin"),
}


@page(
    "movements.transfers", gettext_lazy("Chuyển sinh hoạt"), permission=permissions.VIEW,
    place=Place(1, 40, "arrow-left-right"),
)  # fmt: skip
def transfers(request: HttpRequest) -> HttpResponse:
    """Every case that leaves the scope or comes to it, by stage."""
    actor = actor_of(request)
    rows = queries.visible(actor)
    table = TransferTable(request, actor, rows)
    context = {
        "stages": queries.stages(rows, actor.on), "may_note": actor.can(permissions.RECEIVE),
        "others": _others(actor), "here": reverse("movements.transfers"),
    }  # fmt: skip
    return table.respond(request, "movements/transfers.html", context)


def _others(actor: Actor) -> list[tuple[Any, str, str]]:
    """(label, address, icon) of what else can be done from the board."""
    offered = (
        (permissions.OPEN, _("Chuyển nhiều đồng chí"), "movements.prepare_transfers", "users"),
        (permissions.ISSUE, _("Cấp nhiều giấy giới thiệu"), "movements.issue_letters", "file-check"),
        (permissions.RECEIVE, _("Nhận tệp của hệ thống khác"), "movements.transfer_take_file", "upload"),
        (permissions.EXCHANGE, _("Hệ thống khác"), "movements.transfer_peers", "network"),
    )
    return [(label, reverse(code), sign) for right, label, code, sign in offered if actor.can(right)]


@page("movements.transfer", gettext_lazy("Một việc chuyển sinh hoạt"), permission=permissions.VIEW)
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: where it is, what it waits for, what stands in the way, where the dossier is, its story."""
    actor = actor_of(request)
    case = queries.find(actor, pk)
    whole, on = queries.releasing(actor, case), actor.on
    hard, unsure = rules.judged(queries.letter_facts(actor, case, on)) if case.state == "preparing" else ([], [])
    own = case.person_id is not None and actor.person_id == case.person_id
    steps = [] if own else offered(actor, case)
    context = {
        "case": case, "whole": whole, "own": own, "state": TRANSFER.states[case.state],
        "colour": COLOURS.get(case.state, ""),
        "origin": queries.place_name(case.origin, case.origin_text, on),
        "destination": queries.place_name(case.destination, case.destination_text, on),
        "cell": queries.place_name(case.cell, "", on) if case.cell else "",
        "why": WHY[case.why], "hard": [told(one) for one in hard], "unsure": [told(one) for one in unsure],
        "dues": [(label_of(one.kind), one) for one in queries.dues([pk], on).get(pk, ())],
        "steps": steps, "others": [(label, href, sign) for href, label, sign in steps[2:]],
        "story": queries.story(case, on, whole=whole),
        "custody": CUSTODY[case.custody], "custody_steps": [] if own else _custody(actor, case),
        "checks": _checks(case, on) if whole else [], "profile": _profile(actor, case),
        "may_check": not own and whole and case.state in ("preparing", "returned")
        and actor.can(permissions.OPEN, at=case.origin),
    }  # fmt: skip
    return render(request, "movements/transfer.html", context)


def offered(actor: Actor, case: TransferCase) -> list[tuple[str, Any, str]]:
    """(address, label, icon) of the steps that the actor may do now, in the order of the flow."""
    found = []
    for one in TRANSFER.offered(case.state):
        if one.verb not in STEPS or one.permission is None:
            continue
        code, sign, side = STEPS[one.verb]
        at = case.origin if side == "origin" else case.destination
        if one.verb == "cancel" and at is None:
            at = case.destination
        if one.verb == "confirm_left" and case.destination_id is not None:
            continue
        if one.verb == "give_back" and case.origin_id is None:
            continue
        if at is not None and actor.can(one.permission, at=at):
            found.append((reverse(code, args=[case.pk]), one.label, sign))
    outside = case.state == "in_transit" and case.destination_id is None and case.person_id is not None
    if outside and case.origin is not None and actor.can(permissions.ISSUE, at=case.origin):
        address = reverse("movements.transfer_file", args=[case.pk])
        found.append((address, _("Xuất tệp cho hệ thống khác"), "download"))
    return found


def _custody(actor: Actor, case: TransferCase) -> list[tuple[str, Any]]:
    """(address, label) of the steps of the dossier that the actor may do now."""
    steps: list[tuple[str, Any]] = []
    if case.origin is not None and actor.can(permissions.ISSUE, at=case.origin):
        if case.custody == "kept" and case.state in ("preparing", "in_transit", "returned"):
            steps.append(("movements.seal_dossier", _("Niêm phong hồ sơ")))
        if case.custody == "sealed" and case.letter_on is not None and case.state != "cancelled":
            steps.append(("movements.hand_over_dossier", _("Giao hồ sơ")))
        if case.custody in ("sealed", "carried") and case.state in ("returned", "cancelled"):
            steps.append(("movements.unseal_dossier", _("Ghi hồ sơ về lại nơi đi")))
    waits = case.custody == "carried" and case.state != "cancelled"
    if waits and case.destination is not None and actor.can(permissions.RECEIVE, at=case.destination):
        steps.append(("movements.take_dossier", _("Nhận hồ sơ")))
    return [(reverse(code, args=[case.pk]), label) for code, label in steps]


def _checks(case: TransferCase, on: date) -> list[tuple[str, Any, str]]:
    """(code, label, day or nothing) of the papers that are asked of the member."""
    standing = members.standing(case.person, on) if case.person else None
    asked = rules.asked(rulebook.at(on), standing is not None and standing.kind == "probationary")
    return [
        (code, label, day(date.fromisoformat(case.checks[code])) if code in case.checks else "")
        for code, label in CHECKS.items()
        if code in asked
    ]


def _profile(actor: Actor, case: TransferCase) -> str:
    if case.person is None or not actor.scope(of_members.VIEW) or not may_see(actor, of_members.VIEW, case.person):
        return ""
    return reverse("members.profile", args=[case.person_id])


@page("movements.check_paper", gettext_lazy("Đối chiếu giấy tờ"), permission=permissions.OPEN)
@require_POST
def check_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a paper of the list, or take the tick back."""
    actor = actor_of(request)
    case = queries.find(actor, pk)
    try:
        actions.check_paper(
            actor=actor, case=case, code=request.POST.get("code", ""), done=request.POST.get("done") != "no"
        )
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, told(reason))
    return HttpResponseRedirect(reverse("movements.transfer", args=[pk]) + "#checks")


@page("movements.letter_paper", gettext_lazy("Giấy giới thiệu"), permission=permissions.VIEW)
def letter_paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The letter as a file: for the releasing side always, for the receiving one as the notice does."""
    actor = actor_of(request)
    case = queries.find(actor, pk)
    if form not in TYPES or case.person is None or not queries.releasing(actor, case):
        raise Http404
    return _file(papers.letter(case, actor.on), form, _("Giấy giới thiệu"), case)


@page("movements.notice_paper", gettext_lazy("Phiếu báo chuyển sinh hoạt"), permission=permissions.VIEW)
def notice_paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The slip to the receiving side."""
    actor = actor_of(request)
    case = queries.find(actor, pk)
    if form not in TYPES or case.person is None or case.letter_on is None:
        raise Http404
    return _file(papers.notice(case, actor.on), form, _("Phiếu báo"), case)


def _file(paper: OfficialPaper, form: str, title: str, case: TransferCase) -> HttpResponse:
    made = docx_file.written(paper) if form == "docx" else pdf.official(paper)
    answer = HttpResponse(made, content_type=TYPES[form])
    name = quote(f"{title} {case.pk}.{form}")
    answer["Content-Disposition"] = f"{'attachment' if form == 'docx' else 'inline'}; filename*=UTF-8''{name}"
    answer["Cache-Control"] = "no-store"
    return answer
