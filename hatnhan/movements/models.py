"""Movements of members: the tables of every part of this module."""

from .exchange.models import Peer, TransferFile
from .residence.models import ResidenceComment, ResidenceGathering, ResidenceLink
from .temporary.models import TemporaryStay
from .transfers.models import TransferCase, TransferStep, Transit

__all__ = [
    "Peer",
    "ResidenceComment",
    "ResidenceGathering",
    "ResidenceLink",
    "TemporaryStay",
    "TransferCase",
    "TransferFile",
    "TransferStep",
    "Transit",
]  # fmt: skip
