"""What is printed for a meeting that goes on: the sheet for the door, ballots, the minutes of a count."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.documents.papers import Letterhead, Paper, Printed, Signature
from hatnhan.documents.voting import BallotPaper, CountPaper, DoorPaper
from hatnhan.kernel.pages import actor_of, page
from hatnhan.kernel.ui.text import day, hour, num
from hatnhan.meetings.choices import MATTERS, VOTES
from hatnhan.meetings.minutes.voted import majority_sentence, verdict
from hatnhan.meetings.models import LiveMotion, Sitting
from hatnhan.meetings.permissions import RECORD
from hatnhan.units.queries import card, name_of

from . import queries as now
from .story import Hold


@page("meetings.door", gettext_lazy("Mã điểm danh ở cửa"), permission=RECORD)
def door(request: HttpRequest, sitting: int) -> HttpResponse:
    """The picture and the code with which members tell that they have come; valid for this sitting alone."""
    one = _held(request, sitting)
    code = now.live_of(one).code
    address = request.build_absolute_uri(reverse("meetings.enter") + f"?code={code}")
    paper = DoorPaper(
        letterhead=_letterhead(one), title=_("Điểm danh tại cửa"), subtitle=Hold(one, actor_of(request)).title,
        printed=_printed(request), address=address, code=code,
    )  # fmt: skip
    return _file(paper, paper.title, one)


@page("meetings.ballots", gettext_lazy("Phiếu biểu quyết"), permission=RECORD)
def ballots(request: HttpRequest, sitting: int, motion: int) -> HttpResponse:
    """Ballots of one secret vote, eight on a page, one for each who may vote."""
    one = _held(request, sitting)
    asked = _motion(one, motion)
    paper = BallotPaper(
        letterhead=_letterhead(one), title=_("Phiếu biểu quyết"), printed=_printed(request), question=asked.text,
        answers=[str(label) for label in VOTES.values()], count=max(1, Hold(one, actor_of(request)).could_vote),
    )  # fmt: skip
    return _file(paper, paper.title, one)


@page("meetings.count", gettext_lazy("Biên bản kiểm phiếu"), permission=RECORD)
def count(request: HttpRequest, sitting: int, motion: int) -> HttpResponse:
    """The minutes of counting a secret vote, to be signed by those who counted."""
    one = _held(request, sitting)
    asked, hold = _motion(one, motion), Hold(one, actor_of(request))
    if asked.state != "closed" or asked.method != "secret":
        raise Http404
    returned = asked.in_favour + asked.against + asked.abstained + asked.spoilt
    facts = [
        (_("Việc biểu quyết"), asked.text), (_("Loại việc"), str(MATTERS[asked.rule])),
        (_("Kết thúc biểu quyết lúc"), f"{hour(asked.closed_at)} {day(asked.closed_at)}"),
        (_("Số phiếu phát ra"), num(asked.issued)), (_("Số phiếu thu về"), num(returned)),
        (_("Phiếu không hợp lệ"), num(asked.spoilt)), (_("Phiếu tán thành"), num(asked.in_favour)),
        (_("Phiếu không tán thành"), num(asked.against)), (_("Phiếu ghi ý kiến khác"), num(asked.abstained)),
    ]  # fmt: skip
    word, _colour = verdict(asked.in_favour >= asked.needed)
    sentence = majority_sentence(hold.book[asked.rule], asked.in_favour, asked.base, asked.needed)
    paper = CountPaper(
        letterhead=_letterhead(one), title=_("Biên bản kiểm phiếu"), subtitle=hold.title, printed=_printed(request),
        facts=facts, result=f"{word}. {sentence}",
        signatures=[Signature(_("Thư ký")), Signature(_("Tổ kiểm phiếu")), Signature(_("Chủ trì"))],
    )  # fmt: skip
    return _file(paper, paper.title, one)


def _held(request: HttpRequest, sitting: int) -> Sitting:
    """A sitting that the reader leads, open or over."""
    one = now.visible(actor_of(request), sitting)
    actor_of(request).require(RECORD, at=one.unit_id)
    if one.opened_at is None:
        raise Http404
    return one


def _motion(one: Sitting, key: int) -> LiveMotion:
    found = LiveMotion.objects.filter(sitting=one, pk=key).first()
    if found is None:
        raise Http404
    return found


def _letterhead(one: Sitting) -> Letterhead:
    here = card(one.unit_id, one.day)
    above = name_of(here.parent_id, one.day) if here and here.parent_id else ""
    return Letterhead(above, name_of(one.unit_id, one.day), "", one.day)


def _printed(request: HttpRequest) -> Printed:
    return Printed(actor_of(request).label, timezone.localtime())


def _file(paper: Paper, title: str, one: Sitting) -> HttpResponse:
    answer = HttpResponse(paper.pdf(), content_type="application/pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(f'{title} {one.day:%Y-%m-%d}.pdf')}"
    return answer
