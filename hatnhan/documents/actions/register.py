"""The register: giving a number, receiving, signing, cancelling. A registered paper is frozen with its hash."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.documents import docx_file, pdf, queries, rules
from hatnhan.documents.choices import BODIES_AT, SECRECY
from hatnhan.documents.content import OfficialPaper
from hatnhan.documents.files import PAPERS, SCANS, Given
from hatnhan.documents.flows import PAPER
from hatnhan.documents.heads import Head, body_of, head_of
from hatnhan.documents.models import CommitteeTerm, Paper
from hatnhan.documents.permissions import REGISTER, VIEW
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.tree import must_stand
from hatnhan.kernel.vietnamese import nfc, plain
from hatnhan.kernel.workflow import apply
from hatnhan.rulebook.spoken import spoke
from hatnhan.units.queries import name_of

from .keeping import keep_files

Make = Callable[[int], OfficialPaper]
UNSEARCHED = ("minutes",)
"""Types whose text no search looks at: what people said there is found by nobody."""


@action("documents.register")
def register(
    *, actor: Actor, unit: Unit, kind: str, day: date, about: str = "", body: str = "", signer: str = "",
    joint: str = "", secrecy: str = "", number: int | None = None, despite: bool = False, working_rules: bool = False,
    files: Sequence[Given] = (), pages: Sequence[Given] = (), make: Make | None = None, subject: str = "",
    subject_id: int | None = None, reason: str = "",
) -> Paper:  # fmt: skip
    """Enter a paper that the unit issued and give it the next number of its term, or the `number` that it has on paper
    already. With `make` its content is set as PDF and DOCX and frozen; `files` are kept as they are, `pages` are
    photographs of a handwritten one.

    Refuses what rules say, a paper with a secrecy mark that comes with any text, a number that was ever given, a term
    that nobody has recorded, and the same thing twice. What an unsure rule objects to is refused unless `despite`."""
    actor.require(REGISTER, at=unit)
    usual = body_of(unit, day)
    body, bodies = body or usual, BODIES_AT[usual]
    book = rulebook.at(day)
    entry = rules.Entry(kind, body, day, about, secrecy, bool(files or pages or make))
    if reasons := rules.blockers(entry, actor.on, book, bodies):
        raise Refused(reasons)
    doubted = _judge_issuer(kind, body, book, despite)
    must_stand(unit, day, day + ONE)
    term, head = _term(unit, day), head_of(unit, day, body)
    if subject and queries.of_subject(subject, subject_id or 0) is not None:
        refuse("twice", _("Văn bản này đã vào sổ rồi."))
    series = f"{term.valid_from}:{head.symbol}:{'all' if body == 'congress' else kind}"
    given = _number(unit, term, series, number)
    symbol = head.short(given, book.paper_type(kind).symbol)
    paper = Paper.objects.create(
        unit=unit, body=body, kind=kind, term=term, series=series, number=given, symbol=symbol, day=day,
        about=nfc(about)[:300], party=nfc(signer)[:200], joint=nfc(joint)[:200], secrecy=secrecy,
        origin="hand" if pages else "made" if make else "given", working_rules=working_rules, subject=subject,
        subject_id=subject_id, key="", recorded_at=act().at, recorded_in=act().id,
    )  # fmt: skip
    _tell(gettext_noop("Vào sổ văn bản đi %(symbol)s ngày %(day)s của %(unit)s."), paper)
    for rule in doubted:
        act().tell(gettext_noop("Đã báo trước khi vào sổ: theo %(rule)s thì không ra thể loại này."), rule=rule)
    if working_rules:
        _end_rules_before(paper)
    _freeze(actor, paper, head, make, files, pages)
    return paper


@action("documents.receive")
def receive(
    *, actor: Actor, unit: Unit, kind: str, symbol: str, sender: str, day: date, received_on: date, about: str = "",
    secrecy: str = "", files: Sequence[Given] = (), reason: str = "",
) -> Paper:  # fmt: skip
    """Enter a paper that came from elsewhere; its number of arrival runs through the year. Refuses a day to come, an
    arrival before the paper's day, and any text of a paper with a secrecy mark."""
    actor.require(REGISTER, at=unit)
    book = rulebook.at(day)
    entry = rules.Entry(kind, "in", day, about, secrecy, bool(files))
    reasons = rules.blockers(entry, actor.on, book, ("in",))
    if not nfc(sender):
        reasons.append(Reason("sender", _("Hãy ghi nơi gửi."), field="sender"))
    if not nfc(symbol):
        reasons.append(Reason("symbol", _("Hãy ghi số và ký hiệu; không có số thì ghi “không số”."), field="symbol"))
    if not day <= received_on <= actor.on:
        text = _("Ngày đến phải từ ngày văn bản %(day)s đến hôm nay %(today)s.")
        told = {"day": Known.of(day), "today": Known.of(actor.on)}
        reasons.append(Reason("received_on", text % told, field="received_on"))
    if reasons:
        raise Refused(reasons)
    must_stand(unit, received_on, received_on + ONE)
    Unit.objects.select_for_update().get(pk=unit.pk)
    series = f"in:{received_on.year}"
    paper = Paper.objects.create(
        unit=unit, direction="in", kind=kind, series=series, number=queries.next_number(unit, series),
        symbol=nfc(symbol)[:60], day=day, received_on=received_on, about=nfc(about)[:300], party=nfc(sender)[:200],
        secrecy=secrecy, state="received", key="", recorded_at=act().at, recorded_in=act().id,
    )  # fmt: skip
    _tell(gettext_noop("Vào sổ văn bản đến số %(number)s của %(unit)s: %(symbol)s."), paper, number=paper.number)
    keep_files(actor, paper, "attachment", files, PAPERS)
    _make_findable(paper, "")
    return paper


@action("documents.sign")
def sign(*, actor: Actor, paper: Paper, files: Sequence[Given], seen: int | None = None, reason: str = "") -> None:
    """The signed copy was scanned: the paper counts as signed. What was registered stays beside it. Refuses a paper
    that is not waiting for it, none or a strange file, and a paper with a secrecy mark."""
    _hold(actor, paper, seen)
    if paper.secrecy:
        raise Refused(rules.secret(rules.Entry(paper.kind, paper.body, paper.day, "", paper.secrecy, True)))
    if not files:
        raise Refused(Reason("file", _("Hãy chọn bản chụp hoặc bản quét đã ký."), field="file"))
    apply(PAPER, paper, "sign", actor=actor, at=paper.unit)
    paper.save(update_fields=["state"])
    _tell(gettext_noop("Đưa bản đã ký của %(symbol)s của %(unit)s lên."), paper)
    keep_files(actor, paper, "scan", files, SCANS)


@action("documents.add_file")
def add_file(*, actor: Actor, paper: Paper, files: Sequence[Given], reason: str = "") -> None:
    """Add a file to a paper: an annex, another page. Refuses a cancelled paper and one with a secrecy mark."""
    _hold(actor, paper, None)
    if paper.secrecy:
        raise Refused(rules.secret(rules.Entry(paper.kind, paper.body, paper.day, "", paper.secrecy, True)))
    if paper.state == "cancelled":
        refuse("state", _("Số này đã hủy nên không kèm thêm tệp được."))
    if not files:
        raise Refused(Reason("file", _("Hãy chọn tệp."), field="file"))
    _tell(gettext_noop("Kèm tệp vào %(symbol)s của %(unit)s."), paper)
    role = "page" if paper.origin == "hand" else "attachment"
    keep_files(actor, paper, role, files, SCANS if role == "page" else PAPERS)


@action("documents.cancel")
def cancel(*, actor: Actor, paper: Paper, reason: str, seen: int | None = None) -> None:
    """Cancel a number: it stays in the register with the reason and is never given again."""
    _hold(actor, paper, seen)
    if not nfc(reason):
        raise Refused(Reason("reason", _("Hãy ghi lý do hủy số."), field="reason"))
    apply(PAPER, paper, "cancel", actor=actor, at=paper.unit)
    paper.note, paper.reach, paper.published_on, paper.folder = nfc(reason)[:300], "", None, None
    paper.save(update_fields=["state", "note", "reach", "published_on", "folder"])
    _tell(gettext_noop("Hủy số %(symbol)s của %(unit)s; số này không dùng lại."), paper)


@action("documents.replace_rules")
def replace_rules(*, actor: Actor, paper: Paper, on: date, reason: str = "") -> None:
    """Working rules are no longer in force from a day on. Refuses a paper that is none, and a day before its own."""
    _hold(actor, paper, None)
    if not paper.working_rules or paper.rules_until is not None:
        refuse("none", _("Văn bản này không phải là quy chế làm việc đang có hiệu lực."))
    if not paper.day < on <= actor.on:
        raise Refused(Reason("on", _("Ngày hết hiệu lực phải sau ngày văn bản và không sau hôm nay."), field="on"))
    paper.rules_until = on
    paper.save(update_fields=["rules_until"])
    _tell(gettext_noop("Quy chế làm việc %(symbol)s của %(unit)s hết hiệu lực."), paper)


@action("documents.export")
def export(*, actor: Actor, unit: Unit, count: int, reason: str) -> None:
    """Take a unit's own register out as a file: the log keeps who, how many and why. Refuses without a reason."""
    actor.require(VIEW, at=unit)
    if not nfc(reason):
        raise Refused(Reason("reason", _("Hãy ghi lý do lấy ra."), field="reason"))
    act().tell(
        gettext_noop("Lấy sổ văn bản của %(unit)s ra tệp: %(count)s dòng."), about=[unit], units=[unit],
        unit=name_of(unit, actor.on), count=count,
    )  # fmt: skip


# --- parts --------------------------------------------------------------------------------------------------------


def _judge_issuer(kind: str, body: str, book: rulebook.Book, despite: bool) -> list[str]:
    """A verified rule refuses; an unsure one is told, and once it was read the paper is entered all the same. Returns
    the rules that objected."""
    doubts = rules.issuer_doubts(kind, body, book)
    for reason, rule in doubts:
        spoke(rule.reference)
        if rule.refuses:
            raise Refused(reason)
        if not despite:
            text = _(
                "%(said)s Quy định này chưa đối chiếu với văn bản gốc: nếu cấp ủy vẫn ban hành, hãy đánh dấu "
                "“Vẫn vào sổ”."
            )
            told = text % {"said": reason.message}
            raise Refused(Reason("unsure", told, field="kind", source=reason.source, rule=reason.rule))
    return [rule.reference for _reason, rule in doubts]


def _term(unit: Unit, day: date) -> CommitteeTerm:
    """The term of the day, held until the act ends, so that two numbers are never given at once."""
    term = CommitteeTerm.objects.select_for_update().on(day).filter(unit=unit).first()
    if term is None:
        text = _(
            "Chưa ghi nhiệm kỳ của ngày %(day)s. Số văn bản ghi liên tục trong một nhiệm kỳ, nên hãy ghi ngày bắt đầu "
            "nhiệm kỳ trước (mục “Nhiệm kỳ” của sổ văn bản)."
        )
        raise Refused(Reason("no_term", text % {"day": Known.of(day)}, field="day"))
    return term


def _number(unit: Unit, term: CommitteeTerm, series: str, wanted: int | None) -> int:
    if wanted is None:
        return queries.next_number(unit, series)
    if wanted < 1:
        raise Refused(Reason("number", _("Số văn bản bắt đầu từ 1."), field="number"))
    if Paper.objects.filter(unit=unit, series=series, number=wanted).exists():
        text = _(
            "Số %(n)s đã có trong sổ ở nhiệm kỳ này; số đã cho không dùng lại, kể cả khi đã hủy. "
            "Số tiếp theo: %(next)s."
        )
        told = {"n": wanted, "next": queries.next_number(unit, series)}
        raise Refused(Reason("number", text % told, field="number"))
    return wanted


def _freeze(
    actor: Actor, paper: Paper, head: Head, make: Make | None, files: Sequence[Given], pages: Sequence[Given]
) -> None:
    """Keep the paper's files; a made one is set once, with its number."""
    text = ""
    if make is not None:
        made = make(paper.number)
        name = paper.symbol.replace("/", "-")
        keep_files(actor, paper, "content", [Given(f"{name}.pdf", pdf.official(made))], PAPERS)
        keep_files(actor, paper, "docx", [Given(f"{name}.docx", docx_file.written(made))], PAPERS)
        text = made.text()
    keep_files(actor, paper, "page", pages, SCANS)
    keep_files(actor, paper, "content" if make is None else "attachment", files, PAPERS)
    _make_findable(paper, text)


def _make_findable(paper: Paper, text: str) -> None:
    """What a search looks at, without marks; nothing of the text of minutes, and of a secret paper only its number."""
    parts = [paper.symbol] if paper.secrecy else [paper.symbol, paper.about, paper.party]
    if text and paper.kind not in UNSEARCHED:
        parts.append(text)
    paper.key = plain(" ".join(parts))
    paper.save(update_fields=["key"])


def _end_rules_before(paper: Paper) -> None:
    """New working rules take the place of those in force."""
    rows = Paper.objects.filter(unit=paper.unit_id, working_rules=True, rules_until=None).exclude(state="cancelled")
    rows.filter(day__lt=paper.day).exclude(pk=paper.pk).update(rules_until=paper.day)


def _hold(actor: Actor, paper: Paper, seen: int | None) -> None:
    """Hold the row and see that nobody else was quicker."""
    actor.require(REGISTER, at=paper.unit)
    rows = Paper.objects.filter(pk=paper.pk)
    if not (rows if seen is None else rows.filter(version=seen)).update(version=F("version") + 1):
        text = _("Trong lúc đồng chí đang xem, người khác đã thay đổi văn bản này. Hãy xem lại rồi làm lần nữa.")
        raise Refused(Reason("stale", text))
    paper.refresh_from_db()


def _tell(text: str, paper: Paper, **values: object) -> None:
    mark = {"secrecy": SECRECY[paper.secrecy]} if paper.secrecy else {}
    act().tell(
        text, about=[paper], units=[paper.unit], symbol=paper.symbol, day=Known.of(paper.day),
        unit=name_of(paper.unit_id, paper.day), **mark, **values,
    )  # fmt: skip
