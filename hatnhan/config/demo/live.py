"""A meeting that goes on in the demo secretary's cell: one vote is over, one is being taken by phone."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from django.utils import timezone

from hatnhan.kernel.actor import Actor
from hatnhan.meetings import actions
from hatnhan.meetings.live import queries as now
from hatnhan.meetings.live.rules import Count
from hatnhan.meetings.models import AgendaItem, Live, Sitting
from hatnhan.members.models import Tenure

from .places import Places

BEGUN, ON_ITEM = 42, 7  # minutes ago
# By the place of the item in the template of a village cell.
SAID = {
    0: "Đồng chí chủ trì nêu lý do, giới thiệu khách dự.",
    3: "Phổ biến hướng dẫn tháng này của Đảng ủy xã; đọc thông báo về vệ sinh môi trường.",
}
ADOPTING, DISCUSSING = 2, 5


def hold_one(actor: Actor, places: Places, on: date, seed: int) -> Sitting:
    """Open a sitting in the cell of the demo sign-ins and lead it half way."""
    die, cell = Random(seed), places.villages[3]
    chair = Tenure.objects.on(on).get(unit=cell, office="secretary").person_id
    sitting = actions.open_now(actor=actor, unit=cell, kind="regular", place="Nhà văn hóa", chair=chair)
    items = [item for item in AgendaItem.objects.filter(sitting=sitting) if item.origin == "template"]
    away = 0
    for one in now.roll_of(sitting):
        if one.due and one.line.person != chair and away < 2 and die.random() < 0.15:
            actions.call_roll(actor=actor, sitting=sitting, person=one.line.person, mark="excused")
            away += 1
    actions.mark_rest(actor=actor, sitting=sitting)
    for at, text in SAID.items():
        actions.write(actor=actor, sitting=sitting, name=f"said.{items[at].pk}", text=text, seen=0)
    voters = [one.line.person for one in now.roll_of(sitting) if one.there and one.votes]
    first = actions.ask_vote(actor=actor, sitting=sitting, text="Thông qua chương trình", item=items[ADOPTING].pk)
    actions.close_vote(actor=actor, motion=first, count=Count("card", len(voters)))
    actions.move_to(actor=actor, sitting=sitting, item=items[DISCUSSING].pk)
    motion = actions.ask_vote(
        actor=actor, sitting=sitting, text="Thông qua phương hướng, nhiệm vụ tháng này", method="phone",
        item=items[DISCUSSING].pk,
    )  # fmt: skip
    for person in die.sample(voters, min(3, len(voters))):
        actions.vote(actor=replace(actor, person_id=person), motion=motion, choice="for")
    begun = timezone.now() - timedelta(minutes=BEGUN)
    here = timezone.localtime(begun)
    hour = here.time().replace(second=0, microsecond=0)
    Sitting.objects.filter(pk=sitting.pk).update(opened_at=begun, day=here.date(), starts=hour)
    Live.objects.filter(sitting=sitting).update(item_since=begun + timedelta(minutes=BEGUN - ON_ITEM))
    return sitting
