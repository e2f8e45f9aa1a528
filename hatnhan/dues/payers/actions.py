"""By what a member pays, and why one does not: rows from the first day of a month on. Incomes stay out of the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel import bulk
from hatnhan.kernel.action import act, action, begin, end, restate, void
from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.days import FAR
from hatnhan.kernel.days import month as first_of
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.secrets import seal, unseal
from hatnhan.kernel.vietnamese import nfc
from hatnhan.members.models import Person
from hatnhan.units.queries import name_of

from .. import rules
from ..choices import CLASSES, DECIDED, EXEMPT, MOST
from ..models import Exemption, Payer
from ..permissions import COLLECT
from ..places import collector_of


@dataclass(frozen=True)
class Placed:
    """A member (id) and the class from a month on; `base` and `second` are VND a month."""

    person: int
    kind: str
    month: date
    base: int | None = None
    second: int | None = None


@action("dues.set_payer")
def set_payer(
    *, actor: Actor, person: Person, kind: str, month: date, base: int | None = None, second: int | None = None,
    reason: str = "",
) -> Payer:  # fmt: skip
    """By which class, and of which income, somebody pays from a month on. `base` and `second` are VND a month, of the
    class's kind; of a class that needs none they are not kept. Refuses a class that does not exist in the month and an
    income that cannot be. A later row that stands already stays."""
    unit = collector_of(actor, person, actor.on)
    book = rulebook.at(month)
    if kind not in CLASSES or book.get(f"dues.class.{kind}") is None:
        refuse("kind", _("Hãy chọn một loại trong danh sách."), field="kind")
    if reasons := [*rules.month_blockers(month, actor.on, book), *_bases(base, second)]:
        raise Refused(reasons)
    _make_room(Payer, person, month)
    later = Payer.objects.unvoided().filter(person=person, valid_from__gt=month).order_by("valid_from").first()
    row = begin(
        Payer(
            person=person, kind=kind, base=_sealed(base), second=_sealed(second), valid_from=month,
            valid_to=later.valid_from if later else FAR,
        )
    )  # fmt: skip
    act().tell(
        gettext_noop("Đồng chí %(name)s đóng đảng phí theo loại “%(kind)s” từ tháng %(month)s."), about=[person],
        units=[unit], name=person.name, kind=CLASSES[kind], month=rules.month_name(month),
        rule=book[f"dues.class.{kind}"].reference,
    )  # fmt: skip
    return row


def _bases(*given: int | None) -> list[Reason]:
    text = _("Mức làm căn cứ là số đồng mỗi tháng, từ 0 đến dưới 1 tỷ.")
    names = ("base", "second")
    return [
        Reason("base", text, field=name)
        for name, value in zip(names, given, strict=True) if value is not None and not 0 <= value < MOST
    ]  # fmt: skip


def _sealed(amount: int | None) -> str:
    return seal(str(amount)) if amount is not None else ""


def _make_room(model: type[Payer] | type[Exemption], person: Person, month: date) -> None:
    """End what holds in the month before its first day; what began with it gives way."""
    for row in model.objects.on(month).filter(person=person):
        if row.valid_from == month:
            void(row)
        else:
            end(row, month)


@action("dues.look_base")
def look_base(*, actor: Actor, person: Person, month: date, reason: str = "") -> tuple[int | None, int | None]:
    """The income by which somebody pays in a month, for the payer and for who collects in the own cell; the payer can
    see that it was looked at."""
    unit = None if actor.person_id == person.pk else collector_of(actor, person, actor.on)
    row = Payer.objects.on(month).filter(person=person).first()
    act().tell(
        gettext_noop("Xem mức làm căn cứ đóng đảng phí của đồng chí %(name)s."), about=[person],
        units=[unit] if unit else [], name=person.name,
    )  # fmt: skip
    return (_opened(row.base), _opened(row.second)) if row else (None, None)


def _opened(sealed: str) -> int | None:
    return int(unseal(sealed)) if sealed else None


@action("dues.exempt", of=Exemption)
def exempt(
    *, actor: Actor, person: Person, kind: str, month: date, until: date | None = None, paper: str = "",
    reason: str = "",
) -> Exemption:  # fmt: skip
    """Somebody pays nothing from a month on, before `until` (the first month that is paid again). The kind is one of
    the rule's; why exactly is not kept. `paper` tells which decision and where it lies."""
    unit = collector_of(actor, person, actor.on)
    book = rulebook.at(month)
    if kind not in DECIDED or book.get(f"dues.exempt.{kind}") is None:
        refuse("kind", _("Hãy chọn một diện trong danh sách."), field="kind")
    if reasons := rules.month_blockers(month, actor.on, book):
        raise Refused(reasons)
    if until is not None and (until != first_of(until) or until <= month):
        refuse("until", _("Tháng đóng trở lại phải sau tháng bắt đầu miễn."), field="until")
    _make_room(Exemption, person, month)
    later = Exemption.objects.unvoided().filter(person=person, valid_from__gt=month).order_by("valid_from").first()
    last = min(until or FAR, later.valid_from if later else FAR)
    row = begin(Exemption(person=person, kind=kind, paper=nfc(paper.strip()), valid_from=month, valid_to=last))
    act().tell(
        gettext_noop("Miễn đảng phí cho đồng chí %(name)s từ tháng %(month)s: %(kind)s."), about=[person],
        units=[unit], name=person.name, kind=EXEMPT[kind], month=rules.month_name(month),
        rule=book[f"dues.exempt.{kind}"].reference,
    )  # fmt: skip
    return row


@action("dues.end_exemption")
def end_exemption(*, actor: Actor, exemption: Exemption, month: date, reason: str = "") -> None:
    """Somebody pays again from a month on; an exemption that would then never have been is taken back."""
    unit = collector_of(actor, exemption.person, actor.on)
    if exemption.voided_at is not None or exemption.valid_to <= month:
        raise NotFound("dues.end_exemption")
    if month != first_of(month):
        refuse("month", _("Tháng đóng phải ghi bằng ngày đầu tháng."), field="month")
    if month <= exemption.valid_from:
        void(exemption)
    else:
        restate(exemption, valid_to=month)
    act().tell(
        gettext_noop("Đồng chí %(name)s đóng đảng phí trở lại từ tháng %(month)s."), about=[exemption.person],
        units=[unit], name=exemption.person.name, month=rules.month_name(month),
    )  # fmt: skip


@action("dues.load_payers")
def load_payers(*, actor: Actor, unit: Unit, payers: Sequence[Placed], reason: str = "") -> int:
    """Classes of many members of the cells at and below a unit who have none yet. Returns how many."""
    actor.require(COLLECT, at=unit)
    keys = [one.person for one in payers]
    if Payer.objects.unvoided().filter(person__in=keys).exists():
        refuse("there", _("Ở đây đã có đồng chí được xếp loại; chỉ nạp được nơi còn trống."))
    running = act()
    count = bulk.insert(
        Payer, ("person_id", "kind", "base", "second", "valid_from", "valid_to", "recorded_at", "recorded_in"),
        (
            (one.person, one.kind, _sealed(one.base), _sealed(one.second), one.month, FAR, running.at, running.id)
            for one in payers
        ),
    )  # fmt: skip
    act().tell(
        gettext_noop("Xếp loại mức đóng đảng phí cho %(count)s đồng chí của %(unit)s."), units=[unit], count=count,
        unit=name_of(unit, actor.on),
    )  # fmt: skip
    return count
