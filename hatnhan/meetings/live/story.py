"""What the two screens of a running meeting show: the secretary's one page, and a member's phone."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import after, month
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.kernel.registries import fill
from hatnhan.kernel.ui.text import day, hour, num
from hatnhan.meetings.choices import (
    COMMITTEE,
    FREE,
    KINDS,
    MARKS,
    MATTERS,
    METHODS,
    OBLIGED,
    OUTCOMES,
    TASK_STATES,
    THERE,
    VOTES,
)
from hatnhan.meetings.minutes import queries, rules
from hatnhan.meetings.minutes.rules import Called
from hatnhan.meetings.minutes.story import base_sentence, given
from hatnhan.meetings.minutes.voted import majority_sentence, small_print, verdict
from hatnhan.meetings.models import AgendaItem, Live, LiveMotion, LiveText, OtherText, RollMark, Sitting
from hatnhan.meetings.permissions import RECORD, ROLL
from hatnhan.units.queries import name_of

from . import box
from . import queries as now
from . import rules as live_rules
from .actions.votes import Right
from .poll import OPEN_SECONDS, WAITING_SECONDS, ticket, version_of
from .rules import Voter
from .scene import Scene, key_of, read, scene_of

SLOT = "sitting.roll"
REPORT_MONTHS = 3
COLOURS = {"unexcused": "bad", "excused": "warn", "present": "ok", "late": "ok"}


@dataclass(frozen=True)
class Named:
    """One name of the roll: its mark, what else can be said of it, and what other modules put beside it."""

    person: int
    name: str
    mark: str
    words: str
    colour: str
    others: tuple[tuple[str, str], ...]
    small: str
    online: bool
    beside: tuple[Any, ...]


@dataclass(frozen=True)
class Field:
    """One field of the minutes: its text, the revision that is shown, and what somebody else wrote meanwhile."""

    name: str
    text: str = ""
    seen: int = 0
    others: tuple[OtherText, ...] = ()


@dataclass(frozen=True)
class Item:
    """An item of the agenda as the page shows it."""

    pk: int
    number: int
    title: str
    small: str
    done: bool
    current: bool
    later: bool
    said: Field
    spoke: Field


@dataclass(frozen=True)
class Result:
    """A closed vote: its words, result and the sentence of its majority."""

    pk: int
    text: str
    result: str
    colour: str
    sentence: str
    small: str
    reserved: tuple[str, ...]
    secret: bool


class Sat:
    """What both screens know of a sitting."""

    def __init__(self, sitting: Sitting, actor: Actor) -> None:
        self.sitting, self.actor = sitting, actor
        self.book = rulebook.at(sitting.day)
        self.is_open = sitting.state == "open"

    @cached_property
    def scene(self) -> Scene:
        """What is the same for everybody; the secretary's page reads it anew."""
        return read(self.sitting)

    @property
    def unit_name(self) -> str:
        return self.scene.unit_name

    @property
    def live(self) -> Live | None:
        return self.scene.live

    @property
    def title(self) -> str:
        kind = str(KINDS[self.sitting.kind])
        told = {"kind": kind[0].lower() + kind[1:], "day": day(self.sitting.day)}
        return _("Sinh hoạt %(kind)s ngày %(day)s") % told

    @property
    def lead(self) -> str:
        return " · ".join(part for part in (self.unit_name, self.sitting.place) if part)

    @property
    def every(self) -> int:
        """Seconds between two questions for the version."""
        return OPEN_SECONDS if self.is_open else WAITING_SECONDS

    @property
    def since(self) -> datetime | None:
        return self.sitting.opened_at

    @property
    def agenda(self) -> Sequence[AgendaItem]:
        return self.scene.agenda

    @property
    def current(self) -> AgendaItem | None:
        return self.live.item if self.live else None

    @cached_property
    def roll(self) -> list[Called]:
        return now.roll_of(self.sitting)

    @cached_property
    def totals(self) -> rules.Totals:
        return rules.totals(self.roll)

    @property
    def base(self) -> str:
        """The attendance so far, with its base."""
        return base_sentence(self.totals.present, self.totals.due, self.totals.exempt_present)

    @property
    def motions(self) -> Sequence[LiveMotion]:
        return self.scene.motions

    @property
    def open_motion(self) -> LiveMotion | None:
        return next((one for one in self.motions if one.state == "open"), None)

    @property
    def method(self) -> str:
        """How the open vote is taken, in small letters."""
        return str(METHODS[self.open_motion.method]).lower() if self.open_motion else ""

    @cached_property
    def results(self) -> list[Result]:
        return [self._result(one) for one in self.motions if one.state == "closed"]

    def _result(self, one: LiveMotion) -> Result:
        word, colour = verdict(one.in_favour >= one.needed)
        reserved = list(one.reservations.all())
        small = small_print(one.rule, one.method, one.against, one.abstained, len(reserved))
        if one.method == "secret":
            small += " · " + _("phát ra %(n)s phiếu, không hợp lệ %(m)s") % {"n": num(one.issued), "m": num(one.spoilt)}
        sentence = majority_sentence(self.book[one.rule], one.in_favour, one.base, one.needed)
        names = tuple(row.person.name for row in reserved if row.person)
        return Result(one.pk, one.text, word, colour, sentence, small, names, one.method == "secret")


@dataclass
class Given:
    """What a form sent that was refused: shown again with the reasons."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    refused: Refused | None = None

    def __getitem__(self, name: str) -> str:
        return str(self.fields.get(name, ""))


class Hold(Sat):
    """The secretary's page."""

    def __init__(self, sitting: Sitting, actor: Actor, given: Given | None = None) -> None:
        super().__init__(sitting, actor)
        self.given = given or Given()

    @property
    def ticket(self) -> str:
        return ticket(self.sitting, self.actor.account_id, words=True)

    @property
    def version(self) -> str:
        return version_of(self.sitting.version, self.live.words if self.live else 0)

    @property
    def always(self) -> bool:
        """While members vote by phone, the page looks every time: who has voted changes without a new version."""
        return self.open_motion is not None and self.open_motion.method == "phone"

    @property
    def warnings(self) -> list[Reason]:
        """What would be unusual if the meeting ended now, each with its rule. Whether to end is the cell's decision."""
        minutes = int((timezone.now() - self.since).total_seconds() // 60) if self.since else 0
        held = rules.Held(self.sitting.kind, minutes, self.totals.due, self.totals.present)
        return rules.warnings(held, rulebook.at(self.sitting.day, self.sitting.unit_id))

    # --- roll ---

    @cached_property
    def claims(self) -> set[int]:
        return set(RollMark.objects.filter(sitting=self.sitting, claimed=True).values_list("person_id", flat=True))

    @cached_property
    def groups(self) -> list[tuple[str, list[Named]]]:
        """The names by Party group; in a cell without groups one list without a name."""
        online = set(RollMark.objects.filter(sitting=self.sitting, online=True).values_list("person_id", flat=True))
        people = [one.line.person for one in self.roll]
        slots = fill(SLOT, self.actor, people, self.sitting.day)
        found: dict[str, list[Named]] = {}
        for one in sorted(self.roll, key=lambda one: (not one.line.group, one.line.group)):
            beside = tuple(values[one.line.person] for values in slots.values() if one.line.person in values)
            found.setdefault(one.line.group, []).append(self._named(one, online, beside))
        return [(name or (_("Chưa xếp tổ") if len(found) > 1 else ""), rows) for name, rows in found.items()]

    def _named(self, one: Called, online: set[int], beside: tuple[Any, ...]) -> Named:
        pk = one.line.person
        small = [] if one.line.full else [_("dự bị")]
        small += [] if one.due else [_("không phải dự")]
        words = _("Báo đã đến") if pk in self.claims else str(MARKS[one.mark]) if one.mark else _("Chưa điểm danh")
        others = tuple((code, str(MARKS[code])) for code in (OBLIGED if one.due else FREE) if code != one.mark)
        return Named(pk, one.line.name, one.mark, words, COLOURS.get(one.mark, ""), others, " · ".join(small),
                     pk in online, beside)  # fmt: skip

    @property
    def unmarked(self) -> int:
        return sum(not one.mark for one in self.roll)

    @property
    def numbers(self) -> list[tuple[str, str]]:
        totals = self.totals
        return [(num(totals.present), _("có mặt")), (num(totals.excused + totals.unexcused), _("vắng")),
                (num(self.unmarked), _("chưa điểm danh"))]  # fmt: skip

    # --- minutes ---

    @cached_property
    def fields(self) -> dict[str, Field]:
        rows = LiveText.objects.filter(sitting=self.sitting).prefetch_related("others")
        return {row.name: Field(row.name, row.text, row.revision, tuple(row.others.all())) for row in rows}

    def text(self, name: str) -> Field:
        """A field of the minutes, empty when nobody wrote it."""
        return self.fields.get(name) or Field(name)

    @property
    def items(self) -> list[Item]:
        current = self.current.number if self.current else 0
        found = []
        for one in self.agenda:
            small = [
                one.speaker.name if one.speaker else "",
                _("%(n)s phút") % {"n": one.minutes} if one.minutes else "",
            ]
            words = " · ".join(part for part in small if part)
            said, spoke = self.text(f"said.{one.pk}"), self.text(f"spoke.{one.pk}")
            current_one, later = one.number == current, one.state == "put_off"
            done = one.state == "done" or (one.number < current and not later)
            found.append(Item(one.pk, one.number, one.title, words, done, current_one, later, said, spoke))
        return found

    @property
    def following(self) -> AgendaItem | None:
        """The item after the current one."""
        current = self.current.number if self.current else 0
        return next((one for one in self.agenda if one.number > current), None)

    # --- votes ---

    @property
    def matters(self) -> list[tuple[str, str]]:
        return [(code, str(label)) for code, label in MATTERS.items() if code in self.book]

    @property
    def methods(self) -> list[tuple[str, str]]:
        return [(code, str(label)) for code, label in METHODS.items()]

    @property
    def outcomes(self) -> list[tuple[str, str]]:
        return [(code, str(label)) for code, label in OUTCOMES.items()]

    @property
    def could_vote(self) -> int:
        return rules.votes_there(self.roll)

    @property
    def voted(self) -> int:
        """How many have voted by phone in the open vote."""
        return self.open_motion.cast.count() if self.open_motion else 0

    @property
    def waited_for(self) -> list[str]:
        """Who could vote by phone and has not."""
        if self.open_motion is None:
            return []
        done = set(self.open_motion.cast.values_list("person_id", flat=True))
        return [one.line.name for one in self.roll if one.there and one.votes and one.line.person not in done]

    # --- tasks ---

    @property
    def tasks(self) -> list[tuple[int, str, str]]:
        """(key, words, small print) of the tasks given so far."""
        rows = self.sitting.tasks.select_related("leader").order_by("pk")
        return [(row.pk, row.text, _task_words(row.leader.name if row.leader else "", row.due_on, row.report_on))
                for row in rows]  # fmt: skip

    @property
    def reports(self) -> list[tuple[int, str, str, str]]:
        """(key, words, small print, state) of tasks of earlier meetings."""
        told = now.reports_of(self.sitting)
        rows = queries.open_tasks(self.sitting.unit_id, self.sitting.day)
        return [(row.pk, row.text, given(row, self.sitting.day).small, told.get(row.pk, "")) for row in rows]

    @property
    def people(self) -> list[tuple[int, str]]:
        return [(one.line.person, one.line.name) for one in self.roll]

    @property
    def report_months(self) -> list[tuple[str, str]]:
        """The next meetings at which a task can be reported, by their months."""
        found, first = [], month(self.sitting.day)
        for _step in range(REPORT_MONTHS):
            first = after(first)
            found.append((first.isoformat(), _("Kỳ tháng %(month)s") % {"month": f"{first.month}/{first.year}"}))
        return found

    @property
    def task_states(self) -> list[tuple[str, str]]:
        return [(code, str(label)) for code, label in TASK_STATES.items()]

    @property
    def can_be_named(self) -> list[tuple[int, str]]:
        """Who may ask for an opinion to be reserved: those there with the right to vote."""
        return [(one.line.person, one.line.name) for one in self.roll if one.there and one.votes]


@dataclass(frozen=True)
class Panel:
    """The three answers to an open vote, and the own one: (choice, hour)."""

    motion: LiveMotion
    ballot: tuple[str, str] | None
    ticket: str = ""

    @property
    def noted(self) -> str:
        """What is told of the own vote."""
        return box.noted(self.ballot[1]) if self.ballot else ""

    @property
    def choices(self) -> Sequence[tuple[str, str, str, str]]:
        """(code, label, icon, tone) of the three answers."""
        signs = {"for": ("check", "ok"), "against": ("x", "bad"), "other": ("message-square", "")}
        return [(code, str(label), *signs[code]) for code, label in VOTES.items()]


def ballot_ticket(sitting: Sitting, motion: LiveMotion, actor: Actor, own: Called | None) -> str:
    """The ticket of a member who may vote; empty for an account that is nobody's, and in a committee's meeting, whose
    roll is another one."""
    if own is None or actor.person_id is None or actor.account_id is None or sitting.kind == COMMITTEE:
        return ""
    return box.ticket(Right(motion.pk, actor.person_id, actor.account_id, own.line.full, own.line.deviation))


class Follow(Sat):
    """A member's phone: where the meeting is, the vote, the own attendance. What persons said is not here."""

    @cached_property
    def scene(self) -> Scene:
        return scene_of(self.sitting)

    @property
    def around(self) -> Hashable:
        """What the piece that is the same for everybody depends on."""
        return ("follow", *key_of(self.sitting), self.may_see_tally)

    @property
    def ticket(self) -> str:
        return ticket(self.sitting, self.actor.account_id)

    @property
    def version(self) -> str:
        return version_of(self.sitting.version)

    @cached_property
    def own(self) -> Called | None:
        """The reader's own line of the roll."""
        return now.line_of(self.sitting, self.actor.person_id)

    @property
    def may_see_tally(self) -> bool:
        return self.own is not None or self.actor.can(ROLL, at=self.sitting.unit_id)

    @property
    def may_hold(self) -> bool:
        return self.actor.can(RECORD, at=self.sitting.unit_id)

    @property
    def attendance(self) -> tuple[str, str]:
        """(words, colour) of the own attendance."""
        if self.own is None:
            return "", ""
        if self.own.mark in THERE:
            return _("Đồng chí đã được điểm danh: %(mark)s.") % {"mark": str(MARKS[self.own.mark]).lower()}, "ok"
        if RollMark.objects.filter(sitting=self.sitting, person=self.actor.person_id, claimed=True).exists():
            return _("Đồng chí đã báo có mặt; thư ký sẽ xác nhận."), "info"
        if self.own.mark in {"excused", "unexcused"}:
            return _("Đồng chí đang được ghi: %(mark)s. Nếu không đúng, hãy báo thư ký.") % {
                "mark": str(MARKS[self.own.mark]).lower()
            }, "warn"
        return "", ""

    @cached_property
    def ballot(self) -> tuple[str, str] | None:
        """(choice, hour) of the own vote in the open motion."""
        if self.open_motion is None:
            return None
        row = self.open_motion.cast.filter(person=self.actor.person_id).values_list("choice", "at").first()
        return (row[0], hour(row[1])) if row else None

    @property
    def panel(self) -> "Panel | None":
        """The vote that the reader can take part in."""
        if self.open_motion is None:
            return None
        return Panel(self.open_motion, self.ballot, ballot_ticket(self.sitting, self.open_motion, self.actor, self.own))

    @property
    def barrier(self) -> str:
        """Why the reader cannot vote now; empty when nothing stands in the way."""
        if self.open_motion is None:
            return ""
        facts = Voter(self.open_motion.method, "", "for", self.own)
        return " ".join(reason.message for reason in live_rules.vote_blockers(facts, self.book))


def _task_words(leader: str, due_on: date, report_on: date | None) -> str:
    parts = [leader, _("hạn %(day)s") % {"day": day(due_on)}]
    if report_on:
        parts.append(_("báo cáo ở kỳ tháng %(month)s") % {"month": f"{report_on.month}/{report_on.year}"})
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class Held:
    """A sitting that goes on now, as a list names it."""

    pk: int
    name: str
    since: datetime | None
    leads: bool


def held_now(actor: Actor) -> list[Held]:
    """The sittings that go on now where the actor may look, the last opened first, at most three."""
    return [
        Held(one.pk, name_of(one.unit_id, actor.on), one.opened_at, actor.can(RECORD, at=one.unit_id))
        for one in now.open_now_in(actor)
    ]
