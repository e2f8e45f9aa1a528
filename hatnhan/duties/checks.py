"""What `hatnhan check` asks of duties: that each open one is somebody's, about something that a module knows."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.access.choices import ROLES
from hatnhan.kernel.checks import Finding, check
from hatnhan.kernel.days import FAR, ONE, today

from .kinds import KINDS
from .models import Delivery, Duty, Owner

WEEK = timedelta(days=7)


@check("duties", gettext_lazy("Việc cần làm"))
def duties() -> Iterator[Finding]:
    """Open duties that nobody owes from now on, and kinds and roles that no module has."""
    waiting = Duty.objects.filter(state="open")
    owned = Owner.objects.on(FAR - ONE).values("duty")
    lost = waiting.exclude(pk__in=owned).count()
    if lost:
        yield Finding(
            _("%(n)s việc đang chờ không thuộc nơi nào.") % {"n": lost},
            _("Lấy lại bản sao lưu gần nhất: chương trình không để việc nào như vậy."),
        )
    for kind in waiting.exclude(kind__in=KINDS).order_by("kind").values_list("kind", flat=True).distinct():
        yield Finding(_("Không phần nào nhận loại việc “%(code)s”.") % {"code": kind}, _("Cài lại đúng phiên bản."))
    known = [*ROLES, ""]
    strange = Owner.objects.unvoided().filter(duty__state="open").exclude(role__in=known).order_by("role")
    for role in strange.values_list("role", flat=True).distinct():
        yield Finding(_("Không có vai trò “%(code)s”.") % {"code": role}, _("Cài lại đúng phiên bản."))
    failed = Delivery.objects.filter(state="failed", day__gte=today() - WEEK).count()
    if failed:
        yield Finding(
            _("%(n)s lời nhắc không gửi được trong bảy ngày qua.") % {"n": failed},
            _("Xem trang “Lời nhắc không gửi được” và phần gửi thư trong docs/operating.md."),
        )
