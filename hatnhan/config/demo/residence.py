"""Residence links of the demonstration: working members who live in two villages, own members introduced elsewhere,
last year's comments sent and this year's half written."""

from datetime import date, timedelta
from random import Random

from hatnhan.kernel.actor import Actor
from hatnhan.members.models import Membership
from hatnhan.movements.residence import actions, queries
from hatnhan.movements.residence.actions import Line
from hatnhan.movements.residence.choices import SENTENCES

from .names import FAMILY, MEN_GIVEN, WOMEN_GIVEN
from .places import Places

WORK = (
    "Sở Nông nghiệp tỉnh", "Trường Trung học phổ thông Bến Trăng", "Bệnh viện đa khoa khu vực", "Công ty Điện lực",
    "Công an tỉnh", "Ngân hàng chi nhánh huyện cũ", "Chi cục Thuế khu vực",
)  # fmt: skip
MANY, FEW = 42, 9


def keep_in_touch(actor: Actor, places: Places, on: date, seed: int) -> None:
    """Each by its act."""
    die = Random(seed)
    since = on - timedelta(days=500)
    for unit, count in ((places.villages[3], MANY), (places.villages[4], FEW)):
        for number in range(count):
            called = f"Văn {die.choice(MEN_GIVEN)}" if number % 2 else f"Thị {die.choice(WOMEN_GIVEN)}"
            actions.register_guest(
                actor=actor, unit=unit, name=f"{die.choice(FAMILY)} {called}", born=1960 + number,
                workplace_text=die.choice(WORK), on=since + timedelta(days=number), letter=f"{number + 11}-GT",
                address=f"Ngõ {number % 9 + 1}", group="far" if number % 14 == 5 else "",
            )  # fmt: skip
        last, this = on.year - 1, on.year
        rows = queries.desk(unit, last, on)[0]
        codes = list(SENTENCES)
        lines = [Line(row.link.key, code := die.choice(codes[:3]), SENTENCES[code], die.randint(0, 2)) for row in rows]
        if lines:
            actions.comment_guests(actor=actor, unit=unit, year=last, lines=lines, on=on)
            actions.send_comments(actor=actor, unit=unit, year=last, on=on, paper="14-CV/CB")
        rows = queries.desk(unit, this, on)[0]
        lines = [Line(row.link.key, "done", SENTENCES["done"]) for row in rows[: len(rows) // 2]]
        actions.comment_guests(actor=actor, unit=unit, year=this, lines=lines, on=on)
        actions.record_gathering(
            actor=actor, unit=unit, on=on - timedelta(days=60), asked=count, came=count - 6, place="Nhà văn hóa thôn"
        )
    agency = places.agencies[4]
    rows_here = Membership.objects.on(since).filter(unit=agency, kind="home", valid_to__gt=on).select_related("person")
    for number, row in enumerate(rows_here.order_by("pk")[:6]):
        to = places.villages[3] if number < 4 else None
        actions.introduce(
            actor=actor, person=row.person, on=since, to=to, place="" if to else "Chi bộ tổ 4, phường Bến Trăng",
            letter=f"{number + 70}-GT/CB",
        )  # fmt: skip
