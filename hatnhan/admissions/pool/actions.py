"""Listing promising people, who helps them, classes, and erasing who is no longer listed. The log names them by number:
their names are erased one day, the log never."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.admissions import queries, rules
from hatnhan.admissions.cases.actions.engine import Said, hold, take
from hatnhan.admissions.choices import CLASSES, DELIST_REASONS, LEFT, MINOR, SECTORS, SEX
from hatnhan.admissions.flows import BEFORE_MEMBER, MEMBER
from hatnhan.admissions.models import AdmissionCase, Applicant, Certificate, Helper
from hatnhan.admissions.permissions import PREPARE
from hatnhan.kernel.action import act, action, begin, end
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.tree import must_stand
from hatnhan.kernel.vietnamese import nfc, plain, sort_key
from hatnhan.members.models import Membership, Person, Standing
from hatnhan.units.queries import name_of


@action("admissions.list", of=Applicant)
def list_person(
    *, actor: Actor, unit: Unit, name: str, on: date, told_on: date | None = None, minor: bool = False, sex: str = "",
    birth: Known | None = None, sector: str = "", helper: Person | None = None, left_how: str = "",
    left_on: date | None = None, person: Person | None = None, reason: str = "",
) -> AdmissionCase:  # fmt: skip
    """The cell lists a promising person (38-HD/BTCTW, item I.1.1). Of somebody under 18 only the name and who helps
    are kept. `left_how` and `left_on` say that it is a re-admission. Refuses without the day on which the person was
    told, and what cannot be."""
    actor.require(PREPARE, at=unit)
    must_stand(unit, on, on + timedelta(days=1))
    name = nfc(name)
    if reasons := _listing_blockers(name, on, actor.on, told_on, minor, sex, birth, sector, left_how):
        raise Refused(reasons)
    written = {"recorded_at": act().at, "recorded_in": act().id}
    applicant = Applicant.objects.create(
        name=name, name_key=plain(name), sort_key=sort_key(name), minor=minor, sex=sex, birth=birth, sector=sector,
        told_on=told_on, **written,
    )  # fmt: skip
    again = bool(left_how)
    case = AdmissionCase(
        applicant=applicant, unit=unit, since=on, opened_on=on, again=again, left_how=left_how, left_on=left_on,
        person=person if again else None, **written,
    )  # fmt: skip
    case.save(force_insert=True)
    take(actor, case, "list", on)
    if helper is not None:
        _help(actor, case, helper, on)
    return case


def _listing_blockers(
    name: str, on: date, today: date, told_on: date | None, minor: bool, sex: str, birth: Known | None, sector: str,
    left_how: str,
) -> list[Reason]:  # fmt: skip
    reasons = []
    if not name:
        reasons.append(Reason("name", _("Hãy ghi họ và tên."), field="name"))
    if told_on is None or told_on > today:
        text = _("Hãy ghi ngày đã báo cho người ấy biết. Không ai bị đưa vào danh sách mà không được biết.")
        reasons.append(Reason("told", text, field="told_on"))
    young = birth is not None and birth.years_on(on) < MINOR
    if young and not minor:
        text = _("Người này chưa đủ 18 tuổi: chỉ ghi họ tên và người giúp đỡ. Hãy đánh dấu chưa đủ 18 tuổi.")
        reasons.append(Reason("minor", text, field="minor"))
    if minor and (sex or birth or sector):
        text = _("Người chưa đủ 18 tuổi chỉ ghi họ tên và người giúp đỡ; hãy để trống các mục khác.")
        reasons.append(Reason("minor", text, field="minor"))
    if sex and sex not in SEX:
        reasons.append(Reason("sex", _("Hãy chọn nam hoặc nữ."), field="sex"))
    if sector and sector not in SECTORS:
        reasons.append(Reason("sector", _("Hãy chọn trong danh sách."), field="sector"))
    if birth is not None and birth.earliest > on:
        reasons.append(Reason("birth", _("Ngày sinh ở sau ngày đưa vào danh sách."), field="birth"))
    if left_how and left_how not in LEFT:
        reasons.append(Reason("left_how", _("Hãy chọn trong danh sách."), field="left_how"))
    never = rulebook.at(on)["readmission.never"]
    if left_how in never.value:
        text = _("Ra khỏi Đảng vì lý do này thì không xét kết nạp lại.")
        found = rules.by_rule(never, "never", text, field="left_how")
        reasons += [*found.strict, *found.soft]  # the reason itself would be kept: it is never written down
    return reasons


@action("admissions.describe", of=Applicant)
def describe(
    *, actor: Actor, case: AdmissionCase, sex: str, birth: Known, sector: str, name: str, seen: int | None = None,
    reason: str = "",
) -> None:  # fmt: skip
    """What is known of an applicant who is of age now, or was written wrongly. Refuses once a decision was made."""
    hold(case, seen)
    actor.require(PREPARE, at=case.unit)
    if case.state not in BEFORE_MEMBER or case.decided_on is not None:
        refuse("state", _("Đã có quyết định nên không sửa được ở đây; hãy điều chỉnh ở hồ sơ đảng viên."))
    applicant = case.applicant
    if reasons := _listing_blockers(nfc(name), actor.on, actor.on, applicant.told_on, False, sex, birth, sector, ""):
        raise Refused(reasons)
    applicant.name, applicant.name_key, applicant.sort_key = nfc(name), plain(name), sort_key(name)
    applicant.minor = False
    applicant.sex, applicant.birth, applicant.sector = sex, birth, sector
    applicant.save()
    _count(case)
    _tell(case, gettext_noop("Ghi thông tin của hồ sơ kết nạp số %(number)s của %(unit)s."), actor.on)


@action("admissions.delist")
def delist(
    *, actor: Actor, case: AdmissionCase, why: str, on: date, seen: int | None = None, reason: str = ""
) -> list[Reason]:
    """The cell takes somebody off the list; after some months the personal data are erased (users.md §5.8)."""
    if why not in DELIST_REASONS:
        refuse("why", _("Hãy chọn lý do trong danh sách."), field="why")
    found = take(actor, case, "delist", on, seen, ended_on=on, end_reason=why)
    _stop_helping(case, on)
    return found


@action("admissions.assign_helper")
def assign_helper(
    *, actor: Actor, case: AdmissionCase, helper: Person, on: date, seen: int | None = None, reason: str = ""
) -> None:
    """A full member of the cell helps from the day on; whoever helped before no longer does."""
    hold(case, seen)
    actor.require(PREPARE, at=case.unit)
    if case.state not in (*BEFORE_MEMBER, *MEMBER):
        refuse("state", _("Hồ sơ này đã kết thúc."))
    _help(actor, case, helper, on)
    _count(case)


@action("admissions.record_certificate", of=Certificate)
def record_certificate(
    *, actor: Actor, case: AdmissionCase, on: date, number: str = "", kind: str = "awareness", seen: int | None = None,
    reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The certificate of a class, by the day of its issue. The first of the awareness class leads the case on; a later
    one takes the place of one that is too old (06-HD/TW, items 3.1, 5.4b; of new members 4.1)."""
    hold(case, seen)
    actor.require(PREPARE, at=case.unit)
    if kind not in CLASSES:
        refuse("kind", _("Hãy chọn lớp học."), field="kind")
    if on > actor.on:
        refuse("future", _("Chưa thể ghi cho một ngày chưa tới."), field="on")
    if Certificate.objects.filter(applicant=case.applicant, kind=kind, issued_on=on).exists():
        refuse("same", _("Giấy chứng nhận này đã được ghi."), field="on")
    Certificate.objects.create(
        applicant=case.applicant, kind=kind, issued_on=on, number=nfc(number), recorded_at=act().at,
        recorded_in=act().id,
    )  # fmt: skip
    said = Said(paper=number)
    if kind == "new_member" and case.state == "probationary":
        if case.ceremony_on is not None and on < case.ceremony_on:
            refuse("order", _("Lớp đảng viên mới phải sau lễ kết nạp."), field="on")
        return take(actor, case, "finish_class", max(on, case.since), said=said)
    if kind == "awareness" and case.state in ("listed", "sympathiser", "class_done"):
        return take(actor, case, "record_class", max(on, case.since), said=said)
    _count(case)
    _tell(case, gettext_noop("Ghi giấy chứng nhận học lớp của hồ sơ kết nạp số %(number)s của %(unit)s."), actor.on)
    return []


@action("admissions.erase")
def erase(*, actor: Actor, on: date, reason: str = "") -> int:
    """Erase the personal data of those who were taken off the list, or not admitted, so many months ago as the rule
    says (users.md §5.8; Law 91/2025/QH15, articles 12–14). Steps and figures stay, without a name. Returns how many;
    refuses when there is nobody."""
    actor.require(PREPARE)
    due = [case for case in queries.erasable(on) if rules.add_months(case.ended_on or on, _months(case, on)) <= on]
    if not due:
        refuse("none", _("Không có thông tin nào đến hạn xóa."))
    people = Applicant.objects.filter(pk__in=[case.applicant_id for case in due])
    people.update(name="", name_key="", sort_key="", sex="", birth=None, sector="", minor=False, erased_on=on)
    AdmissionCase.objects.filter(pk__in=[case.pk for case in due]).update(left_how="", left_on=None)
    act().about(AdmissionCase, [case.pk for case in due])
    act().tell(
        gettext_noop("Xóa thông tin của %(count)s người không còn trong nguồn kết nạp."), count=len(due),
        units=list({case.unit_id: case.unit for case in due}.values()),
    )  # fmt: skip
    return len(due)


def _months(case: AdmissionCase, on: date) -> int:
    value: int = rulebook.at(on, case.unit)["admission.erase.months"].value
    return value


def _help(actor: Actor, case: AdmissionCase, helper: Person, on: date) -> None:
    at_home = Membership.objects.on(on).filter(person=helper, unit=case.unit, kind="home")
    if not (at_home.exists() and Standing.objects.on(on).filter(person=helper, kind="full").exists()):
        refuse("helper", _("Người giúp đỡ phải là đảng viên chính thức của chi bộ."), field="helper")
    _stop_helping(case, on)
    if Helper.objects.during(on, FAR).filter(applicant=case.applicant).exists():
        refuse("helper", _("Từ ngày này đã ghi người giúp đỡ khác."), field="on")
    row = begin(Helper(applicant=case.applicant, person=helper, valid_from=on))
    act().tell(
        gettext_noop("Phân công đảng viên giúp đỡ người có hồ sơ kết nạp số %(number)s của %(unit)s."),
        about=[case, row], units=[case.unit], number=case.pk, unit=name_of(case.unit_id, on),
    )  # fmt: skip


def _stop_helping(case: AdmissionCase, on: date) -> None:
    for row in Helper.objects.on(on).filter(applicant=case.applicant, valid_from__lt=on):
        end(row, on)


def _count(case: AdmissionCase) -> None:
    case.version += 1
    case.save(update_fields=["version"])


def _tell(case: AdmissionCase, sentence: str, on: date) -> None:
    act().tell(sentence, about=[case], units=[case.unit], number=case.pk, unit=name_of(case.unit_id, on))
