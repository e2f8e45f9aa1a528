from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MovementsConfig(AppConfig):
    name = "hatnhan.movements"
    label = "movements"
    verbose_name = _("Chuyển sinh hoạt")

    def ready(self) -> None:
        """Fill the kernel's registries, once the models can be loaded."""
        parts = (
            "permissions",
            "transfers.wording",
            "transfers.figures",
            "transfers.registered",
            "transfers.jobs",
            "residence.figures",
            "residence.registered",
        )
        for part in parts:
            import_module(f"hatnhan.movements.{part}")
