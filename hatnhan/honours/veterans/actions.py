"""Recognising veterans, and taking it back."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel.action import act, action, begin, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.members.models import Person
from hatnhan.members.queries import last_home

from ..models import VeteranStatus
from ..permissions import VETERANS


@action("honours.recognise_veteran", of=VeteranStatus)
def recognise_veteran(
    *, actor: Actor, person: Person, kind: str, on: date, decision: str, paper: str = "", reason: str = ""
) -> VeteranStatus:
    """Somebody is recognised as veteran revolutionary or pre-uprising cadre by a decision. Refuses an unknown kind, a
    decision without a number, and whoever is recognised already."""
    home = last_home(person)
    if home is None:
        refuse("home", _("Chưa ghi đồng chí này sinh hoạt ở đâu."))
    actor.require(VETERANS, at=home.unit)
    if f"veteran.kind.{kind}" not in rulebook.at(on):
        refuse("kind", _("Hãy chọn diện công nhận."), field="kind")
    if not nfc(decision):
        raise Refused(Reason("decision", _("Hãy ghi số quyết định."), field="decision"))
    if on > actor.on:
        raise Refused(Reason("future", _("Ngày này chưa tới; chỉ ghi việc đã làm."), field="on"))
    if VeteranStatus.objects.unvoided().filter(person=person).exists():
        refuse("twice", _("Đồng chí này đã được công nhận rồi."))
    row = begin(VeteranStatus(person=person, kind=kind, decision=nfc(decision), paper=nfc(paper), valid_from=on))
    act().tell(
        gettext_noop("Ghi đồng chí %(name)s được công nhận theo quyết định %(decision)s, ngày %(on)s."),
        about=[row, person], units=[home.unit], name=person.name, decision=row.decision, on=Known.of(on),
    )  # fmt: skip
    return row


@action("honours.withdraw_veteran")
def withdraw_veteran(*, actor: Actor, row: VeteranStatus, reason: str) -> None:
    """A recognition that was recorded wrongly, or taken back by decision."""
    home = last_home(row.person)
    actor.require(VETERANS, at=home.unit if home else None)
    if row.voided_at is not None:
        refuse("gone", _("Dòng này đã được rút."))
    if not nfc(reason):
        raise Refused(Reason("reason", _("Hãy ghi lý do."), field="reason"))
    void(row)
    act().tell(
        gettext_noop("Rút ghi công nhận của đồng chí %(name)s."), about=[row.person],
        units=[home.unit] if home else [], name=row.person.name,
    )  # fmt: skip
