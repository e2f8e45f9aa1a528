"""A case as its page tells it: what was done, what is next and by whom, what is missing, what falls due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.admissions import queries, rules
from hatnhan.admissions.choices import METHODS, SECTORS, SEX
from hatnhan.admissions.competence import Way, body_for, next_verb, way_of
from hatnhan.admissions.flows import ADMISSION, COLOURS, DUTIES, POOL, SENT, VETTING
from hatnhan.admissions.models import AdmissionCase, Introducer, Opinion, Step, Vetting
from hatnhan.admissions.papers import PAPERS
from hatnhan.admissions.permissions import DECIDE
from hatnhan.admissions.wording import TEXTS
from hatnhan.duties.holidays import calendar_of
from hatnhan.duties.kinds import label_of
from hatnhan.duties.models import Duty
from hatnhan.duties.rules import days_left
from hatnhan.duties.words import in_words
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.ui.text import day, known, num, pct
from hatnhan.units.queries import name_of, names

# Steps that have a form of their own, reached from the part of the page that they belong to.
APART = ("list", "record_class", "finish_class", "begin_vetting", "move_out", "move_decided", "move_late", "move",
         "send_up", "delist")  # fmt: skip


@dataclass(frozen=True)
class Due:
    """A time limit that runs: what, by when, what is left of it, by which document."""

    label: str
    due: date
    left: str
    late: bool
    source: str
    duty: int


@dataclass(frozen=True)
class Paper:
    """A paper of the dossier: what it is called, and since when it is there."""

    code: str
    label: str
    since: date | None
    stale: bool = False


@dataclass(frozen=True)
class Told:
    """A step as it is told."""

    day: str
    title: str
    text: str
    verb: str
    step: int
    icon: str
    kind: str = ""


@dataclass(frozen=True)
class Document:
    """A paper that a step makes."""

    step: int
    label: str
    day: str


class CaseStory:
    """One case for one reader on a day."""

    def __init__(self, case: AdmissionCase, actor: Actor, on: date) -> None:
        self.case, self.actor, self.on = case, actor, on
        self.applicant = case.applicant

    @cached_property
    def name(self) -> str:
        """The applicant's name, or that it was erased."""
        return self.applicant.name or _("Thông tin đã xóa")

    @property
    def unit_name(self) -> str:
        return name_of(self.case.unit_id, self.on)

    @property
    def state(self) -> str:
        return str(ADMISSION.states[self.case.state])

    @property
    def colour(self) -> str:
        return str(COLOURS.get(self.case.state, ""))

    @cached_property
    def way(self) -> Way | None:
        """The levels of the day; None where nobody is competent, as in a tree without a superior."""
        try:
            return way_of(self.case.unit, self.on)
        except Refused:
            return None

    def may(self, verb: str) -> bool:
        """Whether the reader may take a step now."""
        one = ADMISSION.find(self.case.state, verb)
        if one is None or one.permission is None:
            return False
        body = body_for(verb, self.way) if self.way is not None and one.permission == DECIDE else None
        return self.actor.can(one.permission, at=body.unit if body else self.case.unit_id)

    @cached_property
    def next(self) -> str:
        """The verb of the usual next step; nothing when the case has ended."""
        if self.case.ended_on is not None or self.way is None:
            return ""
        issued = rulebook.at(self.case.decided_on or self.on)["admission.ceremony.counted_from"].value == "issued"
        return next_verb(self.case.state, self.way, issued or self.case.received_on is not None)

    @property
    def next_label(self) -> str:
        one = ADMISSION.find(self.case.state, self.next)
        return str(one.label) if one else ""

    @property
    def next_who(self) -> str:
        """Who takes the next step, and by which rule it is theirs."""
        one = ADMISSION.find(self.case.state, self.next)
        if one is None or self.way is None:
            return ""
        body = body_for(self.next, self.way) if one.permission == DECIDE else None
        return f"{body.words} · {rulebook.sentence(body.rule)}" if body else self.unit_name

    @cached_property
    def others(self) -> list[tuple[str, str]]:
        """(verb, label) of the other steps that the reader may take now."""
        offered = dict.fromkeys(one.verb for one in ADMISSION.offered(self.case.state))
        return [
            (verb, str(one.label))
            for verb in offered
            if verb not in (*APART, self.next) and self.may(verb) and self._fits(verb)
            and (one := ADMISSION.find(self.case.state, verb)) is not None
        ]  # fmt: skip

    def _fits(self, verb: str) -> bool:
        """Steps that the way of this case does not have are not offered."""
        if verb.startswith("base_") and (self.way is None or self.way.base is None):
            return False
        if verb == "extend_probation":
            return bool(rulebook.at(self.on, self.case.unit)["recognition.extension.months"].value)
        if verb == "receive_decision":
            return self.case.received_on is None
        if verb == "declare_record":
            return not any(one.verb == "declare_record" for one in self.steps)
        if verb in ("forward", "petition"):
            return self.case.moved_on is not None
        if verb == "answer_petition":
            return any(one.verb == "petition" for one in self.steps)
        return verb != "consent" or self.case.again or self._over_age

    @property
    def _over_age(self) -> bool:
        birth = self.applicant.birth
        return birth is not None and rules.age_of(birth.latest, self.on, rulebook.at(self.on)) in ("over", "doubtful")

    # --- what is known ---

    @cached_property
    def terms(self) -> list[tuple[str, str]]:
        """What is known of the applicant; of a minor the name and who helps."""
        helper = queries.helper_of(self.applicant, self.on)
        told = [
            (_("Ngày sinh"), known(self.applicant.birth) if self.applicant.birth else ""),
            (_("Giới tính"), str(SEX.get(self.applicant.sex, ""))),
            (_("Đang làm việc, học tập"), str(SECTORS.get(self.applicant.sector, ""))),
            (_("Người giúp đỡ"), helper.person.name if helper else _("chưa phân công")),
            (_("Đã báo cho người ấy biết"), day(self.applicant.told_on) if self.applicant.told_on else ""),
        ]
        if self.applicant.minor:
            told.append((_("Tuổi"), _("chưa đủ 18, chỉ ghi họ tên và người giúp đỡ")))
        if self.case.again:
            told.append((_("Kết nạp lại"), _("ra khỏi Đảng ngày %(day)s") % {"day": day(self.case.left_on)}))
        if self.case.consent_on:
            told.append((_("Văn bản đồng ý"), f"{self.case.consent_paper}, {day(self.case.consent_on)}"))
        return [(term, what) for term, what in told if what]

    @cached_property
    def dates(self) -> list[tuple[str, str]]:
        """The days that count: decision, ceremony, end of probation, official day."""
        told = [
            (_("Chi bộ ra nghị quyết"), self.case.reviewed_on), (_("Quyết định kết nạp"), self.case.decided_on),
            (_("Lễ kết nạp"), self.case.ceremony_on), (_("Hết thời gian dự bị"), self.case.probation_ends),
            (_("Ngày chính thức"), self.case.official_on),
        ]  # fmt: skip
        return [(term, day(what)) for term, what in told if what]

    @cached_property
    def papers(self) -> list[Paper]:
        """The dossier as a checklist of the day."""
        items, have = queries.items_of(self.case, self.on), queries.have(self.case, self.on)
        missing = set(rules.missing(items, have, queries.renewed_on(self.case)))
        return [
            Paper(code, queries.label_of(rule), None if code in missing else have.get(code), code in have)
            for code, rule in items.items()
        ]

    @property
    def shows_dossier(self) -> bool:
        return self.case.state in (*POOL[3:], *SENT, "rejected")

    @cached_property
    def objections(self) -> list[tuple[str, str, bool]]:
        """(sentence, source, refuses): what stands in the way of the cell's review today."""
        if self.case.state not in ("allowed", "applied", "declared", "vetting", "opinions"):
            return []
        book = rulebook.at(self.on, self.case.unit)
        found = rules.review_blockers(queries.review_facts(self.case, self.on), book)
        return [(one.message, one.source or "", True) for one in found.strict] + [
            (one.message, one.source or "", False) for one in found.soft
        ]

    @cached_property
    def vettings(self) -> list[Vetting]:
        return list(Vetting.objects.filter(case=self.case).order_by("number"))

    @cached_property
    def opinions(self) -> list[Opinion]:
        return list(Opinion.objects.filter(case=self.case).order_by("given_on", "pk"))

    @cached_property
    def introducers(self) -> list[Introducer]:
        return list(Introducer.objects.on(self.on).filter(case=self.case).select_related("person"))

    # --- time limits and story ---

    @cached_property
    def due(self) -> list[Due]:
        """Time limits that run, the earliest first; what begins later is not told yet."""
        asked = [one.pk for one in self.vettings if one.answered_on is None]
        rows = Duty.objects.filter(kind__in=DUTIES, about=self.case.pk, state="open", opened_on__lte=self.on)
        waiting = [*rows, *Duty.objects.filter(kind=VETTING, about__in=asked, state="open")]
        if not waiting:
            return []
        days = [self.on, *(one.due for one in waiting)]
        calendar = calendar_of(min(days), max(days), self.on)
        found = []
        for one in sorted(waiting, key=lambda duty: (duty.due, duty.pk)):
            left = days_left(self.on, one.due, one.counted, calendar)
            source = _("%(n)s ngày làm việc từ %(day)s, %(document)s") % {
                "n": num(one.n), "day": day(one.opened_on), "document": one.document,
            }  # fmt: skip
            found.append(Due(label_of(one.kind), one.due, in_words(left, one.counted), left < 0, source, one.pk))
        return found

    @cached_property
    def steps(self) -> list[Step]:
        return list(Step.objects.filter(case=self.case).order_by("-day", "-pk"))

    @property
    def documents(self) -> list[Document]:
        """The papers that the steps make; none of an applicant whose data were erased."""
        if self.applicant.erased_on is not None:
            return []
        return [Document(one.pk, str(TEXTS[one.verb][0]), day(one.day)) for one in self.steps if one.verb in PAPERS]

    @cached_property
    def told(self) -> list[Told]:
        """The steps, the latest first."""
        called = names({one.unit_id for one in self.steps}, self.on)
        return [
            Told(
                day(one.day), str(LABELS[one.verb]), said(one, called), one.verb, one.pk,
                ICONS.get(one.verb, "check"), KINDS.get(one.verb, ""),
            )
            for one in self.steps
        ]  # fmt: skip


LABELS: Mapping[str, Any] = {one.verb: one.label for one in ADMISSION.transitions}
ICONS = {"list": "user-plus", "hold_ceremony": "award", "recognise": "award", "decide": "file-check"}
KINDS = {"hold_ceremony": "main", "recognise": "award", "list": "main"}


def said(step: Step, called: Mapping[int, str]) -> str:
    """Who took a step, by how many votes, with which paper, under which regulation of that day, with what doubts."""
    parts = [", ".join(filter(None, [step.body, called.get(step.unit_id, "")]))]
    if step.base:
        votes = _("tán thành %(n)s/%(base)s, đạt %(share)s (cần %(needed)s), %(method)s") % {
            "n": num(step.in_favour), "base": num(step.base), "share": pct((step.in_favour or 0) / step.base),
            "needed": num(step.needed), "method": str(METHODS.get(step.method, "")).lower(),
        }  # fmt: skip
        parts.append(votes)
    if step.paper:
        parts.append(_("số %(paper)s") % {"paper": step.paper})
    if step.place:
        parts.append(_("lưu tại %(place)s") % {"place": step.place})
    if step.rule and (rule := rulebook.at(step.day).get(step.rule.partition("@")[0])) is not None:
        parts.append(rulebook.sentence(rule))
    if "late" in step.warned.split(","):
        parts.append(_("quá hạn"))
    return " · ".join(part for part in parts if part)
