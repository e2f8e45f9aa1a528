"""The monthly report of a cell: written, changed, handed in to the committee."""

from collections.abc import Mapping
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import month
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.kernel.workflow import apply
from hatnhan.meetings.choices import REPORT_PARTS
from hatnhan.meetings.flows import REPORT
from hatnhan.meetings.models import MonthReport
from hatnhan.meetings.packets import month_facts
from hatnhan.meetings.plan import sittings
from hatnhan.units.queries import name_of

LONGEST = 10_000


@action("meetings.write_report")
def write_report(
    *, actor: Actor, unit: Unit, first: date, texts: Mapping[str, str], seen: int | None = None, reason: str = ""
) -> MonthReport:
    """Write or change the report of the month, until it is handed in. Refuses a month to come, texts without end, and
    when somebody else changed it meanwhile."""
    sittings.must_plan(actor, unit)
    first = month(first)
    if first > actor.on or not sittings.is_cell(unit, actor.on):
        refuse("month", _("Chỉ chi bộ soạn báo cáo, cho tháng này và các tháng đã qua."))
    if unknown := set(texts) - set(REPORT_PARTS):
        refuse("part", _("Báo cáo không có phần “%(part)s”.") % {"part": sorted(unknown)[0]})
    for part, text in texts.items():
        if len(text) > LONGEST:
            refuse("long", _("Mỗi phần dài nhất %(n)s chữ.") % {"n": LONGEST}, field=part)
    row = MonthReport.objects.select_for_update().filter(unit=unit, first=first).first()
    if row is not None and seen is not None and row.version != seen:
        told = {"who": row.changed_by}
        text = _("Đồng chí %(who)s vừa sửa báo cáo này. Những gì đồng chí viết còn nguyên dưới đây; hãy xem lại.")
        raise Refused(Reason("stale", text % told))
    row = row or MonthReport(unit=unit, first=first)
    apply(REPORT, row, "write_report", actor=actor, at=unit)
    for part, text in texts.items():
        setattr(row, part, nfc(text, lines=True))
    row.version, row.changed_at, row.changed_by = row.version + 1, act().at, actor.label[:120]
    row.save()
    _tell(gettext_noop("Soạn báo cáo tháng %(month)s của %(unit)s."), row, actor)
    return row


@action("meetings.hand_in_report")
def hand_in_report(*, actor: Actor, report: MonthReport, reason: str = "") -> None:
    """Hand the report in; the facts are frozen as they stand. Refuses an empty report, and a second time."""
    MonthReport.objects.filter(pk=report.pk).update(version=F("version") + 1)
    report.refresh_from_db()
    sittings.must_plan(actor, report.unit_id)
    apply(REPORT, report, "hand_in_report", actor=actor, at=report.unit)
    if not (report.done or report.ahead):
        refuse("empty", _("Báo cáo còn trống: hãy ghi kết quả tháng qua hoặc nhiệm vụ tháng tới."))
    with override("vi"):
        report.facts = month_facts.facts(report.unit, report.first, actor.on)
    report.handed_in_on = actor.on
    report.save()
    _tell(gettext_noop("Nộp báo cáo tháng %(month)s của %(unit)s."), report, actor)


def _tell(sentence: str, row: MonthReport, actor: Actor) -> None:
    act().tell(
        sentence, about=[row], units=[row.unit], unit=name_of(row.unit_id, actor.on),
        month=f"{row.first.month}/{row.first.year}",
    )  # fmt: skip
