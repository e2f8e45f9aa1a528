"""Cases on the agenda of a cell's meeting: an item of its own with one vote; adopted minutes take the step."""

from datetime import date
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_noop

from hatnhan.admissions.models import AdmissionCase
from hatnhan.admissions.rules import Vote
from hatnhan.kernel.action import act
from hatnhan.kernel.actor import Actor, Forbidden, NotFound
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.registries import Decided, subject
from hatnhan.meetings.models import Sitting
from hatnhan.meetings.plan.sittings import EDITABLE
from hatnhan.units.queries import name_of

from . import actions
from .matters import MATTERS

TAKEN = {
    "review": actions.review, "reject": actions.reject, "propose_recognition": actions.propose_recognition,
    "fail_recognition": actions.fail_recognition, "propose_strike": actions.propose_strike,
}  # fmt: skip


def coming(case: AdmissionCase, on: date) -> list[Sitting]:
    """The meetings of the cell whose agenda is still open, the next first."""
    rows = Sitting.objects.filter(unit=case.unit_id, day__gte=on, state__in=EDITABLE)
    return list(rows.exclude(kind="committee").order_by("day", "starts")[:3])


def follow(verb: str, actor: Actor, decided: Decided) -> None:
    """What adopted minutes decided of a case. A case that has gone on meanwhile, or where something stands in the way,
    stays as it is, and the log says why: the minutes are adopted all the same."""
    case = AdmissionCase.objects.filter(pk=decided.key, unit=decided.unit).first()
    step = verb if decided.carried else MATTERS[verb][2]
    if case is None or decided.carried is None or not step:
        return
    vote = Vote(decided.base, decided.in_favour)
    try:
        with transaction.atomic():
            TAKEN[step](actor=actor, case=case, on=decided.on, vote=vote)
    except (Refused, Forbidden, NotFound) as refused:
        why = "; ".join(one.message for one in refused.reasons) if isinstance(refused, Refused) else ""
        act().tell(
            gettext_noop("Hồ sơ kết nạp số %(number)s của %(unit)s chưa đi tiếp theo biên bản: %(why)s"),
            about=[case], units=[case.unit], number=case.pk, unit=name_of(case.unit_id, decided.on), why=why[:300],
        )  # fmt: skip


def register() -> None:
    """Say whose the cases are that meetings vote on."""
    for verb, (kind, _rule, _fails) in MATTERS.items():
        subject(kind, partial(follow, verb))
