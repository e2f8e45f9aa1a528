from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "hatnhan.units"
    label = "units"
    verbose_name = _("Tổ chức")

    def ready(self) -> None:
        """Fill the kernel's registries, once the models can be loaded."""
        for part in ("permissions", "registered", "figures"):
            import_module(f"hatnhan.units.{part}")
