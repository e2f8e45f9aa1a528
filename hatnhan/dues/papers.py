"""The papers of dues: a receipt, and the statement of what was collected and handed up. Own layouts, own sentences; a
committee may set its own wording. The statement names nobody."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from hatnhan.documents.content import Block, Grid, Heading, OfficialPaper, Paragraph, Sign
from hatnhan.documents.heads import head_of
from hatnhan.documents.layout import Layout
from hatnhan.documents.wording import Passage, Template, template
from hatnhan.documents.wording_in_force import wording_of
from hatnhan.kernel.models import Unit
from hatnhan.kernel.ui.text import day, num

from .books.statements import Line, Statement, balance
from .choices import CHANNELS
from .in_letters import in_letters
from .models import Payment
from .rules import month_name

RECEIPT, STATEMENT = "dues.receipt", "dues.statement"
OF_RECEIPT = ("họ tên", "tháng", "số tiền", "bằng chữ", "ngày", "cách đóng", "mã giao dịch")
OF_STATEMENT = ("đơn vị", "từ tháng", "đến tháng")

template(
    Template(
        RECEIPT, _("Phiếu thu đảng phí"),
        (
            Passage("about", _("Trích yếu"), "đảng phí tháng {{tháng}}", OF_RECEIPT),
            Passage(
                "body", _("Nội dung"),
                "Họ và tên người đóng: đồng chí {{họ tên}}.\nĐảng phí tháng {{tháng}}: {{số tiền}} đồng (bằng chữ: "
                "{{bằng chữ}} đồng).\nNgày thu: {{ngày}}. Cách đóng: {{cách đóng}}.",
                OF_RECEIPT,
            ),
            Passage("reversed", _("Khi phiếu đã hủy"), "Phiếu này đã được hủy và không còn giá trị.", ()),
        ),
        {
            "họ tên": "Nguyễn Thị A", "tháng": "11/2026", "số tiền": "55.000", "bằng chữ": "năm mươi lăm nghìn",
            "ngày": "3/11/2026", "cách đóng": "Tiền mặt", "mã giao dịch": "",
        },
    ),
    Template(
        STATEMENT, _("Báo cáo thu nộp đảng phí"),
        (
            Passage(
                "about", _("Trích yếu"), "thu, nộp đảng phí từ tháng {{từ tháng}} đến tháng {{đến tháng}}", OF_STATEMENT
            ),
            Passage(
                "opening", _("Mở đầu"),
                "{{đơn vị}} báo cáo kết quả thu, nộp đảng phí từ tháng {{từ tháng}} đến tháng {{đến tháng}} như sau "
                "(đơn vị tính: đồng):",
                OF_STATEMENT,
            ),
            Passage(
                "closing", _("Kết thúc"),
                "Số liệu lấy từ sổ đảng phí đã khóa của từng đơn vị; số thu khớp với số giữ lại, số nộp và số đang "
                "chuyển.",
                OF_STATEMENT,
            ),
            Passage("recipients", _("Nơi nhận, mỗi dòng một nơi"), "Cấp trên trực tiếp (để báo cáo),\nLưu.", ()),
        ),
        {"đơn vị": "Đảng ủy xã Mẫu", "từ tháng": "1/2026", "đến tháng": "11/2026"},
    ),
)  # fmt: skip


@override("vi")
def receipt(row: Payment) -> OfficialPaper:
    """The receipt of a payment."""
    head, wording = head_of(row.unit_id, row.paid_on), wording_of(RECEIPT, row.unit_id, row.paid_on)
    known = {
        "họ_tên": row.person.name, "tháng": month_name(row.month), "số_tiền": num(row.amount),
        "bằng_chữ": in_letters(abs(row.amount)), "ngày": day(row.paid_on), "cách_đóng": str(CHANNELS[row.channel]),
        "mã_giao_dịch": row.reference,
    }  # fmt: skip
    blocks: list[Block] = [Paragraph(line) for line in wording.lines("body", **known)]
    if row.reference:
        blocks.append(Paragraph(f"Mã giao dịch: {row.reference}."))
    if row.reversed_in is not None:
        blocks += [Paragraph(line, bold=True) for line in wording.lines("reversed", **known)]
    return OfficialPaper(
        kind="slip", layout=Layout.on(row.paid_on), issuer=head.issuer, place=head.place, day=row.paid_on,
        number=f"Số {row.receipt}/{row.receipt_year}", title="PHIẾU THU", about=wording.say("about", **known),
        blocks=blocks, signatures=(Sign("NGƯỜI ĐÓNG", row.person.name), Sign("NGƯỜI THU", row.collected_by)),
    )  # fmt: skip


@override("vi")
def statement(unit: Unit, one: Statement, below: list[Line]) -> OfficialPaper:
    """The statement of a unit and all below it: sums and persons counted, nobody named."""
    on = one.last
    head, wording = head_of(unit, on), wording_of(STATEMENT, unit.pk, on)
    known = {"đơn_vị": head.name, "từ_tháng": month_name(one.first), "đến_tháng": month_name(one.last)}
    blocks: list[Block] = [Paragraph(wording.say("opening", **known))]
    blocks += [Heading("I- Thu và nộp"), _sums(one), Heading("II- Đảng viên (lượt tháng)"), _people(one)]
    if below:
        blocks += [Heading("III- Theo đơn vị trực thuộc"), _below(below)]
    blocks.append(Paragraph(f"Đảng phí giữ lại của đơn vị còn: {num(balance(unit))} đồng."))
    blocks.append(Paragraph(wording.say("closing", **known)))
    return OfficialPaper(
        kind="report", layout=Layout.on(on), issuer=head.issuer, place=head.place, day=None, number="",
        title="BÁO CÁO", about=wording.say("about", **known), blocks=blocks,
        signatures=(Sign("NGƯỜI LẬP"), Sign("BÍ THƯ", "", head.on_behalf)), recipients=wording.lines("recipients"),
    )  # fmt: skip


def _sums(one: Statement) -> Grid:
    rows = [
        ("Đang chuyển từ trước", one.carried), ("Đã thu", one.collected),
        ("Nhận từ đơn vị đã chuyển đi", one.arrived), ("Các cấp giữ lại", one.kept), ("Đã nộp lên trên", one.left),
        ("Đang chuyển, chưa vào sổ cấp trên", one.on_the_way),
    ]  # fmt: skip
    return Grid(("Mục", "Số tiền"), [(label, num(value)) for label, value in rows], (3, 1), (1,))


def _people(one: Statement) -> Grid:
    sums = one.sums
    rows = [
        ("Phải đóng", sums["obliged"]), ("Đã đóng", sums["paid"]), ("Chưa đóng", one.unpaid),
        ("Miễn do đủ tuổi đảng", sums["exempt_party_age"]), ("Miễn do hộ nghèo, cận nghèo", sums["exempt_household"]),
        ("Miễn do hưởng trợ cấp hưu trí xã hội", sums["exempt_social_pension"]),
        ("Miễn trường hợp khác", sums["exempt_other"]),
    ]  # fmt: skip
    return Grid(("Mục", "Lượt"), [(label, num(value)) for label, value in rows], (3, 1), (1,))


def _below(lines: list[Line]) -> Grid:
    rows = [
        (str(number), line.name, f"{num(line.paid)}/{num(line.obliged)}", num(line.collected), num(line.kept),
         num(line.left))
        for number, line in enumerate(lines, 1)
    ]  # fmt: skip
    return Grid(("TT", "Đơn vị", "Đã đóng", "Thu", "Giữ lại", "Nộp lên"), rows, (1, 5, 2, 3, 3, 3), (0, 2, 3, 4, 5))
