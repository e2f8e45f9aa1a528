"""Two years of cell meetings in the deep commune, loaded as from the cells' books; this month only some have met."""

from datetime import date, time, timedelta
from random import Random

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import months
from hatnhan.kernel.models import Placement
from hatnhan.meetings import actions
from hatnhan.meetings.actions import Held
from hatnhan.meetings.minutes import queries, rules
from hatnhan.meetings.minutes.rules import Line, MotionSheet, Sheet, TaskSheet
from hatnhan.members.models import Tenure

from .life import START
from .places import Places

DAYS = (3, 4, 5)
SO_FAR, ADOPTED = 0.7, 0.9  # of the cells met this month; of these adopted their minutes
RESOLVED = (
    "Tập trung thu hoạch đúng thời vụ, vận động nhân dân chỉnh trang đường làng, ngõ xóm.",
    "Rà soát hộ nghèo, hộ cận nghèo; mỗi đảng viên giúp đỡ một hộ bằng việc làm cụ thể.",
    "Vận động nhân dân phân loại rác tại nguồn, giữ vệ sinh đường thôn vào sáng thứ bảy.",
    "Chuẩn bị ngày hội đại đoàn kết; phân công đảng viên phụ trách từng nhóm hộ.",
    "Bồi dưỡng quần chúng ưu tú, giới thiệu người trẻ ở địa phương vào nguồn kết nạp.",
)
CONCLUDED = (
    "Thống nhất nội dung chuyên đề; đảng viên liên hệ bản thân và đăng ký việc làm theo.",
    "Tiếp tục theo dõi các nhiệm vụ còn lại, báo cáo ở kỳ sinh hoạt sau.",
)
TASKS = (
    "Vận động các hộ hiến đất mở rộng đường thôn", "Rà soát danh sách hộ cận nghèo", "Thăm hỏi đảng viên cao tuổi",
    "Dọn vệ sinh nhà văn hóa", "Lập danh sách quần chúng ưu tú", "Kiểm tra việc thu gom rác của các tổ",
)  # fmt: skip


def hold_meetings(actor: Actor, places: Places, on: date, seed: int) -> None:
    """The regular meeting of every month, every third with the thematic one in the same sitting."""
    die, commune = Random(seed), places.commune or places.province
    here = list(Placement.objects.under(commune, on).values_list("unit_id", flat=True))
    held: list[Held] = []
    for first in months(START, on):
        for which, number in enumerate(DAYS):
            day = first.replace(day=number)
            if day > on:
                continue
            standing = Placement.objects.on(day).filter(unit__in=here, stands=True)
            kinds = [kind.code for kind in rulebook.at(day).kinds().values() if kind.cell]
            cells = standing.filter(kind__in=kinds).order_by("unit_id").values_list("unit_id", flat=True)
            rolls = queries.lines_at([pk for pk in cells if pk % len(DAYS) == which], day)
            chairs = dict(Tenure.objects.on(day).filter(unit__in=rolls, office="secretary")
                          .values_list("unit_id", "person_id"))  # fmt: skip
            for pk, lines in sorted(rolls.items()):
                if day.replace(day=1) < on.replace(day=1) or die.random() < SO_FAR:
                    held.append(_meeting(die, pk, day, lines, chairs.get(pk), on))
    if held:
        actions.load(actor=actor, unit=commune, held=held)


def _meeting(die: Random, unit: int, day: date, lines: list[Line], chair: int | None, on: date) -> Held:
    book = rulebook.at(day)
    called = rules.call(lines, {}, book)
    marks = {
        one.line.person: "excused" if die.random() < 0.85 else "unexcused"
        for one in called
        if one.due and one.line.person != chair and die.random() < 0.07
    }
    late = [one.line.person for one in called if one.due and one.line.person not in marks]
    marks |= {pk: "late" for pk in late if pk != chair and die.random() < 0.03}
    roll = rules.call(lines, marks, book)
    there = rules.votes_there(roll)
    both = day.month % 3 == 2
    against = int(there > 8 and die.random() < 0.15)
    resolved = die.random() < 0.8 and there > 0
    voted = "Thông qua nghị quyết của chi bộ" if resolved else "Thông qua kết luận của chi bộ"
    motions = [MotionSheet(voted, there - against, against, method="card")]
    due = day + timedelta(days=die.randint(15, 27))
    people = [one.line.person for one in roll if one.there]
    given = (
        [TaskSheet(text, due, die.choice(people)) for text in die.sample(TASKS, die.randint(1, 3))] if people else []
    )
    recent = (on - day).days < 45
    sheet = Sheet(
        kind="both" if both else "regular", held_on=day, started=time(19, 30),
        ended=time(21 + both, die.choice((5, 10, 20, 30)) if not both else die.choice((0, 10))),
        place="Nhà văn hóa", chair=chair if chair in {line.person for line in lines} else None,
        spoke=min(len(people), die.randint(2, 7)), marks=marks, motions=motions if there else [],
        outcome="resolution" if resolved else "conclusion",
        outcome_text=die.choice(RESOLVED if resolved else CONCLUDED), tasks=given,
    )  # fmt: skip
    done = len(given) - int(die.random() < (0.7 if recent else 0.06))
    adopted = not recent or die.random() < ADOPTED
    return Held(unit, sheet, max(0, done), adopted)
