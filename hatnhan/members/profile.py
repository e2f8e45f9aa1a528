"""What the page of one member shows, as of a day."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE
from hatnhan.kernel.models import Placement
from hatnhan.kernel.spoken import linked
from hatnhan.kernel.ui.text import day, known
from hatnhan.members import permissions, queries, slots, tiers
from hatnhan.members.choices import ACTIVE, NUMBER_KINDS, PARTICIPATIONS, SEX, STANDINGS
from hatnhan.members.models import GroupPlace, Membership, Participation, Person, PersonMerge, PersonNumber, Tenure
from hatnhan.members.rules import completed_years, date_warnings
from hatnhan.members.story import Event, Story, capital
from hatnhan.units.models import Group
from hatnhan.units.queries import names

Pairs = list[tuple[str, Any]]
# Rows whose beginnings and ends the directory tells.
OF_THE_DIRECTORY = ("membership", "tenure", "groupplace")


@dataclass(frozen=True)
class Number:
    """A number as it is shown: its kind, what that is called, its last digits."""

    kind: str
    label: str
    tail: str


@dataclass(frozen=True)
class Office:
    """An office that is held: the row, its words, its place."""

    row: Tenure
    label: str
    place: str


class Profile:
    """One person, with what holds on the day. `seen` are the tiers that the reader may see; of the own record all."""

    def __init__(self, person: Person, actor: Actor, on: date, seen: tiers.Seen | None = None) -> None:
        self.person, self.actor, self.on = person, actor, on
        self._seen = seen

    @cached_property
    def seen(self) -> tiers.Seen:
        """The tiers that are shown."""
        if self._seen is not None:
            return self._seen
        at_home = tiers.seen_at(self.actor, self.home.unit_id) if self.home else frozenset()
        if at_home == tiers.EVERY:
            return at_home
        places = queries.places_of(self.person, self.actor.on)
        found = (tiers.seen_at(self.actor, unit) for unit in dict.fromkeys(row.unit_id for row in places))
        return at_home.union(*found)

    @property
    def core(self) -> bool:
        """Whether more than the directory is shown."""
        return tiers.CORE in self.seen

    def _shown(self, facts: list[tuple[str, str, Any]]) -> Pairs:
        """Those (code, label, value) that are known and may be shown."""
        return [(label, value) for code, label, value in facts if value and tiers.shows(self.seen, code)]

    # --- what holds ---

    @cached_property
    def home(self) -> Membership | None:
        """Where the person belongs on the day; else where last."""
        return queries.home(self.person, self.on) or queries.last_home(self.person)

    @cached_property
    def standing(self) -> Any:
        return queries.standing(self.person, self.on)

    @cached_property
    def participation(self) -> Participation | None:
        return queries.participation(self.person, self.on)

    @cached_property
    def guests(self) -> list[Membership]:
        """Temporary and residence memberships of the day."""
        return list(Membership.objects.on(self.on).filter(person=self.person).exclude(kind="home"))

    @cached_property
    def _tenures(self) -> list[Tenure]:
        return list(Tenure.objects.on(self.on).filter(person=self.person).select_related("body", "unit"))

    @cached_property
    def group(self) -> GroupPlace | None:
        return GroupPlace.objects.on(self.on).filter(person=self.person).select_related("group").first()

    @cached_property
    def groups(self) -> list[Group]:
        """Party groups of the own cell."""
        return list(Group.objects.on(self.on).filter(unit=self.home.unit).order_by("name")) if self.home else []

    @cached_property
    def numbers(self) -> list[Number]:
        if not self.core:
            return []
        rows = {row.kind: row for row in PersonNumber.objects.on(self.on).filter(person=self.person)}
        return [Number(kind, str(label), rows[kind].tail) for kind, label in NUMBER_KINDS.items() if kind in rows]

    @cached_property
    def merges(self) -> list[PersonMerge]:
        """Records that were made one with this, and may be parted again."""
        return list(PersonMerge.objects.filter(kept=self.person, undone_in__isnull=True).select_related("gone"))

    @cached_property
    def story(self) -> Story:
        return Story(self.person)

    def events(self, withdrawn: bool = False) -> list[Event]:
        """The story as far as the reader's tiers tell it."""
        events = self.story.events(withdrawn)
        return events if self.core else [event for event in events if event.model in OF_THE_DIRECTORY]

    # --- names of units ---

    @cached_property
    def _above(self) -> int | None:
        if self.home is None:
            return None
        row = Placement.objects.on(self.on).filter(unit=self.home.unit).first()
        return row.parent_id if row else None

    @cached_property
    def _names(self) -> dict[int, str]:
        held = [row.unit_id for row in self._tenures] + [row.unit_id for row in self.guests]
        own = [self._above or 0, self.home.unit_id if self.home else 0]
        return names({*held, *own}, self.on)

    @property
    def unit_name(self) -> str:
        """What the person's cell is called."""
        return self._names.get(self.home.unit_id, "") if self.home else ""

    @property
    def above_name(self) -> str:
        """What stands above the cell."""
        return self._names.get(self._above or 0, "")

    @cached_property
    def offices(self) -> list[Office]:
        """Offices of the day, the highest first."""
        known_ones = rulebook.at(self.on).offices()
        order = {code: i for i, code in enumerate(known_ones)}
        found = []
        for row in sorted(self._tenures, key=lambda row: order.get(row.office, len(order))):
            label = capital(known_ones[row.office].label if row.office in known_ones else row.office)
            unit = self._names.get(row.unit_id, "")
            found.append(Office(row, label, f"{row.body.name}, {unit}" if row.body else unit))
        return found

    # --- Party age ---

    @property
    def gone(self) -> bool:
        """True when the person is a member nowhere any more."""
        return self.home is None or self.home.valid_to <= self.on

    @cached_property
    def party_age(self) -> int | None:
        """Completed years; None while the person is not a full member or no date is known."""
        base = self.person.party_base if self.core else None
        full = self.standing is not None and self.standing.kind != "probationary"
        return completed_years(base, self.on) if base is not None and full else None

    @property
    def party_age_source(self) -> str:
        """From what Party age is counted, and the rule behind it."""
        if not self.core:
            return ""
        rule = rulebook.at(self.on)["party_age.base"]
        if self.person.party_base is None:
            return _("Chưa ghi ngày quyết định kết nạp nên chưa tính được.")
        if self.person.decision_date is None:
            text = _("Tạm tính từ ngày vào Đảng, vì chưa ghi ngày quyết định kết nạp. %(rule)s.")
        elif self.person.party_base_provisional:
            text = _("Tạm tính, vì ngày quyết định kết nạp chưa ghi đủ ngày, tháng, năm. %(rule)s.")
        else:
            text = _("Tính từ ngày quyết định kết nạp. %(rule)s.")
        return format_html(text.replace("%(rule)s", "{}"), linked(rulebook.sentence(rule), rule.reference))

    @property
    def warnings(self) -> list[str]:
        """What is unusual in the dates."""
        return [reason.message for reason in date_warnings(queries.dates_of(self.person))] if self.core else []

    # --- words ---

    @property
    def standing_label(self) -> str:
        return str(STANDINGS.get(self.standing.kind, self.standing.kind)) if self.standing else ""

    @property
    def participation_label(self) -> str:
        """The deviation and its last day, or that there is none."""
        row = self.participation
        if row is None:
            return str(ACTIVE)
        label = str(PARTICIPATIONS.get(row.kind, row.kind))
        if row.open:
            return label
        return _("%(what)s đến hết ngày %(day)s") % {"what": label, "day": day(row.valid_to - ONE)}

    @property
    def general(self) -> Pairs:
        """What is known of the person."""
        one = self.person
        birth = known(one.birth)
        if one.birth is not None:
            birth = _("%(day)s (%(n)s tuổi)") % {"day": birth, "n": one.birth.years_on(self.on)}
        return self._shown([
            ("birth", _("Ngày sinh"), birth), ("sex", _("Giới tính"), str(SEX[one.sex])),
            ("other_name", _("Tên gọi khác"), one.other_name), ("hometown", _("Quê quán"), one.hometown),
            ("residence", _("Nơi cư trú"), one.residence), ("occupation", _("Nghề nghiệp"), one.occupation),
            ("education", _("Trình độ"), one.education), ("theory", _("Lý luận chính trị"), one.theory),
            ("phone", _("Điện thoại"), one.phone),
        ])  # fmt: skip

    @property
    def dates(self) -> Pairs:
        """The three dates of admission, never one for another."""
        if not self.core:
            return []
        return [
            (_("Ngày quyết định kết nạp"), known(self.person.decision_date)),
            (_("Ngày vào Đảng"), known(self.person.ceremony_date)),
            (_("Ngày chính thức"), known(self.person.official_date)),
        ]

    @property
    def party(self) -> Pairs:
        """Where and how the person belongs."""
        age = _("%(n)s năm") % {"n": self.party_age} if self.party_age is not None else ""
        if age and self.person.party_base_provisional:
            age = _("%(age)s (tạm tính)") % {"age": age}
        return [
            *self._shown([
                ("standing", _("Tình trạng"), self.standing_label), ("unit", _("Chi bộ"), self.unit_name),
                ("unit", _("Về chi bộ từ ngày"), day(self.home.valid_from) if self.home else ""),
                ("participation", _("Sinh hoạt đảng"), "" if self.gone else self.participation_label),
                ("group", _("Tổ đảng"), self.group.group.name if self.group else ""),
                ("office", _("Chức vụ"), "; ".join(f"{office.label}, {office.place}" for office in self.offices)),
            ]),
            *((label, value) for label, value in self.dates if value),
            *self._shown([
                ("party_age", _("Tuổi đảng"), age), ("cv_number", _("Số lý lịch"), self.person.cv_number),
                ("note", _("Ghi chú"), self.person.note),
            ]),
        ]  # fmt: skip

    @property
    def sections(self) -> list[tuple[str, Pairs]]:
        """Everything that is known, in groups."""
        return [(_("Thông tin chung"), self.general), (_("Trong Đảng"), self.party)]

    # --- what may be done ---

    def can(self, code: str) -> bool:
        """Whether the reader may do something to this person."""
        return self.home is not None and self.actor.can(code, at=self.home.unit_id)

    @property
    def acts(self) -> list[tuple[str, str, str]]:
        """(code, label, icon) of the acts that may be done now, those of other modules first."""
        here = not self.gone
        standing = self.standing.kind if self.standing else ""
        offered = [
            ("members.recognise", _("Công nhận chính thức"), "badge-check", permissions.CHANGE,
             here and standing == "probationary"),
            ("members.participation", _("Ghi miễn, tạm vắng, đình chỉ"), "pause", permissions.CHANGE,
             here and self.participation is None),
            ("members.end_participation", _("Ghi sinh hoạt trở lại"), "play", permissions.CHANGE,
             here and self.participation is not None),
            ("members.appoint", _("Giao chức vụ"), "award", permissions.APPOINT, here),
            ("members.group", _("Xếp tổ đảng"), "users-round", permissions.CHANGE, here and bool(self.groups)),
            ("members.set_number", _("Ghi số thẻ, số định danh"), "id-card", permissions.NUMBERS, True),
            ("members.open_account", _("Mở tài khoản"), "key-round", permissions.ACCOUNT,
             here and self.person.account_id is None),
            ("members.close_account", _("Gỡ tài khoản"), "user-x", permissions.ACCOUNT,
             self.person.account_id is not None),
            ("members.leave", _("Từ trần, ra khỏi Đảng"), "door-open", permissions.LEAVE, here),
            ("members.transfer", _("Ghi việc chuyển nội bộ đã xong"), "arrow-left-right", permissions.TRANSFER, here),
            ("members.send_away", _("Ghi việc chuyển đi đã xong"), "arrow-up-right", permissions.TRANSFER, here),
            ("members.merge", _("Gộp với hồ sơ khác của cùng một người"), "git-merge", permissions.MERGE, True),
        ]  # fmt: skip
        own = [(code, label, icon) for code, label, icon, right, fits in offered if fits and self.can(right)]
        return (slots.acts(self.actor, self.person.pk, self.on) if here else []) + own

    @property
    def years_here(self) -> int | None:
        """Completed years in the present cell."""
        return completed_years(self.home.valid_from, self.on) if self.home and not self.gone else None
