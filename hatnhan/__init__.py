"""Hạt Nhân: the working desk of a grassroots Party organisation."""
