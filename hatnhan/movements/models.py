"""Movements of members: the tables of every part of this module."""

from .residence.models import ResidenceComment, ResidenceGathering, ResidenceLink
from .temporary.models import TemporaryStay
from .transfers.models import TransferCase, TransferStep, Transit

__all__ = [
    "ResidenceComment", "ResidenceGathering", "ResidenceLink", "TemporaryStay", "TransferCase", "TransferStep",
    "Transit",
]  # fmt: skip
