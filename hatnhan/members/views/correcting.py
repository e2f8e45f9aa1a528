"""Correcting what was recorded wrongly: a dated row, two records of one person."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hatnhan.kernel.forms import sent
from hatnhan.kernel.pages import page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.vietnamese import plain, search_terms
from hatnhan.members import actions, permissions
from hatnhan.members.forms.acts import MergeForm, ReasonForm
from hatnhan.members.forms.rows import ROWS, CorrectForm
from hatnhan.members.models import Membership, Person, PersonMerge, PersonNumber
from hatnhan.members.profile import Profile
from hatnhan.members.tables import by_name
from hatnhan.units.queries import names

from .acts import allowed, answered
from .profile import profile_of

MOST = 20


def _row(one: Profile, model: str, row: int) -> Any:
    """A row of the person that still holds to be true."""
    tables: dict[str, Any] = {**ROWS, "personnumber": PersonNumber}
    if model not in tables:
        raise Http404
    found = tables[model].objects.unvoided().filter(pk=row, person=one.person).select_related("person").first()
    if found is None:
        raise Http404
    return found


@page("members.correct", gettext_lazy("Sửa chỗ ghi nhầm"), permission=permissions.CHANGE)
def correct(request: HttpRequest, pk: int, model: str, row: int) -> HttpResponse:
    """Replace a row that was recorded wrongly."""
    one = allowed(request, pk, permissions.CHANGE)
    found = _row(one, model, row)
    if model not in ROWS:
        raise Http404
    form = CorrectForm(sent(request), row=found, initial=CorrectForm.now(found))

    def act(given: dict[str, Any]) -> str:
        actions.correct_row(actor=one.actor, row=found, **given)
        return _("Đã sửa hồ sơ của đồng chí %(name)s.") % {"name": one.person.name}

    intro = _(
        "Dùng khi trước đây ghi nhầm. Nếu có thay đổi thật, hãy dùng việc tương ứng ở trang hồ sơ. Dòng ghi nhầm vẫn "
        "được giữ lại, gạch ngang."
    )
    return answered(request, one, form, act, _("Lưu chỗ sửa"), intro=intro, what=found._meta.verbose_name)


@page("members.withdraw", gettext_lazy("Bỏ dòng ghi nhầm"), permission=permissions.CHANGE)
def withdraw(request: HttpRequest, pk: int, model: str, row: int) -> HttpResponse:
    """Void a row that should never have been recorded."""
    one = allowed(request, pk, permissions.CHANGE)
    found = _row(one, model, row)
    form = ReasonForm(sent(request), initial={"seen": one.person.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_row(actor=one.actor, row=found, **form.given())
        except Refused as refused:
            form.explain(refused, one.person)
        else:
            messages.success(request, _("Đã bỏ dòng ghi nhầm của đồng chí %(name)s.") % {"name": one.person.name})
            stays = Person.objects.filter(pk=one.person.pk, voided_at__isnull=True).exists()
            return HttpResponseRedirect(reverse("members.history", args=[pk]) if stays else reverse("members.list"))
    told = [event for event in one.story.events() if (event.model, event.row) == (model, row)]
    context = {"one": one, "person": one.person, "form": form, "told": told, "what": found._meta.verbose_name}
    return render(request, "members/withdraw.html", context, 422 if form.errors else 200)


# --- two records of one person ------------------------------------------------------------------------------------


@page("members.merge", gettext_lazy("Gộp hồ sơ"), permission=permissions.MERGE)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the other record: at first those of the same name."""
    one = allowed(request, pk, permissions.MERGE)
    text = " ".join(request.GET.get("q", "").split())[:100]
    homes = Membership.objects.unvoided().filter(kind="home").exclude(person=one.person)
    rows: Any = one.actor.scope(permissions.MERGE).filter(homes)
    same = rows.filter(person__name_key=plain(one.person.name))
    rows = by_name(rows, search_terms(text), "person__") if text else same
    picked = rows.select_related("person").order_by("person__sort_key", "person_id", "-valid_from")[: MOST * 3]
    latest = list({row.person_id: row for row in reversed(list(picked))}.values())[::-1][:MOST]
    called = names({row.unit_id for row in latest}, one.on)
    context = {"one": one, "person": one.person, "text": text, "rows": latest, "called": called}
    return render(request, "members/merge.html", context)


@page("members.merge_with", gettext_lazy("So hai hồ sơ"), permission=permissions.MERGE)
def merge_with(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Both side by side, and what the merged record will be."""
    one, gone = (allowed(request, key, permissions.MERGE) for key in (pk, other))
    form = MergeForm(sent(request))

    def act(given: dict[str, Any]) -> str:
        reason = given["reason"]
        actions.merge_people(actor=one.actor, kept=one.person, gone=gone.person, on=one.actor.on, reason=reason)
        return _("Đã gộp hai hồ sơ của đồng chí %(name)s làm một.") % {"name": one.person.name}

    pairs = [(label, _value(one, label), _value(gone, label)) for label in _labels(one, gone)]
    return answered(request, one, form, act, _("Nhập làm một hồ sơ"), "members/merge_with.html", gone=gone, pairs=pairs)


def _labels(*both: Profile) -> list[str]:
    found = dict.fromkeys(label for one in both for _title, facts in one.sections for label, _value in facts)
    return [*found, *dict.fromkeys(number.label for one in both for number in one.numbers)]


def _value(one: Profile, label: str) -> str:
    facts = {label: str(value) for _title, pairs in one.sections for label, value in pairs}
    return facts.get(label) or next((number.tail for number in one.numbers if number.label == label), "")


@page("members.unmerge", gettext_lazy("Tách lại hồ sơ"), permission=permissions.MERGE)
@require_POST
def unmerge(request: HttpRequest, pk: int, merge: int) -> HttpResponse:
    """Take a merging back, as long as nothing was built on it."""
    one = profile_of(request, pk)
    found = PersonMerge.objects.filter(pk=merge, kept=one.person).select_related("kept", "gone").first()
    if found is None:
        raise Http404
    try:
        actions.unmerge_people(actor=one.actor, merge=found)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason.message)
    else:
        messages.success(request, _("Đã tách lại thành hai hồ sơ như trước."))
    return HttpResponseRedirect(reverse("members.profile", args=[pk]))
