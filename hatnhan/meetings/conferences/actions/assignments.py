"""What members do for their cell from month to month: dated rows beside the tasks of single meetings."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action, begin, end, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import Assignment
from hatnhan.meetings.permissions import ASSIGN
from hatnhan.members.models import Person
from hatnhan.units.queries import name_of


@action("meetings.assign", of=Assignment)
def assign(
    *, actor: Actor, unit: Unit, person: Person, text: str, on: date, until: date = FAR, reason: str = ""
) -> Assignment:
    """A member of the cell does something for it from a day on. Refuses people of other cells, an empty text, days out
    of order and the same twice."""
    actor.require(ASSIGN, at=unit)
    text = nfc(text)
    if not text:
        refuse("text", _("Hãy ghi việc được phân công."), field="text")
    if on >= until:
        refuse("order", _("Ngày đầu phải trước ngày thôi."), field="last")
    if person.pk not in {line.person for line in queries.lines_of(unit, on, grouped=False)}:
        refuse("stranger", _("Đồng chí này không thuộc chi bộ vào ngày đó."), field="person")
    if Assignment.objects.during(on, until).filter(unit=unit, person=person, text=text).exists():
        refuse("twice", _("Việc này đã được phân công cho đồng chí ấy trong thời gian đó."), field="text")
    row = begin(Assignment(unit=unit, person=person, text=text, valid_from=on, valid_to=until))
    _tell(gettext_noop("%(unit)s phân công %(name)s việc thường xuyên “%(what)s” từ ngày %(day)s."), row, on)
    return row


@action("meetings.end_assignment")
def end_assignment(*, actor: Actor, row: Assignment, on: date, reason: str = "") -> None:
    """A member no longer does it from the day on; on the first day the assignment is voided."""
    actor.require(ASSIGN, at=row.unit)
    if row.voided_at is not None or not row.valid_from <= on < row.valid_to:
        refuse("on", _("Ngày này việc phân công không có hiệu lực."), field="on")
    void(row) if row.valid_from == on else end(row, on)
    _tell(gettext_noop("%(unit)s thôi phân công %(name)s việc thường xuyên “%(what)s” từ ngày %(day)s."), row, on)


def _tell(text: str, row: Assignment, on: date) -> None:
    act().tell(
        text, about=[row, row.person], units=[row.unit], unit=name_of(row.unit_id, on), name=row.person.name,
        what=row.text, day=Known.of(on),
    )  # fmt: skip
