"""What duties about cases say in inboxes: the applicant as the reader may see them, and where it is done."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.duties.kinds import Kind, Thing
from hatnhan.kernel.actor import Actor

from . import flows, queries
from .models import Vetting

LABELS = {
    flows.DECISION: gettext_lazy("Quyết định kết nạp"),
    flows.BASE: gettext_lazy("Đảng ủy cơ sở xét kết nạp"),
    flows.CEREMONY: gettext_lazy("Tổ chức lễ kết nạp"),
    flows.RECORD: gettext_lazy("Khai lý lịch, phiếu đảng viên"),
    flows.REVIEW: gettext_lazy("Xét công nhận đảng viên chính thức"),
    flows.RECOGNITION: gettext_lazy("Quyết định công nhận chính thức"),
    flows.FORWARD: gettext_lazy("Chuyển hồ sơ kết nạp đến nơi mới"),
    flows.MOVED: gettext_lazy("Quyết định kết nạp người chuyển đến"),
    flows.REEXAMINE: gettext_lazy("Xem xét lại thủ tục kết nạp"),
}


def cases(actor: Actor, ids: Iterable[int], on: date) -> dict[int, Thing]:
    """Cases that the reader may see, by name."""
    rows = queries.in_scope(actor).filter(pk__in=list(ids)).select_related("applicant")
    return {row.pk: Thing(row.applicant.name, reverse("admissions.case", args=[row.pk])) for row in rows}


def vettings(actor: Actor, ids: Iterable[int], on: date) -> dict[int, Thing]:
    """Requests for vetting that wait for their answer."""
    rows = Vetting.objects.filter(pk__in=list(ids), case__in=queries.in_scope(actor)).select_related("case__applicant")
    text = _("%(name)s, lượt %(n)s")
    return {
        row.pk: Thing(
            text % {"name": row.case.applicant.name, "n": row.number}, reverse("admissions.case", args=[row.case_id])
        )
        for row in rows
    }  # fmt: skip


KINDS = (
    *(Kind(code, label, cases) for code, label in LABELS.items()),
    Kind(flows.VETTING, gettext_lazy("Trả lời thẩm tra lý lịch"), vettings, escalates=False),
)
