"""Commendations of members and organisations: proposed, decided, refused, withdrawn."""

from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.kernel.workflow import apply
from hatnhan.members.models import Person
from hatnhan.members.queries import home
from hatnhan.rulebook import Rule
from hatnhan.rulebook import sentence as source_of
from hatnhan.units.queries import name_of

from ..models import Commendation
from ..permissions import COMMEND
from .flows import COMMENDATION


@action("honours.commend", of=Commendation)
def commend(
    *, actor: Actor, unit: Unit, kind: str, year: int, what: str, on: date, person: Person | None = None,
    reason: str = "",
) -> Commendation:  # fmt: skip
    """Propose somebody of a unit, or the unit itself, for a commendation of a year. Refuses a kind that is not for
    such a one, a year to come, and the same twice. Kinds are data (06-HD/TW, item 19)."""
    actor.require(COMMEND, at=unit)
    rule = rulebook.at(on).get(f"commendation.kind.{kind}")
    if rule is None:
        refuse("kind", _("Hãy chọn hình thức."), field="kind")
        raise AssertionError
    if not nfc(what):
        raise Refused(Reason("what", _("Hãy ghi thành tích trong một câu."), field="what"))
    if on > actor.on or not 1990 <= year <= on.year:
        raise Refused(Reason("year", _("Năm khen thưởng không thể ở sau ngày đề nghị."), field="year"))
    if reasons := _unfit(rule, unit, person, on):
        raise Refused(reasons)
    same = Commendation.objects.filter(kind=kind, year=year, state__in=("proposed", "decided"))
    if kind != "praise" and same.filter(**({"person": person} if person else {"person": None, "unit": unit})).exists():
        refuse("twice", _("Đã đề nghị hình thức này của năm %(year)s rồi.") % {"year": year}, field="kind")
    row = Commendation.objects.create(
        person=person, unit=unit, kind=kind, year=year, what=nfc(what), proposed_on=on, recorded_at=act().at,
        recorded_in=act().id,
    )  # fmt: skip
    _tell(gettext_noop("Đề nghị khen thưởng %(who)s, năm %(year)s."), row, actor)
    return row


def _unfit(rule: Rule, unit: Unit, person: Person | None, on: date) -> list[Reason]:
    """Whether the kind is meant for a member, a cell or a grassroots organisation."""
    target = rule.value["target"]
    if person is not None:
        at = home(person, on)
        if at is None or at.unit_id != unit.pk:
            return [Reason("home", _("Đồng chí này không sinh hoạt ở đây vào ngày đó."), field="person")]
        return (
            []
            if target in ("member", "any")
            else [
                Reason(
                    "target",
                    _("Hình thức này không dành cho đảng viên."),
                    field="kind",
                    source=source_of(rule),
                    rule=rule.reference,
                )
            ]
        )
    row = Placement.objects.on(on).filter(unit=unit).first()
    seats = rulebook.at(on).kind(row.kind).seats if row is not None else ()
    if target == "member" or (target not in ("any", *seats)):
        return [
            Reason(
                "target",
                _("Hình thức này không dành cho loại tổ chức này."),
                field="kind",
                source=source_of(rule),
                rule=rule.reference,
            )
        ]
    return []


@action("honours.decide_commendation")
def decide_commendation(
    *, actor: Actor, commendation: Commendation, on: date, decision: str, seen: int | None = None, reason: str = ""
) -> None:
    """It is decided, by a paper. Refuses a day before the proposal and a decision without a number."""
    _hold(commendation, seen)
    if not nfc(decision):
        raise Refused(Reason("decision", _("Hãy ghi số quyết định."), field="decision"))
    if not commendation.proposed_on <= on <= actor.on:
        raise Refused(Reason("on", _("Ngày quyết định phải từ ngày đề nghị đến hôm nay."), field="on"))
    commendation.decision, commendation.decided_on = nfc(decision), on
    apply(COMMENDATION, commendation, "decide", actor=actor, at=commendation.unit_id)
    commendation.save()
    _tell(gettext_noop("Khen thưởng %(who)s, năm %(year)s, quyết định %(decision)s."), commendation, actor,
          decision=commendation.decision, on=Known.of(on))  # fmt: skip


@action("honours.refuse_commendation")
def refuse_commendation(*, actor: Actor, commendation: Commendation, seen: int | None = None, reason: str = "") -> None:
    """It is not given."""
    _walk(actor, commendation, "refuse", seen, gettext_noop("Không khen thưởng %(who)s, năm %(year)s."))


@action("honours.withdraw_commendation")
def withdraw_commendation(
    *, actor: Actor, commendation: Commendation, seen: int | None = None, reason: str = ""
) -> None:
    """The proposal is taken back."""
    _walk(actor, commendation, "withdraw", seen, gettext_noop("Rút đề nghị khen thưởng %(who)s, năm %(year)s."))


def _walk(actor: Actor, row: Commendation, verb: str, seen: int | None, sentence: str) -> None:
    _hold(row, seen)
    apply(COMMENDATION, row, verb, actor=actor, at=row.unit_id)
    row.save()
    _tell(sentence, row, actor)


def _hold(row: Commendation, seen: int | None) -> None:
    rows = Commendation.objects.filter(pk=row.pk)
    if not (rows if seen is None else rows.filter(version=seen)).update(version=F("version") + 1):
        text = _("Trong lúc đồng chí đang xem, người khác đã thay đổi đề nghị này. Hãy xem lại rồi làm lần nữa.")
        raise Refused(Reason("stale", text))
    row.refresh_from_db()


def _tell(sentence: str, row: Commendation, actor: Actor, **values: object) -> None:
    who = row.person.name if row.person else name_of(row.unit_id, actor.on)
    about = [row, row.person] if row.person else [row]
    act().tell(sentence, about=about, units=[row.unit], who=who, year=row.year, **values)
