"""What `hatnhan check` asks of access: roles that exist, permissions that some role carries."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.checks import Finding, check
from hatnhan.kernel.pages import PAGES
from hatnhan.kernel.registries import PERMISSIONS, SLOTS

from .choices import ROLES
from .models import Grant, RequiredFactor


@check("roles", gettext_lazy("Vai trò và quyền"))
def roles() -> Iterator[Finding]:
    """Unknown codes: roles of grants, of required second factors and of permissions, permissions of pages and slots."""
    upgrade = _("Cài lại đúng phiên bản của chương trình rồi chạy “hatnhan init”.")
    rows = Grant.objects.unvoided().exclude(role__in=ROLES).order_by("role")
    for role in rows.values_list("role", flat=True).distinct():
        yield Finding(_("Không có vai trò nào mang mã “%(code)s”.") % {"code": role},
                      _("Kết thúc quyền ấy ở trang tài khoản rồi cấp lại."))  # fmt: skip
    asking = RequiredFactor.objects.unvoided().exclude(role__in=ROLES).order_by("role")
    for role in asking.values_list("role", flat=True).distinct():
        yield Finding(_("Xác minh hai bước đang bắt buộc với vai trò không có: “%(code)s”.") % {"code": role}, upgrade)
    for role in sorted({role for held in PERMISSIONS.values() for role in held} - set(ROLES)):
        yield Finding(_("Không có vai trò nào mang mã “%(code)s”.") % {"code": role}, upgrade)
    asked = {page.permission for page in PAGES.values()} | {one.permission for every in SLOTS.values() for one in every}
    for code in sorted(code for code in asked if code is not None and code not in PERMISSIONS):
        yield Finding(_("Không có quyền nào mang mã “%(code)s”.") % {"code": code}, upgrade)
