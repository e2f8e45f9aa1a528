"""Where the dossier is: sealed, handed over, taken in. It goes in a sealed cover with its table of contents
(06-HD/TW, item 8.2c)."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.movements.permissions import ISSUE, RECEIVE
from hatnhan.movements.transfers.choices import CUSTODY, CUSTODY_AFTER
from hatnhan.movements.transfers.models import TransferCase

from . import leading


@action("movements.seal_dossier", of=TransferCase)
def seal_dossier(*, actor: Actor, case: TransferCase, on: date, note: str = "", seen: int | None = None) -> None:
    """The dossier was put under seal; it is still where it was."""
    _move(actor, case, "seal", "sealed", on, case.issuer or case.origin, ISSUE, case.origin, note, seen)


@action("movements.unseal_dossier", of=TransferCase)
def unseal_dossier(*, actor: Actor, case: TransferCase, on: date, note: str = "", seen: int | None = None) -> None:
    """The seal was opened, or the dossier came back: it stays with the releasing side."""
    _move(actor, case, "unseal", "kept", on, case.issuer or case.origin, ISSUE, case.origin, note, seen)


@action("movements.hand_over_dossier", of=TransferCase)
def hand_over_dossier(*, actor: Actor, case: TransferCase, on: date, note: str = "", seen: int | None = None) -> None:
    """The sealed dossier was handed over, to whom `note` says. Refuses before the letter is issued."""
    if case.letter_on is None:
        refuse("no_letter", _("Cấp giấy giới thiệu rồi mới giao hồ sơ."))
    _move(actor, case, "hand_over", "carried", on, case.issuer or case.origin, ISSUE, case.origin, note, seen)


@action("movements.take_dossier", of=TransferCase)
def take_dossier(
    *, actor: Actor, case: TransferCase, on: date, certified: bool = False, despite: bool = False, note: str = "",
    seen: int | None = None,
) -> None:  # fmt: skip
    """The receiving side has the dossier. Refuses one whose table of contents the former keeper has not certified
    (06-HD/TW, item 8.2c), where the rule is unsure unless `despite`."""
    rule = rulebook.at(on)["transfer.check.dossier"]
    if not certified and (rule.refuses or not despite):
        text = _("Mục lục hồ sơ chưa có xác nhận của nơi giữ cũ thì chưa nhận hồ sơ.")
        source = rulebook.sentence(rule)
        raise Refused(Reason("uncertified", text, field="certified", source=source, rule=rule.reference))
    _move(actor, case, "take_dossier", "arrived", on, case.destination, RECEIVE, case.destination, note, seen)


def _move(
    actor: Actor, case: TransferCase, verb: str, to: str, on: date, side: Unit | None, right: str, at: Unit | None,
    note: str, seen: int | None,
) -> None:  # fmt: skip
    leading.hold(case, seen)
    actor.require(right, at=at or 0)
    if case.state == "cancelled" and to != "kept":
        refuse("state", _("Việc chuyển này đã hủy; hồ sơ để lại nơi đi."))
    if to not in CUSTODY_AFTER[case.custody]:
        refuse(
            "custody", _("Hồ sơ đang ghi là “%(where)s” nên chưa làm bước này được.") % {"where": CUSTODY[case.custody]}
        )
    leading.not_ahead(actor, on)
    case.custody = to
    case.save(update_fields=["custody", "version"])
    leading.step(case, verb, on, side, note=note)
    act().tell(
        gettext_noop("Hồ sơ chuyển sinh hoạt của đồng chí %(name)s: %(where)s."), about=[case],
        units=leading.sides(case), name=case.name, where=CUSTODY[to],
    )  # fmt: skip
