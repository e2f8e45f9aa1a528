"""Who sees the register, who writes in it, who reads the library, who adapts wording."""

from hatnhan.kernel.registries import permit

VIEW = permit("documents.view", "cell_secretary", "cell_deputy", "office", "inspector", "provincial")
REGISTER = permit("documents.register", "cell_secretary", "cell_deputy", "office", "provincial")
READ = permit("documents.read", "member", "cell_secretary", "cell_deputy", "office", "inspector", "provincial")
ADAPT = permit("documents.adapt", "cell_secretary", "office", "provincial")
