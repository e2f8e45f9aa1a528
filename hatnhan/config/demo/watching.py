"""Who looks at whom in a demonstration: a member whose record was seen, a list that waits for a second person, somebody
who will stand in."""

from datetime import date, timedelta

from hatnhan.access import actions as access
from hatnhan.access.actors import actor_for
from hatnhan.access.models import Account, Grant
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.secrets import unseal
from hatnhan.members import actions as members
from hatnhan.members.imports import desk, storage
from hatnhan.members.imports.actions import runs
from hatnhan.members.models import Membership, Person, PersonNumber
from hatnhan.units.queries import name_of

from .places import Places

HEAD = "STT,Họ và tên,Ngày sinh,Số thẻ,Chi bộ"
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
    keys(office, commune, on)
    ask_by_a_list(office, commune, on)


def keys(office: Actor, commune: Unit, on: date) -> None:
    """Two keys of the office: one that a second person has confirmed, one that waits."""
    account = Account.objects.get(username="vanphong")
    second = actor_for(Account.objects.get(username="tinhuy"), on)
    for label, permissions, reason, waits in (
        ("Bảng số liệu của xã", ["members.figures", "units.view"], "Hiện số liệu hằng tháng ở phòng họp", False),
        ("Phần mềm quản lý văn bản", ["members.view"], "Lấy tên bí thư các chi bộ để gửi giấy mời", True),
    ):
        key = access.create_token(
            actor=office, account=account, label=label, permissions=permissions, unit=commune, reason=reason
        )
        if not waits:
            access.answer_token(actor=second, token=key.token, approved=True)


def ask_by_a_list(office: Actor, commune: Unit, on: date) -> None:
    """A list that was imported names a birth otherwise than the record: somebody has to say which is right."""
    under = Placement.objects.under(commune, on).values("unit")
    homes = Membership.objects.on(on).filter(kind="home", unit__in=under).order_by("pk").select_related("person")
    cards = PersonNumber.objects.on(on).filter(kind="card", person__in=homes.values("person"))
    sealed = dict(cards.values_list("person_id", "sealed"))
    row = next((one for one in homes if one.person_id in sealed and one.person.birth), None)
    if row is None or row.person.birth is None:
        return
    birth = row.person.birth.year - 3
    line = f"1,{row.person.name},{birth},{unseal(sealed[row.person_id])},{name_of(row.unit, on)}"
    stored = storage.store([f"{HEAD}\n{line}\n".encode()])
    run, of = desk.receive(
        actor=office, kind="members", unit=commune, on=on, file_name="danh-sach-doi-the.csv", stored=stored
    )
    runs.step(run, runs.PLANNING, since=(runs.UPLOADED,))
    desk.make_preview(run, office, of=of)
    if runs.step(run, runs.APPLYING, since=(runs.READY,)):
        desk.write(run, office)
