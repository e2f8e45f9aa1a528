"""Members move along when their units are merged or split."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.access import actions as access
from hatnhan.kernel.action import end_all, stamp, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.registries import Effect, Moving
from hatnhan.units.models import Body, Group

from .models import GroupPlace, Membership, Person, Tenure


class Members:
    """Memberships, offices and group places of units in reorganisation."""

    name = "members"

    def preview(self, moving: Moving) -> list[Effect]:
        """How many members move and which offices end."""
        here = _memberships(moving)
        offices = list(_tenures(moving).select_related("person"))
        effects = [Effect("members", _("Đảng viên chuyển theo tổ chức"), here.filter(kind="home").count())]
        guests = here.exclude(kind="home").count()
        if guests:
            effects.append(Effect("guests", _("Sinh hoạt tạm thời và nơi cư trú"), guests))
        labels = {code: str(office.label) for code, office in rulebook.at(moving.on).offices().items()}
        names = tuple(f"{row.person.name} ({labels.get(row.office, row.office)})" for row in offices)
        return [*effects, Effect("offices", _("Chức vụ kết thúc"), len(offices), names)]

    def apply(self, actor: Actor, moving: Moving) -> None:
        """End the memberships at the units and begin them at the one that goes on; end offices and group places."""
        into = moving.into
        if into is None:
            return
        rows = list(_memberships(moving))
        before = [row for row in rows if row.valid_from < moving.on]
        same_day = [row for row in rows if row.valid_from >= moving.on]
        end_all(
            Membership.objects.filter(pk__in=[row.pk for row in before]), moving.on, went="reorganised",
            destination=into,
        )  # fmt: skip
        void(same_day)
        arriving = [_at(row, into, moving, "reorganised") for row in before]
        arriving += [_at(row, into, moving, row.came) for row in same_day]
        arriving = _once(arriving, into, moving.on)
        Membership.objects.bulk_create([stamp(row) for row in arriving], batch_size=1000)
        places = GroupPlace.objects.during(moving.on, FAR).filter(person__in=[row.person_id for row in rows])
        end_all(places.filter(valid_from__lt=moving.on), moving.on)
        void(places.filter(valid_from__gte=moving.on))
        later = list(_tenures(moving).filter(valid_from__gte=moving.on))
        void(later)
        for tenure in [*end_all(_tenures(moving).filter(valid_from__lt=moving.on), moving.on), *later]:
            access.take(actor=actor, source=tenure.key, on=moving.on)
        if moving.people is not None:
            moved = Person.objects.filter(pk__in=[row.person_id for row in rows if row.kind == "home"])
            for person in moved.select_related("account"):
                if person.account is not None:
                    access.follow(actor=actor, account=person.account, into=into, on=moving.on)

    def keeps(self, unit: Unit, on: date) -> list[Reason]:
        """Members who still belong to a unit that is to end."""
        count = Membership.objects.unvoided().filter(unit=unit, valid_to__gt=on).count()
        if not count:
            return []
        text = _("Còn %(count)s đảng viên thuộc tổ chức này. Hãy chuyển sinh hoạt cho các đồng chí đó trước.")
        return [Reason("members", text % {"count": count})]

    def part_ends(self, actor: Actor, part: Body | Group, on: date) -> None:
        """A Party group that ends leaves its members without a group, a body its posts without holders."""
        if isinstance(part, Group):
            places = GroupPlace.objects.during(on, FAR).filter(group__identity=part.identity)
            end_all(places.filter(valid_from__lt=on), on)
            void(places.filter(valid_from__gte=on))
            return
        posts = Tenure.objects.during(on, FAR).filter(body__identity=part.identity)
        for tenure in end_all(posts.filter(valid_from__lt=on), on):
            access.take(actor=actor, source=tenure.key, on=on)
        void(posts.filter(valid_from__gte=on))


def _once(arriving: list[Membership], into: Unit, on: date) -> list[Membership]:
    """Nobody is a guest where the own home is, or twice a guest there: such rows are not carried over, and a guest's
    row at the unit ends when the home comes there."""
    homes = {row.person_id for row in arriving if row.kind == "home"}
    there = list(Membership.objects.during(on, FAR).filter(unit=into))
    void(row for row in there if row.kind != "home" and row.person_id in homes and row.valid_from >= on)
    ending = [row.pk for row in there if row.kind != "home" and row.person_id in homes and row.valid_from < on]
    end_all(Membership.objects.filter(pk__in=ending), on)
    known = {row.person_id for row in there} | homes
    return [row for row in arriving if row.kind == "home" or row.person_id not in known]


def _memberships(moving: Moving) -> "QuerySet[Membership]":
    rows = Membership.objects.during(moving.on, FAR).filter(unit__in=moving.units)
    return rows if moving.people is None else rows.filter(person__in=moving.people)


def _tenures(moving: Moving) -> "QuerySet[Tenure]":
    rows = Tenure.objects.during(moving.on, FAR).filter(unit__in=moving.units)
    return rows if moving.people is None else rows.filter(person__in=moving.people)


def _at(row: Membership, into: Unit, moving: Moving, came: str) -> Membership:
    origin = row.unit_id if came == "reorganised" else row.origin_id
    start = moving.on if came == "reorganised" else row.valid_from
    return Membership(
        person_id=row.person_id, unit=into, kind=row.kind, came=came, went=row.went, origin_id=origin,
        destination_id=row.destination_id, valid_from=start, valid_to=row.valid_to,
    )  # fmt: skip
