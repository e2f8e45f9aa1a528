"""Who looks at whom in a demonstration: a member whose record was seen, a list that waits for a second person, somebody
who will stand in."""

from datetime import date, timedelta

from hatnhan.access import actions as access
from hatnhan.access.actors import actor_for
from hatnhan.access.models import Account, Grant
from hatnhan.kernel.models import Placement
from hatnhan.members import actions as members
from hatnhan.members.models import Membership, Person

from .places import Places

SOON, LONG = timedelta(days=7), timedelta(days=14)


def watch(places: Places, on: date) -> None:
    """The four sign-ins at work with each other."""
    by_name = {account.username: account for account in Account.objects.filter(username__in=("bithu", "vanphong"))}
    secretary, office = (actor_for(by_name[name], on) for name in ("bithu", "vanphong"))
    member = Person.objects.get(account__username="dangvien")
    members.look(actor=secretary, person=member)
    members.look(actor=office, person=member)
    members.show_numbers(actor=office, person=member, reason="Đối chiếu số thẻ với danh sách cấp thẻ")
    commune = places.commune or places.province
    under = Placement.objects.under(commune, on).values("unit")
    count = Membership.objects.on(on).filter(kind="home", unit__in=under, person__sex="f").count()
    members.ask_export(
        actor=office, unit=commune, on=on, query="sex=f", count=count,
        reason="Chuẩn bị gặp mặt nữ đảng viên, cần danh sách mời",
    )  # fmt: skip
    grant = Grant.objects.on(on).select_related("account", "unit").get(account=by_name["bithu"], role="cell_secretary")
    deputy = Account.objects.get(username="dangvien")
    access.stand_in(
        actor=secretary, grant=grant, deputy=deputy, on=on + SOON, until=on + SOON + LONG, reason="Đi thăm con ở xa"
    )
