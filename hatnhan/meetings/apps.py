from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What fills a registry of the kernel when it is loaded.
PARTS = (
    "permissions", "minutes.figures", "scores.figures", "papers.wording", "papers.blank_fields", "registered", "jobs",
)  # fmt: skip


class MeetingsConfig(AppConfig):
    name = "hatnhan.meetings"
    label = "meetings"
    verbose_name = _("Sinh hoạt chi bộ")

    def ready(self) -> None:
        """Fill the kernel's registries, once the models can be loaded."""
        for part in PARTS:
            import_module(f"hatnhan.meetings.{part}")
