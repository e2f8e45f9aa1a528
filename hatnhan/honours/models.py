"""Every table of the module, each described where its subject lives."""

from .badges.models import Badge, BadgeCase, BadgeStep, Postponement, ProvinceSymbol

__all__ = ["Badge", "BadgeCase", "BadgeStep", "Postponement", "ProvinceSymbol"]
