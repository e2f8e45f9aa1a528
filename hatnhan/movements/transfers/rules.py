"""Rules of official transfers: facts in, reasons out. Nothing here reads a clock or the database."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import Reason
from hatnhan.rulebook import Book, Rule, sentence
from hatnhan.rulebook.party_age import reached_on

from .choices import CHECKS


@dataclass(frozen=True)
class Facts:
    """What a step is judged by. `own`: it is the actor's own case; `despite`: the actor has read what unsure rules
    object to and goes on."""

    own: bool = False
    despite: bool = False


@dataclass(frozen=True)
class LetterFacts(Facts):
    """What is known before a letter is issued. `checks` are the papers that were looked at, each with its day;
    `pending` what other modules object to, with the mark of their rules; `badge_base` is the day from which Party age
    counts."""

    book: Book = field(kw_only=True)
    on: date = field(kw_only=True)
    proof: str = ""
    checks: Mapping[str, str] = field(default_factory=dict)
    probationary: bool = False
    suspended: bool = False
    start_by: date | None = None
    badge_base: date | None = None
    pending: Sequence[Reason] = ()


@dataclass(frozen=True)
class ArrivalFacts(Facts):
    """What is known when somebody is taken in: the day, the day of the letter, the last day for presenting it, what was
    explained, and whether the dossier's table of contents is certified."""

    on: date = field(kw_only=True)
    letter_on: date = field(kw_only=True)
    present_by: date | None = None
    explained: str = ""
    rule: Rule | None = None


def own_blockers(facts: Facts) -> list[Reason]:
    """Nobody decides on the own transfer."""
    text = _("Đồng chí không tự làm việc này cho mình; hãy để người khác trong cấp ủy làm.")
    return [Reason("own", text)] if facts.own else []


def letter_blockers(facts: LetterFacts) -> list[Reason]:
    """Why no letter can be issued. Of rules that were not checked against their text the reasons fall away once the
    actor goes on `despite` them (294-QĐ/TW, item 6.3.1; 38-HD/BTCTW, II.4)."""
    hard, unsure = judged(facts)
    return own_blockers(facts) + hard + ([] if facts.despite else unsure)


def judged(facts: LetterFacts) -> tuple[list[Reason], list[Reason]]:
    """(what refuses, what only warns) before a letter."""
    hard: list[Reason] = []
    unsure: list[Reason] = []

    def add(rule: Rule, code: str, text: str) -> None:
        (hard if rule.refuses else unsure).append(Reason(code, text, source=sentence(rule), rule=rule.reference))

    if not facts.proof.strip():
        hard.append(Reason("proof", _("Hãy ghi quyết định hoặc giấy tờ làm căn cứ chuyển."), field="proof"))
    for code in asked(facts.book, facts.probationary):
        rule, label = facts.book[f"transfer.check.{code}"], CHECKS[code]
        if code not in facts.checks:
            add(rule, f"check.{code}", _("Chưa xong: %(what)s.") % {"what": str(label).lower()})
    if facts.suspended:
        add(facts.book["transfer.pending"], "suspended", _("Đồng chí này đang bị đình chỉ sinh hoạt."))
    if facts.start_by is not None and facts.on > facts.start_by:
        text = _("Làm thủ tục muộn: hạn là ngày %(day)s. Cấp ủy cần ghi rõ vì sao.")
        add_late = facts.book.deadline("transfer_start").rule
        unsure.append(
            Reason("late", text % {"day": Known.of(facts.start_by)}, source=sentence(add_late), rule=add_late.reference)
        )
    if (badge := badge_ahead(facts.badge_base, facts.on, facts.book)) is not None:
        rule = facts.book["transfer.badge_ahead_months"]
        text = _("Ngày %(day)s đồng chí này tròn %(n)s năm tuổi đảng: nơi đi đề nghị Huy hiệu Đảng trước khi chuyển.")
        unsure.append(
            Reason(
                "badge", text % {"day": Known.of(badge[0]), "n": badge[1]}, source=sentence(rule), rule=rule.reference
            )
        )  # fmt: skip
    for reason in facts.pending:
        sure = reason.rule is None or _refuses(facts.book, reason.rule)
        (hard if sure else unsure).append(reason)
    return hard, unsure


def asked(book: Book, probationary: bool) -> list[str]:
    """The papers that are asked for: some only of a probationary member."""
    return [code for code in CHECKS if probationary or book[f"transfer.check.{code}"].value == "all"]


def _refuses(book: Book, reference: str) -> bool:
    rule = book.get(reference.partition("@")[0])
    return rule is None or rule.refuses


def badge_ahead(base: date | None, on: date, book: Book) -> tuple[date, int] | None:
    """The day on which a badge falls due soon after `on`, and for how many years; None when none does
    (38-HD/BTCTW, III.1.5d)."""
    if base is None:
        return None
    ahead = months_after(on, int(book["transfer.badge_ahead_months"].value))
    for years in book["party_age.marks"].value:
        day = reached_on(base, years)
        if on <= day <= ahead:
            return day, years
    return None


def arrival_blockers(facts: ArrivalFacts) -> list[Reason]:
    """Why somebody cannot be taken in: before the letter was written; late without an explanation, as long as the rule
    may refuse (294-QĐ/TW, item 6.3.1c)."""
    found = own_blockers(facts)
    if facts.on < facts.letter_on:
        text = _("Không thể tiếp nhận trước ngày cấp giấy giới thiệu (%(day)s).")
        found.append(Reason("before_letter", text % {"day": Known.of(facts.letter_on)}, field="on"))
    late = facts.present_by is not None and facts.on > facts.present_by
    if late and facts.present_by and facts.rule is not None and not facts.explained.strip() and not facts.despite:
        text = _("Nộp giấy muộn, hạn là ngày %(day)s. Hãy ghi lời giải trình của đồng chí ấy.")
        found.append(
            Reason(
                "late", text % {"day": Known.of(facts.present_by)}, field="explanation", source=sentence(facts.rule),
                rule=facts.rule.reference,
            )
        )  # fmt: skip
    return found


def abandoned_after(letter_on: date, book: Book) -> date:
    """The last day after which a letter that was not presented is considered (38-HD/BTCTW, item 4.3.1d)."""
    return months_after(letter_on, int(book["transfer.abandon_months"].value))


def months_after(day: date, n: int) -> date:
    """The same day `n` months later; the last day of the month where that day does not exist."""
    years, month = divmod(day.month - 1 + n, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
