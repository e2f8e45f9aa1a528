"""What this module gives to the registries, and to its own book once the tables can be asked."""

from hatnhan.rulebook.book import local_by
from hatnhan.rulebook.local import local_rules
from hatnhan.rulebook.permissions import OVERRIDE

local_by(local_rules)

__all__ = ["OVERRIDE"]
