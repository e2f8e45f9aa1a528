"""Half a page for whoever was absent or is far away: what came out and who does what. Nobody's attendance is on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from hatnhan.documents.papers import Letterhead, Paper, Printed
from hatnhan.kernel.ui.text import day
from hatnhan.meetings.models import Meeting, Task

from .content import OUTCOMES
from .wording import KINDS

LONGEST, MOST_TASKS = 900, 7


@dataclass(frozen=True, kw_only=True)
class HalfPage(Paper):
    """`lines` are paragraphs, `tasks` one line each; `more` says where the rest is."""

    template: ClassVar[str] = "half_page"
    lines: Sequence[str]
    tasks: Sequence[str]
    more: str = ""

    def labels(self) -> dict[str, str]:
        return {"tasks": _("Việc được giao:"), "for_whom": _("Dành cho đồng chí vắng mặt")}

    def content(self) -> dict[str, Any]:
        return {"lines": list(self.lines), "tasks": list(self.tasks), "more": self.more}


@override("vi")
def half_page(meeting: Meeting, unit_name: str, printed_by: str) -> HalfPage:
    """The page of a meeting, in Vietnamese as all papers; a long text is cut and says so."""
    text = " ".join(meeting.outcome_text.split())
    cut = len(text) > LONGEST
    told = {"day": day(meeting.held_on), "kind": KINDS[meeting.kind]}
    tasks = Task.objects.filter(meeting=meeting).select_related("leader").order_by("due_on", "pk")
    rows = [
        _("%(text)s (%(who)s, hạn %(due)s)") % {"text": one.text, "who": one.leader.name if one.leader else _("chi bộ"),
                                                  "due": day(one.due_on)}
        for one in tasks[:MOST_TASKS]
    ]  # fmt: skip
    lines = [f"{OUTCOMES[meeting.outcome].capitalize()}: {text[:LONGEST]}{'…' if cut else ''}"] if text else []
    left = cut or tasks.count() > MOST_TASKS
    return HalfPage(
        letterhead=Letterhead("", unit_name), title=_("Tóm tắt buổi sinh hoạt"),
        subtitle=_("Sinh hoạt %(kind)s ngày %(day)s") % told, printed=Printed(printed_by, timezone.localtime()),
        lines=lines or [_("Buổi này không ra nghị quyết hoặc kết luận.")], tasks=rows,
        more=_("Toàn văn ở chi bộ; đồng chí hỏi bí thư hoặc thư ký.") if left else "",
    )  # fmt: skip
