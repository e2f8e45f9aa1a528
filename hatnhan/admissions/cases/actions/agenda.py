"""Putting a case on the agenda of a cell's meeting."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.admissions.cases.matters import MATTERS
from hatnhan.admissions.flows import ADMISSION
from hatnhan.admissions.models import AdmissionCase
from hatnhan.admissions.permissions import PREPARE
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import refuse
from hatnhan.meetings import actions as meetings
from hatnhan.meetings.models import AgendaItem, Sitting
from hatnhan.meetings.plan.agendas import ItemSheet
from hatnhan.units.queries import name_of

TITLES = {
    "review": "Xét đề nghị kết nạp: %(name)s",
    "propose_recognition": "Xét công nhận đảng viên chính thức: đồng chí %(name)s",
    "propose_strike": "Xét đề nghị xóa tên đảng viên dự bị: đồng chí %(name)s",
}


@action("admissions.put_on_agenda")
def put_on_agenda(
    *, actor: Actor, case: AdmissionCase, sitting: Sitting, verb: str = "review", reason: str = ""
) -> AgendaItem:
    """The step comes onto the agenda of a meeting of the cell, with one vote under its majority; when the minutes are
    adopted the step is taken. Refuses a step that is not next, another cell's meeting, and the same case twice."""
    actor.require(PREPARE, at=case.unit)
    if verb not in MATTERS or ADMISSION.find(case.state, verb) is None:
        refuse("state", _("Bước này chưa tới hoặc đã qua nên không đưa vào chương trình được."))
    if sitting.unit_id != case.unit_id:
        refuse("unit", _("Buổi họp này là của chi bộ khác."))
    subject, rule, _fails = MATTERS[verb]
    if AgendaItem.objects.filter(sitting=sitting, subject=subject, subject_id=case.pk).exists():
        refuse("twice", _("Nội dung này đã có trong chương trình."))
    title = TITLES[verb] % {"name": case.applicant.name}
    item = meetings.add_item(actor=actor, sitting=sitting, item=ItemSheet(title, rule=rule, subject=subject))
    item.subject_id = case.pk
    item.save(update_fields=["subject_id"])
    act().tell(
        gettext_noop("Đưa hồ sơ kết nạp số %(number)s vào chương trình buổi họp ngày %(day)s của %(unit)s."),
        about=[case, sitting], units=[case.unit], number=case.pk, day=Known.of(sitting.day),
        unit=name_of(case.unit_id, sitting.day),
    )  # fmt: skip
    return item
