"""Who reads the pool and the cases, who prepares them in the cell, who decides, who sets targets."""

from hatnhan.kernel.registries import permit

VIEW = permit("admissions.view", "cell_secretary", "cell_deputy", "office", "provincial")
PREPARE = permit("admissions.prepare", "cell_secretary", "cell_deputy", "office")
DECIDE = permit("admissions.decide", "office", "provincial")
TARGETS = permit("admissions.targets", "office", "provincial")
