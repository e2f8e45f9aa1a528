"""Transfers between two installations: a signed and sealed file out, and in."""
