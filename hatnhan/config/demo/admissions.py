"""Admission in a demonstration: somebody at every stage, in cells of the commune; one whose case began under the
district and was decided under the commune; targets; a cell without anybody to admit."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from hatnhan.admissions.cases import actions
from hatnhan.admissions.choices import SECTORS
from hatnhan.admissions.competence import way_of
from hatnhan.admissions.models import AdmissionCase, Vetting
from hatnhan.admissions.pool import actions as pool
from hatnhan.admissions.queries import bounds_of
from hatnhan.admissions.rules import Vote
from hatnhan.admissions.targets import actions as targets
from hatnhan.kernel.actor import Actor, system
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Refused
from hatnhan.meetings.minutes.queries import lines_of
from hatnhan.members.models import Person

from . import names
from .places import Places

# How many days ago each case was at its last step, and which that is; some are late on purpose.
STAGES = (
    ("listed", 20), ("listed", 75), ("sympathiser", 30), ("class_done", 40), ("allowed", 25), ("applied", 12),
    ("declared", 9), ("vetting", 66), ("vetting", 15), ("opinions", 8), ("cell_resolved", 12), ("cell_resolved", 85),
    ("decided", 6), ("probationary", 50), ("probationary", 200), ("rejected", 33), ("delisted", 90),
)  # fmt: skip
ORDER = (
    "listed", "sympathiser", "class_done", "allowed", "applied", "declared", "vetting", "opinions", "cell_resolved",
    "decided", "probationary",
)  # fmt: skip
# Days between a step and the one before it.
GAPS = {
    "sympathiser": 25, "class_done": 40, "allowed": 20, "applied": 20, "declared": 15, "vetting": 3, "opinions": 35,
    "cell_resolved": 20, "decided": 30, "probationary": 20,
}  # fmt: skip
ACROSS = {
    "listed": date(2024, 11, 8), "sympathiser": date(2024, 11, 20), "class_done": date(2024, 12, 10),
    "allowed": date(2024, 12, 20), "applied": date(2025, 1, 6), "declared": date(2025, 1, 13),
    "vetting": date(2025, 1, 15), "opinions": date(2025, 3, 5), "cell_resolved": date(2025, 5, 5),
    "base_resolved": date(2025, 6, 10), "decided": date(2025, 7, 22), "probationary": date(2025, 8, 8),
}  # fmt: skip


@dataclass
class Way:
    """Leads one applicant of a cell along the usual way, each step on its day."""

    unit: Unit
    days: dict[str, date]
    die: Random
    case: AdmissionCase | None = None

    def to(self, last: str, name: str, sex: str, birth: Known) -> AdmissionCase:
        """Up to the step `last`."""
        day = self.days["listed"]
        helper = self._people(day)[0]
        self.case = pool.list_person(
            actor=system("demo", day), unit=self.unit, name=name, on=day, told_on=day, sex=sex, birth=birth,
            sector=self.die.choice(list(SECTORS)[:4]), helper=helper,
        )  # fmt: skip
        for stage in [one for one in ORDER if one in self.days][1:]:
            if ORDER.index(stage) > ORDER.index(last):
                break
            if stage == "decided" and "base_resolved" in self.days:
                self._base_resolved(self.days["base_resolved"])
            getattr(self, f"_{stage}")(self.days[stage])
        return AdmissionCase.objects.get(pk=self.case.pk)

    def _people(self, day: date) -> list[Person]:
        keys = [one.person for one in lines_of(self.unit, day, grouped=False) if one.full and not one.deviation]
        return list(Person.objects.filter(pk__in=keys).order_by("pk")[:2])

    @property
    def _it(self) -> AdmissionCase:
        assert self.case is not None
        return self.case

    def _sympathiser(self, day: date) -> None:
        actions.propose_class(actor=system("demo", day), case=self._it, on=day)

    def _class_done(self, day: date) -> None:
        number = f"{self.die.randrange(10, 400)}/GCN"
        pool.record_certificate(actor=system("demo", day), case=self._it, on=day, number=number)

    def _allowed(self, day: date) -> None:
        actions.allow_dossier(actor=system("demo", day), case=self._it, on=day)

    def _applied(self, day: date) -> None:
        actions.apply_for(actor=system("demo", day), case=self._it, on=day, place="Tủ hồ sơ chi bộ")

    def _declared(self, day: date) -> None:
        actions.declare(actor=system("demo", day), case=self._it, on=day, place="Tủ hồ sơ chi bộ")

    def _vetting(self, day: date) -> None:
        for abroad in (False, self.die.random() < 1 / 6):
            actions.ask_vetting(actor=system("demo", day), case=self._it, on=day, abroad=abroad)

    def _opinions(self, day: date) -> None:
        actor, case = system("demo", day), self._it
        for row in Vetting.objects.filter(case=case).select_related("case"):
            actions.answer_vetting(actor=actor, vetting=row, on=day, right=True, place="Tủ hồ sơ chi bộ, ngăn 1")
        case.refresh_from_db()
        actions.gather_opinions(actor=actor, case=case, on=day)
        for source in ("union", "residence"):
            actions.record_opinion(actor=actor, case=case, source=source, on=day, in_favour=True)
        for person in self._people(day):
            since = day - timedelta(days=900)
            actions.name_introducer(actor=actor, case=case, on=day, person=person, together_since=since)
        actions.receive_paper(actor=actor, case=case, item="education", on=day)

    def _vote(self, day: date, short: int = 0) -> Vote:
        base = bounds_of(self.unit, day).least
        return Vote(base, base - short, 0, "secret")

    def _cell_resolved(self, day: date) -> None:
        actions.review(actor=system("demo", day), case=self._it, on=day, vote=self._vote(day), paper="7-NQ/CB")

    def _base_resolved(self, day: date) -> None:
        actions.base_review(actor=system("demo", day), case=self._it, on=day, vote=Vote(13, 12, 1), paper="21-NQ/ĐU")

    def _decided(self, day: date) -> None:
        number = f"{self.die.randrange(40, 300)}-QĐ/ĐU"
        way = way_of(self.unit, day)
        base = 9 if not way.delegated else 13
        actions.decide(actor=system("demo", day), case=self._it, on=day, vote=Vote(base, base), decision=number)

    def _probationary(self, day: date) -> None:
        received = day - timedelta(days=5)
        actions.receive_decision(actor=system("demo", received), case=self._it, on=received)
        actions.hold_ceremony(actor=system("demo", day), case=self._it, on=day, place="Nhà văn hóa thôn")


def admit(_actor: Actor, places: Places, on: date, seed: int) -> None:
    """Cases in every stage, targets of the year and the last, one cell without anybody to admit."""
    die = Random(seed + 5)
    commune = places.commune or places.province
    rows = Placement.objects.on(on).filter(parent=commune, stands=True, unit__in=[one.pk for one in places.villages])
    cells = [row.unit for row in rows.select_related("unit").order_by("unit")]
    serial = 5000
    for number, (stage, ago) in enumerate(STAGES):
        serial += 1
        made = names.person(die, on, serial=serial, young=True, standing="probationary")
        birth = Known.of(date(on.year - die.randrange(19, 34), die.randrange(1, 13), die.randrange(1, 28)))
        _one(cells[number % len(cells)], stage, on - timedelta(days=ago), die, made.name, made.values, birth)
    _across(places.villages[1], die, on, serial + 1)
    _targets(commune, cells, on)


def _one(cell: Unit, stage: str, last: date, die: Random, name: str, values: dict[str, object], birth: Known) -> None:
    end = {"rejected": "opinions", "delisted": "sympathiser"}.get(stage, stage)
    days, day = {end: last}, last
    for one in reversed(ORDER[1 : ORDER.index(end) + 1]):
        day -= timedelta(days=GAPS[one])
        days[ORDER[ORDER.index(one) - 1]] = day
    way = Way(cell, days, die)
    try:
        case = way.to(end, name, str(values.get("sex") or "m"), birth)
        after = last + timedelta(days=2)
        if stage == "rejected":
            base = bounds_of(cell, after).least
            actions.reject(actor=system("demo", after), case=case, on=after, vote=Vote(base, base // 2, 1))
        if stage == "delisted":
            pool.delist(actor=system("demo", after), case=case, why="moved", on=after)
    except (Refused, IndexError):
        return  # a cell that was too small, or did not stand yet, on one of the days


def _across(cell: Unit, die: Random, on: date, serial: int) -> None:
    """Reviewed in May 2025 under the district, decided in July by the commune, recognised a year later."""
    made = names.person(die, on, serial=serial, young=True, standing="probationary")
    case = Way(cell, ACROSS, die).to("probationary", made.name, "f", Known("1998-03-26"))
    learnt, proposed, decided = date(2026, 3, 10), date(2026, 8, 12), date(2026, 9, 4)
    pool.record_certificate(actor=system("demo", learnt), case=case, on=learnt, kind="new_member", number="31/GCN")
    base = bounds_of(cell, proposed).least
    actions.propose_recognition(actor=system("demo", proposed), case=case, on=proposed, vote=Vote(base, base))
    actions.recognise(actor=system("demo", decided), case=case, on=decided, vote=Vote(9, 9), decision="214-QĐ/ĐU")


def _targets(commune: Unit, cells: list[Unit], on: date) -> None:
    actor = system("demo", on)
    for year, count in ((on.year, 38), (on.year - 1, 36)):
        counts: dict[str, int | None] = {
            "total": count, "women": count // 2, "young": count // 2, "countryside": 12, "private": 2
        }  # fmt: skip
        targets.set_target(actor=actor, unit=commune, year=year, counts=counts, document="9-KH/ĐU")
    for cell in cells[:12]:
        targets.set_target(actor=actor, unit=cell, year=on.year, counts={"total": 1}, document="9-KH/ĐU")
    targets.record_no_source(actor=actor, unit=cells[-1], why="away", on=on - timedelta(days=120))
