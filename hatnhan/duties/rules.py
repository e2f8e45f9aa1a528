"""How a time limit is counted and how late something is: days in, days and words out."""

from datetime import date, timedelta

from hatnhan.kernel.working_days import Calendar, add, between

SOON = 3  # days before the deadline


def due_day(event: date, n: int, counted: str, calendar: Calendar) -> date:
    """The last day in time: `n` working or calendar days after the event, day 1 being the next such day."""
    return add(event, n, calendar) if counted == "working" else event + timedelta(days=n)


def days_left(on: date, due: date, counted: str, calendar: Calendar) -> int:
    """Days that are left after `on`, in the unit in which the limit was counted; negative once it is overdue."""
    return between(on, due, calendar) if counted == "working" else (due - on).days
