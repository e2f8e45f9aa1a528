"""Who reads the log, and which part of it."""

from hatnhan.access.permissions import MANAGE
from hatnhan.kernel.registries import permit
from hatnhan.members.permissions import VIEW as MEMBERS

VIEW = permit("audit.view", "office", "inspector", "provincial", "administrator")
EXPORT = permit("audit.export", "office", "inspector", "provincial")

ACCOUNTS = ("access.", "config.")
"""Acts upon accounts and upon the installation: read by whoever looks after accounts."""
PARTS: tuple[tuple[tuple[str, ...] | None, str], ...] = ((ACCOUNTS, MANAGE), (None, MEMBERS))
"""Which acts need which permission besides `VIEW`, by the beginning of their code; None: all others. Those may name
members (a merged cell, an import, a duty), so whoever may not see members does not read them: the administrator reads
of accounts only."""
