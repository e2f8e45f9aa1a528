"""Rules of the register: facts in, reasons out. Whether a rule refuses or only warns is said by its mark."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import Reason
from hatnhan.rulebook import Book, Rule, sentence

from .choices import BODIES, SECRECY


@dataclass(frozen=True)
class Entry:
    """A paper as it is to be entered; `has_text` when a content or a file comes with it."""

    kind: str
    body: str
    day: date
    about: str
    secrecy: str = ""
    has_text: bool = False


def issuer_doubts(kind: str, body: str, book: Book) -> list[tuple[Reason, Rule]]:
    """Why a body should not issue a type, with the rule that says so (399-QĐ/TW, Articles 11 and 13)."""
    rule = book[f"paper_issuer.{body}"]
    if kind in rule.value or book.paper_type(kind).administrative:
        return []
    told = {"body": BODIES[body], "kind": str(book.paper_type(kind).label)}
    text = _("%(body)s không ra %(kind)s.") % told
    return [(Reason("issuer", text, field="kind", source=sentence(rule), rule=rule.reference), rule)]


def blockers(entry: Entry, today: date, book: Book, bodies: Collection[str]) -> list[Reason]:
    """What cannot be entered."""
    reasons = []
    if entry.kind not in book.paper_types():
        reasons.append(Reason("unknown_kind", _("Hãy chọn thể loại trong danh sách."), field="kind"))
    if entry.body not in bodies:
        reasons.append(
            Reason("body", _("Nơi này không có cơ quan ban hành ấy; hãy chọn trong danh sách."), field="body")
        )
    if entry.day > today:
        text = _("Ngày văn bản %(day)s ở sau hôm nay %(today)s; vào sổ khi văn bản đã ra.")
        told = {"day": Known.of(entry.day), "today": Known.of(today)}
        reasons.append(Reason("future", text % told, field="day"))
    if entry.secrecy and entry.secrecy not in SECRECY:
        reasons.append(Reason("secrecy", _("Hãy chọn độ mật trong danh sách."), field="secrecy"))
    elif entry.secrecy:
        reasons += secret(entry)
    elif not entry.about.strip():
        reasons.append(Reason("about", _("Hãy ghi trích yếu: văn bản nói về việc gì."), field="about"))
    return reasons


def secret(entry: Entry) -> list[Reason]:
    """A paper with a secrecy mark is a number and a mark, nothing else (design: safeguards)."""
    text = _(
        "Văn bản có dấu độ mật chỉ vào sổ bằng số và dấu; chương trình không nhận nội dung. Hãy bỏ trống mục này, "
        "giữ bản giấy theo quy định bảo vệ bí mật."
    )
    found = [Reason("secret_about", text, field="about")] if entry.about.strip() else []
    return [*found, Reason("secret_text", text, field="file")] if entry.has_text else found
