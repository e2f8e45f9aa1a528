"""What comes: the fixed day of the commune, the month's packet, meetings on their way, proposals, a report."""

from datetime import date, time, timedelta
from random import Random

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import after, month
from hatnhan.kernel.models import Placement, Unit
from hatnhan.meetings import actions
from hatnhan.meetings.choices import COMMITTEE
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import Meeting, Reply, Sitting
from hatnhan.meetings.plan import sittings
from hatnhan.meetings.plan.agendas import ItemSheet
from hatnhan.meetings.plan.rules import Plan

from .life import START
from .places import Places

PLANNED, INVITED = 0.75, 0.5
PACKET = (
    ItemSheet("Hướng dẫn của Đảng ủy: nội dung sinh hoạt tháng", minutes=10,
              text="Tập trung kiểm điểm cuối năm, chăm lo hộ khó khăn.\nChuẩn bị kế hoạch năm mới, mỗi chi bộ một "
                   "việc cụ thể."),
    ItemSheet("Tin trong tháng của xã", minutes=5, text="Đường liên thôn đã thông xe; trạm y tế có bác sĩ mới."),
)  # fmt: skip
DRAFT = ItemSheet(
    "Dự thảo nghị quyết: mở rộng đường ngõ", minutes=15, rule="vote.ordinary",
    text="Mở rộng ngõ trên thêm một mét, dài ba trăm mét.\nMỗi hộ góp hai ngày công; đảng viên làm trước.\nXong trước "
         "Tết; tổ tự quản ghi công, báo cáo ở kỳ sau.",
)  # fmt: skip
ASKED = (
    (
        "Đề nghị sửa đoạn mương nội đồng bị sạt.",
        "Đã ghi vào kế hoạch quý I, giao cán bộ thủy lợi khảo sát trong tháng.",
    ),
    ("Đề nghị lắp đèn ở ngã ba đầu thôn.", ""),
    ("Đề nghị hướng dẫn thủ tục cấp đổi sổ đất.", "Tổ một cửa về tận thôn sáng thứ bảy tuần tới."),
    ("Đề nghị hỗ trợ sân chơi cho trẻ em.", ""),
    ("Đề nghị xem lại giờ thu gom rác.", ""),
)


def prepare_meetings(actor: Actor, places: Places, on: date, seed: int) -> None:
    """The month after `on`: some cells have not planned yet, some have, some have invited; one meeting is cancelled."""
    die, commune, first = Random(seed), places.commune or places.province, after(month(on))
    actions.fix_day(
        actor=actor, unit=commune, first_day=3, last_day=5, starts=time(19, 30), below=True, on=START,
        place="Nhà văn hóa",
    )  # fmt: skip
    packet = actions.draft_packet(actor=actor, unit=commune, first=first, title="Nội dung tháng", items=PACKET)
    actions.publish_packet(actor=actor, packet=packet)
    own = places.villages[3]
    here = Placement.objects.under(commune, on).filter(stands=True).order_by("unit_id").select_related("unit")
    cells = [row.unit for row in here if sittings.is_cell(row.unit, on)]
    for cell in cells:
        if cell.pk != own.pk and die.random() < PLANNED:
            one = _planned(actor, cell, first.replace(day=die.randint(3, 5)))
            if die.random() < INVITED:
                actions.lay_template(actor=actor, sitting=one, template="village")
                actions.invite(actor=actor, sitting=one)
    _own_cell(actor, own, first, on)
    late = _planned(actor, cells[-1], first.replace(day=20), "extraordinary")
    actions.cancel(actor=actor, sitting=late, reason="Trùng lịch họp của xã")
    board = actions.plan(
        actor=actor, unit=commune, plan=Plan(COMMITTEE, first.replace(day=2), time(8), place="Trụ sở Đảng ủy")
    )
    actions.lay_template(actor=actor, sitting=board, template="committee")
    _ask(actor, cells, own)


def _planned(actor: Actor, cell: Unit, day: date, kind: str = "regular") -> Sitting:
    return actions.plan(actor=actor, unit=cell, plan=Plan(kind, day, time(19, 30), place="Nhà văn hóa"))


def _own_cell(actor: Actor, cell: Unit, first: date, on: date) -> None:
    """The cell of the sign-in of a secretary: everything of the month can be looked at."""
    one = _planned(actor, cell, first.replace(day=3))
    actions.lay_template(actor=actor, sitting=one, template="village")
    actions.add_item(actor=actor, sitting=one, item=DRAFT)
    leading = [line.person for line in queries.roll_of(cell, on, COMMITTEE)]
    if leading:
        actions.prepare(
            actor=actor, sitting=one, held_on=on, people=leading,
            text="Kiểm điểm từng việc còn chậm.\nĐưa dự thảo làm đường ra bàn và biểu quyết.",
        )  # fmt: skip
    roll = queries.lines_of(cell, on)
    for text, line in zip(("Mượn loa đài", "In chương trình", "Đón các cụ cao tuổi"), roll, strict=False):
        actions.add_chore(actor=actor, sitting=one, text=text, due_on=one.day - timedelta(days=1), who=line.person)
    actions.invite(actor=actor, sitting=one)
    Reply.objects.bulk_create(
        Reply(sitting=one, person_id=line.person, will="no" if n == 2 else "yes", answered_at=one.invited_at)
        for n, line in enumerate(roll[:6])
    )
    actions.add_theme(
        actor=actor, unit=cell, year=on.year, quarter=(on.month + 2) // 3, topic="Giữ nguồn nước sạch của thôn"
    )
    before = month(month(on) - timedelta(days=1))
    actions.write_report(
        actor=actor, unit=cell, first=before,
        texts={
            "done": "Đã phổ biến các văn bản của cấp trên tới toàn thể đảng viên.\nAn ninh trật tự trong thôn ổn định.",
            "people": "Nhân dân quan tâm: đất đai, giá cả, môi trường.",
            "ahead": "Vận động nhân dân thu hoạch, chuẩn bị vụ sau.",
        },
    )  # fmt: skip


def _ask(actor: Actor, cells: list[Unit], own: Unit) -> None:
    """Proposals from the last meetings of a few cells, some of them answered."""
    asking = [own, *(cell for cell in cells if cell.pk != own.pk)]
    left = list(ASKED)
    for cell in asking:
        meeting = Meeting.objects.filter(unit=cell, voided_at=None).order_by("-held_on", "-pk").first()
        if meeting is None or not left:
            continue
        text, answer = left.pop(0)
        one = actions.propose(actor=actor, meeting=meeting, text=text)
        if answer:
            actions.answer_proposal(actor=actor, proposal=one, answer=answer)
