"""Papers of a meeting into the register of its unit: set by the program, or photographed from a bound book."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hatnhan.documents.actions import add_file, register
from hatnhan.documents.files import Given
from hatnhan.documents.models import Paper
from hatnhan.documents.permissions import REGISTER
from hatnhan.documents.queries import of_subject
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.refusal import refuse
from hatnhan.meetings.models import Meeting

from . import content as papers
from .content import SUBJECTS


def enter(actor: Actor, meeting: Meeting, name: str) -> Paper:
    """Enter a paper of a meeting into the register of its unit. Refuses one that is not adopted, and what the register
    refuses."""
    if meeting.state != "adopted":
        refuse("draft", _("Biên bản chưa được thông qua nên chưa vào sổ được; hãy bấm “Thông qua biên bản” trước."))
    make = papers.minutes if name == "minutes" else papers.outcome
    draft = make(meeting)
    return register(
        actor=actor, unit=meeting.unit, kind=draft.kind, day=meeting.held_on, about=draft.about, body="",
        signer=draft.signatures[-1].name, make=lambda number: make(meeting, number), subject=SUBJECTS[name],
        subject_id=meeting.pk,
    )  # fmt: skip


def keep_pages(actor: Actor, meeting: Meeting, given: Sequence[Given]) -> Paper:
    """Enter handwritten minutes into the register, or add pages to those that are there. Refuses what the register
    refuses."""
    actor.require(REGISTER, at=meeting.unit)
    there = of_subject(SUBJECTS["minutes"], meeting.pk)
    if there is not None:
        add_file(actor=actor, paper=there, files=given)
        return there
    draft = papers.minutes(meeting)
    return register(
        actor=actor, unit=meeting.unit, kind="minutes", day=meeting.held_on, about=draft.about,
        signer=draft.signatures[-1].name, pages=given, subject=SUBJECTS["minutes"], subject_id=meeting.pk,
    )  # fmt: skip
