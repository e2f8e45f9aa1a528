"""The figures of meetings: everything is counted or summed over meetings, on the day they were held."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.figures import Distinct, Figure, Ratio, Source, Sum, register
from hatnhan.meetings.choices import COMMITTEE, REGULAR, THEMATIC
from hatnhan.meetings.models import Meeting


def _held() -> QuerySet[Meeting]:
    return Meeting.objects.exclude(kind=COMMITTEE)


meetings = Source("meetings", _held, day="held_on")

register(
    Figure(
        "meetings.held", _("Buổi sinh hoạt"), _("Buổi sinh hoạt chi bộ đã ghi, mọi loại."), _("buổi"), meetings
    ),
    Figure(
        "meetings.regular", _("Sinh hoạt thường kỳ"),
        _("Buổi sinh hoạt thường kỳ, kể cả buổi gộp với chuyên đề."), _("buổi"), meetings, Q(kind__in=REGULAR),
    ),
    Figure(
        "meetings.thematic", _("Sinh hoạt chuyên đề"),
        _("Buổi sinh hoạt chuyên đề, kể cả buổi gộp với thường kỳ."), _("buổi"), meetings, Q(kind__in=THEMATIC),
    ),
    Figure(
        "meetings.met", _("Chi bộ có sinh hoạt thường kỳ"),
        _("Chi bộ có ít nhất một buổi sinh hoạt thường kỳ trong thời gian này, mỗi chi bộ tính một lần."),
        _("chi bộ"), meetings, Q(kind__in=REGULAR), Distinct("unit"),
    ),
    Figure(
        "meetings.due", _("Lượt phải dự"),
        _("Lượt đảng viên phải dự sinh hoạt: không tính người được miễn, bị đình chỉ, tạm thời ở nơi khác."),
        _("lượt"), meetings, measure=Sum("due"),
    ),
    Figure(
        "meetings.present", _("Lượt có mặt"), _("Lượt đảng viên có mặt trong số phải dự, kể cả đến muộn."),
        _("lượt"), meetings, measure=Sum("present"),
    ),
    Ratio(
        "meetings.attendance", _("Tỷ lệ dự sinh hoạt"), _("Số lượt có mặt chia cho số lượt phải dự."),
        "meetings.present", "meetings.due",
    ),
    Figure(
        "meetings.minutes", _("Thời gian sinh hoạt"), _("Tổng thời gian của các buổi sinh hoạt."), _("phút"), meetings,
        measure=Sum("minutes"),
    ),
    Ratio(
        "meetings.minutes_average", _("Thời gian trung bình một buổi"),
        _("Tổng thời gian của các buổi sinh hoạt chia cho số buổi."), "meetings.minutes", "meetings.held", _("phút"),
    ),
    Figure(
        "meetings.spoke", _("Lượt phát biểu"), _("Số người phát biểu ở các buổi sinh hoạt, cộng lại."), _("lượt"),
        meetings, measure=Sum("spoke"),
    ),
    Figure(
        "meetings.resolutions", _("Nghị quyết của chi bộ"), _("Buổi sinh hoạt ra nghị quyết."), _("nghị quyết"),
        meetings, Q(outcome="resolution"),
    ),
    Figure(
        "meetings.tasks", _("Nhiệm vụ chi bộ giao"),
        _("Nhiệm vụ giao ở các buổi sinh hoạt trong thời gian này."), _("nhiệm vụ"), meetings, measure=Sum("tasks"),
    ),
    Figure(
        "meetings.tasks_done", _("Nhiệm vụ đã xong"),
        _("Trong số nhiệm vụ giao ở các buổi sinh hoạt này, số đã ghi là xong."), _("nhiệm vụ"), meetings,
        measure=Sum("tasks_done"),
    ),
    Ratio(
        "meetings.tasks_share", _("Tỷ lệ nhiệm vụ đã xong"), _("Số nhiệm vụ đã xong chia cho số nhiệm vụ đã giao."),
        "meetings.tasks_done", "meetings.tasks",
    ),
)  # fmt: skip
