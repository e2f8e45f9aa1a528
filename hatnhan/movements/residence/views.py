"""Pages of residence links: the register, one link, the desk of comments, the gathering."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.documents import docx_file, pdf
from hatnhan.kernel.forms import explaining, sent
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import Place, actor_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.members import queries as members
from hatnhan.members.views.acts import allowed
from hatnhan.movements import permissions
from hatnhan.movements.cells import cell_of
from hatnhan.movements.transfers.queries import place_name, siblings
from hatnhan.movements.transfers.step_views import Chosen
from hatnhan.movements.transfers.views import TYPES
from hatnhan.units.queries import name_of

from . import actions, papers, queries
from .choices import GROUPS, LEVELS
from .forms import Desk, EndLinkForm, GatheringForm, GuestForm, IntroduceForm, SentForm
from .models import ResidenceComment, ResidenceGathering
from .tables import ResidenceTable


@page(
    "movements.residence", gettext_lazy("Nơi cư trú (213)"), permission=permissions.GUESTS, place=Place(1, 42, "house")
)
def residence(request: HttpRequest) -> HttpResponse:
    """Guests who live here, and own members introduced elsewhere; never counted among members."""
    actor = actor_of(request)
    table = ResidenceTable(request, actor, queries.visible(actor, actor.on))
    context = {"may_comment": actor.can(permissions.COMMENT)}
    return table.respond(request, "movements/residence.html", context)


@page("movements.residence_link", gettext_lazy("Một mối liên hệ nơi cư trú"), permission=permissions.GUESTS)
def residence_link(request: HttpRequest, pk: int) -> HttpResponse:
    """One link with its comments by year."""
    actor = actor_of(request)
    link = queries.find(actor, pk)
    comments = ResidenceComment.objects.filter(link=link.key).order_by("-year")
    at, code = (link.unit, permissions.COMMENT) if link.unit else (link.workplace, permissions.INTRODUCE)
    context = {
        "link": link, "work": place_name(link.workplace, link.workplace_text, actor.on),
        "home": place_name(link.unit, link.place, actor.on), "group": GROUPS[link.group],
        "comments": [(one, LEVELS[one.level]) for one in comments],
        "may_end": at is not None and actor.can(code, at=at),
        "here": link.unit is not None and actor.can(permissions.COMMENT, at=link.unit),
    }  # fmt: skip
    return render(request, "movements/residence_link.html", context)


Act = Callable[[dict[str, Any]], str]


def plain_form(
    request: HttpRequest, form: forms.Form, act: Act, submit: str, back: str, *, lead: str = "", intro: str = ""
) -> HttpResponse:
    """Show the form; or do the act and go back; or say why not."""
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            messages.success(request, act(form.cleaned_data))
            return HttpResponseRedirect(back)
    context = {"form": form, "submit": submit, "back": back, "lead": lead, "intro": intro}
    return render(request, "movements/residence_form.html", context, 422 if form.errors else 200)


@page("movements.residence_guest", gettext_lazy("Ghi đảng viên đến cư trú"), permission=permissions.COMMENT)
def register_guest(request: HttpRequest) -> HttpResponse:
    """A guest from outside this installation."""
    actor = actor_of(request)
    form = GuestForm(sent(request), actor=actor, initial={"on": actor.on})

    def act(given: dict[str, Any]) -> str:
        return _("Đã ghi đồng chí %(name)s.") % {"name": actions.register_guest(actor=actor, **given).name}

    intro = _("Chỉ ghi điều cần để liên hệ. Đồng chí này không tính vào đảng số của chi bộ.")
    return plain_form(request, form, act, _("Ghi vào danh sách"), reverse("movements.residence"), intro=intro)


@page("movements.introduce", gettext_lazy("Giới thiệu về nơi cư trú"), permission=permissions.INTRODUCE)
def introduce(request: HttpRequest, person: int) -> HttpResponse:
    """First where the member lives, then the letter."""
    one = allowed(request, person, permissions.INTRODUCE)
    home, back = members.last_home(one.person), reverse("members.profile", args=[person])
    chosen = Chosen(request, one.actor, home.unit_id if home else 0)
    if not chosen:
        shared = {"one": one, "person": one.person, "chosen": chosen, "back": back}
        offered = siblings(home.unit, one.actor.on) if home else []
        return render(request, "movements/choose.html", {**shared, "siblings": offered})
    form = IntroduceForm(sent(request), initial={"on": one.actor.on})

    def act(given: dict[str, Any]) -> str:
        actions.introduce(actor=one.actor, person=one.person, to=chosen.unit, place=chosen.text, **given)
        return _("Đã giới thiệu về %(where)s.") % {"where": chosen.name}

    lead = f"{one.person.name} → {chosen.name}"
    return plain_form(request, form, act, _("Giới thiệu"), back, lead=lead)


@page("movements.residence_end", gettext_lazy("Kết thúc mối liên hệ"), permission=permissions.GUESTS)
def end_residence(request: HttpRequest, pk: int) -> HttpResponse:
    """Moved, retired, another workplace."""
    actor = actor_of(request)
    link = queries.find(actor, pk)
    code = permissions.COMMENT if link.unit else permissions.INTRODUCE
    actor.require(code, at=link.unit or link.workplace or 0)
    form = EndLinkForm(sent(request), initial={"on": actor.on})

    def act(given: dict[str, Any]) -> str:
        actions.end_residence(actor=actor, link=link, **given)
        return _("Đã kết thúc. Địa chỉ và điện thoại không giữ lại.")

    return plain_form(request, form, act, _("Kết thúc"), reverse("movements.residence"), lead=link.name)


# --- the desk -----------------------------------------------------------------------------------------------------


def _year(request: HttpRequest) -> int:
    asked, this = request.GET.get("year", ""), actor_of(request).on.year
    return int(asked) if asked.isdecimal() and 2000 <= int(asked[:5]) <= this else this


@page("movements.residence_desk", gettext_lazy("Nhận xét nơi cư trú"), permission=permissions.COMMENT)
def comment_desk(request: HttpRequest) -> HttpResponse:
    """All guests of a cell on one screen: a grade by one key, words where the sentence does not fit, saved at once."""
    actor, (unit, offered) = actor_of(request), cell_of(request, permissions.COMMENT)
    if unit is None:
        chosen = {"offered": offered, "lead": _("Chọn chi bộ nơi cư trú.")}
        return render(request, "movements/desk_cells.html", chosen)
    year = _year(request)
    rows, free = queries.desk(unit, year, actor.on)
    sheet = Desk(request.POST if request.method == "POST" else None, rows)
    here, reasons = f"{reverse('movements.residence_desk')}?unit={unit.pk}&year={year}", []
    if request.method == "POST":
        try:
            n = actions.comment_guests(actor=actor, unit=unit, year=year, lines=sheet.lines(), on=actor.on)
        except Refused as refused:
            reasons = [reason.message for reason in refused.reasons]
        else:
            messages.success(request, _("Đã lưu %(n)s nhận xét.") % {"n": n})
            return HttpResponseRedirect(here)
    context = {
        "unit": unit, "unit_name": name_of(unit, actor.on), "year": year, "years": [actor.on.year, actor.on.year - 1],
        "rows": [(row, sheet.line(row)) for row in rows], "free": free, "levels": list(LEVELS.items()),
        "sentences": sheet.sentences, "reasons": reasons, "here": here,
        "done": sum(row.comment is not None for row in rows),
        "unsent": any(row.comment is not None and not row.comment.sent_on for row in rows),
        "gatherings": ResidenceGathering.objects.unvoided().filter(unit=unit, valid_from__year=year),
    }  # fmt: skip
    return render(request, "movements/desk.html", context, 422 if reasons else 200)


@page("movements.residence_paper", gettext_lazy("Bản nhận xét"), permission=permissions.COMMENT)
def comments_paper(request: HttpRequest, unit_id: int, year: int, form: str) -> HttpResponse:
    """All comments of the year on one paper."""
    actor = actor_of(request)
    actor.require(permissions.COMMENT, at=unit_id)
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None or form not in TYPES or not 2000 <= year <= actor.on.year:
        raise Http404
    paper = papers.comments(unit, year, actor.on)
    made = docx_file.written(paper) if form == "docx" else pdf.official(paper)
    answer = HttpResponse(made, content_type=TYPES[form])
    title = _("Nhận xét nơi cư trú")
    name = quote(f"{title} {year}.{form}")
    answer["Content-Disposition"] = f"{'attachment' if form == 'docx' else 'inline'}; filename*=UTF-8''{name}"
    answer["Cache-Control"] = "no-store"
    return answer


@page("movements.residence_sent", gettext_lazy("Ghi đã gửi nhận xét"), permission=permissions.COMMENT)
def send_comments(request: HttpRequest, unit_id: int, year: int) -> HttpResponse:
    """From now on the comments stay as they are."""
    actor = actor_of(request)
    actor.require(permissions.COMMENT, at=unit_id)
    form = SentForm(sent(request), initial={"on": actor.on})
    back = f"{reverse('movements.residence_desk')}?unit={unit_id}&year={year}"
    unit = Unit.objects.get(pk=unit_id)

    def act(given: dict[str, Any]) -> str:
        n = actions.send_comments(actor=actor, unit=unit, year=year, **given)
        return _("Đã ghi gửi %(n)s nhận xét.") % {"n": n}

    intro = _("Cho đồng chí được nhận xét xem trước khi gửi. Đã gửi thì không sửa được nữa.")
    return plain_form(request, form, act, _("Ghi đã gửi"), back, lead=name_of(unit, actor.on), intro=intro)


@page("movements.residence_gathering", gettext_lazy("Ghi buổi gặp mặt"), permission=permissions.COMMENT)
def record_gathering(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The residence met its guests: numbers only."""
    actor = actor_of(request)
    actor.require(permissions.COMMENT, at=unit_id)
    unit = Unit.objects.get(pk=unit_id)
    guests = len(queries.guests_of(unit, actor.on))
    form = GatheringForm(sent(request), initial={"on": actor.on, "asked": guests})
    back = f"{reverse('movements.residence_desk')}?unit={unit_id}"

    def act(given: dict[str, Any]) -> str:
        actions.record_gathering(actor=actor, unit=unit, **given)
        return _("Đã ghi buổi gặp mặt.")

    return plain_form(request, form, act, _("Ghi buổi gặp mặt"), back, lead=name_of(unit, actor.on))
