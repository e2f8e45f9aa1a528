from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ConfigConfig(AppConfig):
    """The installation itself: its commands and sentences. It has no table."""

    name = "hatnhan.config"
    label = "config"

    def ready(self) -> None:
        """Every module's `jobs.py` and `checks.py` declare what they bring when they are imported."""
        autodiscover_modules("jobs", "checks")
