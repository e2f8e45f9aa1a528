"""One step of a case, inside an action: held against a second writer, led along the table, told, and the duty of the
next step opened."""

from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.duties import actions as duties
from hatnhan.kernel.action import act
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.kernel.vietnamese import nfc
from hatnhan.kernel.workflow import apply
from hatnhan.units.queries import name_of

from ...models import BadgeCase, BadgeStep
from ..choices import CASE_DUTY
from ..flows import BADGE, Way
from ..levels import Line


def hold(case: BadgeCase, seen: int | None) -> None:
    """Hold the row and see that nobody else was quicker."""
    rows = BadgeCase.objects.filter(pk=case.pk)
    if not (rows if seen is None else rows.filter(version=seen)).update(version=F("version") + 1):
        text = _("Trong lúc đồng chí đang xem, người khác đã thay đổi đề nghị này. Hãy xem lại rồi làm lần nữa.")
        raise Refused(Reason("stale", text))
    case.refresh_from_db()


def walk(
    *, actor: Actor, case: BadgeCase, verb: str, on: date, line: Line, sentence: str, paper: str = "",
    in_favour: int | None = None, base: int | None = None, note: str = "",
) -> None:  # fmt: skip
    """Lead the case along and write down the step. Refuses a day to come or before the last step, and a vote above its
    base."""
    in_order(case, on, actor.on)
    counted(in_favour, base)
    owed = line.next(case.state)
    apply(BADGE, case, verb, actor=actor, at=case.unit_id, facts=Way(case.state, owed))
    case.save()
    note_step(actor, case, verb, on, paper, in_favour, base, note)
    tell(sentence, case, on=Known.of(on))
    pass_on(actor, case, owed, line, on)


def in_order(case: BadgeCase, on: date, today: date) -> None:
    """Steps follow each other: a decision never comes before the review."""
    last = BadgeStep.objects.filter(case=case).order_by("-on").values_list("on", flat=True).first()
    if on > today:
        raise Refused(Reason("future", _("Ngày này chưa tới; chỉ ghi việc đã làm."), field="on"))
    if last is not None and on < last:
        text = _("Bước trước đã ghi ngày %(day)s; bước này không thể trước ngày đó.")
        raise Refused(Reason("order", text % {"day": Known.of(last)}, field="on"))


def counted(in_favour: int | None, base: int | None) -> None:
    """A vote has both numbers, is not above its base, and more than half are in favour (294-QĐ/TW, item 9.3)."""
    if in_favour is None and base is None:
        return
    if in_favour is None or base is None or base < 1:
        raise Refused(Reason("vote", _("Hãy ghi cả số tán thành và số được tính."), field="in_favour"))
    if in_favour > base:
        told = _("Số tán thành %(n)s lớn hơn số được tính %(base)s.") % {"n": in_favour, "base": base}
        raise Refused(Reason("vote_above", told, field="in_favour"))
    if in_favour * 2 <= base:
        told = _("%(n)s/%(base)s tán thành là chưa quá nửa nên chưa đề nghị được.") % {"n": in_favour, "base": base}
        raise Refused(Reason("vote_short", told, field="in_favour"))


def note_step(
    actor: Actor, case: BadgeCase, verb: str, on: date, paper: str, in_favour: int | None, base: int | None, note: str
) -> None:
    """Write down a step."""
    BadgeStep.objects.create(
        case=case, verb=verb, on=on, paper=nfc(paper)[:60], in_favour=in_favour, base=base, note=nfc(note)[:300],
        by=actor.label[:120], recorded_at=act().at, recorded_in=act().id,
    )  # fmt: skip


def pass_on(actor: Actor, case: BadgeCase, owed: str, line: Line, on: date) -> None:
    """The duty of the step before is done, that of the next begins."""
    owes = line.next(case.state)
    if owed:
        duties.close(actor=actor, kind=CASE_DUTY, about=case.pk, on=actor.on)
    if owes:
        unit, role = line.owner(owes)
        duties.open_duty(
            actor=actor, kind=CASE_DUTY, about=case.pk, deadline=f"badge_{owes}", on=on,
            unit=Unit.objects.get(pk=unit), role=role, person=case.person_id, fresh=not owed,
        )  # fmt: skip


def tell(sentence: str, case: BadgeCase, **values: Any) -> None:
    """Tell the log of a case in words."""
    act().tell(
        sentence, about=[case, case.person], units=[case.unit], name=case.person.name, level=case.level,
        unit=name_of(case.unit_id, case.declared_on), **values,
    )  # fmt: skip
