"""Who sees what a unit owes, and who keeps the calendar of holidays."""

from hatnhan.kernel.registries import permit

VIEW = permit("duties.view", "cell_secretary", "cell_deputy", "office", "inspector", "provincial")
CALENDAR_VIEW = permit(
    "duties.calendar_view", "cell_secretary", "cell_deputy", "office", "inspector", "provincial", "administrator"
)
CALENDAR = permit("duties.calendar", "administrator")
