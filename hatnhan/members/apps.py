from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "hatnhan.members"
    label = "members"
    verbose_name = _("Đảng viên")

    def ready(self) -> None:
        """Fill the kernel's registries, once the models can be loaded."""
        for part in ("permissions", "registered", "figures"):
            import_module(f"hatnhan.members.{part}")
