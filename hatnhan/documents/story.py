"""A paper in words, for one reader."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ui.text import day, moment, num
from hatnhan.units.queries import name_of

from .choices import BODIES, REACHES, ROLES, SECRECY
from .files import PICTURES, WORDS
from .flows import COLOURS, PAPER
from .models import File, Paper, Receipt, Saved
from .permissions import REGISTER, VIEW
from .shelf import called


@dataclass(frozen=True)
class Piece:
    """A file as it is shown."""

    pk: int
    label: str
    name: str
    small: str
    picture: bool


class PaperStory:
    """One paper. Who only reads the library sees what it is and its files; the register's keepers all else."""

    def __init__(self, paper: Paper, actor: Actor) -> None:
        self.paper, self.actor = paper, actor
        self.unit_name = name_of(paper.unit_id, paper.day)
        self.keeps = actor.can(VIEW, at=paper.unit_id)
        self.may_register = actor.can(REGISTER, at=paper.unit_id)

    @property
    def kind(self) -> str:
        label = str(rulebook.at(self.paper.day).paper_type(self.paper.kind).label)
        return label[:1].upper() + label[1:]

    @property
    def title(self) -> str:
        return str(SECRECY[self.paper.secrecy]) if self.paper.secrecy else called(self.kind, self.paper.about)

    @property
    def state(self) -> tuple[str, str]:
        return str(PAPER.states[self.paper.state]), COLOURS.get(self.paper.state, "")

    @property
    def verbs(self) -> list[tuple[str, str, str]]:
        """(page, label, look) of what the reader may do now."""
        one = self.paper
        if not self.may_register or one.state == "cancelled":
            return []
        found = []
        if not one.secrecy:
            if PAPER.find(one.state, "sign"):
                found.append(("documents.sign", _("Đưa bản đã ký lên"), "primary"))
            found.append(("documents.add_file", _("Kèm thêm tệp"), ""))
            found.append(("documents.publish", _("Đưa vào tủ văn bản"), ""))
            if one.reach:
                found.append(("documents.withdraw", _("Lấy ra khỏi tủ"), ""))
        if one.working_rules and one.rules_until is None:
            found.append(("documents.replace_rules", _("Ghi hết hiệu lực"), ""))
        return [*found, ("documents.cancel", _("Hủy số"), "")]

    @property
    def facts(self) -> list[tuple[str, str]]:
        one = self.paper
        arrived = one.direction == "in"
        pairs = [
            (_("Thể loại"), self.kind), (_("Tổ chức"), self.unit_name),
            (_("Cơ quan ban hành"), str(BODIES.get(one.body, ""))), (_("Ngày văn bản"), day(one.day)),
            (_("Số đến"), num(one.number) if arrived else ""), (_("Ngày đến"), day(one.received_on)),
            (_("Nơi gửi") if arrived else _("Người ký"), one.party), (_("Ban hành cùng"), one.joint),
            (_("Nhiệm kỳ"), one.term.name if one.term else ""), (_("Độ mật"), str(SECRECY.get(one.secrecy, ""))),
            (_("Quy chế làm việc"), self._rules()), (_("Lý do hủy"), one.note),
            (_("Tủ văn bản"), str(REACHES.get(one.reach, ""))), (_("Ngăn"), one.folder.name if one.folder else ""),
            (_("Vào sổ lúc"), moment(one.recorded_at)),
        ]  # fmt: skip
        return [(term, words) for term, words in pairs if words]

    def _rules(self) -> str:
        if not self.paper.working_rules:
            return ""
        until = self.paper.rules_until
        return _("hết hiệu lực từ %(day)s") % {"day": day(until)} if until else _("đang có hiệu lực")

    @cached_property
    def pieces(self) -> list[Piece]:
        """The files: frozen content first, then what was signed, then the rest."""
        order = list(ROLES)
        rows = sorted(File.objects.filter(paper=self.paper), key=lambda row: (order.index(row.role), row.position))
        return [
            Piece(
                row.pk, str(ROLES[row.role]), row.name,
                f"{WORDS[row.kind]} · {num(-(-row.size // 1000))} KB · SHA-256 {row.sha256[:12]}…",
                row.kind in PICTURES - {"heic"},
            )
            for row in rows
        ]  # fmt: skip

    @property
    def read(self) -> str:
        """How many have opened the paper, never who."""
        if not self.paper.reach or not self.keeps:
            return ""
        rows = Receipt.objects.filter(paper=self.paper)
        told = {"n": num(rows.count()), "m": num(rows.filter(confirmed_at__isnull=False).count())}
        if self.paper.confirms:
            return _("%(n)s đồng chí đã đọc, %(m)s đã bấm “Đã nhận”") % told
        return _("%(n)s đồng chí đã đọc") % told

    @property
    def confirmed(self) -> list[tuple[str, str]]:
        """(name, when) of those who said themselves that they have received it."""
        if not self.paper.confirms or not self.keeps:
            return []
        rows = Receipt.objects.filter(paper=self.paper, confirmed_at__isnull=False).select_related("account")
        return [(row.account.label, moment(row.confirmed_at)) for row in rows.order_by("account__sort_key")[:500]]

    @property
    def asks(self) -> bool:
        """Whether this reader may still say that it was received."""
        mine = Receipt.objects.filter(paper=self.paper, account=self.actor.account_id, confirmed_at__isnull=False)
        return bool(self.paper.reach) and self.paper.confirms and not mine.exists()

    @property
    def saved(self) -> bool:
        return Saved.objects.filter(paper=self.paper, account=self.actor.account_id).exists()

    @property
    def back(self) -> str:
        """Where the reader came from: the register of its keepers, else the library."""
        if self.keeps:
            return f"{reverse('documents.register')}?unit={self.paper.unit_id}"
        return reverse("documents.library")
