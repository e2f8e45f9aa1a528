from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DuesConfig(AppConfig):
    name = "hatnhan.dues"
    label = "dues"
    verbose_name = _("Đảng phí")

    def ready(self) -> None:
        """Fill the kernel's registries, once the models can be loaded."""
        parts = ("permissions", "figures", "papers", "registered")
        for part in parts:
            import_module(f"hatnhan.dues.{part}")
