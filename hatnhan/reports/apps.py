from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "hatnhan.reports"
    label = "reports"
    verbose_name = _("Báo cáo")

    def ready(self) -> None:
        """Fill the kernel's registries, once the models can be loaded."""
        for part in ("permissions", "registered"):
            import_module(f"hatnhan.reports.audit.{part}")
        import_module("hatnhan.reports.sheets.permissions")
