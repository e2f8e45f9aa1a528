from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    name = "hatnhan.kernel"
    label = "kernel"
    verbose_name = _("Lõi")

    def ready(self) -> None:
        """Keep the log's guards in place after every migration; let figures read what is kept of them."""
        kept = import_module("hatnhan.kernel.figures.kept")
        kept.READERS.append(import_module("hatnhan.kernel.facts.reading").read)
        import_module("hatnhan.kernel.facts.jobs")
        guards = import_module("hatnhan.kernel.guards")
        post_migrate.connect(guards.install, sender=self, dispatch_uid="kernel.guards")
