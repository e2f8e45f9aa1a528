"""The page of a case, and a page for each of its steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hatnhan.admissions import papers, queries
from hatnhan.admissions.choices import INTRODUCERS, SOURCES
from hatnhan.admissions.flows import ADMISSION, IN_CELL
from hatnhan.admissions.models import Introducer, Vetting
from hatnhan.admissions.permissions import DECIDE, PREPARE, VIEW
from hatnhan.admissions.pool import actions as pool
from hatnhan.documents import docx_file, pdf
from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.meetings.plan import sittings

from . import actions
from .agenda import coming
from .forms import StepForm
from .matters import MATTERS
from .story import CaseStory

Act = Callable[..., Any]
FORMATS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def story_of(request: HttpRequest, pk: int) -> CaseStory:
    """The case, when the reader may see it; else 404."""
    actor = actor_of(request)
    return CaseStory(queries.visible(actor, pk), actor, actor.on)


@page("admissions.case", gettext_lazy("Hồ sơ kết nạp"), permission=VIEW)
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """The story of a case, what is next and by whom, what is missing, what falls due."""
    story = story_of(request, pk)
    context: dict[str, Any] = {
        "story": story, "prepares": story.actor.can(PREPARE, at=story.case.unit), "sittings": [],
        "addresses": ADDRESSES, "sources": SOURCES, "introducers": INTRODUCERS,
    }  # fmt: skip
    if story.next in MATTERS and context["prepares"]:
        context["sittings"] = coming(story.case, story.on)
    return render(request, "admissions/case.html", context)


def take_step(
    request: HttpRequest, story: CaseStory, verb: str, action: Act, initial: dict[str, Any] | None = None, **fixed: Any
) -> HttpResponse:
    """Show a step's form; or take the step and go back to the case; or say why not, with everything typed kept."""
    first = {"seen": story.case.version, "on": story.on, **(initial or {})}
    form = StepForm(sent(request), action=action, verb=verb, case=story.case, actor=story.actor, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.given()
        onto = {"case": story.case} if "case" not in fixed and not fixed else fixed
        try:
            found = action(actor=story.actor, **onto, **given)
        except Refused as refused:
            explain(form, refused)
            story = story_of(request, story.case.pk)
        else:
            _say(request, found)
            return HttpResponseRedirect(reverse("admissions.case", args=[story.case.pk]))
    context = {"story": story, "form": form, "verb": verb}
    return render(request, "admissions/step.html", context, 422 if form.errors else 200)


def _say(request: HttpRequest, found: Any) -> None:
    messages.success(request, _("Đã ghi."))
    for reason in found if isinstance(found, list) else []:
        if isinstance(reason, Reason):
            source = f" ({reason.source})" if reason.source else ""
            messages.warning(request, f"{reason.message}{source}")


# The steps whose page is a form of what their action asks for: verb → (action, whose right).
STEPS: dict[str, tuple[Act, str]] = {
    "propose_class": (actions.propose_class, PREPARE), "allow_dossier": (actions.allow_dossier, DECIDE),
    "apply": (actions.apply_for, PREPARE), "declare": (actions.declare, PREPARE),
    "gather_opinions": (actions.gather_opinions, PREPARE), "renew_dossier": (actions.renew_dossier, PREPARE),
    "review": (actions.review, PREPARE), "reject": (actions.reject, PREPARE),
    "reconsider": (actions.reconsider, PREPARE), "appraise": (actions.appraise, DECIDE),
    "base_review": (actions.base_review, DECIDE), "base_reject": (actions.base_reject, DECIDE),
    "return_dossier": (actions.return_dossier, DECIDE), "extend_decision": (actions.extend_decision, DECIDE),
    "consent": (actions.record_consent, DECIDE), "decide": (actions.decide, DECIDE),
    "decline": (actions.decline, DECIDE), "receive_decision": (actions.receive_decision, PREPARE),
    "hold_ceremony": (actions.hold_ceremony, PREPARE), "declare_record": (actions.declare_record, PREPARE),
    "extend_probation": (actions.extend_probation, DECIDE),
    "propose_recognition": (actions.propose_recognition, PREPARE),
    "fail_recognition": (actions.fail_recognition, PREPARE),
    "appraise_recognition": (actions.appraise_recognition, DECIDE),
    "base_recognition": (actions.base_recognition, DECIDE), "extend_recognition": (actions.extend_recognition, DECIDE),
    "recognise": (actions.recognise, DECIDE), "propose_strike": (actions.propose_strike, PREPARE),
    "base_strike": (actions.base_strike, DECIDE), "strike_off": (actions.strike_off, DECIDE),
    "annul": (actions.annul, DECIDE), "restate_decision": (actions.restate_decision, DECIDE),
    "move": (actions.move, DECIDE), "forward": (actions.forward, DECIDE), "petition": (actions.petition, DECIDE),
    "answer_petition": (actions.answer_petition, DECIDE), "record_death": (actions.record_death, PREPARE),
    "delist": (pool.delist, PREPARE),
}  # fmt: skip
# Where a step is taken that has no page of its own name.
ADDRESSES = {"record_class": "admissions.record_certificate", "begin_vetting": "admissions.ask_vetting"}
MOVES = ("move", "move_decided")


def _step_page(verb: str, action: Act, permission: str) -> Callable[..., HttpResponse]:
    one = next(row for row in ADMISSION.transitions if row.verb == verb)

    @page(f"admissions.{verb}", one.label, permission=permission)
    def step(request: HttpRequest, pk: int) -> HttpResponse:
        story = story_of(request, pk)
        verbs = MOVES if verb == "move" else (verb,)
        if not any(ADMISSION.find(story.case.state, name) for name in verbs):
            text = _("Hồ sơ đang ở bước “%(state)s” nên không ghi được việc này.") % {"state": story.state}
            messages.error(request, text)
            return HttpResponseRedirect(reverse("admissions.case", args=[pk]))
        initial = {}
        if verb in IN_CELL:
            initial = {"base": queries.bounds_of(story.case.unit, story.on).least}
        return take_step(request, story, verb, action, initial)

    return step


STEP_VIEWS = {verb: _step_page(verb, action, permission) for verb, (action, permission) in STEPS.items()}


# --- what belongs to a case without leading it on ------------------------------------------------------------------


def _part_page(name: str, title: Any, action: Act) -> Callable[..., HttpResponse]:
    @page(f"admissions.{name}", title, permission=PREPARE)
    def part(request: HttpRequest, pk: int) -> HttpResponse:
        story = story_of(request, pk)
        story.actor.require(PREPARE, at=story.case.unit)
        initial: dict[str, Any] = {"kind": "member" if name == "name_introducer" else "awareness"}
        if name == "record_certificate" and story.case.ceremony_on is not None:
            initial["kind"] = "new_member"
        if name == "describe":
            initial |= {key: getattr(story.applicant, key) for key in ("name", "sex", "birth", "sector")}
        return take_step(request, story, name, action, initial)

    return part


PARTS: dict[str, tuple[Any, Act]] = {
    "assign_helper": (gettext_lazy("Phân công người giúp đỡ"), pool.assign_helper),
    "describe": (gettext_lazy("Ghi thông tin người vào Đảng"), pool.describe),
    "record_certificate": (gettext_lazy("Ghi giấy chứng nhận học lớp"), pool.record_certificate),
    "ask_vetting": (gettext_lazy("Gửi thẩm tra lý lịch"), actions.ask_vetting),
    "record_opinion": (gettext_lazy("Ghi ý kiến nhận xét"), actions.record_opinion),
    "name_introducer": (gettext_lazy("Ghi người giới thiệu"), actions.name_introducer),
    "receive_paper": (gettext_lazy("Ghi giấy tờ đã có"), actions.receive_paper),
}
PART_VIEWS = {name: _part_page(name, title, action) for name, (title, action) in PARTS.items()}


def _own_row(model: Any, story: CaseStory, row: int) -> Any:
    found = model.objects.filter(pk=row, case=story.case).first()
    if found is None:
        raise Http404
    found.case = story.case
    return found


@page("admissions.answer_vetting", gettext_lazy("Ghi trả lời thẩm tra"), permission=PREPARE)
def answer_vetting(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """The answer to one request: right or not, and where it lies."""
    story = story_of(request, pk)
    story.actor.require(PREPARE, at=story.case.unit)
    vetting = _own_row(Vetting, story, row)
    return take_step(request, story, "answer_vetting", actions.answer_vetting, {"right": "yes"}, vetting=vetting)


@page("admissions.end_introducer", gettext_lazy("Thôi giới thiệu"), permission=PREPARE)
def end_introducer(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Somebody no longer introduces."""
    story = story_of(request, pk)
    story.actor.require(PREPARE, at=story.case.unit)
    introducer = _own_row(Introducer, story, row)
    return take_step(request, story, "end_introducer", actions.end_introducer, None, introducer=introducer)


@page("admissions.put_on_agenda", gettext_lazy("Đưa vào chương trình buổi họp"), permission=PREPARE)
@require_POST
def put_on_agenda(request: HttpRequest, pk: int, sitting: int) -> HttpResponse:
    """The next step comes onto the agenda of a meeting."""
    story = story_of(request, pk)
    found = sittings.visible(story.actor, sitting)
    try:
        actions.put_on_agenda(actor=story.actor, case=story.case, sitting=found, verb=story.next)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason.message)
    else:
        messages.success(request, _("Đã đưa vào chương trình."))
    return HttpResponseRedirect(reverse("admissions.case", args=[pk]))


@page("admissions.paper", gettext_lazy("Văn bản của hồ sơ kết nạp"), permission=VIEW)
def paper(request: HttpRequest, pk: int, step: int, ext: str) -> HttpResponse:
    """The paper that a step makes, as PDF or DOCX."""
    story = story_of(request, pk)
    row = next((one for one in story.steps if one.pk == step), None)
    if row is None or row.verb not in papers.PAPERS or ext not in FORMATS:
        raise Http404
    made = papers.of_step(story.case, row)
    body = pdf.official(made) if ext == "pdf" else docx_file.written(made)
    answer = HttpResponse(body, content_type=FORMATS[ext])
    name = f"ket-nap-{pk}-{row.verb.replace('_', '-')}.{ext}"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


__all__ = ["PART_VIEWS", "STEP_VIEWS", "answer_vetting", "case", "end_introducer", "paper", "put_on_agenda"]
