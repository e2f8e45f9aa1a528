"""Every table of the module, each described where its subject lives."""

from .badges.models import Badge, BadgeCase, BadgeStep, Postponement, ProvinceSymbol
from .commendations.models import Commendation
from .rest.models import RestCall, RestMark, RestRound
from .veterans.models import VeteranStatus

__all__ = [
    "Badge", "BadgeCase", "BadgeStep", "Commendation", "Postponement", "ProvinceSymbol", "RestCall", "RestMark",
    "RestRound", "VeteranStatus",
]  # fmt: skip
