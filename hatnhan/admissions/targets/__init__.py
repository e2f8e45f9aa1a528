"""Targets of units, admissions against them, and cells without anybody to admit."""
