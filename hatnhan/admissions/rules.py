"""Rules of admission and recognition: facts in, reasons out. Nothing here reads a clock or the database.

A reason that rests on a rule carries its source; `strict` are those that refuse, the others only warn: the rule was not
checked against its text (the mark decides)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import Reason
from hatnhan.rulebook import Book, Rule, sentence
from hatnhan.rulebook.votes import required_votes


@dataclass(frozen=True)
class Found:
    """What stands in the way: `strict` refuses, `soft` is said and written down."""

    strict: tuple[Reason, ...] = ()
    soft: tuple[Reason, ...] = ()

    def __add__(self, other: "Found") -> "Found":
        return Found(self.strict + other.strict, self.soft + other.soft)


def by_rule(rule: Rule, code: str, text: str, **where: Any) -> Found:
    """A reason that rests on a rule: it refuses when the rule is verified, else it warns."""
    reason = Reason(code, text, source=sentence(rule), rule=rule.reference, **where)
    return Found((reason,)) if rule.refuses else Found(soft=(reason,))


def plainly(code: str, text: str, **where: Any) -> Found:
    """A reason that needs no rule: an order of days, a sum."""
    return Found((Reason(code, text, **where),))


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the 1st of the next month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)


def completed_months(start: date, on: date) -> int:
    """Whole months between two days."""
    return (on.year - start.year) * 12 + on.month - start.month - (on.day < start.day)


# --- votes --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Vote:
    """A vote in numbers: of `base` people so many in favour and against."""

    base: int
    in_favour: int
    against: int = 0
    method: str = "card"


@dataclass(frozen=True)
class Bounds:
    """How large the base of a cell's vote may be: `least` with all left out that may be absent, `most` with all that
    attended (294-QĐ/TW, item 9.3)."""

    least: int
    most: int


def vote_blockers(vote: Vote, rule: Rule, fails: bool, bounds: Bounds | None = None) -> Found:
    """Numbers that cannot be, and a result that the step does not fit (294-QĐ/TW, item 9.3): a step that says "for"
    needs the majority of the rule, one that says "not enough" must lack it."""
    if vote.base < 1 or min(vote.in_favour, vote.against) < 0:
        return plainly("base", _("Hãy ghi tổng số người được tính khi biểu quyết."), field="base")
    if vote.in_favour + vote.against > vote.base:
        text = _("Tán thành và không tán thành cộng lại %(n)s, nhiều hơn tổng số %(base)s.")
        told = {"n": vote.in_favour + vote.against, "base": vote.base}
        return plainly("above_base", text % told, field="in_favour")
    if bounds is not None and not bounds.least <= vote.base <= bounds.most:
        text = _("Theo danh sách ngày ấy, tổng số tính khi biểu quyết từ %(least)s đến %(most)s.")
        return plainly("base", text % {"least": bounds.least, "most": bounds.most}, field="base")
    needed = required_votes(vote.base, rule.value)
    told = {"needed": needed, "base": vote.base, "n": vote.in_favour}
    if not fails and vote.in_favour < needed:
        text = _("Cần %(needed)s/%(base)s tán thành, mới có %(n)s. Hãy ghi là không đủ tán thành.")
        return plainly("votes", text % told, field="in_favour", source=sentence(rule), rule=rule.reference)
    if fails and vote.in_favour >= needed:
        text = _("%(n)s/%(base)s tán thành là đủ (cần %(needed)s). Hãy ghi là tán thành.")
        return plainly("votes", text % told, field="in_favour", source=sentence(rule), rule=rule.reference)
    return Found()


# --- the review of the cell ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Introduced:
    """One introduction: by a member (`full` on the day) together since a day, or by a union's resolution."""

    kind: str
    full: bool = True
    together_since: date | None = None
    replacement: bool = False


@dataclass(frozen=True)
class ReviewFacts:
    """What a review is judged by on its day. `lacking` are labels of papers of the dossier that are missing."""

    on: date
    birth: Known | None
    certificate_on: date | None
    dossier_on: date | None
    introducers: Sequence[Introduced] = ()
    lacking: Sequence[str] = ()
    consent: bool = False
    again: bool = False
    left_how: str = ""
    left_on: date | None = None
    readmitted_before: bool = False


def review_blockers(facts: ReviewFacts, book: Book) -> Found:
    """What stands in the way of the cell's review (294-QĐ/TW, items 1.1, 3.2; 06-HD/TW, 3.1, 3.4, 5.4)."""
    return (
        age_blockers(facts.birth, facts.on, facts.consent, book)
        + certificate_blockers(facts.certificate_on, facts.on, book)
        + stale_blockers(facts.dossier_on, facts.on, book)
        + introducer_blockers(facts.introducers, facts.on, book)
        + lacking_blockers(facts.lacking, book)
        + (again_blockers(facts, book) if facts.again else Found())
    )


def age_of(birth: date, on: date, book: Book) -> str:
    """`under`, `within`, `doubtful` or `over` the ages of admission on a day. Counted in months: the lower bound by
    completed months; the upper one strictly by the birthday, or where a province has chosen so by completed months."""
    if completed_months(birth, on) < book["admission.age.min_months"].value:
        return "under"
    most = book["admission.age.max_months"].value
    if on <= add_months(birth, most):
        return "within"
    if book["admission.age.max_by_month"].value and completed_months(birth, on) <= most:
        return "doubtful"
    return "over"


def age_blockers(birth: Known | None, on: date, consent: bool, book: Book) -> Found:
    """Too young, past the age without written consent, or no day of birth to count from (294-QĐ/TW, item 1.1)."""
    if birth is None or birth.precision != "day":
        return plainly("birth", _("Chưa ghi đủ ngày, tháng, năm sinh nên chưa tính được tuổi."))
    least, most = book["admission.age.min_months"], book["admission.age.max_months"]
    age = age_of(birth.earliest, on, book)
    if age == "under":
        return by_rule(least, "under_age", _("Người này chưa đủ 18 tuổi vào ngày chi bộ xét."))
    if age == "over" and not consent:
        text = _("Người này đã quá 60 tuổi vào ngày chi bộ xét: cần có đồng ý bằng văn bản của cấp có thẩm quyền.")
        return by_rule(most, "over_age", text)
    if age == "doubtful":
        reason = Reason("age_month", _("Đang trong tháng đủ 60 tuổi; hãy hỏi cấp có thẩm quyền."))
        return Found(soft=(reason,))
    return Found()


def certificate_blockers(issued: date | None, on: date, book: Book) -> Found:
    """No certificate of the awareness class, or one that is too old on the day (06-HD/TW, items 3.1, 5.4b)."""
    rule = book["admission.certificate.months"]
    if issued is None:
        return by_rule(rule, "certificate", _("Chưa có giấy chứng nhận học lớp bồi dưỡng nhận thức về Đảng."))
    if on > add_months(issued, rule.value):
        text = _("Giấy chứng nhận cấp %(day)s đã quá %(n)s tháng. Cần học lại trước khi chi bộ xét.")
        return by_rule(rule, "certificate", text % {"day": Known.of(issued), "n": rule.value})
    return Found()


def stale_blockers(made: date | None, on: date, book: Book) -> Found:
    """A dossier that lay longer than the months of the rule (06-HD/TW, item 5.4a)."""
    rule = book["admission.dossier.months"]
    if made is None or on <= add_months(made, rule.value):
        return Found()
    text = _("Hồ sơ lập ngày %(day)s đã quá %(n)s tháng. Cần bổ sung giấy giới thiệu, thẩm tra và ý kiến nhận xét.")
    return by_rule(rule, "stale", text % {"day": Known.of(made), "n": rule.value})


def introducer_blockers(introduced: Iterable[Introduced], on: date, book: Book) -> Found:
    """Two full members, or one and a union's resolution; each member 12 months together, replacements excepted
    (Charter, Art. 4; 294-QĐ/TW, item 3.2)."""
    rows = list(introduced)
    members = [one for one in rows if one.kind == "member"]
    unions = [one for one in rows if one.kind != "member"]
    enough, months = book["admission.introducer.members"], book["admission.introducer.months"]
    found = Found()
    if not members or len(members) + bool(unions) < enough.value:
        text = _("Chưa đủ người giới thiệu: hai đảng viên chính thức, hoặc một đảng viên và nghị quyết của đoàn thể.")
        found += by_rule(enough, "introducers", text)
    if any(not one.full for one in members):
        found += by_rule(months, "introducer_full", _("Người giới thiệu phải là đảng viên chính thức."))
    short = [one for one in members if not one.replacement and _short(one.together_since, on, months.value)]
    if short:
        text = _("Có người giới thiệu chưa cùng đơn vị với người vào Đảng đủ %(n)s tháng.") % {"n": months.value}
        found += by_rule(months, "introducer_months", text)
    return found


def _short(since: date | None, on: date, months: int) -> bool:
    return since is None or on < add_months(since, months)


def lacking_blockers(lacking: Sequence[str], book: Book) -> Found:
    """Papers that are not in the dossier yet (06-HD/TW, items 3.2–3.5)."""
    if not lacking:
        return Found()
    text = _("Hồ sơ còn thiếu: %(papers)s.") % {"papers": "; ".join(lacking)}
    return by_rule(book["admission.paper.letter"], "lacking", text)


def again_blockers(facts: ReviewFacts, book: Book) -> Found:
    """Re-admission: after the months of the rule, once, with the consent of the province, and never for some reasons
    (294-QĐ/TW, item 3.5)."""
    never, once = book["readmission.never"], book["readmission.once"]
    if facts.left_how in never.value:
        return by_rule(never, "never", _("Ra khỏi Đảng vì lý do này thì không xét kết nạp lại."), field="left_how")
    rule = book["readmission.minor_crime_months" if facts.left_how == "minor_crime" else "readmission.months"]
    found = Found()
    if facts.readmitted_before:
        found += by_rule(once, "once", _("Người này đã được kết nạp lại một lần; không kết nạp lại lần nữa."))
    if facts.left_on is None:
        found += plainly("left_on", _("Hãy ghi ngày ra khỏi Đảng, hoặc ngày được xóa án tích."), field="left_on")
    elif facts.on < add_months(facts.left_on, rule.value):
        text = _("Mới %(n)s tháng kể từ ngày %(day)s; phải đủ %(least)s tháng mới được xét kết nạp lại.")
        told = {"n": completed_months(facts.left_on, facts.on), "day": Known.of(facts.left_on), "least": rule.value}
        found += by_rule(rule, "too_soon", text % told)
    if not facts.consent:
        text = _("Kết nạp lại phải có đồng ý bằng văn bản của ban thường vụ tỉnh ủy.")
        found += by_rule(rule, "consent", text)
    return found


# --- later steps --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StepFacts:
    """What any step is judged by: its day, today, the day of the step before, and what vetting has answered."""

    on: date
    today: date
    since: date
    waiting: int = 0
    wrong: int = 0
    asked: int = 0


def day_blockers(facts: StepFacts) -> list[Reason]:
    """A day to come, or one before the step that came before it."""
    if facts.on > facts.today:
        return [Reason("future", _("Chưa thể ghi cho một ngày chưa tới."), field="on")]
    if facts.on < facts.since:
        text = _("Bước trước của hồ sơ này là ngày %(day)s; bước này không thể sớm hơn.")
        return [Reason("order", text % {"day": Known.of(facts.since)}, field="on")]
    return []


def vetting_blockers(facts: StepFacts | None) -> list[Reason]:
    """Vetting ends when everybody who was asked has answered that what was declared is right."""
    if facts is None or not facts.asked:
        return [Reason("vetting", _("Chưa ghi lượt thẩm tra nào."))]
    if facts.waiting:
        return [Reason("vetting", _("Còn %(n)s lượt thẩm tra chưa có trả lời.") % {"n": facts.waiting})]
    if facts.wrong:
        text = _("Có %(n)s lượt thẩm tra trả lời là khai chưa đúng. Hãy làm rõ rồi ghi lại.")
        return [Reason("vetting_wrong", text % {"n": facts.wrong})]
    return []


def recognition_blockers(on: date, ends: date, class_on: date | None, months: Rule) -> Found:
    """Before the 12 months are over, or without the class of new members (294-QĐ/TW, item 4.2; 06-HD/TW, 4.1)."""
    found = Found()
    if on < ends:
        text = _("Thời gian dự bị đến hết ngày %(day)s; chưa xét công nhận được.")
        found += plainly("probation", text % {"day": Known.of(ends)}, field="on", source=sentence(months))
    if class_on is None:
        found += by_rule(months, "new_member_class", _("Chưa ghi giấy chứng nhận lớp bồi dưỡng đảng viên mới."))
    return found


def dates_blockers(birth: Known | None, decided: date, ceremony: date) -> list[Reason]:
    """Days of admission that cannot be: a ceremony before the decision or birth makes Party age negative."""
    if ceremony < decided:
        return [Reason("order", _("Lễ kết nạp không thể trước ngày quyết định kết nạp."), field="on")]
    if birth is not None and birth.earliest >= decided:
        return [Reason("birth", _("Ngày quyết định kết nạp không thể trước ngày sinh."), field="on")]
    return []


def move_point(state: str, decided_on: date | None, late: bool, same: bool) -> str:
    """How far a case is when its applicant moves, as the table of 06-HD/TW, item 3.9, has it."""
    if state == "decided" and decided_on is not None:
        return "decided_same" if same else "decided_late" if late else "decided_soon"
    if state == "base_resolved":
        return "base_resolved"
    return "at_competent" if state in ("cell_resolved", "section_appraised") else "considered"


def missing(items: Mapping[str, Rule], have: Mapping[str, date], renewed_on: date | None) -> list[str]:
    """Codes of the dossier's papers that are not there; of those that are renewed the old ones do not count."""
    return [
        code
        for code, rule in items.items()
        if code not in have or (rule.value["renew"] and renewed_on is not None and have[code] < renewed_on)
    ]
