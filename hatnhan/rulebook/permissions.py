"""Who may set rules for a committee. Reading the rulebook needs no right: everybody may know the rules."""

from hatnhan.kernel.registries import permit

OVERRIDE = permit("rulebook.override", "office", "provincial")
# Which acts a rule was used in, where one works: the sentences may name members.
USES = permit("rulebook.uses", "cell_secretary", "cell_deputy", "office", "inspector", "provincial")
