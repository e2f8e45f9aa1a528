"""What members do before a meeting, on their phones: see the next one, answer, write a comment."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.forms import explaining, sent, telling
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.meetings import actions
from hatnhan.meetings.models import Remark
from hatnhan.meetings.permissions import VIEW

from . import sittings
from .forms import RemarkForm
from .story import SittingStory


@page("meetings.next", gettext_lazy("Buổi họp sắp tới"), permission=VIEW)
def next_one(request: HttpRequest) -> HttpResponse:
    """The meetings to which the reader is called, the next one first."""
    actor = actor_of(request)
    rows = sittings.to_come(actor)
    return render(request, "meetings/plan/next.html", {"stories": [SittingStory(row, actor) for row in rows[:12]]})


@page("meetings.answer", gettext_lazy("Trả lời giấy mời"), permission=VIEW)
def answer(request: HttpRequest, sitting: int) -> HttpResponse:
    """Coming or not: one press, safe to repeat."""
    actor = actor_of(request)
    one = sittings.visible(actor, sitting)
    if request.method == "POST":
        with telling(request):
            actions.answer(actor=actor, sitting=one, will=request.POST.get("will", ""))
            messages.success(request, _("Đã ghi câu trả lời. Đổi ý thì bấm lại."))
    return HttpResponseRedirect(reverse("meetings.sitting", args=[one.pk]))


@page("meetings.remark", gettext_lazy("Ý kiến trước buổi họp"), permission=VIEW)
def remark(request: HttpRequest, sitting: int) -> HttpResponse:
    """A comment or a question, read by the secretary and the deputy only."""
    actor = actor_of(request)
    one = sittings.visible(actor, sitting)
    form = RemarkForm(sent(request))
    if request.method == "POST" and form.is_valid():
        key = request.POST.get("item", "")
        with explaining(form):
            item = sittings.item_of(one, int(key)) if key.isdigit() else None
            actions.remark(actor=actor, sitting=one, text=form.cleaned_data["text"], item=item)
            messages.success(request, _("Đã gửi ý kiến tới bí thư và phó bí thư."))
            return HttpResponseRedirect(reverse("meetings.sitting", args=[one.pk]))
    context = {"form": form, "story": SittingStory(one, actor)}
    return render(request, "meetings/plan/remark.html", context, 422 if form.errors else 200)


@page("meetings.withdraw_remark", gettext_lazy("Rút ý kiến"), permission=VIEW)
def withdraw_remark(request: HttpRequest, sitting: int) -> HttpResponse:
    """One's own comment is erased: one press."""
    actor = actor_of(request)
    one = sittings.visible(actor, sitting)
    if request.method == "POST":
        key = request.POST.get("remark", "")
        row = get_object_or_404(Remark, pk=int(key) if key.isdigit() else 0, sitting=one, person=actor.person_id or 0)
        actions.withdraw_remark(actor=actor, remark=row)
        messages.success(request, _("Đã rút ý kiến."))
    return HttpResponseRedirect(reverse("meetings.sitting", args=[one.pk]))
