"""What a meeting's page says of its papers: what can be downloaded, what is registered."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor

from .choices import OUTCOMES
from .models import Meeting
from .papers import OUTCOMES as PAPER_OUTCOMES
from .permissions import ROLL


@dataclass(frozen=True)
class Download:
    """A paper with the addresses of its two files."""

    label: str
    pdf: str
    docx: str


class PaperCard:
    """The papers of one meeting for one reader."""

    def __init__(self, meeting: Meeting, actor: Actor) -> None:
        self.meeting, self.actor = meeting, actor
        self.sees_roll = actor.can(ROLL, at=meeting.unit_id)
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
        pk = self.meeting.pk
        return Download(
            label, reverse(f"meetings.{name}_paper", args=[pk]), reverse(f"meetings.{name}_docx", args=[pk])
        )
