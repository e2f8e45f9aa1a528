"""What may be done with organisations, and which roles carry it."""

from hatnhan.kernel.registries import permit

VIEW = permit(
    "units.view", "member", "cell_secretary", "cell_deputy", "office", "inspector", "provincial", "administrator"
)
FOUND = permit("units.found", "office", "provincial")
CHANGE = permit("units.change", "office", "provincial")
CHANGE_GROUPS = permit("units.change_groups", "cell_secretary", "office", "provincial")
REORGANISE = permit("units.reorganise", "office", "provincial")
IMPORT = permit("units.import", "office", "provincial")
