from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "hatnhan.meetings"
    label = "meetings"
    verbose_name = _("Sinh hoạt chi bộ")

    def ready(self) -> None:
        """Fill the kernel's registries, once the models can be loaded."""
        for part in ("permissions", "figures", "score_figures", "wording", "blank_fields", "registered", "jobs"):
            import_module(f"hatnhan.meetings.{part}")
