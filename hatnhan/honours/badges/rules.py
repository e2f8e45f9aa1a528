"""Who is due a Party badge, when, in which batch and under which number. Pure: facts and the rules of the day in,
reasons out.

Regulation 294-QĐ/TW, items 7.2.2 and 28; Guideline 06-HD/TW, item 18; batches by a local guideline, so that they warn
and a province may hold other days."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from hatnhan.kernel.days import after
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import Reason
from hatnhan.rulebook import Book, Rule, sentence
from hatnhan.rulebook.party_age import reached_on

SYMBOL = re.compile(r"[A-ZĐ]{2,3}")


@dataclass(frozen=True)
class Window:
    """A batch: its code, the day of award, and the days `[first, last)` on which the level is reached for it."""

    code: str
    day: date
    first: date
    last: date
    rule: Rule


def batches(year: int, book: Book) -> list[Window]:
    """The batches whose day of award lies in a year, in order (3/2, 19/5, 2/9, 7/11)."""
    found = []
    for code, rule in book.under("badge.batch").items():
        said = rule.value
        begins = year - 1 if said["first"] > said["month"] else year
        last = after(date(year, said["last"], 1))
        found.append(Window(code, date(year, said["month"], said["day"]), date(begins, said["first"], 1), last, rule))
    return sorted(found, key=lambda one: one.day)


def batch_of(reached: date, book: Book) -> Window | None:
    """The batch whose window holds the day on which the level is reached, or on which somebody may be considered."""
    near = [*batches(reached.year, book), *batches(reached.year + 1, book)]
    return next((one for one in near if one.first <= reached < one.last), None)


def shifted(day: date, months: int) -> date:
    """The same day so many calendar months later, or earlier; of a month without that day its last one."""
    month = day.year * 12 + day.month - 1 + months
    first = date(month // 12, month % 12 + 1, 1)
    return date(first.year, first.month, min(day.day, (after(first) - first).days))


def due_on(base: date, level: int) -> date:
    """The day on which the Party age reaches a level; `base` is already moved forward by gaps (06-HD/TW, item 5.3)."""
    return reached_on(base, level)


def early_from(due: date, level: int, book: Book) -> date | None:
    """From when the seriously ill may be considered (06-HD/TW, item 18.1). None while no rule speaks on that day."""
    high = book.get("badge.early.high_from")
    if high is None:
        return None
    months: int = book["badge.early.months_high" if level >= high.value else "badge.early.months"].value
    return shifted(due, -months)


def posthumous_from(due: date, book: Book) -> date | None:
    """From when on a death allows the award (06-HD/TW, item 18.2). None for a death before the rule came."""
    rule = book.get("badge.posthumous.months")
    return shifted(due, -rule.value) if rule is not None else None


def waits_until(kind: str, decided: date, book: Book) -> date | None:
    """The first day on which somebody may be considered again after discipline (24-QĐ/TW from 30/7/2021; 294-QĐ/TW,
    item 28.3.1c). None where no rule knows such a wait on the day of the decision."""
    rule = book.get(f"badge.wait.{kind}")
    return shifted(decided, rule.value) if rule is not None else None


@dataclass(frozen=True)
class Facts:
    """What is known of somebody on the day of the act. `base` shifted by gaps; `held` levels that were awarded;
    `postponed` the day until which discipline makes the award wait; `evidence` a medical paper lies somewhere."""

    base: date | None
    provisional: bool = False
    full: bool = True
    died: date | None = None
    held: frozenset[int] = frozenset()
    postponed: date | None = None
    evidence: bool = False
    explained: bool = False


@dataclass(frozen=True)
class Objection:
    """What stands in the way, and the rule that says so; without a rule it is a matter of facts and always refuses."""

    reason: Reason
    rule: Rule | None = None

    @property
    def refuses(self) -> bool:
        return self.rule is None or self.rule.refuses


def objections(level: int, kind: str, facts: Facts, on: date, book: Book) -> list[Objection]:
    """Why a badge of the level may not be declared on the day (members.md §5.6), each with its rule."""
    levels = book["party_age.marks"]
    if level not in levels.value:
        allowed = ", ".join(str(one) for one in levels.value)
        told = _("Không có Huy hiệu %(level)s năm. Các mức: %(allowed)s.") % {"level": level, "allowed": allowed}
        return [Objection(_reason("level", told, levels, "level"))]
    if facts.base is None:
        return [Objection(Reason("base", _("Chưa ghi ngày quyết định kết nạp nên chưa tính được tuổi đảng.")))]
    found = []
    if not facts.full:
        told = _("Tuổi đảng chỉ tính khi đã là đảng viên chính thức.")
        found.append(Objection(_reason("standing", told, book["party_age.counts_once"])))
    if level in facts.held and kind != "reissue":
        told = _("Đồng chí này đã được tặng Huy hiệu %(level)s năm.") % {"level": level}
        found.append(Objection(Reason("held", told, field="level")))
    if kind == "reissue":
        missing = level not in facts.held
        told = _("Chưa ghi Huy hiệu %(level)s năm nào đã tặng để cấp lại.") % {"level": level}
        return [*found, *([Objection(Reason("never_held", told, field="level"))] if missing else [])]
    found += _too_soon(level, kind, due_on(facts.base, level), facts, on, book)
    if facts.postponed is not None and on < facts.postponed:
        told = _("Chưa xét được vào lúc này. Hãy hỏi nơi giữ hồ sơ.")
        found.append(Objection(Reason("postponed", told), book.get("badge.wait.reprimand")))
    return found


def _too_soon(level: int, kind: str, due: date, facts: Facts, on: date, book: Book) -> list[Objection]:
    said = {"level": level, "day": Known.of(due)}
    if kind == "posthumous":
        return _after_death(due, facts, said, book)
    if facts.died is not None:
        return [Objection(Reason("died", _("Đồng chí này đã từ trần; hãy chọn truy tặng."), field="kind"))]
    if kind == "early":
        return _early(level, due, facts, on, book)
    batch = batch_of(due, book)
    late = batch is not None and on > batch.day
    if kind == "ordinary" and late:
        told = _("Đủ %(level)s năm tuổi đảng ngày %(day)s, đợt đó đã qua: hãy chọn đề nghị muộn và giải trình.")
        return [Objection(Reason("late", told % said, field="kind"))]
    if kind == "late" and not facts.explained:
        told = _("Đề nghị muộn phải giải trình vì sao muộn và đã xử lý người có trách nhiệm thế nào.")
        return [Objection(Reason("explanation", told, field="explanation"))]
    opens = shifted(due, -12)
    if on < opens:
        told = _("Đến ngày %(day)s mới đủ %(level)s năm tuổi đảng: còn hơn mười hai tháng nên chưa khai.") % said
        return [Objection(Reason("too_soon", told, field="level"))]
    return []


def _early(level: int, due: date, facts: Facts, on: date, book: Book) -> list[Objection]:
    first = early_from(due, level, book)
    if first is None:
        return [Objection(Reason("no_rule", _("Chưa có quy định tặng sớm vào ngày này."), field="kind"))]
    high = level >= book["badge.early.high_from"].value
    rule = book["badge.early.months_high" if high else "badge.early.months"]
    found = []
    if on < first:
        told = _("Tặng sớm mức %(level)s năm không quá %(n)s tháng, sớm nhất là ngày %(day)s.")
        said = {"level": level, "n": rule.value, "day": Known.of(first)}
        found.append(Objection(_reason("early", told % said, rule, "kind"), rule))
    if not facts.evidence:
        told = _("Tặng sớm phải có giấy xác nhận bệnh nặng; hãy ghi giấy đang lưu ở đâu, không ghi bệnh gì.")
        found.append(Objection(Reason("evidence", told, field="evidence")))
    return found


def _after_death(due: date, facts: Facts, said: Mapping[str, object], book: Book) -> list[Objection]:
    if facts.died is None:
        return [Objection(Reason("alive", _("Chưa ghi đồng chí này từ trần nên không truy tặng."), field="kind"))]
    if facts.died >= due:
        return []
    first, rule = posthumous_from(due, book), book.get("badge.posthumous.months")
    if first is None or rule is None:
        told = _("Ngày từ trần ở trước ngày có quy định truy tặng sớm nên không truy tặng mức này.")
        return [Objection(Reason("no_rule", told, field="kind"))]
    if facts.died < first:
        told = _("Truy tặng mức %(level)s năm thì phải từ trần từ ngày %(first)s; đủ tuổi đảng vào ngày %(day)s.")
        return [Objection(_reason("posthumous", told % {**said, "first": Known.of(first)}, rule, "kind"), rule)]
    return []


def _reason(code: str, told: str, rule: Rule, field: str | None = None) -> Reason:
    return Reason(code, told, field=field, source=sentence(rule), rule=rule.reference)


# --- what the death of somebody allows ----------------------------------------------------------------------------


def after_death(base: date, died: date, held: Iterable[int], book: Book) -> int | None:
    """The highest level that a death on that day allows and that was not awarded; None when there is none. Only the
    level next to be reached, or one reached within the last twelve months, is looked for."""
    had = set(held)
    for level in sorted(book["party_age.marks"].value, reverse=True):
        due = due_on(base, level)
        first = posthumous_from(due, book) or due
        if level not in had and first <= died < shifted(due, 12):
            return level
    return None


# --- numbers ------------------------------------------------------------------------------------------------------


def number(symbol: str, level: int, serial: int, book: Book) -> str:
    """The number of a badge, "NB 00001" for 60 years (38-HD/BTCTW, III.1.4). Raises ValueError when the series of the
    type is used up."""
    series = book[f"badge.series.{level}"].value
    text = f"{serial:0{series['digits']}d}"
    if serial < 1 or len(text) > series["digits"]:
        raise ValueError(level)
    return f"{symbol} {series['prefix']}{text}"


def serial_of(text: str, level: int, book: Book) -> tuple[str, int] | None:
    """(symbol of the province, running number) of a written number; None when it is not one of this type."""
    series = book[f"badge.series.{level}"].value
    found = re.fullmatch(rf"({SYMBOL.pattern}) {series['prefix']}(\d{{{series['digits']}}})", text)
    return (found[1], int(found[2])) if found and int(found[2]) else None


# --- gift money ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gift:
    """Gift money of one badge in đồng, None where the rulebook has no coefficient or no base salary; the rules behind
    it, and whether each of them was checked."""

    amount: int | None
    rules: tuple[Rule, ...] = ()

    @property
    def sure(self) -> bool:
        return self.amount is not None and all(rule.verified for rule in self.rules)


def gift(level: int, book: Book) -> Gift:
    """The coefficient of the level times the base salary of the day (56-HD/VPTW, 27/10/2015)."""
    rules = [rule for key in (f"badge.gift.{level}", "base_salary.amount") if (rule := book.get(key))]
    if len(rules) < 2:
        return Gift(None, tuple(rules))
    return Gift(int(Decimal(str(rules[0].value)) * rules[1].value), tuple(rules))
