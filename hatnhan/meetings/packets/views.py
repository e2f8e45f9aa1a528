"""Down and up: a committee's packet of the month for its cells, and what cells propose to the committee."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.kernel.days import after
from hatnhan.kernel.days import month as first_of
from hatnhan.kernel.forms import explain, explaining, sent, telling
from hatnhan.kernel.pages import actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.meetings import actions
from hatnhan.meetings.flows import PROPOSAL
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import Packet
from hatnhan.meetings.permissions import ANSWER_PROPOSAL, PLAN, PUBLISH, VIEW
from hatnhan.meetings.plan import sittings
from hatnhan.units.queries import name_of

from . import proposals
from . import published as packets
from .forms import AnswerForm, PacketForm, ProposalForm, packet_values
from .tables import ProposalTable


@page("meetings.packets", gettext_lazy("Nội dung gửi các chi bộ"), permission=PUBLISH)
def packets_of(request: HttpRequest) -> HttpResponse:
    """A committee's packets, the latest month first."""
    actor, unit = actor_of(request), working_unit(request, PUBLISH)
    rows = list(packets.of_unit(unit)[:36])
    context = {"packets": rows, "unit": unit, "unit_name": name_of(unit, actor.on)}
    return render(request, "meetings/packets/packets.html", context)


@page("meetings.draft_packet", gettext_lazy("Soạn nội dung tháng"), permission=PUBLISH)
def draft_packet(request: HttpRequest) -> HttpResponse:
    """A new packet."""
    actor, unit = actor_of(request), working_unit(request, PUBLISH)
    this = first_of(actor.on)
    form = PacketForm(sent(request), months=[this, after(this)], initial={"month": f"{after(this):%Y-%m-%d}"})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with explaining(form):
            done = actions.draft_packet(
                actor=actor, unit=unit, first=date.fromisoformat(given["month"]), title=given["title"],
                items=form.items(),
            )  # fmt: skip
            messages.success(request, _("Đã lưu. Đọc lại rồi bấm “Gửi các chi bộ”."))
            return HttpResponseRedirect(reverse("meetings.change_packet", args=[done.pk]))
    context = {"form": form, "packet": None, "unit": unit, "unit_name": name_of(unit, actor.on)}
    return render(request, "meetings/packets/packet.html", context, 422 if form.errors else 200)


@page("meetings.change_packet", gettext_lazy("Nội dung tháng"), permission=PUBLISH)
def change_packet(request: HttpRequest, packet: int) -> HttpResponse:
    """A packet: changed until it is published, then only read."""
    actor, one = actor_of(request), packets.visible(actor_of(request), packet)
    form = PacketForm(sent(request), months=[one.first], initial=packet_values(one))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.change_packet(
                actor=actor, packet=one, title=given["title"], items=form.items(), seen=given["seen"]
            )  # fmt: skip
        except Refused as refused:
            explain(form, refused)
            if "stale" in refused.codes:
                now = Packet.objects.values_list("version", flat=True).get(pk=one.pk)
                form.data = {**request.POST.dict(), "seen": now}
        else:
            messages.success(request, _("Đã lưu."))
            return HttpResponseRedirect(reverse("meetings.change_packet", args=[one.pk]))
    context = {
        "form": form, "packet": one, "unit": one.unit, "unit_name": name_of(one.unit_id, actor.on),
        "items": list(one.items.order_by("pk")), "reached": packets.reached(one) if one.published_at else 0,
    }  # fmt: skip
    return render(request, "meetings/packets/packet.html", context, 422 if form.errors else 200)


@page("meetings.publish_packet", gettext_lazy("Gửi các chi bộ"), permission=PUBLISH)
def publish_packet(request: HttpRequest, packet: int) -> HttpResponse:
    """Into every agenda of the month below: one press."""
    one = packets.visible(actor_of(request), packet)
    if request.method == "POST":
        with telling(request):
            count = actions.publish_packet(actor=actor_of(request), packet=one)
            text = ngettext("Đã vào chương trình của %(n)s buổi.", "Đã vào chương trình của %(n)s buổi.", count)
            messages.success(request, text % {"n": count} + " " + _("Buổi nào lên lịch sau thì tự có."))
    return HttpResponseRedirect(reverse("meetings.change_packet", args=[one.pk]))


@page("meetings.proposals", gettext_lazy("Kiến nghị của chi bộ"), permission=VIEW)
def proposals_of(request: HttpRequest) -> HttpResponse:
    """What cells have proposed, the latest first."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    context = {"unit": unit, "unit_name": name_of(unit, actor.on)}
    return ProposalTable(request, actor, unit).respond(request, "meetings/packets/proposals.html", context)


@page("meetings.propose", gettext_lazy("Gửi kiến nghị"), permission=PLAN)
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposal that stands in the minutes of a meeting."""
    actor = actor_of(request)
    meeting = queries.visible(actor, pk)
    sittings.must_plan(actor, meeting.unit_id)
    form = ProposalForm(sent(request))
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            done = actions.propose(actor=actor, meeting=meeting, text=form.cleaned_data["text"])
            messages.success(request, _("Đã gửi kiến nghị số %(n)s.") % {"n": done.number})
            return HttpResponseRedirect(reverse("meetings.proposal", args=[done.pk]))
    context = {"form": form, "unit_name": name_of(meeting.unit_id, actor.on), "back": meeting.pk}
    return render(request, "meetings/packets/propose.html", context, 422 if form.errors else 200)


@page("meetings.proposal", gettext_lazy("Kiến nghị"), permission=VIEW)
def proposal(request: HttpRequest, proposal: int) -> HttpResponse:
    """A proposal, and its answer."""
    return _proposal(request, proposal, AnswerForm())


@page("meetings.answer_proposal", gettext_lazy("Trả lời kiến nghị"), permission=ANSWER_PROPOSAL)
def answer_proposal(request: HttpRequest, proposal: int) -> HttpResponse:
    """The committee's answer."""
    one = proposals.visible(actor_of(request), proposal)
    actor_of(request).require(ANSWER_PROPOSAL, at=one.to_id)
    form = AnswerForm(sent(request))
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            actions.answer_proposal(actor=actor_of(request), proposal=one, answer=form.cleaned_data["answer"])
            messages.success(request, _("Đã trả lời. Câu trả lời đứng đầu chương trình kỳ sau của chi bộ."))
            return HttpResponseRedirect(reverse("meetings.proposal", args=[one.pk]))
    return _proposal(request, proposal, form)


@page("meetings.withdraw_proposal", gettext_lazy("Rút kiến nghị"), permission=PLAN)
def withdraw_proposal(request: HttpRequest, proposal: int) -> HttpResponse:
    """The cell takes it back: one press."""
    one = proposals.visible(actor_of(request), proposal)
    sittings.must_plan(actor_of(request), one.unit_id)
    if request.method == "POST":
        with telling(request):
            actions.withdraw_proposal(actor=actor_of(request), proposal=one)
            messages.success(request, _("Đã rút kiến nghị."))
    return HttpResponseRedirect(reverse("meetings.proposal", args=[one.pk]))


def _proposal(request: HttpRequest, key: int, form: AnswerForm) -> HttpResponse:
    actor = actor_of(request)
    one = proposals.visible(actor, key)
    context = {
        "one": one, "form": form, "state": str(PROPOSAL.states[one.state]), "unit_name": name_of(one.unit_id, actor.on),
        "to": name_of(one.to_id, actor.on),
        "may_answer": one.state == "sent" and actor.can(ANSWER_PROPOSAL, at=one.to_id),
        "may_withdraw": one.state == "sent" and sittings.may_plan(actor, one.unit_id),
    }  # fmt: skip
    return render(request, "meetings/packets/proposal.html", context, 422 if form.errors else 200)
