"""Scoring a meeting: the table as data, what the program knows turned into proposed points, the grade, the year.

Pure: facts in, points and sentences out. Only what is known is proposed; everything else a human gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.ui.text import num, pct
from hatnhan.rulebook.words import Words

GRADES = ("good", "fair", "average", "weak")  # the best first
MODES = ("literal", "rescaled")
PAPER_DAYS = ("calendar", "hours")
IN_A_ROW = 3  # excused more often than this in a row costs the point (meetings.md §1.6)
NUMBERS = (
    "good", "fair", "average", "year_good_least", "edge_duration", "edge_speakers",
)  # fmt: skip


@dataclass(frozen=True)
class Option:
    """One step of a criterion: its points and the bound from which it holds, at most one: minutes `short` of the
    least, percent at least (`share`), percent above (`over`)."""

    points: int
    label: str
    short: int | None = None
    share: int | None = None
    over: int | None = None


@dataclass(frozen=True)
class Criterion:
    """What is scored, from 0 to `most`. `auto` names the proposal; `when` "thematic": only in a month with one."""

    code: str
    label: str
    most: int
    auto: str = ""
    when: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Group:
    """A heading of the table with its criteria."""

    label: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Table:
    """A score table. `good`, `fair`, `average` are the least points of a grade; `gates` the criteria without whose full
    points nothing is good. `mode`: "literal" leaves points that cannot be had out of reach, "rescaled" counts the sum
    as of 100. `edge_duration` are the points between half the least time and 30 minutes short, `edge_speakers` those of
    exactly half speaking: the forms leave both open. `paper_day`: a day before is a "calendar" day or 24 "hours"."""

    code: str
    kind: str
    title: str
    groups: tuple[Group, ...]
    good: int
    fair: int
    average: int
    gates: tuple[str, ...] = ()
    mode: str = "literal"
    confirm: bool = True
    year_good_least: int = 0
    edge_duration: int = 2
    edge_speakers: int = 4
    paper_day: str = "calendar"

    def criteria(self, thematic: bool = True) -> list[Criterion]:
        """What is scored; without a thematic meeting in the month not what belongs to one."""
        return [one for group in self.groups for one in group.criteria if thematic or one.when != "thematic"]

    def most(self, thematic: bool) -> int:
        """The highest number of points that can be had."""
        return sum(one.most for one in self.criteria(thematic))


def table_of(code: str, value: Mapping[str, Any], base: Mapping[str, Any] | None = None) -> Table:
    """A table from its data, over what it is `like`."""
    data = {**(base or {}), **value}
    groups = tuple(
        Group(_label(group), tuple(_criterion(one) for one in group["criteria"])) for group in data["groups"]
    )
    return Table(
        code, data["kind"], _label(data), groups, gates=tuple(data["gates"]), mode=data["mode"],
        confirm=data["confirm"], paper_day=data["paper_day"], **{name: data[name] for name in NUMBERS},
    )  # fmt: skip


def _label(data: Mapping[str, Any]) -> str:
    return str(Words(data["label_vi"], data["label_en"]))


def _criterion(data: Mapping[str, Any]) -> Criterion:
    options = tuple(
        Option(one["points"], _label(one), one.get("short"), one.get("share"), one.get("over"))
        for one in data.get("options", ())
    )
    return Criterion(data["code"], _label(data), data["most"], data.get("auto", ""), data.get("when", ""), options)


def table_blockers(table: Table) -> list[Reason]:
    """What cannot be true of a table: points that do not add up to 100, grades out of order, a gate that is nowhere."""
    reasons = []
    total = table.most(True)
    if total != 100:
        text = _("Các mục cộng lại được %(n)s điểm; bảng điểm phải có tổng 100.")
        reasons.append(Reason("sum", text % {"n": total}))
    if not 100 >= table.good > table.fair > table.average > 0:
        text = _("Ba mức điểm phải giảm dần: tốt, khá, trung bình, và nằm từ 1 đến 100.")
        reasons.append(Reason("thresholds", text, field="good"))
    codes = {one.code for one in table.criteria()}
    if not set(table.gates) <= codes:
        reasons.append(Reason("gates", _("Điều kiện phải là một mục của bảng điểm."), field="gates"))
    return reasons


@dataclass(frozen=True)
class Facts:
    """What the program knows of a meeting. `thematic`: there was a thematic meeting in its month. `in_a_row` is the
    longest run of excused absences of anybody this year, `tasks` and `done` those of the meeting before. None: not
    known. `papers_at` and `posted_on` say when papers were out and when the result was reported."""

    held: datetime
    minutes: int
    least: int
    due: int
    present: int
    unexcused: int
    there: int
    spoke: int
    thematic: bool = False
    in_a_row: int = 0
    tasks: int = 0
    done: int = 0
    chaired: bool = False
    clerked: bool = False
    concluded: bool = False
    adopted: bool = False
    named_tasks: bool = False
    told: bool | None = None
    papers_at: datetime | None = None
    posted_on: date | None = None
    report_days: int = 2


@dataclass(frozen=True)
class Proposal:
    """Points with the sentence that explains them; `points` None: not known, a human decides. `edge`: the form leaves
    this case open and a default was taken."""

    points: int | None
    why: str
    edge: bool = False


def propose(table: Table, facts: Facts) -> dict[str, Proposal]:
    """Points by criterion for what is known; what nothing is known of is left out."""
    found = {}
    for one in table.criteria(facts.thematic):
        if one.auto:
            found[one.code] = PROPOSERS[one.auto](one, facts, table)
    return found


def _step(one: Criterion, n: int, of: int) -> Option | None:
    """The first option whose share holds."""
    for option in one.options:
        if option.over is not None and n * 100 > of * option.over:
            return option
        if option.share is not None and n * 100 >= of * option.share:
            return option
    return None


def _duration(one: Criterion, facts: Facts, table: Table) -> Proposal:
    short = max(0, facts.least - facts.minutes)
    told = {"minutes": num(facts.minutes), "least": num(facts.least), "short": num(short)}
    why = (
        _("Họp %(minutes)s phút, mức tối thiểu %(least)s phút, thiếu %(short)s phút.")
        if short else _("Họp %(minutes)s phút, đủ mức tối thiểu %(least)s phút.")
    ) % told  # fmt: skip
    for option in one.options:
        if option.short is not None and short <= option.short:
            return Proposal(option.points, why)
    if facts.minutes * 2 > facts.least:
        edge = _("Bảng điểm không nói mức giữa một nửa và thiếu 30 phút; tạm tính %(points)s điểm.")
        return Proposal(table.edge_duration, f"{why} {edge % {'points': table.edge_duration}}", edge=True)
    step = _step(one, facts.minutes, facts.least)
    return Proposal(step.points if step else None, why)


def _attendance(one: Criterion, facts: Facts, table: Table) -> Proposal:
    told = {"present": num(facts.present), "due": num(facts.due), "n": num(facts.unexcused)}
    if not facts.due:
        return Proposal(None, _("Không có đảng viên nào phải dự."))
    why = _("Có mặt %(present)s/%(due)s, đạt %(share)s.") % {**told, "share": pct(facts.present / facts.due)}
    if facts.unexcused:
        return Proposal(
            one.options[-1].points, why + " " + _("Có %(n)s đồng chí vắng không lý do nên tính mức thấp nhất.") % told
        )
    step = _step(one, facts.present, facts.due)
    return Proposal(step.points if step else None, why)


def _in_a_row(one: Criterion, facts: Facts, table: Table) -> Proposal:
    told = {"n": facts.in_a_row, "most": IN_A_ROW}
    if facts.in_a_row > IN_A_ROW:
        return Proposal(0, _("Trong năm có đồng chí vắng có lý do %(n)s kỳ liền, quá %(most)s kỳ.") % told)
    return Proposal(one.most, _("Trong năm không ai vắng có lý do quá %(most)s kỳ liền.") % told)


def _speakers(one: Criterion, facts: Facts, table: Table) -> Proposal:
    if not facts.there:
        return Proposal(None, _("Không có người dự."))
    share = min(facts.spoke, facts.there) / facts.there
    told = {"spoke": num(facts.spoke), "there": num(facts.there), "share": pct(share)}
    why = _("%(spoke)s người phát biểu trên %(there)s đảng viên dự, đạt %(share)s.") % told
    if facts.spoke * 2 == facts.there:
        edge = _("Bảng điểm không nói mức đúng một nửa; tạm tính %(points)s điểm.") % {"points": table.edge_speakers}
        return Proposal(table.edge_speakers, f"{why} {edge}", edge=True)
    step = _step(one, facts.spoke, facts.there)
    return Proposal(step.points if step else None, why)


def _tasks(one: Criterion, facts: Facts, table: Table) -> Proposal:
    if not facts.tasks:
        return Proposal(None, _("Kỳ trước không giao nhiệm vụ nào; đồng chí chấm theo chỉ tiêu của nghị quyết."))
    told = {"done": num(facts.done), "tasks": num(facts.tasks), "share": pct(facts.done / facts.tasks)}
    step = _step(one, facts.done, facts.tasks)
    return Proposal(
        step.points if step else None, _("Xong %(done)s/%(tasks)s nhiệm vụ giao kỳ trước, đạt %(share)s.") % told
    )


def _minutes(one: Criterion, facts: Facts, table: Table) -> Proposal:
    missing = [word for has, word in ((facts.chaired, _("người chủ trì")), (facts.clerked, _("thư ký"))) if not has]
    if missing:
        return Proposal(0, _("Biên bản còn thiếu: %(what)s.") % {"what": ", ".join(missing)})
    return Proposal(one.most, _("Biên bản có điểm danh, người chủ trì, thư ký."))


def _concluded(one: Criterion, facts: Facts, table: Table) -> Proposal:
    if facts.concluded:
        return Proposal(one.most, _("Có nghị quyết hoặc kết luận."))
    return Proposal(0, _("Buổi này không ra nghị quyết hoặc kết luận."))


def _closed(one: Criterion, facts: Facts, table: Table) -> Proposal:
    if not facts.adopted:
        return Proposal(None, _("Biên bản chưa ghi là đã thông qua; đồng chí chấm theo buổi họp."))
    if not facts.named_tasks:
        return Proposal(one.most // 2, _("Biên bản đã thông qua; chưa có nhiệm vụ nào ghi rõ người chủ trì."))
    return Proposal(one.most, _("Biên bản đã thông qua, nhiệm vụ ghi rõ người chủ trì."))


def _told(one: Criterion, facts: Facts, table: Table) -> Proposal:
    if facts.told is None:
        return Proposal(None, _("Chưa có thông tin về giấy mời; đồng chí tự chấm."))
    return Proposal(one.most if facts.told else 0, _("Đã mời trước.") if facts.told else _("Chưa ghi là đã mời."))


def _papers(one: Criterion, facts: Facts, table: Table) -> Proposal:
    if facts.papers_at is None:
        return Proposal(None, _("Chưa có thông tin về tài liệu; đồng chí tự chấm."))
    if table.paper_day == "hours":
        early = facts.held - facts.papers_at >= timedelta(hours=24)
    else:
        early = (facts.held.date() - facts.papers_at.date()).days >= 1
    told = {"at": f"{facts.papers_at:%H:%M %d/%m/%Y}"}
    why = (
        _("Tài liệu có từ %(at)s, trước ít nhất một ngày.") if early else _("Tài liệu có từ %(at)s, chưa đủ một ngày.")
    )
    return Proposal(one.most if early else 0, why % told)


def _posted(one: Criterion, facts: Facts, table: Table) -> Proposal:
    if facts.posted_on is None:
        return Proposal(None, _("Chưa ghi ngày báo cáo kết quả; đồng chí tự chấm."))
    days = (facts.posted_on - facts.held.date()).days
    told = {"days": days, "least": facts.report_days}
    if days > facts.report_days:
        return Proposal(0, _("Báo cáo sau %(days)s ngày, quá %(least)s ngày.") % told)
    return Proposal(one.most, _("Báo cáo sau %(days)s ngày, trong hạn %(least)s ngày.") % told)


PROPOSERS = {
    "duration": _duration, "attendance": _attendance, "in_a_row": _in_a_row, "speakers": _speakers, "tasks": _tasks,
    "minutes": _minutes, "concluded": _concluded, "closed": _closed, "told": _told, "papers": _papers,
    "posted": _posted,
}  # fmt: skip


def points_blockers(table: Table, points: Mapping[str, int], thematic: bool) -> list[Reason]:
    """Criteria without points, with points out of bounds, or that the table does not have."""
    reasons = []
    asked = {one.code: one for one in table.criteria(thematic)}
    for code, one in asked.items():
        if code not in points:
            reasons.append(Reason("missing", _("Hãy chấm mục “%(label)s”.") % {"label": one.label}, field=code))
        elif not 0 <= points[code] <= one.most:
            text = _("“%(label)s”: chấm từ 0 đến %(most)s điểm.")
            reasons.append(Reason("points", text % {"label": one.label, "most": one.most}, field=code))
    if set(points) - set(asked):
        reasons.append(Reason("unknown", _("Có mục không thuộc bảng điểm này.")))
    return reasons


@dataclass(frozen=True)
class Result:
    """What the points make: their sum, the most that could be had, the total as of 100 in tenths (rounded down), the
    grade, and the labels of the gates that were not passed."""

    points: int
    most: int
    tenths: int
    grade: str
    failed: tuple[str, ...] = field(default=())


def result(table: Table, points: Mapping[str, int], thematic: bool) -> Result:
    """Sum and grade. A grade is decided by the exact share, so rounding never lifts it."""
    asked = table.criteria(thematic)
    total, most = sum(points[one.code] for one in asked), table.most(thematic)
    of = most if table.mode == "rescaled" else 100
    failed = tuple(one.label for one in asked if one.code in table.gates and points[one.code] < one.most)
    reached = [name for name in GRADES[:-1] if total * 100 >= getattr(table, name) * of]
    grade = reached[0] if reached else GRADES[-1]
    if grade == "good" and failed:
        grade = "fair"
    return Result(total, most, total * 1000 // of, grade, failed)


@dataclass(frozen=True)
class Year:
    """What the months make of the year; `grade` None where the table's rule as known says nothing. `complete`: no
    regular meeting without a final score."""

    grade: str | None
    good: int
    scored: int
    held: int

    @property
    def complete(self) -> bool:
        return self.scored == self.held


def year_of(grades: Sequence[str], held: int, table: Table) -> Year:
    """Good: every regular meeting fair or better and at least `year_good_least` of them good; fair: every one average
    or better (meetings.md §2.4). What is below that the rule seen does not say."""
    good = list(grades).count("good")
    grade = None
    if grades and "weak" not in grades:
        grade = "good" if "average" not in grades and good >= table.year_good_least else "fair"
    return Year(grade, good, len(grades), held)
