"""Who sees what a unit owes, who says that it is done, who sets obligations, runs campaigns and keeps the calendar."""

from hatnhan.kernel.registries import permit

STAFF = ("cell_secretary", "cell_deputy", "office", "inspector", "provincial")
AT_WORK = ("cell_secretary", "cell_deputy", "office", "provincial")
COMMITTEES = ("office", "provincial")

VIEW = permit("duties.view", *STAFF)
FINISH = permit("duties.finish", *AT_WORK)
REMIND = permit("duties.remind", *COMMITTEES)
OBLIGATIONS = permit("duties.obligations", *COMMITTEES)
CAMPAIGN = permit("duties.campaign", *COMMITTEES)
PROGRESS = permit("duties.progress", *AT_WORK)
CALENDAR_VIEW = permit("duties.calendar_view", *STAFF, "administrator")
CALENDAR = permit("duties.calendar", "administrator")
DELIVERIES = permit("duties.deliveries", "administrator")
