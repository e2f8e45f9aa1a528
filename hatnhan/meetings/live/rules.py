"""Rules of a meeting while it is held: who may be marked how, who may vote, which counts can be true. Facts in, reasons
out; nothing here reads a clock or the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from hatnhan.kernel.refusal import Reason
from hatnhan.meetings.choices import FREE, MARKS, MATTERS, METHODS, OBLIGED, OUTCOMES, VOTES
from hatnhan.meetings.minutes.rules import Called, Line, call, voters, votes_there
from hatnhan.rulebook import Book, sentence
from hatnhan.rulebook.votes import required_votes

LONGEST = {"said": 20_000, "outcome_text": 20_000}
NUMBERS, NAMES = ("guests", "spoke"), ("said", "outcome", "outcome_text", "guests", "spoke")
MOST = 9999


def call_so_far(lines: Sequence[Line], marks: Mapping[int, str], book: Book) -> list[Called]:
    """The roll as far as it was called: whoever has no mark yet is not there, and has none."""
    return [
        one if one.line.person in marks else replace(one, mark="" if one.due else "not_due")
        for one in call(lines, marks, book)
    ]


def mark_blockers(one: Called | None, mark: str) -> list[Reason]:
    """Somebody who is not of the cell, or a mark that the rule of the day does not allow."""
    if one is None:
        text = _("Người này không thuộc chi bộ hôm nay; người ngoài chi bộ ghi vào số khách dự.")
        return [Reason("strangers", text)]
    allowed = OBLIGED if one.due else FREE
    if mark in allowed:
        return []
    text = _("Đồng chí %(name)s: không ghi được “%(mark)s”; chọn một trong: %(allowed)s.")
    told = {"name": one.line.name, "mark": MARKS.get(mark, mark), "allowed": ", ".join(str(MARKS[m]) for m in allowed)}
    return [Reason("mark", text % told, field="mark")]


@dataclass(frozen=True)
class Voter:
    """Who votes by phone, on what. `closed_at` is written already; `called` None: not of the cell."""

    method: str
    closed_at: str
    choice: str
    called: Called | None


def vote_blockers(facts: Voter, book: Book) -> list[Reason]:
    """Too late, not by phone, without the right, not on the roll."""
    one = facts.called
    if facts.closed_at:
        text = _("Biểu quyết đã kết thúc lúc %(hour)s nên ý kiến gửi sau không được tính.")
        return [Reason("late", text % {"hour": facts.closed_at})]
    if facts.method != "phone":
        text = _("Nội dung này biểu quyết bằng cách: %(method)s. Điện thoại không phải bấm gì.")
        return [Reason("method", text % {"method": str(METHODS.get(facts.method, "")).lower()})]
    if facts.choice not in VOTES:
        return [Reason("choice", _("Hãy chọn: tán thành, không tán thành hoặc ý kiến khác."), field="choice")]
    if one is None:
        return [Reason("strangers", _("Đồng chí không thuộc chi bộ này hôm nay nên không biểu quyết ở đây."))]
    rule = book["meeting.vote.probationary"]
    if not one.line.full and not rule.value:
        text = _("Đảng viên dự bị được phát biểu, không biểu quyết (%(rule)s).")
        words = text % {"rule": sentence(rule)}
        return [Reason("probationary", words, source=sentence(rule), rule=rule.reference)]
    if not one.votes:
        barred = book["vote.base.leave_out_always"]
        text = _("Đồng chí đang không được biểu quyết (%(rule)s).")
        return [Reason("barred", text % {"rule": sentence(barred)}, source=sentence(barred), rule=barred.reference)]
    if not one.there:
        text = _("Đồng chí chưa có tên trong điểm danh có mặt. Hãy báo thư ký điểm danh rồi bấm lại.")
        return [Reason("not_there", text)]
    return []


@dataclass(frozen=True)
class Count:
    """What was counted of a vote. `phones` are those who voted by phone; `issued` and `spoilt` are paper ballots."""

    method: str
    in_favour: int
    against: int = 0
    abstained: int = 0
    phones: int = 0
    issued: int = 0
    spoilt: int = 0

    @property
    def votes(self) -> int:
        return self.in_favour + self.against + self.abstained


def count_blockers(count: Count, roll: Sequence[Called], book: Book) -> list[Reason]:
    """More votes than voters present, more ballots returned than handed out, or nobody of whom a majority is taken."""
    there, base = votes_there(roll), voters(roll, book).base
    if not base:
        return [Reason("base", _("Hôm nay chi bộ không có đảng viên chính thức được biểu quyết."))]
    if count.method == "secret":
        if count.issued > there:
            text = _("Phát ra %(n)s phiếu, nhiều hơn %(there)s đảng viên có mặt được biểu quyết.")
            return [Reason("issued", text % {"n": count.issued, "there": there}, field="issued")]
        if count.votes + count.spoilt > count.issued:
            text = _("Thu về %(n)s phiếu, nhiều hơn %(issued)s phiếu phát ra; hãy đếm lại.")
            words = text % {"n": count.votes + count.spoilt, "issued": count.issued}
            return [Reason("returned", words, field="in_favour")]
    if count.votes > there:
        text = _("Có %(n)s ý kiến, nhiều hơn %(there)s đảng viên có mặt được biểu quyết; hãy đếm lại.")
        return [Reason("votes", text % {"n": count.votes, "there": there}, field="in_favour")]
    return []


def majority(rule: str, roll: Sequence[Called], book: Book) -> tuple[int, int]:
    """(base, votes in favour needed) of a vote, by the roll so far."""
    base = voters(roll, book).base
    return base, required_votes(base, book[rule].value)


def motion_blockers(text: str, rule: str, method: str, book: Book) -> list[Reason]:
    """A vote needs its words, its matter and its way."""
    if not text.strip():
        return [Reason("text", _("Hãy ghi biểu quyết về việc gì."), field="text")]
    if rule not in MATTERS or rule not in book or method not in METHODS:
        return [Reason("motion", _("Hãy chọn loại việc và cách biểu quyết."), field="rule")]
    return []


def text_blockers(name: str, text: str) -> list[Reason]:
    """A field that does not exist, a number that is none, a text that is too long."""
    kind = name.partition(".")[0]
    if kind not in NAMES:
        return [Reason("field", _("Không có mục này trong biên bản."))]
    if kind in NUMBERS and text and not (text.isascii() and text.isdecimal() and int(text) <= MOST):
        return [Reason("number", _("Hãy ghi một số từ 0 đến 9999."), field=name)]
    if kind == "outcome" and text not in OUTCOMES:
        return [Reason("outcome", _("Hãy chọn trong danh sách."), field=name)]
    if len(text) > LONGEST.get(kind, 20_000):
        return [Reason("long", _("Mục này dài quá 20.000 chữ; hãy rút gọn."), field=name)]
    return []
