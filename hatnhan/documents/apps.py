from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "hatnhan.documents"
    label = "documents"
    verbose_name = _("Văn bản")

    def ready(self) -> None:
        """Fill the kernel's registries, once the models can be loaded."""
        for part in ("permissions", "checks", "registered"):
            import_module(f"hatnhan.documents.{part}")
