"""Figures of quality: final grades of meetings, the persons behind the rolls, tasks by the day they are due."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.figures import Distinct, Figure, Ratio, Source, Without, register
from hatnhan.meetings.choices import COMMITTEE, REGULAR, THEMATIC
from hatnhan.meetings.minutes.figures import meetings
from hatnhan.meetings.models import Attendance, ScoreResult, Task


def _graded() -> QuerySet[ScoreResult]:
    return ScoreResult.objects.all()


def _roll() -> QuerySet[Any]:
    """Who had to attend, with the times at which their meeting was recorded and voided."""
    rows = Attendance.objects.filter(due=True, meeting__kind__in=REGULAR)
    return rows.annotate(voided_at=F("meeting__voided_at"), recorded_at=F("meeting__recorded_at"))


grades = Source("meetings.grades", _graded, day="held_on")


def _tasks() -> QuerySet[Any]:
    """Tasks with the times at which their meeting was recorded and voided."""
    rows = Task.objects.exclude(meeting__kind=COMMITTEE)
    return rows.annotate(voided_at=F("meeting__voided_at"), recorded_at=F("meeting__recorded_at"))


roll = Source("meetings.roll", _roll, day="meeting__held_on", unit="meeting__unit")
due = Source("meetings.due_tasks", _tasks, day="due_on", unit="meeting__unit")

register(
    Figure(
        "meetings.graded", _("Buổi sinh hoạt đã chốt điểm"),
        _("Buổi sinh hoạt đã chấm điểm, biểu quyết và được xác nhận."), _("buổi"), grades,
    ),
    Figure(
        "meetings.graded_good", _("Buổi sinh hoạt xếp tốt"), _("Trong số buổi đã chốt điểm, số buổi xếp tốt."),
        _("buổi"), grades, Q(grade="good"),
    ),
    Figure(
        "meetings.graded_fair", _("Buổi sinh hoạt xếp khá"), _("Trong số buổi đã chốt điểm, số buổi xếp khá."),
        _("buổi"), grades, Q(grade="fair"),
    ),
    Figure(
        "meetings.graded_average", _("Buổi sinh hoạt xếp trung bình"),
        _("Trong số buổi đã chốt điểm, số buổi xếp trung bình."), _("buổi"), grades, Q(grade="average"),
    ),
    Figure(
        "meetings.graded_weak", _("Buổi sinh hoạt xếp kém"), _("Trong số buổi đã chốt điểm, số buổi xếp kém."),
        _("buổi"), grades, Q(grade="weak"),
    ),
    Ratio(
        "meetings.good_share", _("Tỷ lệ buổi sinh hoạt xếp tốt"),
        _("Số buổi xếp tốt chia cho số buổi đã chốt điểm."), "meetings.graded_good", "meetings.graded",
    ),
    Figure(
        "meetings.obliged_persons", _("Đảng viên phải dự sinh hoạt thường kỳ"),
        _("Đảng viên có ít nhất một kỳ thường kỳ phải dự trong thời gian này, mỗi người tính một lần."),
        _("đảng viên"), roll, measure=Distinct("person"),
    ),
    Figure(
        "meetings.attended_all", _("Đảng viên dự đủ mọi kỳ"),
        _("Trong số đảng viên phải dự, số người không vắng kỳ thường kỳ nào trong thời gian này; mỗi người tính một "
          "lần."),
        _("đảng viên"), roll, measure=Without("person", Q(mark__in=["excused", "unexcused"])),
    ),
    Ratio(
        "meetings.attended_all_share", _("Tỷ lệ đảng viên dự đủ mọi kỳ"),
        _("Số đảng viên không vắng kỳ nào chia cho số đảng viên phải dự."), "meetings.attended_all",
        "meetings.obliged_persons",
    ),
    Figure(
        "meetings.thematic_cells", _("Chi bộ có sinh hoạt chuyên đề"),
        _("Chi bộ có ít nhất một buổi chuyên đề trong thời gian này, mỗi chi bộ tính một lần."),
        _("chi bộ"), meetings, Q(kind__in=THEMATIC), Distinct("unit"),
    ),
    Figure(
        "meetings.tasks_due", _("Nhiệm vụ đến hạn"),
        _("Nhiệm vụ chi bộ giao có hạn xong trong thời gian này."), _("nhiệm vụ"), due,
    ),
    Figure(
        "meetings.tasks_in_time", _("Nhiệm vụ xong đúng hạn"),
        _("Trong số nhiệm vụ đến hạn, số xong trong hoặc trước ngày hạn."), _("nhiệm vụ"), due,
        Q(state="done", done_on__lte=F("due_on")),
    ),
    Ratio(
        "meetings.in_time_share", _("Tỷ lệ nhiệm vụ xong đúng hạn"),
        _("Số nhiệm vụ xong đúng hạn chia cho số nhiệm vụ đến hạn."), "meetings.tasks_in_time", "meetings.tasks_due",
    ),
    Figure(
        "meetings.day_fixed", _("Buổi thường kỳ có ngày cố định"),
        _("Buổi sinh hoạt thường kỳ đã thông qua biên bản của chi bộ có ngày sinh hoạt cố định."), _("buổi"), meetings,
        Q(kind__in=REGULAR, on_day__isnull=False),
    ),
    Figure(
        "meetings.on_day", _("Buổi thường kỳ họp đúng ngày"),
        _("Trong số đó, buổi họp đúng ngày cố định, hoặc đúng ngày thay khi ngày ấy là ngày nghỉ."), _("buổi"),
        meetings, Q(kind__in=REGULAR, on_day=True),
    ),
    Ratio(
        "meetings.on_day_share", _("Tỷ lệ họp đúng ngày"),
        _("Số buổi thường kỳ họp đúng ngày chia cho số buổi của chi bộ có ngày cố định."), "meetings.on_day",
        "meetings.day_fixed",
    ),
)  # fmt: skip
