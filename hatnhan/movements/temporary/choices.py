"""Why somebody is temporarily elsewhere, and how it stands."""

from django.utils.translation import gettext_lazy as _

WHY = {"work": _("Công tác"), "residence": _("Ở nơi khác một thời gian"), "study": _("Học tập trong nước")}
STATES = {"away": _("Đang ở nơi tạm thời"), "ended": _("Đã về")}
