"""Opening what falls due, closing what is done, and a committee's own obligations."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel import bulk
from hatnhan.kernel.action import act, action, begin, end, void
from hatnhan.kernel.actor import Actor, Forbidden
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.kernel.workflow import apply
from hatnhan.units.queries import name_of

from ..flows import DUTY
from ..models import Duty, Obligation, Owner, Term
from ..permissions import OBLIGATIONS
from .choices import KIND, OWN_SEATS, SHIFTS
from .queries import Falling, owing

DUTY_FIELDS = (
    "id", "kind", "about", "opened_on", "opened_at", "opened_in", "due", "n", "counted", "rule", "document", "mark",
    "provisional", "state",
)  # fmt: skip
OWNER_FIELDS = ("duty_id", "unit_id", "role", "valid_from", "valid_to", "recorded_at", "recorded_in")
TERM_FIELDS = ("id", "code", "unit_id", "period", "duty_id")


@action("duties.open_terms")
def open_terms(*, actor: Actor, falling: Falling, on: date, reason: str = "") -> int:
    """One term and its duty for each unit that owes an obligation and has none for this time yet. Returns how many were
    opened; refuses when there is nothing to open."""
    if not actor.everything:
        raise Forbidden("duties.open_terms")
    owed = falling.owed
    there = set(Term.objects.filter(code=owed.code, period=falling.period).values_list("unit", flat=True))
    missing = [(unit, role) for unit, role in owing(owed, on) if unit not in there]
    if not missing:
        refuse("none", _("Không còn đơn vị nào phải mở việc này."))
    _write(falling, missing, on)
    committee = Unit.objects.filter(pk=owed.unit_id).first() if owed.unit_id else None
    act().tell(
        gettext_noop("Mở việc định kỳ “%(what)s” cho %(count)s đơn vị, hạn ngày %(due)s."),
        units=[committee] if committee else [], what=owed.label, count=len(missing), due=Known.of(falling.due),
        rule=owed.reference,
    )  # fmt: skip
    return len(missing)


def _write(falling: Falling, missing: Sequence[tuple[int, str]], on: date) -> None:
    """Duties, owners and terms, by bulk: a nation has 300,000 cells."""
    owed, running = falling.owed, act()
    duties, terms = bulk.reserve(Duty, len(missing)), bulk.reserve(Term, len(missing))
    n = max((falling.due - on).days, 0)
    bulk.insert(
        Duty, DUTY_FIELDS,
        (
            (duty, KIND, term, on, running.at, running.id, falling.due, n, "fixed", owed.rule, owed.document, owed.mark,
             falling.provisional, "open")
            for duty, term in zip(duties, terms, strict=True)
        ),
    )  # fmt: skip
    bulk.insert(
        Owner, OWNER_FIELDS,
        (
            (duty, unit, role, on, FAR, running.at, running.id)
            for duty, (unit, role) in zip(duties, missing, strict=True)
        ),
    )  # fmt: skip
    bulk.insert(
        Term, TERM_FIELDS,
        (
            (term, owed.code, unit, falling.period, duty)
            for term, duty, (unit, _role) in zip(terms, duties, missing, strict=True)
        ),
    )  # fmt: skip


@action("duties.meet_terms")
def meet_terms(*, actor: Actor, terms: Sequence[Term], on: date, reason: str = "") -> int:
    """Close what shows by itself that it was met, as a meeting that was recorded. Returns how many; refuses none."""
    if not actor.everything:
        raise Forbidden("duties.meet_terms")
    running, closed = act(), []
    for term in terms:
        duty = term.duty
        if duty.state != "open":
            continue
        apply(DUTY, duty, "close", actor=actor)
        duty.closed_on, duty.closed_at, duty.closed_in = on, running.at, running.id
        closed.append(duty)
    if not closed:
        refuse("none", _("Không có việc nào như thế đang chờ."))
    Duty.objects.bulk_update(closed, ["state", "closed_on", "closed_at", "closed_in"], batch_size=500)
    running.about(Duty, [duty.pk for duty in closed])
    running.tell(gettext_noop("Tự ghi là xong %(count)s việc định kỳ đã thấy kết quả."), count=len(closed))
    return len(closed)


# --- a committee's own --------------------------------------------------------------------------------------------


@action("duties.set_obligation", of=Obligation)
def set_obligation(
    *, actor: Actor, unit: Unit, label: str, seat: str, months: Sequence[int], day: int, decision: str, on: date,
    shift: str = "before", reason: str = "",
) -> Obligation:  # fmt: skip
    """From a day on, the units of a level at and below a committee owe this on a day of some months. Refuses one
    without words, a document, a month, or with a day that no month has."""
    actor.require(OBLIGATIONS, at=unit)
    label, decision = nfc(label), nfc(decision)
    if not label:
        refuse("label", _("Hãy ghi việc phải làm."), field="label")
    if seat not in OWN_SEATS:
        refuse("seat", _("Hãy chọn nơi phải làm."), field="seat")
    if shift not in SHIFTS:
        refuse("shift", _("Hãy chọn làm thế nào khi hạn rơi vào ngày nghỉ."), field="shift")
    chosen = sorted({month for month in months if 1 <= month <= 12})
    if not chosen:
        refuse("months", _("Hãy chọn ít nhất một tháng."), field="months")
    if not 1 <= day <= 31:
        refuse("day", _("Ngày trong tháng phải từ 1 đến 31; 31 là ngày cuối tháng."), field="day")
    if not decision:
        refuse("decision", _("Hãy ghi số văn bản quy định việc này."), field="decision")
    if Obligation.objects.on(on).filter(unit=unit, label=label).exists():
        refuse("same", _("Cấp ủy đã có việc định kỳ mang tên này."), field="label")
    row = begin(
        Obligation(unit=unit, label=label, seat=seat, months=chosen, day=day, shift=shift, decision=decision,
                   valid_from=on)
    )  # fmt: skip
    act().tell(
        gettext_noop("Đặt việc định kỳ “%(label)s” tại %(unit)s từ ngày %(day)s, theo %(decision)s."), about=[row],
        units=[unit], label=label, unit=name_of(unit, on), day=Known.of(on), decision=decision,
    )  # fmt: skip
    return row


@action("duties.end_obligation")
def end_obligation(*, actor: Actor, obligation: Obligation, on: date, reason: str) -> None:
    """From the day on it is no longer owed; what was opened and is not done is withdrawn. Refuses without a reason."""
    actor.require(OBLIGATIONS, at=obligation.unit)
    if obligation.voided_at is not None or obligation.valid_to != FAR:
        refuse("ended", _("Việc định kỳ này đã thôi từ trước."))
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do thôi."), field="reason")
    if on <= obligation.valid_from:
        void(obligation)
    else:
        end(obligation, on)
    running = act()
    waiting = Duty.objects.filter(kind=KIND, state="open", term__code=obligation.code)
    count = waiting.update(state="withdrawn", closed_on=on, closed_at=running.at, closed_in=running.id)
    running.tell(
        gettext_noop("Thôi việc định kỳ “%(label)s” tại %(unit)s từ ngày %(day)s; rút %(count)s việc đang chờ."),
        about=[obligation], units=[obligation.unit], label=obligation.label, unit=name_of(obligation.unit, on),
        day=Known.of(on), count=count,
    )  # fmt: skip
