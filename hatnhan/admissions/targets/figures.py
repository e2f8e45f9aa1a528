"""Figures of admission."""
