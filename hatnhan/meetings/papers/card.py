"""What a meeting's page says of its papers: what can be downloaded, what is registered."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.documents.flows import COLOURS, PAPER
from hatnhan.documents.models import Paper
from hatnhan.documents.permissions import REGISTER, VIEW
from hatnhan.kernel.actor import Actor
from hatnhan.meetings.choices import OUTCOMES
from hatnhan.meetings.models import Meeting
from hatnhan.meetings.permissions import RECORD, ROLL

from .content import OUTCOMES as PAPER_OUTCOMES
from .content import SUBJECTS


@dataclass(frozen=True)
class Download:
    """A paper with the addresses of its two files."""

    label: str
    pdf: str
    docx: str
    registered: Paper | None
    enter: str

    @property
    def state(self) -> tuple[str, str]:
        """How the registered paper stands: words and their colour."""
        one = self.registered
        return (str(PAPER.states[one.state]), COLOURS.get(one.state, "")) if one else ("", "")


class PaperCard:
    """The papers of one meeting for one reader."""

    def __init__(self, meeting: Meeting, actor: Actor) -> None:
        self.meeting, self.actor = meeting, actor
        self.sees_roll = actor.can(ROLL, at=meeting.unit_id)
        self.may_record = actor.can(RECORD, at=meeting.unit_id)
        self.may_register = actor.can(REGISTER, at=meeting.unit_id)
        self.adopted = meeting.state == "adopted"

    @property
    def downloads(self) -> list[Download]:
        """The minutes for those who may read the roll; the resolution or conclusion, once adopted, for all."""
        found = []
        if self.sees_roll:
            found.append(self._download(_("Biên bản"), "minutes"))
        if self.meeting.outcome in PAPER_OUTCOMES and (self.adopted or self.sees_roll):
            found.append(self._download(str(OUTCOMES[self.meeting.outcome]), "outcome"))
        return found

    def _download(self, label: str, name: str) -> Download:
        pk, registered = self.meeting.pk, self._registered.get(SUBJECTS[name])
        may = self.may_register and self.adopted and registered is None
        return Download(
            label, reverse(f"meetings.{name}_paper", args=[pk]), reverse(f"meetings.{name}_docx", args=[pk]),
            registered, reverse("meetings.register_paper", args=[pk, name]) if may else "",
        )  # fmt: skip

    @property
    def links(self) -> list[dict[str, str]]:
        """What else can be done with the papers, for those who may read the roll."""
        if not self.sees_roll:
            return []
        pk = self.meeting.pk
        found = [
            {"title": _("Gói đưa lên Sổ tay"), "href": reverse("meetings.pack", args=[pk]), "icon": "upload"},
            {"title": _("Nửa trang cho người vắng"), "href": reverse("meetings.absent_paper", args=[pk]),
             "icon": "printer"},
        ]  # fmt: skip
        if self.may_record:
            pages = {
                "title": _("Biên bản viết tay"),
                "href": reverse("meetings.hand_pages", args=[pk]),
                "icon": "pencil",
            }
            found.append(pages)
        return found

    @cached_property
    def _registered(self) -> dict[str, Paper]:
        """The papers of the meeting that stand in the register, by their subject; for those who keep it."""
        if not self.actor.can(VIEW, at=self.meeting.unit_id):
            return {}
        rows = Paper.objects.filter(subject__in=SUBJECTS.values(), subject_id=self.meeting.pk)
        return {row.subject: row for row in rows.exclude(state="cancelled")}
