"""Letters that were never presented: the program says so and proposes; it decides nothing."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor, Forbidden
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.workflow import apply
from hatnhan.movements.transfers.flows import TRANSFER
from hatnhan.movements.transfers.models import TransferCase
from hatnhan.movements.transfers.rules import abandoned_after
from hatnhan.rulebook.spoken import spoke

from . import leading


@action("movements.time_out")
def time_out(*, actor: Actor, cases: Iterable[TransferCase], on: date, reason: str = "") -> int:
    """Mark letters that were not presented for longer than the rule of their day allows (38-HD/BTCTW, item 4.3.1d): the
    competent level at the receiving place is asked to look at them. Nobody's membership changes. Returns how many."""
    if act().depth == 1 and not actor.everything:
        raise Forbidden("movements.time_out")
    told = 0
    for case in cases:
        leading.hold(case, None)
        book = rulebook.at(case.letter_on or on)
        if case.state != "in_transit" or case.letter_on is None or on <= abandoned_after(case.letter_on, book):
            continue
        transition = apply(TRANSFER, case, "time_out", actor=actor, at=case.destination)
        case.save(update_fields=["state", "version"])
        leading.step(case, "time_out", on, case.destination or case.origin)
        leading.settle_duties(actor, case, transition, on)
        rule = book["transfer.abandon_months"]
        act().tell(
            gettext_noop(
                "Quá hạn nộp giấy giới thiệu số %(number)s ngày %(day)s của đồng chí %(name)s: đề nghị xem xét."
            ),
            about=[case], units=leading.sides(case), number=case.letter_number, day=Known.of(case.letter_on),
            name=case.name, rule=rule.reference,
        )  # fmt: skip
        spoke(rule.reference)
        told += 1
    if not told:
        refuse("none", _("Không có giấy giới thiệu nào quá hạn."))
    return told
