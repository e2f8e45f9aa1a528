"""Questions that imports left to people: the list, and the answer to one."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.known import Known
from hatnhan.kernel.pages import actor_of, render
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.ui.shell import address
from hatnhan.members.imports import actions
from hatnhan.members.imports.questions import ANSWERS, HINTS, KINDS, open_in_scope
from hatnhan.members.models import Membership, Question
from hatnhan.units.queries import names

from .desks import said

PAGE = 30


class AnswerForm(forms.Form):
    """One of the answers that this kind of question has."""

    how = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": gettext_lazy("Hãy chọn câu trả lời.")}
    )

    def __init__(self, *args: object, question: Question, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["how"].label = _("Trả lời")
        self.fields["how"].choices = list(ANSWERS[question.kind].items())  # type: ignore[attr-defined]


def questions(request: HttpRequest) -> HttpResponse:
    """What waits for an answer in the reader's scope."""
    actor = actor_of(request)
    rows = open_in_scope(actor)
    before = request.GET.get("before", "")
    total = rows.count()
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk")[: PAGE + 1])
    units = {pk for row in found for pk in (row.asked_by_id, row.values.get("unit")) if pk}
    context = {
        "questions": found[:PAGE], "kinds": KINDS, "total": total, "names": names(units, actor.on),
        "after": address(request, before=found[PAGE - 1].pk) if len(found) > PAGE else None,
    }  # fmt: skip
    return render(request, "members/imports/questions.html", context)


def answer(request: HttpRequest, question: int) -> HttpResponse:
    """Both sides, and what is to be done."""
    actor = actor_of(request)
    one = open_in_scope(actor).filter(pk=question).first()
    if one is None:
        raise Http404
    form = AnswerForm(sent(request), question=one)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(actor=actor, question=one, how=form.cleaned_data["how"], on=actor.on)
        except Refused as refused:
            explain(form, refused)
        else:
            said(request, _("Đã ghi câu trả lời."))
            return HttpResponseRedirect(reverse("questions.list"))
    homes = Membership.objects.unvoided().filter(person=one.person_id, kind="home").order_by("-valid_from")
    home = homes.first()
    units = {pk for pk in (one.asked_by_id, one.values.get("unit"), home.unit_id if home else None) if pk}
    birth = str(one.values.get("birth") or "")
    context = {
        "question": one, "form": form, "kind": KINDS[one.kind], "hints": HINTS, "home": home,
        "names": names(units, actor.on), "birth": Known(birth) if birth else None,
        "new_birth": Known(one.values["new_birth"]) if one.values.get("new_birth") else None,
    }  # fmt: skip
    return render(request, "members/imports/answer.html", context, 422 if form.errors else 200)
