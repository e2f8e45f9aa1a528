from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HonoursConfig(AppConfig):
    name = "hatnhan.honours"
    label = "honours"
    verbose_name = _("Huy hiệu và khen thưởng")

    def ready(self) -> None:
        """Fill the kernel's registries, once the models can be loaded."""
        parts = ("permissions", "registered", "figures", "badges.wording", "badges.letters")
        for part in parts:
            import_module(f"hatnhan.honours.{part}")
