"""What every step of a transfer does: hold the case, lead it on, tell its story, open and close its duties."""

from datetime import date

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.duties import actions as duties
from hatnhan.duties.holidays import calendar_of
from hatnhan.duties.queries import competent
from hatnhan.duties.rules import due_day
from hatnhan.kernel.action import act, begin
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc, plain
from hatnhan.kernel.workflow import Transition, apply
from hatnhan.members.actions.journeys import Paused
from hatnhan.members.actions.ways import cut
from hatnhan.movements.transfers import queries
from hatnhan.movements.transfers.flows import COMPLETE, FOLLOW, LIMITS, PROPOSE, START, TAKE_IN, TRANSFER
from hatnhan.movements.transfers.models import TransferCase, TransferStep, Transit
from hatnhan.movements.transfers.rules import Facts
from hatnhan.units.authority import authority
from hatnhan.units.queries import line_of


def lead(
    actor: Actor, case: TransferCase, verb: str, *, at: Unit | None, seen: int | None, facts: Facts | None = None
) -> Transition:
    """Lead the case on, its row held until the end of the act. Refuses when somebody else has done something with it
    since `seen`, whoever was first."""
    hold(case, seen)
    return apply(TRANSFER, case, verb, actor=actor, at=at, facts=facts or facts_of(actor, case))


def hold(case: TransferCase, seen: int | None) -> None:
    """Hold the case and read it anew."""
    case.refresh_from_db(from_queryset=TransferCase.objects.select_for_update())
    if seen is not None and seen != case.version:
        text = _("Trong lúc đồng chí đang xem, người khác đã làm một bước của việc này. Hãy xem lại rồi làm tiếp.")
        raise Refused(Reason("stale", text))
    case.version += 1


def not_ahead(actor: Actor, on: date) -> None:
    """Refuses a step on a day that has not come."""
    if on > actor.on:
        refuse("future", _("Ngày này ở sau hôm nay."), field="on")


def facts_of(actor: Actor, case: TransferCase) -> Facts:
    """What every step is judged by."""
    return Facts(own=case.person_id is not None and actor.person_id == case.person_id)


def step(
    case: TransferCase, verb: str, on: date, unit: Unit | None, *, paper: str = "", note: str = "", inner: bool = False
) -> None:
    """One step more of the story."""
    TransferStep.objects.create(
        case=case, verb=verb, on=on, at=act().at, act=act().id, unit=unit, paper=nfc(paper)[:60],
        note=nfc(note)[:300], inner=inner,
    )  # fmt: skip


def settle_duties(actor: Actor, case: TransferCase, transition: Transition, on: date) -> None:
    """Close what the step met, or withdraw it when nothing was met, and open what it begins."""
    over = duties.withdraw if transition.verb in ("cancel", "time_out", "redirect") else duties.close
    for kind in transition.ends:
        over(actor=actor, kind=kind, about=case.pk, on=on)
    for kind in transition.deadlines:
        owner = _owner(case, kind, on)
        if owner is not None:
            pk, role = owner
            since = case.moved_on if kind == START else on
            duties.open_duty(
                actor=actor, kind=kind, about=case.pk, deadline=LIMITS[kind], on=since, unit=Unit.objects.get(pk=pk),
                role=role,
            )  # fmt: skip


def _owner(case: TransferCase, kind: str, on: date) -> tuple[int, str] | None:
    """The office that owes it; None where that lies outside this installation."""
    account = case.person.account_id if case.person is not None else None
    side = {START: case.origin, FOLLOW: case.issuer, COMPLETE: case.issuer, TAKE_IN: case.destination}.get(
        kind, case.destination
    )
    if side is None:
        return None
    if kind == PROPOSE:
        side = Unit.objects.get(pk=authority("strike_off_decide", side, on).unit_id)
    kind_here = rulebook.at(on).kinds().get(queries.kind_of(side, on))
    below = [] if kind_here is not None and kind_here.cell else [0]  # of a committee no cell's secretary answers
    return competent([*below, *line_of(side, on)], on, without=account)


def present_by(on: date) -> date:
    """The last day for presenting a letter of the day."""
    limit = rulebook.at(on).deadline("transfer_present")
    return due_day(on, limit.n, limit.counted, calendar_of(on, on.replace(year=on.year + 1, day=1), on))


def set_out(case: TransferCase, on: date) -> None:
    """The time on the way begins."""
    due = case.present_by or on
    begin(Transit(case=case, unit=case.origin, destination=case.destination, due=due, valid_from=on))


def came_in(case: TransferCase, on: date) -> None:
    """The time on the way is over."""
    cut(Transit.objects.filter(case=case), on)


def paused(case: TransferCase) -> Paused:
    """What goes on once the way is over."""
    return Paused(case.resumes, case.resumes_until or Paused().until)


def give_letter(case: TransferCase, number: str, on: date) -> None:
    """Put the letter's number into the case. Refuses a number that was used before by whoever issued it."""
    who = str(case.issuer_id) if case.issuer_id else plain(case.origin_text)
    case.letter_number, case.letter_on = nfc(number)[:40], on
    case.letter_key = f"{who}:{on.year}:{plain(number)}"[:300]
    if TransferCase.objects.filter(letter_key=case.letter_key).exclude(pk=case.pk).exists():
        text = _("Giấy giới thiệu số %(number)s năm %(year)s của nơi này đã dùng rồi. Mỗi giấy chỉ dùng một lần.")
        refuse("letter_used", text % {"number": case.letter_number, "year": on.year}, field="number")


def sides(case: TransferCase) -> list[Unit]:
    """The units of both sides that know of the case, the releasing one first: the log's chain is that of the first."""
    receiving = case.cell or case.destination if case.letter_on is not None else None
    return [unit for unit in (case.origin, receiving) if unit is not None]


def origin_name(case: TransferCase, on: date) -> str:
    """What the releasing side is called."""
    return queries.place_name(case.origin, case.origin_text, on)


def destination_name(case: TransferCase, on: date) -> str:
    """What the receiving side is called."""
    return queries.place_name(case.destination, case.destination_text, on)
