"""Who follows which cells of the deep commune, what members do from month to month, giao ban with its tasks."""

from datetime import date, timedelta
from random import Random

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import months
from hatnhan.kernel.models import Unit
from hatnhan.meetings import actions
from hatnhan.meetings.conferences.rules import Given, Group, Sheet
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import Meeting
from hatnhan.meetings.oversight import following
from hatnhan.members.models import Person
from hatnhan.units.queries import children

from .places import Places

FOLLOWED, DOING = 12, 3  # cells that somebody follows; members with an assignment in each
CAME = 0.6  # of the meetings of these cells
WORK = ("Phụ trách nhóm hộ số 1", "Phụ trách nhóm hộ số 2", "Theo dõi công tác thanh niên", "Phụ trách tổ hòa giải")
POSTS = (("Bí thư chi bộ", 24), ("Trưởng thôn, tổ trưởng tổ dân phố", 22), ("Trưởng các đoàn thể xã", 6))
TASKS = (
    ("Rà soát hộ cần hỗ trợ nhà ở", "Công chức lao động, xã hội"), ("Kiểm tra hệ thống loa thôn", "Công chức văn hóa"),
)  # fmt: skip


def oversee(actor: Actor, places: Places, on: date, seed: int) -> None:
    """As on the pages: every row by its act."""
    die, commune = Random(seed), places.commune
    if commune is None:
        return
    people = [pk for pk, _name in following.members_at(commune, on)]
    cells = children(commune, on)[:FOLLOWED]
    since = on - timedelta(days=200)
    for number, card in enumerate(cells):
        target = Unit.objects.get(pk=card.id)
        if people:
            _follow(actor, commune, target, people[number % len(people)], since, on, die)
        lines = queries.lines_of(target, on)
        for text, line in zip(WORK, die.sample(lines, min(DOING, len(lines))), strict=False):
            person = Person.objects.get(pk=line.person)
            actions.assign(actor=actor, unit=target, person=person, text=text, on=on)
    for first in list(months(since, on))[1:]:
        day = first.replace(day=10)
        if day <= on:
            _brief(actor, commune, day, die)


def _follow(
    actor: Actor, commune: Unit, target: Unit, person: int, since: date, on: date, die: Random
) -> None:  # fmt: skip
    known = {pk for pk, _name in following.members_at(commune, since)}
    start = since if person in known else on - timedelta(days=20)
    if person not in {pk for pk, _name in following.members_at(commune, start)}:
        return
    actions.assign_following(
        actor=actor, committee=commune, target=target, person=Person.objects.get(pk=person), on=start,
        decision="14-QĐ/ĐU",
    )  # fmt: skip
    for meeting in Meeting.objects.filter(unit=target, held_on__gte=start).order_by("held_on"):
        if die.random() < CAME:
            actions.mark_observers(actor=actor, meeting=meeting, people=[person])


def _brief(actor: Actor, commune: Unit, day: date, die: Random) -> None:
    groups = [Group(label, called, called - die.randint(0, 3)) for label, called in POSTS]
    tasks = [Given(text, day + timedelta(days=15), post=post) for text, post in TASKS]
    title = f"Giao ban tháng {day.month}/{day.year}"
    sheet = Sheet("giao_ban", title, day, "Hội trường xã", "Tập trung các việc đã nêu.", groups, tasks)
    made = actions.confer(actor=actor, unit=commune, sheet=sheet)
    for task in made.tasks.all():
        if die.random() < 0.8 and task.due_on <= actor.on:
            actions.report_conference_task(actor=actor, task=task, state="done", on=task.due_on)
