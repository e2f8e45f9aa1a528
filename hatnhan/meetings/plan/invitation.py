"""The invitation: a text to copy with day, hour and place only, and who must be rung or has not answered."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import Reply, Sitting
from hatnhan.members import permissions as members
from hatnhan.members.models import Person
from hatnhan.units.queries import name_of

from .story import weekday


@dataclass(frozen=True)
class Invited:
    """One of the roll: whether there is an account, what was answered, the telephone where the reader may see it."""

    person: int
    name: str
    phone: str
    account: bool
    will: str
    rung: bool

    @property
    def words(self) -> str:
        """What is known of the answer."""
        return {"yes": _("Sẽ dự"), "no": _("Không dự được")}.get(self.will) or (_("Đã báo") if self.rung else "")


class Invitation:
    """What goes out before a meeting, for whoever sends it."""

    def __init__(self, sitting: Sitting, actor: Actor) -> None:
        self.sitting, self.actor = sitting, actor
        roll = queries.roll_of(sitting.unit_id, actor.on, sitting.kind)
        people = Person.objects.in_bulk([line.person for line in roll])
        replies = {row.person_id: row for row in Reply.objects.filter(sitting=sitting)}
        phones = actor.can(members.CONTACT, at=sitting.unit_id)
        self.people = [
            Invited(
                line.person, line.name, people[line.person].phone if phones else "",
                people[line.person].account_id is not None,
                reply.will if (reply := replies.get(line.person)) else "", bool(reply and reply.rung_at),
            )
            for line in roll
        ]  # fmt: skip

    @property
    def text(self) -> str:
        """Generic on purpose: it may pass through anybody's messenger."""
        one = self.sitting
        day = weekday(one.day)
        told = {"hour": f"{one.starts:%H:%M}", "day": day[0].lower() + day[1:], "place": one.place}
        if one.place:
            return _("Kính mời đồng chí dự họp lúc %(hour)s, %(day)s, tại %(place)s.") % told
        return _("Kính mời đồng chí dự họp lúc %(hour)s, %(day)s.") % told

    @property
    def to_ring(self) -> list[Invited]:
        """Those without an account who have not been told yet."""
        return [one for one in self.people if not one.account and not one.rung and not one.will]

    @property
    def others(self) -> list[Invited]:
        """Everybody else, with what they answered."""
        waiting = {one.person for one in self.to_ring}
        return [one for one in self.people if one.person not in waiting]

    @property
    def answered(self) -> tuple[int, int, int]:
        """(will come, will not, no answer yet)."""
        wills = [one.will for one in self.people]
        return wills.count("yes"), wills.count("no"), wills.count("")

    @property
    def unit_name(self) -> str:
        return name_of(self.sitting.unit_id, self.sitting.day)
