"""Setting targets, and recording that a cell has nobody to admit."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.admissions.choices import NO_SOURCE, TARGETS
from hatnhan.admissions.models import Delegation, NoSource, Target
from hatnhan.admissions.permissions import DECIDE, PREPARE
from hatnhan.admissions.permissions import TARGETS as SET
from hatnhan.kernel.action import act, action, begin, end, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.tree import must_stand
from hatnhan.kernel.vietnamese import nfc
from hatnhan.units.queries import name_of

EARLIEST, AHEAD = 2010, 5


@action("admissions.set_target", of=Target)
def set_target(
    *, actor: Actor, unit: Unit, year: int, counts: dict[str, int | None], document: str = "", reason: str = ""
) -> list[Target]:
    """How many the unit is to admit in a year, in total and of groups; what was set before is voided, not lost. A
    group left empty has no target. Refuses a group above the total, and years far away."""
    actor.require(SET, at=unit)
    if not EARLIEST <= year <= actor.on.year + AHEAD:
        refuse("year", _("Hãy ghi năm từ %(first)s đến %(last)s.") % {"first": EARLIEST, "last": actor.on.year + AHEAD},
               field="year")  # fmt: skip
    given = {kind: counts.get(kind) for kind in TARGETS}
    total = given["total"]
    if total is None:
        refuse("total", _("Hãy ghi chỉ tiêu chung."), field="total")
        raise AssertionError
    for kind, count in given.items():
        if count is not None and count > total:
            refuse("above", _("Chỉ tiêu của một nhóm không thể lớn hơn chỉ tiêu chung."), field=kind)
    before = Target.objects.filter(unit=unit, year=year, voided_at__isnull=True)
    before.update(voided_at=act().at, voided_in=act().id)
    rows = [
        Target.objects.create(
            unit=unit, year=year, kind=kind, count=count, document=nfc(document)[:60], recorded_at=act().at,
            recorded_in=act().id,
        )
        for kind, count in given.items() if count is not None
    ]  # fmt: skip
    act().tell(
        gettext_noop("Giao chỉ tiêu kết nạp năm %(year)s của %(unit)s: %(count)s."), about=rows, units=[unit],
        year=year, unit=name_of(unit, actor.on), count=total,
    )  # fmt: skip
    return rows


@action("admissions.record_no_source")
def record_no_source(*, actor: Actor, unit: Unit, why: str, on: date, reason: str = "") -> NoSource:
    """The cell has nobody to admit for now, with its reason: a state like any other (users.md §5.21)."""
    actor.require(PREPARE, at=unit)
    must_stand(unit, on, on + timedelta(days=1))
    if why not in NO_SOURCE:
        refuse("why", _("Hãy chọn lý do."), field="why")
    if on > actor.on:
        refuse("future", _("Chưa thể ghi cho một ngày chưa tới."), field="on")
    _stop(unit, on)
    row = begin(NoSource(unit=unit, why=why, valid_from=on))
    _tell(gettext_noop("%(unit)s không còn nguồn kết nạp, từ ngày %(on)s."), row, on)
    return row


@action("admissions.end_no_source")
def end_no_source(*, actor: Actor, unit: Unit, on: date, reason: str = "") -> None:
    """The cell has somebody to admit again."""
    actor.require(PREPARE, at=unit)
    row = NoSource.objects.on(on).filter(unit=unit).first()
    if row is None:
        refuse("none", _("Chi bộ này không ghi là hết nguồn vào ngày ấy."), field="on")
        raise AssertionError
    _stop(unit, on)
    _tell(gettext_noop("%(unit)s lại có nguồn kết nạp, từ ngày %(on)s."), row, on)


@action("admissions.delegate", of=Delegation)
def delegate(*, actor: Actor, unit: Unit, decision: str, on: date, reason: str = "") -> Delegation:
    """The level above lets a grassroots committee admit and expel itself, by its decision (294-QĐ/TW, item 22.1: over
    100 members and three good years; whoever decides looks at that). The committee then decides by two thirds."""
    actor.require(DECIDE, at=unit)
    if not nfc(decision):
        refuse("decision", _("Hãy ghi số quyết định ủy quyền."), field="decision")
    if Delegation.objects.during(on, FAR).filter(unit=unit).exists():
        refuse("there", _("Đảng ủy này đã được ủy quyền."), field="on")
    row = begin(Delegation(unit=unit, decision=nfc(decision), valid_from=on))
    _tell(gettext_noop("Ủy quyền kết nạp, khai trừ cho %(unit)s, từ ngày %(on)s."), row, on)
    return row


def _stop(unit: Unit, on: date) -> None:
    for row in NoSource.objects.during(on, FAR).filter(unit=unit):
        if row.valid_from < on:
            end(row, on)
        else:
            void(row)


def _tell(sentence: str, row: NoSource | Delegation, on: date) -> None:
    act().tell(sentence, about=[row], units=[row.unit], unit=name_of(row.unit_id, on), on=Known.of(on))
