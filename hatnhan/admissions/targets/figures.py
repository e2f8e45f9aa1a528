"""Figures of admission beside `members.admitted`: groups of those admitted, by the day of their ceremony. Their rows
are members: no applicant shows in a figure."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.admissions.models import AdmissionCase
from hatnhan.kernel.figures import Figure, Ratio, register
from hatnhan.members.figures import arrivals

YOUNG = 30  # years; under them one counts as young
ADMITTED = Q(came="admitted")


def among(**which: object) -> Q:
    """Admitted by a case of which this is true."""
    cases = AdmissionCase.objects.filter(ceremony_on__isnull=False, **which)
    return ADMITTED & Q(person__in=cases.values("person"))


_MEMBERS = _("đảng viên")
register(
    Figure(
        "admissions.women", _("Kết nạp nữ"), _("Trong số đảng viên được kết nạp tại đây, số là nữ."), _MEMBERS,
        arrivals, ADMITTED & Q(person__sex="f"),
    ),
    Figure(
        "admissions.young", _("Kết nạp dưới 30 tuổi"),
        _("Trong số đảng viên được kết nạp tại đây, số dưới 30 tuổi khi làm lễ; chỉ tính người có hồ sơ "
        "kết nạp ở đây."), _MEMBERS, arrivals,
        among(age__lt=YOUNG),
    ),
    Figure(
        "admissions.countryside", _("Kết nạp lao động nông thôn"),
        _("Trong số đảng viên được kết nạp tại đây, số là lao động nông thôn khi làm hồ sơ kết nạp ở đây."), _MEMBERS,
        arrivals,
        among(applicant__sector="countryside"),
    ),
    Figure(
        "admissions.private", _("Kết nạp ở doanh nghiệp tư nhân"),
        _("Trong số đảng viên được kết nạp tại đây, số làm việc ở doanh nghiệp tư nhân khi làm hồ sơ kết nạp "
        "ở đây."), _MEMBERS,
        arrivals, among(applicant__sector="private"),
    ),
    Ratio(
        "admissions.women_share", _("Tỷ lệ nữ trong số kết nạp"), _("Số nữ được kết nạp chia cho số kết nạp."),
        "admissions.women", "members.admitted",
    ),
)  # fmt: skip
