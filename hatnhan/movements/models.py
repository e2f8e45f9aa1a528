"""Movements of members: the tables of every part of this module."""

from .transfers.models import TransferCase, TransferStep, Transit

__all__ = ["TransferCase", "TransferStep", "Transit"]
