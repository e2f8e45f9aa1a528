"""Who prints what falls due at a cell, and what is open there for whoever takes over."""

from hatnhan.kernel.registries import permit

COMING = permit("reports.coming", "cell_secretary", "cell_deputy", "office", "provincial")
HAND_OVER = permit("reports.hand_over", "cell_secretary", "office", "provincial")
