"""Pages of badges: who falls due by batch, the board of cases, one case with its steps, one person's badges."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE
from hatnhan.kernel.forms import explaining, sent
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.pages import Place, actor_of, page, render, working_unit
from hatnhan.kernel.ui.text import day as written
from hatnhan.rulebook import sentence
from hatnhan.units.queries import name_of

from ..models import Badge, BadgeCase
from ..permissions import ADOPT, AWARD, CELL, DECIDE, HOLD, REST, VETERANS, VIEW
from . import actions, queries, story
from .choices import BADGE_STATES, DECLARED_BY, KINDS, PLACES, STANDS
from .flows import BADGE, UNDER_WAY
from .forms import STEP_FORMS, DeclareForm, EndForm, RecordForm
from .levels import line_of
from .rules import Window, batches, due_on
from .tables import BadgeTable, CaseTable, DueTable
from .terms import dossier_day

ACTS: dict[str, Callable[..., Any]] = {
    "review": actions.review, "adopt": actions.adopt, "propose": actions.propose, "decide": actions.decide,
    "award": actions.award, "send_back": actions.send_back, "complete": actions.complete,
    "postpone": actions.postpone, "refuse": actions.refuse_award, "withdraw": actions.withdraw,
}  # fmt: skip


def batch_asked(request: HttpRequest, on: date) -> tuple[Window, list[Window]]:
    """The batch of the address (`?batch=2026-11-07`), else the next whose day of award has not passed; and those around
    it, two before and four after today."""
    book = rulebook.at(on)
    known = [one for year in range(on.year - 1, on.year + 3) for one in batches(year, book)]
    at = next(index for index, one in enumerate(known) if one.day >= on)
    asked = request.GET.get("batch", "")
    chosen = next((one for one in known if one.day.isoformat() == asked), known[at])
    return chosen, known[max(0, at - 2) : at + 5]


@page(
    "honours.badges", gettext_lazy("Huy hiệu Đảng"), permission=VIEW, place=Place(1, 70, "award")
)  # fmt: skip
def badges(request: HttpRequest) -> HttpResponse:
    """Who at and below a unit falls due in a batch, who declared, what is missing."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    batch, around = batch_asked(request, actor.on)
    table = DueTable(request, actor, unit.pk, batch.first, batch.last)
    stands = list(table.by_stand.values())
    here = {"unit": unit.pk, "batch": batch.day.isoformat()}
    due_at, provisional = dossier_day(batch.day, unit, actor.on)
    context = {
        "unit": unit, "unit_name": name_of(unit, actor.on), "batch": batch, "source": sentence(batch.rule),
        "verified": batch.rule.verified, "dossier_day": due_at, "provisional": provisional, "late": due_at < actor.on,
        "tabs": [(written(one.day), _address(unit, one.day), one.day == batch.day) for one in around],
        "last_day": batch.last - ONE,
        "kpis": [(STANDS[code], stands.count(code), f"?{urlencode({**here, 'stand': code})}") for code in STANDS],
        "more": _more(actor, f"?{urlencode(here)}"), "today": actor.on,
    }  # fmt: skip
    return table.respond(request, "honours/badges.html", context)


def _more(actor: Actor, here: str) -> list[tuple[str, str, str]]:
    """What else is done for a batch, as the actor may."""
    offered = [
        (DECIDE, _("Quyết định tặng theo danh sách"), "honours.decide_badges", "check"),
        (AWARD, _("Thư báo tặng Huy hiệu"), "honours.print_letters", "mail"),
        (VIEW, _("Tổng hợp, tiền thưởng"), "honours.badge_summary", "list-checks"),
        (HOLD, _("Thời gian chưa xét Huy hiệu"), "honours.postponements", "clock"),
        (VIEW, _("Nghỉ điều dưỡng"), "honours.rest_rounds", "calendar-days"),
    ]
    found = [(label, reverse(code) + here, icon) for right, label, code, icon in offered if actor.can(right)]
    paper = reverse("honours.request_paper", args=["docx"]) + here
    return [*found, (_("Tờ trình và danh sách (DOCX)"), paper, "download")]


def _address(unit: Unit, day: date) -> str:
    return f"{reverse('honours.badges')}?{urlencode({'unit': unit.pk, 'batch': day.isoformat()})}"


@page("honours.badge_cases", gettext_lazy("Đề nghị tặng Huy hiệu"), permission=VIEW)
def badge_cases(request: HttpRequest) -> HttpResponse:
    """All cases by stage, with how long each has stood there."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    rows = queries.cases(actor).filter(unit__in=Placement.objects.under(unit, actor.on).values("unit"))
    table = CaseTable(request, actor, rows)
    numbers: Any = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    stages = [
        (BADGE.states[state], numbers[state], f"?{urlencode({'unit': unit.pk, 'state': state})}")
        for state in UNDER_WAY
        if state in numbers
    ]
    context = {"unit": unit, "unit_name": name_of(unit, actor.on), "stages": stages}
    return table.respond(request, "honours/badge_cases.html", context)


@page("honours.borne", gettext_lazy("Huy hiệu đã tặng"), permission=VIEW)
def borne(request: HttpRequest) -> HttpResponse:
    """Badges that were awarded to the members of a unit and those below."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    here = queries.homes(unit, actor.on).values("person")
    table = BadgeTable(request, actor, Badge.objects.unvoided().filter(person__in=here))
    return table.respond(request, "honours/borne.html", {"unit": unit, "unit_name": name_of(unit, actor.on)})


@page("honours.declare_badge", gettext_lazy("Nhận tờ khai Huy hiệu Đảng"), permission=CELL)
def declare_badge(request: HttpRequest, person: int) -> HttpResponse:
    """A declaration for somebody."""
    actor = actor_of(request)
    one = queries.somebody(actor, person)
    levels = rulebook.at(actor.on)["party_age.marks"].value
    form = DeclareForm(levels, sent(request), initial=_first(request, one, actor, levels))
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            case = actions.declare(actor=actor, person=one, **form.cleaned_data)
            messages.success(request, _("Đã nhận tờ khai. Bước tiếp theo: chi bộ xét."))
            return HttpResponseRedirect(reverse("honours.badge_case", args=[case.pk]))
    back = reverse("honours.person", args=[one.pk])
    context = {"form": form, "lead": one.name, "trail": [(one.name, back)], "back": back}
    return render(request, "honours/step.html", context, 422 if form.errors else 200)


def _first(request: HttpRequest, person: Any, actor: Actor, levels: tuple[int, ...]) -> dict[str, Any]:
    """What the form begins with: the level that is near, and who died gets the award after death."""
    facts = queries.facts_of(person, actor.on)
    asked = request.GET.get("level", "")
    level = int(asked) if asked.isdigit() and int(asked) in levels else 0
    if not level and facts.base is not None:
        open_ones = [one for one in levels if one not in facts.held and (due_on(facts.base, one) - actor.on).days < 366]
        level = max(open_ones, default=0)
    kind = "posthumous" if facts.died else "ordinary"
    return {"level": level, "on": actor.on, "kind": kind, "declared_by": "family" if facts.died else "member"}


@page("honours.badge_case", gettext_lazy("Đề nghị tặng một Huy hiệu"), permission=VIEW)
def badge_case(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, its story, what can be done now."""
    actor = actor_of(request)
    case = queries.visible(actor, pk)
    return render(request, "honours/badge_case.html", _shown(actor, case))


def _shown(actor: Actor, case: BadgeCase) -> dict[str, Any]:
    line = line_of(case.unit_id, actor.on)
    owed = line.next(case.state)
    facts = [
        (_("Chi bộ"), name_of(case.unit_id, actor.on)), (_("Trường hợp"), KINDS[case.kind]),
        (_("Đủ tuổi đảng"), case.due), (_("Đợt"), case.batch_day or _("ngoài đợt")),
        (_("Ai khai"), DECLARED_BY[case.declared_by]), (_("Giấy xác nhận lưu ở"), case.evidence),
        (_("Giải trình"), case.explanation), (_("Số Huy hiệu"), case.number),
        (_("Quyết định tập thể"), case.decision_all), (_("Quyết định của từng người"), case.decision),
        (_("Ngày quyết định"), case.decided_on), (_("Ngày trao"), case.awarded_on),
        (_("Nơi trao"), PLACES.get(case.place, "")),
    ]  # fmt: skip
    offered = [one for one in BADGE.offered(case.state) if one.verb in ACTS]
    main = [one for one in offered if one.verb == owed]
    others = [one for one in offered if one.verb not in ("review", "adopt", "propose", "decide", "award")]
    waits = queries.postponed([case.person_id], actor.on)
    return {
        "case": case, "state": BADGE.states[case.state], "timeline": story.of_case(case), "gift": story.gift_of(case),
        "facts": [(name, written(said) if isinstance(said, date) else said) for name, said in facts if said],
        "main": _may(actor, case, main, line), "waits": bool(waits) and case.state in UNDER_WAY,
        "others": [
            (one.label, reverse("honours.step_badge", args=[case.pk, one.verb]), "")
            for one in _may(actor, case, others, line)
        ],
        "steps": story.track(case, line), "at": story.position(case, line),
    }  # fmt: skip


def _may(actor: Actor, case: BadgeCase, offered: list[Any], line: Any) -> list[Any]:
    at = {"decide": line.province}
    return [one for one in offered if actor.can(one.permission, at=at.get(one.verb, case.unit_id))]


@page("honours.step_badge", gettext_lazy("Ghi một bước của đề nghị Huy hiệu"), permission=VIEW)
def step_badge(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One step: the form, and what it was refused for."""
    actor = actor_of(request)
    case = queries.visible(actor, pk)
    row = BADGE.find(case.state, verb)
    if verb not in ACTS or (row is None and request.method != "POST"):
        raise Http404
    permission = next(one.permission for one in BADGE.transitions if one.verb == verb)
    actor.require(permission or VIEW, at=line_of(case.unit_id, actor.on).province if verb == "decide" else case.unit_id)
    seen = request.POST.get("seen", "")
    form = STEP_FORMS[verb](sent(request), initial={"on": actor.on})
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            ACTS[verb](actor=actor, case=case, seen=int(seen) if seen.isdigit() else None, **form.cleaned_data)
            messages.success(request, _("Đã ghi: %(step)s.") % {"step": BADGE.states[case.state]})
            return HttpResponseRedirect(reverse("honours.badge_case", args=[pk]))
    if form.errors:
        case.refresh_from_db()
    label = row.label if row else next(one.label for one in BADGE.transitions if one.verb == verb)
    back = reverse("honours.badge_case", args=[pk])
    context = {
        "form": form, "label": label, "lead": _lead(case.level, case.person.name), "seen": case.version, "back": back,
        "trail": [(case.person.name, back)],
    }  # fmt: skip
    return render(request, "honours/step.html", context, 422 if form.errors else 200)


def _lead(level: int, name: str) -> str:
    return _("Huy hiệu %(level)s năm, đồng chí %(name)s") % {"level": level, "name": name}


# --- one person -----------------------------------------------------------------------------------------------------


@page("honours.person", gettext_lazy("Huy hiệu của một đồng chí"), permission=VIEW)
def person(request: HttpRequest, person: int) -> HttpResponse:
    """The badges that somebody bears, what is under way, what comes next."""
    return _person(request, person)


def _person(request: HttpRequest, key: int, record: Any = None) -> HttpResponse:
    actor = actor_of(request)
    one = queries.somebody(actor, key)
    book = rulebook.at(actor.on)
    levels = book["party_age.marks"].value
    facts = queries.facts_of(one, actor.on)
    coming = [(level, due_on(one.party_base, level)) for level in levels if level not in facts.held] if (
        one.party_base
    ) else []  # fmt: skip
    near = [
        (_("%(level)s năm") % {"level": level}, written(when))
        for level, when in coming
        if (when - actor.on).days > -730
    ][:2]
    context = {
        "person": one, "badges": Badge.objects.unvoided().filter(person=one).order_by("-level", "-valid_from"),
        "cases": queries.cases(actor).filter(person=one).order_by("-declared_on", "-pk"), "states": BADGE.states,
        "held": BADGE_STATES, "near": near, "base": one.party_base, "provisional": one.party_base_provisional,
        "waits": facts.postponed is not None, "may_declare": actor.can(CELL), "may_record": actor.can(ADOPT),
        "benefits": [
            (label, reverse(code, args=[one.pk]), "")
            for right, label, code in (
                (HOLD, _("Ghi thời gian chưa xét"), "honours.postpone_by_discipline"),
                (VETERANS, _("Ghi công nhận lão thành cách mạng"), "honours.recognise_veteran"),
                (REST, _("Ghi nhóm được nghỉ điều dưỡng"), "honours.mark_for_rest"),
            )
            if actor.can(right)
        ],
        "record": record or RecordForm(levels, initial={"level": levels[0]}), "today": actor.on,
    }  # fmt: skip
    return render(request, "honours/person.html", context, 422 if record is not None else 200)


@page("honours.record_badge", gettext_lazy("Ghi Huy hiệu đã tặng"), permission=ADOPT)
def record_badge(request: HttpRequest, person: int) -> HttpResponse:
    """A badge that was awarded before."""
    actor = actor_of(request)
    one = queries.somebody(actor, person)
    form = RecordForm(rulebook.at(actor.on)["party_age.marks"].value, sent(request))
    if request.method != "POST":
        return HttpResponseRedirect(reverse("honours.person", args=[one.pk]))
    if form.is_valid():
        with explaining(form):
            actions.record_badge(actor=actor, person=one, **form.cleaned_data)
            messages.success(request, _("Đã ghi Huy hiệu đã tặng."))
            return HttpResponseRedirect(reverse("honours.person", args=[one.pk]))
    return _person(request, person, form)


@page("honours.end_badge", gettext_lazy("Huy hiệu mất hoặc thu lại"), permission=ADOPT)
def end_badge(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A badge was lost, or is taken back."""
    actor = actor_of(request)
    badge = queries.badge(actor, pk)
    act = {"report_lost": actions.report_lost, "take_back": actions.take_back}.get(verb)
    if act is None:
        raise Http404
    actor.require(ADOPT)
    form = EndForm(sent(request), initial={"on": actor.on})
    back = reverse("honours.person", args=[badge.person_id])
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            act(actor=actor, badge=badge, **form.cleaned_data)
            messages.success(request, _("Đã ghi."))
            return HttpResponseRedirect(back)
    label = _("Báo mất Huy hiệu") if verb == "report_lost" else _("Thu lại Huy hiệu")
    name = badge.person.name
    context = {
        "form": form, "label": label, "lead": _lead(badge.level, name), "trail": [(name, back)], "back": back,
    }  # fmt: skip
    return render(request, "honours/step.html", context, 422 if form.errors else 200)
