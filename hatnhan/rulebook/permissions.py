"""Who may set rules for a committee. Reading the rulebook needs no right: everybody may know the rules."""

from hatnhan.kernel.registries import permit

OVERRIDE = permit("rulebook.override", "office", "provincial")
