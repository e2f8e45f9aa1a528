"""What the cell does before its review: class, application, statement of life, vetting, opinions, introducers, the
dossier."""

from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.admissions import queries
from hatnhan.admissions.choices import INTRODUCERS, SOURCES
from hatnhan.admissions.competence import way_of
from hatnhan.admissions.flows import BEFORE_MEMBER, POOL, SENT, VETTING
from hatnhan.admissions.models import AdmissionCase, DossierPaper, Introducer, Opinion, Vetting
from hatnhan.admissions.permissions import PREPARE
from hatnhan.duties import actions as duties
from hatnhan.kernel.action import act, action, begin, end, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.refusal import Reason, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.members.models import Membership, Person, Standing
from hatnhan.units.queries import name_of

from .engine import Judged, Said, hold, take


@action("admissions.propose_class")
def propose_class(
    *, actor: Actor, case: AdmissionCase, on: date, paper: str = "", place: str = "", seen: int | None = None,
    reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The cell proposes somebody for the awareness class (38-HD/BTCTW, item I.1.1b)."""
    return take(actor, case, "propose_class", on, seen, Said(paper, place))


@action("admissions.allow_dossier")
def allow_dossier(
    *, actor: Actor, case: AdmissionCase, on: date, paper: str = "", place: str = "", seen: int | None = None,
    reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The grassroots committee, or of a village cell the level above, permits the dossier (38-HD/BTCTW, I.1.1c–d)."""
    way = way_of(case.unit, on)
    return take(actor, case, "allow_dossier", on, seen, Said(paper, place), Judged(way.base or way.decider))


@action("admissions.apply")
def apply_for(
    *, actor: Actor, case: AdmissionCase, on: date, place: str = "", seen: int | None = None, reason: str = ""
) -> list[Reason]:
    """The applicant hands in the application, written by the own hand (06-HD/TW, item 3.2)."""
    _of_age(case)
    found = take(actor, case, "apply", on, seen, Said(place=place))
    _keep(case, "letter", on, place)
    return found


@action("admissions.declare")
def declare(
    *, actor: Actor, case: AdmissionCase, on: date, place: str = "", seen: int | None = None, reason: str = ""
) -> list[Reason]:
    """The applicant has declared the own life; the dossier counts from this day (06-HD/TW, items 3.3, 5.4a)."""
    found = take(actor, case, "declare", on, seen, Said(place=place), dossier_on=on)
    _keep(case, "cv", on, place)
    return found


@action("admissions.begin_vetting")
def begin_vetting(
    *, actor: Actor, case: AdmissionCase, on: date, seen: int | None = None, reason: str = ""
) -> list[Reason]:
    """Vetting begins; each request is recorded by `ask_vetting` (06-HD/TW, item 3.4)."""
    return take(actor, case, "begin_vetting", on, seen)


@action("admissions.ask_vetting")
def ask_vetting(
    *, actor: Actor, case: AdmissionCase, on: date, abroad: bool = False, seen: int | None = None, reason: str = ""
) -> Vetting:
    """A committee is asked: it answers within 30 working days, abroad 90 (06-HD/TW, item 3.4d). The day on which it
    has the letter counts. Nothing is kept of whom it concerns."""
    _open(actor, case, seen, ("declared", "vetting", "opinions"))
    _not_ahead(actor, on)
    if case.state == "declared":
        take(actor, case, "begin_vetting", max(on, case.since))
    number = (Vetting.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1
    row = Vetting.objects.create(
        case=case, number=number, abroad=abroad, asked_on=on, recorded_at=act().at, recorded_in=act().id
    )
    deadline = "vetting_abroad" if abroad else "vetting_domestic"
    duties.open_duty(
        actor=actor, kind=VETTING, about=row.pk, deadline=deadline, on=on, unit=case.unit, role="cell_secretary"
    )
    _tell(actor, case, gettext_noop("Gửi thẩm tra lượt %(n)s của hồ sơ kết nạp số %(number)s, %(unit)s."), n=number)
    return row


@action("admissions.answer_vetting", of=Vetting)
def answer_vetting(
    *, actor: Actor, vetting: Vetting, on: date, right: bool, place: str = "", seen: int | None = None,
    reason: str = "",
) -> None:  # fmt: skip
    """The answer came: whether what was declared is right, and where the paper lies. A wrong one can be answered anew,
    once it is cleared up."""
    case = vetting.case
    _open(actor, case, seen, ("vetting", "opinions"))
    _not_ahead(actor, on)
    vetting.refresh_from_db()
    if vetting.answered_on is not None and vetting.right:
        refuse("answered", _("Lượt thẩm tra này đã có trả lời."))
    if on < vetting.asked_on:
        refuse("order", _("Ngày trả lời không thể trước ngày gửi."), field="on")
    vetting.answered_on, vetting.right, vetting.place = on, right, nfc(place)
    vetting.save(update_fields=["answered_on", "right", "place"])
    duties.close(actor=actor, kind=VETTING, about=vetting.pk, on=on)
    _tell(actor, case, gettext_noop("Ghi trả lời thẩm tra lượt %(n)s của hồ sơ kết nạp số %(number)s, %(unit)s."),
          n=vetting.number)  # fmt: skip


@action("admissions.gather_opinions")
def gather_opinions(
    *, actor: Actor, case: AdmissionCase, on: date, seen: int | None = None, reason: str = ""
) -> list[Reason]:
    """Vetting is finished; opinions are asked for. Refuses while an answer is missing or wrong (06-HD/TW, item 3.4)."""
    return take(actor, case, "gather_opinions", on, seen)


@action("admissions.record_opinion", of=Opinion)
def record_opinion(
    *, actor: Actor, case: AdmissionCase, source: str, on: date, in_favour: bool, place: str = "",
    seen: int | None = None, reason: str = "",
) -> Opinion:  # fmt: skip
    """An opinion on the applicant: by what kind of organisation, in favour or not, where the paper lies (06-HD/TW,
    item 3.5). What it says stays in the paper."""
    _open(actor, case, seen, (*POOL, *SENT))
    _not_ahead(actor, on)
    if source not in SOURCES:
        refuse("source", _("Hãy chọn nơi nhận xét."), field="source")
    row = Opinion.objects.create(
        case=case, source=source, given_on=on, in_favour=in_favour, place=nfc(place), recorded_at=act().at,
        recorded_in=act().id,
    )  # fmt: skip
    _tell(actor, case, gettext_noop("Ghi ý kiến nhận xét vào hồ sơ kết nạp số %(number)s, %(unit)s."))
    return row


@action("admissions.name_introducer", of=Introducer)
def name_introducer(
    *, actor: Actor, case: AdmissionCase, on: date, kind: str = "member", person: Person | None = None,
    together_since: date | None = None, replacement: bool = False, seen: int | None = None, reason: str = "",
) -> list[Reason]:  # fmt: skip
    """Who introduces from the day on: a full member, or a union by its resolution (Charter, Art. 4; 294-QĐ/TW, item
    3.2). The 12 months together are looked at when the cell reviews."""
    _open(actor, case, seen, (*POOL, "rejected"))
    _not_ahead(actor, on)
    if kind not in INTRODUCERS or (kind == "member") != (person is not None):
        refuse("person", _("Hãy chọn đảng viên giới thiệu, hoặc chọn nghị quyết của đoàn thể."), field="person")
    if person is not None:
        if not Standing.objects.on(on).filter(person=person, kind="full").exists():
            refuse("introducer_full", _("Người giới thiệu phải là đảng viên chính thức."), field="person")
        if not Membership.objects.on(on).filter(person=person, unit=case.unit, kind="home").exists():
            refuse("introducer_home", _("Người giới thiệu phải sinh hoạt ở chi bộ này."), field="person")
        if Introducer.objects.on(on).filter(case=case, person=person).exists():
            refuse("same", _("Đồng chí này đã là người giới thiệu."), field="person")
        if together_since is not None and together_since > on:
            refuse("together", _("Ngày bắt đầu cùng đơn vị không thể sau ngày giới thiệu."), field="together_since")
    begin(
        Introducer(
            case=case, kind=kind, person=person, together_since=together_since, replacement=replacement, valid_from=on
        )
    )
    _tell(actor, case, gettext_noop("Ghi người giới thiệu vào hồ sơ kết nạp số %(number)s, %(unit)s."))
    facts = queries.review_facts(case, on)
    rule = rulebook.at(on)["admission.introducer.months"]
    short = [
        one for one in facts.introducers if one.kind == "member" and not one.replacement and not one.together_since
    ]
    text = _("Chưa ghi người giới thiệu cùng đơn vị từ ngày nào; khi chi bộ xét phải đủ %(n)s tháng.")
    return [Reason("together", text % {"n": rule.value}, rule=rule.reference)] if short else []


@action("admissions.end_introducer")
def end_introducer(
    *, actor: Actor, introducer: Introducer, on: date, seen: int | None = None, reason: str = ""
) -> None:
    """Somebody no longer introduces: moved away, disciplined, unable. Whoever takes over is a replacement."""
    case = introducer.case
    _open(actor, case, seen, (*POOL, "rejected"))
    if introducer.voided_at is not None or introducer.valid_to <= on:
        refuse("ended", _("Người này đã thôi giới thiệu."))
    if introducer.valid_from < on:
        end(introducer, on)
    else:
        void(introducer)
    _tell(actor, case, gettext_noop("Thôi một người giới thiệu trong hồ sơ kết nạp số %(number)s, %(unit)s."))


@action("admissions.receive_paper", of=DossierPaper)
def receive_paper(
    *, actor: Actor, case: AdmissionCase, item: str, on: date, place: str = "", seen: int | None = None,
    reason: str = "",
) -> None:  # fmt: skip
    """A paper of the dossier is there: which, since when, where it lies. The paper itself is not kept here."""
    _open(actor, case, seen, BEFORE_MEMBER)
    _not_ahead(actor, on)
    if item not in queries.items_on(actor.on) and item not in queries.items_on(on):
        refuse("item", _("Hãy chọn một giấy tờ trong danh sách."), field="item")
    _keep(case, item, on, place)
    _tell(actor, case, gettext_noop("Ghi giấy tờ đã có trong hồ sơ kết nạp số %(number)s, %(unit)s."))


@action("admissions.renew_dossier")
def renew_dossier(
    *, actor: Actor, case: AdmissionCase, on: date, seen: int | None = None, reason: str = ""
) -> list[Reason]:
    """A dossier that lay too long is renewed: introducers' letter, resolutions, vetting and opinions are given anew
    (06-HD/TW, item 5.4a)."""
    return take(actor, case, "renew_dossier", on, seen, dossier_on=on)


def _of_age(case: AdmissionCase) -> None:
    if case.applicant.minor or case.applicant.birth is None:
        refuse("birth", _("Hãy ghi ngày sinh và các thông tin khác của người ấy trước: đơn chỉ nhận khi đủ 18 tuổi."))


def _open(actor: Actor, case: AdmissionCase, seen: int | None, states: tuple[str, ...]) -> None:
    """Hold the case and count its version up; refuses in other states."""
    hold(case, seen)
    actor.require(PREPARE, at=case.unit)
    if case.state not in states:
        refuse("state", _("Hồ sơ này đang ở bước khác nên không ghi được việc này."))
    case.version += 1
    case.save(update_fields=["version"])


def _not_ahead(actor: Actor, on: date) -> None:
    if on > actor.on:
        refuse("future", _("Chưa thể ghi cho một ngày chưa tới."), field="on")


def _keep(case: AdmissionCase, item: str, on: date, place: str) -> None:
    DossierPaper.objects.create(
        case=case, item=item, received_on=on, place=nfc(place), recorded_at=act().at, recorded_in=act().id
    )


def _tell(actor: Actor, case: AdmissionCase, sentence: str, **more: object) -> None:
    act().tell(sentence, about=[case], units=[case.unit], number=case.pk, unit=name_of(case.unit_id, actor.on), **more)
