"""Invitation and agenda as a paper: for those without a telephone, and for the wall of the hall."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from hatnhan.documents.papers import Letterhead, Paper, Printed, Signature
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Placement
from hatnhan.meetings.models import Sitting
from hatnhan.units.queries import name_of

from .story import SittingStory, weekday


@dataclass(frozen=True, kw_only=True)
class AgendaPaper(Paper):
    """`parts` are (name of the part, [(number, title, minutes and speaker)])."""

    template: ClassVar[str] = "agenda"
    invitation: str
    parts: Sequence[tuple[str, Sequence[tuple[str, str, str]]]]

    def labels(self) -> dict[str, str]:
        return {"agenda": _("Chương trình")}

    def content(self) -> dict[str, Any]:
        parts = [{"name": name, "items": [list(item) for item in items]} for name, items in self.parts]
        return {"invitation": self.invitation, "parts": parts}


def agenda_paper(sitting: Sitting, actor: Actor) -> AgendaPaper:
    """The paper of a meeting. Draft texts are not on it."""
    story = SittingStory(sitting, actor)
    above = Placement.objects.on(sitting.day).filter(unit=sitting.unit_id).values_list("parent", flat=True).first()
    day = weekday(sitting.day)
    told = {"hour": f"{sitting.starts:%H:%M}", "day": day[0].lower() + day[1:], "place": sitting.place or "…………"}
    parts = [
        (part, [(str(line.item.number), line.title, line.small) for line in lines]) for part, lines in story.agenda
    ]
    return AgendaPaper(
        letterhead=Letterhead(name_of(above, sitting.day) if above else "", story.unit_name),
        title=_("Giấy mời"), subtitle=story.title, printed=Printed(actor.label, timezone.localtime()),
        invitation=_("Kính mời đồng chí ........................................ dự họp lúc %(hour)s, %(day)s, tại "
                     "%(place)s.") % told,
        parts=parts, signatures=[Signature(_("Bí thư"))],
    )  # fmt: skip
