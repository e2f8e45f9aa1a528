"""Closed lists of the badge cases."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "ordinary": _("Đúng đợt"),
    "late": _("Đề nghị muộn"),
    "early": _("Tặng sớm vì bệnh nặng"),
    "posthumous": _("Truy tặng"),
    "reissue": _("Cấp lại"),
}
OUTSIDE_BATCHES = ("early", "posthumous", "reissue")

# Who signed the declaration.
DECLARED_BY = {"member": _("Bản thân"), "family": _("Gia đình"), "cell": _("Chi bộ khai thay")}

# Where it was handed over.
PLACES = {"base": _("Tại tổ chức cơ sở đảng"), "home": _("Tại nhà"), "hospital": _("Tại bệnh viện")}

DISCIPLINE = {"reprimand": _("Khiển trách"), "warning": _("Cảnh cáo"), "removal": _("Cách chức")}

BADGE_STATES = {"held": _("Đang giữ"), "lost": _("Báo mất"), "returned": _("Đã thu lại")}

# What somebody who falls due lacks, as the page of a batch says it.
STANDS = {
    "none": _("Chưa có tờ khai"),
    "open": _("Đang đề nghị"),
    "decided": _("Đã có quyết định"),
    "awarded": _("Đã trao"),
    "closed": _("Không tặng"),
}

CASE_DUTY = "honours.badge"
DEATH_DUTY = "honours.badge_after_death"
MOTION = "honours.badge"
