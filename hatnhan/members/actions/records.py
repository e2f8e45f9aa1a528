"""Corrections: a row that was recorded wrongly, two records of one person."""

from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.access import actions as access
from hatnhan.access.models import Grant
from hatnhan.kernel.action import act, action, begin, restate, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Entry, Placement
from hatnhan.kernel.period import Dated
from hatnhan.kernel.refusal import Refused, refuse
from hatnhan.kernel.undo import objections, take_back, undoes
from hatnhan.members import permissions, queries
from hatnhan.members.choices import LEFT_STANDINGS
from hatnhan.members.models import (
    Correction,
    GroupPlace,
    Membership,
    Participation,
    Person,
    PersonMerge,
    PersonNumber,
    PersonPast,
    Standing,
    Tenure,
)  # fmt: skip
from hatnhan.members.roles import role_of

from .people import derive, require_at_home, standings_of, touch

ROWS: tuple[type[Dated], ...] = (Membership, Standing, Participation, Tenure, PersonNumber, GroupPlace)


@action("members.correct")
def correct_row(*, actor: Actor, row: Any, seen: int | None = None, reason: str = "", **changes: Any) -> Any:
    """Replace a dated row of a person that was recorded wrongly; the old one stays readable as voided. A home or
    standing that ended when this one began, or began when it ended, follows its new day. The right that it needs is
    that of the act which the correction comes to."""
    home = _may_correct(actor, row, changes)
    touch(row.person, seen)
    _current(row)
    if "valid_to" in changes and changes["valid_to"] is None:
        changes["valid_to"] = FAR
    changes = {name: v for name, v in changes.items() if v is not None and v != getattr(row, name)}
    if not changes:
        refuse("same", _("Chưa có thông tin nào thay đổi."))
    start, end = changes.get("valid_from", row.valid_from), changes.get("valid_to", row.valid_to)
    if start >= end:
        refuse("period", _("Ngày kết thúc phải sau ngày bắt đầu."), field="valid_to")
    if isinstance(row, Membership) and end == FAR:
        changes |= {"went": "", "destination": None}
    void(row)
    _neighbours_follow(row, start, end)
    _must_fit(row, start, end)
    fresh = restate(row, **changes)
    if isinstance(fresh, Tenure):
        _regrant(actor, fresh)
    _derived(row.person)
    act().tell(
        gettext_noop("Sửa thông tin ghi nhầm của đồng chí %(name)s (%(what)s)."), about=[row.person],
        units=[home.unit], name=row.person.name, what=row._meta.verbose_name,
    )  # fmt: skip
    return fresh


@action("members.withdraw")
def withdraw_row(*, actor: Actor, row: Any, seen: int | None = None, reason: str = "") -> None:
    """Void a dated row that should never have been recorded; the home or standing that it had ended goes on. A transfer
    and a leaving are taken back with all that they did, while nothing was built on them. With a person's only
    membership the whole record goes: its numbers are free again."""
    home = _may_correct(actor, row, {"valid_to": row.valid_from})
    touch(row.person, seen)
    _current(row)
    before = _beside(row, valid_to=row.valid_from)
    if _whole_act(row):
        take_back(row.recorded_in)
        row.person.refresh_from_db()
    else:
        void(row)
        if before is not None:
            _goes_on(before, row)
    if isinstance(row, Tenure):
        access.take(actor=actor, source=row.key, on=row.valid_from)
    if isinstance(row, Membership) and not Membership.objects.unvoided().filter(person=row.person).exists():
        _withdraw_person(row.person)
    else:
        _derived(row.person)
    act().tell(
        gettext_noop("Bỏ thông tin ghi nhầm của đồng chí %(name)s (%(what)s)."), about=[row.person],
        units=[home.unit], name=row.person.name, what=row._meta.verbose_name,
    )  # fmt: skip


def _whole_act(row: Any) -> bool:
    """Whether the row is what a transfer or a leaving recorded, and nothing was built on that act."""
    main = {"members.transfer": Membership, "members.leave": Standing}
    entry = Entry.objects.filter(pk=row.recorded_in).first()
    return entry is not None and isinstance(row, main.get(entry.code, ())) and not objections(entry.pk)


def _beside(row: Any, **edge: date) -> Any:
    """The person's home or standing that ends or begins at a day; of other rows, which may lie apart, none."""
    if not isinstance(row, Membership | Standing) or (isinstance(row, Membership) and row.kind != "home"):
        return None
    rows = type(row).objects.unvoided().filter(person=row.person, **edge).exclude(pk=row.pk)
    return (rows.filter(kind="home") if isinstance(row, Membership) else rows).first()


def _goes_on(before: Any, row: Any) -> None:
    """What a withdrawn row had ended holds to that row's own end."""
    ending = {"went": row.went, "destination": row.destination} if isinstance(row, Membership) else {}
    restate(before, valid_to=row.valid_to, **ending)


def _neighbours_follow(row: Any, start: date, end: date) -> None:
    before = _beside(row, valid_to=row.valid_from) if start != row.valid_from else None
    after = _beside(row, valid_from=row.valid_to) if end != row.valid_to and row.valid_to != FAR else None
    if before is not None and before.valid_from < start:
        restate(before, valid_to=start)
    if after is not None and end < after.valid_to:
        restate(after, valid_from=end)


def _may_correct(actor: Actor, row: Any, changes: dict[str, Any]) -> Membership:
    """The person's home, where the actor may do what the correction comes to."""
    code = permissions.CHANGE
    if isinstance(row, Tenure):
        actor.require(permissions.APPOINT, at=row.unit)
        code = permissions.VIEW
    elif isinstance(row, PersonNumber):
        code = permissions.NUMBERS
    elif isinstance(row, Standing) and {row.kind, changes.get("kind", row.kind)} & set(LEFT_STANDINGS):
        code = permissions.LEAVE
    elif isinstance(row, Membership) and changes.get("valid_to", row.valid_to) != row.valid_to:
        code = permissions.TRANSFER
    return require_at_home(actor, code, row.person)


def _regrant(actor: Actor, tenure: Tenure) -> None:
    """What an office gave is given again for its right days, if it gave anything."""
    given = Grant.objects.unvoided().filter(source=tenure.key).select_related("account").order_by("valid_from")
    held = given.first()
    if held is None:
        return
    access.take(actor=actor, source=tenure.key, on=held.valid_from)
    kind = Placement.objects.on(tenure.valid_from).get(unit=tenure.unit).kind
    role = role_of(tenure.office, kind, tenure.body.kind if tenure.body else None, tenure.valid_from)
    if role is not None:
        access.give(
            actor=actor, account=held.account, role=role, unit=tenure.unit, on=tenure.valid_from,
            until=tenure.valid_to, source=tenure.key,
        )  # fmt: skip


def _withdraw_person(person: Person) -> None:
    if person.account_id is not None or Tenure.objects.unvoided().filter(person=person).exists():
        refuse("in_use", _("Đồng chí này có chức vụ hoặc tài khoản. Hãy gỡ chức vụ, tài khoản trước khi bỏ hồ sơ."))
    _without_requests(person)
    for model in ROWS:
        table: Any = model
        void(table.objects.unvoided().filter(person=person))
    Person.objects.filter(pk=person.pk).update(voided_at=act().at, voided_in=act().id)


def _without_requests(person: Person) -> None:
    """A record that goes must not take along what its member waits for."""
    if Correction.objects.filter(person=person, answered_on__isnull=True).exists():
        refuse("corrections", _("Đồng chí này có đề nghị điều chỉnh đang chờ trả lời. Hãy trả lời trước."))


@action("members.merge")
def merge_people(*, actor: Actor, kept: Person, gone: Person, on: date, reason: str = "") -> PersonMerge:
    """Two records of one person become one: `kept` takes over what it lacks, the rows of `gone` are voided.

    Empty fields and missing numbers of `kept` are filled from `gone`; dated rows of `gone` that do not collide with a
    row of `kept` move over. Refuses a record with itself and one that was merged away already."""
    require_at_home(actor, permissions.MERGE, kept)
    require_at_home(actor, permissions.MERGE, gone)
    if kept.pk == gone.pk or gone.merged_into_id is not None or kept.merged_into_id is not None:
        refuse("same", _("Hãy chọn hai hồ sơ khác nhau, chưa được gộp vào hồ sơ khác."))
    _without_requests(gone)
    touch(kept, None)
    touch(gone, None)
    _fill(kept, gone)
    _one_account(kept, gone)
    for model in ROWS:
        table: Any = model
        for row in table.objects.unvoided().filter(person=gone):
            void(row)
            if not _collides(row, kept):
                fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
                fields |= {"voided_at": None, "voided_in": None, "replaces": row.pk, "person_id": kept.pk}
                begin(table(**fields))
    Person.objects.filter(pk=gone.pk).update(merged_into=kept, voided_at=act().at, voided_in=act().id)
    kept.refresh_from_db()
    _derived(kept)
    merge = PersonMerge.objects.create(kept=kept, gone=gone, act=act().id)
    home = queries.last_home(kept)
    act().tell(
        gettext_noop("Gộp hai hồ sơ của đồng chí %(name)s làm một."), about=[kept, gone],
        units=[home.unit] if home else [], name=kept.name,
    )  # fmt: skip
    return merge


@action("members.unmerge")
def unmerge_people(*, actor: Actor, merge: PersonMerge, reason: str = "") -> None:
    """Take a merging of records back, as long as nothing was built on it."""
    require_at_home(actor, permissions.MERGE, merge.kept)
    if merge.undone_in is not None:
        refuse("undone", _("Việc này đã được hoàn tác."))
    if reasons := objections(merge.act):
        raise Refused(reasons)
    take_back(merge.act)
    merge.undone_in = act().id
    merge.save(update_fields=["undone_in"])
    home = queries.last_home(merge.kept)
    act().tell(
        gettext_noop("Tách lại hai hồ sơ đã gộp của đồng chí %(name)s."), about=[merge.kept, merge.gone],
        units=[home.unit] if home else [], name=merge.kept.name,
    )  # fmt: skip


def _fill(kept: Person, gone: Person) -> None:
    before: dict[str, Any] = {}
    for name in ("other_name", "sex", "birth", "hometown", "residence", "occupation", "education", "theory", "phone",
                 "cv_number", "decision_date", "ceremony_date", "official_date", "note", "sealed"):  # fmt: skip
        if not getattr(kept, name) and getattr(gone, name):
            before[name] = getattr(kept, name)
            setattr(kept, name, getattr(gone, name))
    if before:
        PersonPast.objects.create(person=kept, values=before, known_until=act().at, act=act().id)
    kept.save()


def _one_account(kept: Person, gone: Person) -> None:
    """The account of the record that goes away belongs to the kept one."""
    if gone.account_id is None:
        return
    if kept.account_id is not None:
        refuse("accounts", _("Cả hai hồ sơ đều có tài khoản. Hãy gỡ một tài khoản trước."))
    for person, now in ((gone, None), (kept, gone.account_id)):
        PersonPast.objects.create(
            person=person, values={"account_id": person.account_id}, known_until=act().at, act=act().id
        )
        Person.objects.filter(pk=person.pk).update(account=now)


def _collides(row: Any, kept: Person) -> bool:
    rows = type(row).objects.during(row.valid_from, row.valid_to).filter(person=kept)
    for name in ("kind", "unit_id", "office"):
        if isinstance(row, Membership | PersonNumber | Tenure) and hasattr(row, name) and name in _same(row):
            rows = rows.filter(**{name: getattr(row, name)})
    return bool(rows.exists())


def _same(row: Model) -> tuple[str, ...]:
    return ("unit_id", "office") if isinstance(row, Tenure) else ("kind",)


def _current(row: Any) -> None:
    """Read again once the person is held: somebody may just have replaced the row."""
    row.refresh_from_db()
    if row.voided_at is not None:
        refuse("stale", _("Dòng này đã được thay bằng dòng khác. Hãy xem lại hồ sơ."))


def _must_fit(row: Any, start: date, end: date) -> None:
    others = type(row).objects.during(start, end).filter(person=row.person).exclude(pk=row.pk)
    if isinstance(row, Membership | PersonNumber):
        others = others.filter(kind=row.kind)
    if isinstance(row, Tenure):
        others = others.filter(unit=row.unit, office=row.office)
    if others.exists():
        refuse("overlap", _("Khoảng thời gian này trùng với một dòng khác đã ghi."), field="valid_from")


def _derived(person: Person) -> None:
    derive(person, standings_of(person))
    person.save()


def _restore(act_id: int) -> None:
    """Give persons back what an act changed of them; those that it first recorded disappear."""
    for past in PersonPast.objects.filter(act=act_id).order_by("-id"):
        person = Person.objects.get(pk=past.person_id)
        now = {name: getattr(person, name) for name in past.values}
        PersonPast.objects.create(
            person=person, known_until=act().at, act=act().id,
            values={name: getattr(value, "iso", value) for name, value in now.items()},
        )  # fmt: skip
        for name, value in past.values.items():
            setattr(person, name, value)
        person.save()
        person.refresh_from_db()
        _derived(person)
    Person.objects.filter(voided_in=act_id).update(voided_at=None, voided_in=None, merged_into=None)
    Person.objects.filter(recorded_in=act_id).update(voided_at=act().at, voided_in=act().id)


# What stands in the way of an undo is asked beside the bulk writing, in `loading`.
undoes(lambda _act_id: [], _restore)
