from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdmissionsConfig(AppConfig):
    name = "hatnhan.admissions"
    label = "admissions"
    verbose_name = _("Kết nạp đảng viên")

    def ready(self) -> None:
        """Fill the kernel's registries, once the models can be loaded."""
        for part in ("permissions", "targets.figures", "wording", "registered", "jobs"):
            import_module(f"hatnhan.admissions.{part}")
