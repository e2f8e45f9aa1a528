"""Several members of one cell with one decision: prepared together, their letters issued together."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.members.models import Person
from hatnhan.movements.transfers.models import TransferCase

from .letters import issue_letter, prepare_transfer

MOST = 100


@action("movements.prepare_transfers", of=TransferCase)
def prepare_transfers(
    *, actor: Actor, people: Sequence[Person], why: str, moved_on: date, proof: str, to: Unit | None = None,
    to_code: str = "", destination_text: str = "", reason: str = "",
) -> list[TransferCase]:  # fmt: skip
    """Begin the transfer of several members to one place by one decision. All or none: what stands in the way of one is
    told with the name."""
    _some(people)
    cases = []
    for person in people:
        try:
            cases.append(
                prepare_transfer(
                    actor=actor, person=person, why=why, moved_on=moved_on, to=to, to_code=to_code, proof=proof,
                    destination_text=destination_text,
                )
            )  # fmt: skip
        except Refused as refused:
            raise _named(refused, person.name) from refused
    units = {case.origin_id: case.origin for case in cases if case.origin is not None}
    act().tell(
        gettext_noop("Bắt đầu chuyển sinh hoạt của %(n)s đồng chí theo %(proof)s."), about=cases,
        units=[unit for unit in units.values() if unit is not None], n=len(cases), proof=proof or "…",
    )  # fmt: skip
    return cases


@action("movements.issue_letters")
def issue_letters(
    *, actor: Actor, cases: Sequence[TransferCase], on: date, despite: bool = False, reason: str = ""
) -> list[Reason]:
    """Issue the letters of several cases, numbered one after the other in the register. All or none."""
    _some(cases)
    warnings: list[Reason] = []
    for case in cases:
        try:
            warnings += issue_letter(actor=actor, case=case, on=on, despite=despite)
        except Refused as refused:
            raise _named(refused, case.name) from refused
    units = {case.origin_id: case.origin for case in cases if case.origin is not None}
    act().tell(
        gettext_noop("Cấp %(n)s giấy giới thiệu sinh hoạt đảng."), about=cases,
        units=[unit for unit in units.values() if unit is not None], n=len(cases),
    )  # fmt: skip
    return warnings


def _some(things: Sequence[object]) -> None:
    if not things:
        refuse("nobody", _("Chưa chọn đồng chí nào."))
    if len(things) > MOST:
        refuse("many", _("Mỗi lần chọn nhiều nhất %(n)s đồng chí.") % {"n": MOST})


def _named(refused: Refused, name: str) -> Refused:
    said = [
        Reason(
            one.code, _("%(name)s: %(why)s") % {"name": name, "why": one.message}, one.field, None, one.source, one.rule
        )
        for one in refused.reasons
    ]
    return Refused(said)
