from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutiesConfig(AppConfig):
    name = "hatnhan.duties"
    label = "duties"
    verbose_name = _("Việc cần làm")

    def ready(self) -> None:
        """Fill the kernel's registries, once the models can be loaded."""
        for part in ("permissions", "registered", "campaigns.figures", "reminders.jobs"):
            import_module(f"hatnhan.duties.{part}")
