from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RulebookConfig(AppConfig):
    name = "hatnhan.rulebook"
    label = "rulebook"
    verbose_name = _("Quy định")

    def ready(self) -> None:
        """What needs the tables, once the models can be loaded."""
        import_module("hatnhan.rulebook.registered")
