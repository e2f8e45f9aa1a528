from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "hatnhan.access"
    label = "access"
    verbose_name = _("Tài khoản và quyền")

    def ready(self) -> None:
        """Fill the kernel's registries, once the models can be loaded."""
        for part in ("permissions", "registered"):
            import_module(f"hatnhan.access.{part}")
