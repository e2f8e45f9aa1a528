"""Rounds of rest cures: planned, people called, and who went."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action, begin
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.tree import must_stand
from hatnhan.kernel.vietnamese import nfc
from hatnhan.members.models import Person
from hatnhan.members.queries import last_home
from hatnhan.units.queries import name_of

from ..models import RestCall, RestMark, RestRound
from ..permissions import REST
from . import queries

STATES = ("went", "declined")


@action("honours.plan_rest", of=RestRound)
def plan_rest(
    *, actor: Actor, unit: Unit, name: str, place: str, first: date, last: date, places: int, reason: str = ""
) -> RestRound:
    """A committee plans a round. Refuses one without a name or a place, and one that ends before it begins."""
    actor.require(REST, at=unit)
    reasons = [
        Reason("empty", _("Hãy điền mục này."), field=field)
        for field, text in (("name", name), ("place", place))
        if not nfc(text)
    ]
    if last < first:
        reasons.append(Reason("last", _("Ngày cuối không thể trước ngày đầu."), field="last"))
    if places < 1:
        reasons.append(Reason("places", _("Số suất phải từ một trở lên."), field="places"))
    if reasons:
        raise Refused(reasons)
    must_stand(unit, actor.on, first if first > actor.on else actor.on)
    row = RestRound.objects.create(
        unit=unit, name=nfc(name), place=nfc(place), first=first, last=last, places=places, recorded_at=act().at,
        recorded_in=act().id,
    )  # fmt: skip
    act().tell(
        gettext_noop("Lập đợt nghỉ điều dưỡng “%(title)s” của %(unit)s, từ ngày %(on)s, %(n)s suất."), about=[row],
        units=[unit], title=row.name, unit=name_of(unit, actor.on), on=Known.of(first), n=places,
    )  # fmt: skip
    return row


@action("honours.call_to_rest")
def call_to_rest(*, actor: Actor, rest: RestRound, people: Iterable[int], reason: str = "") -> int:
    """Call people who are entitled. Refuses whoever is not, whoever was called already, and more than there are
    places."""
    actor.require(REST, at=rest.unit)
    asked = list(dict.fromkeys(people))
    if not asked:
        refuse("none", _("Chưa chọn ai."))
    RestRound.objects.select_for_update().get(pk=rest.pk)
    known = {one.person: one for one in queries.entitled(rest.unit, actor.on)}
    if strangers := [pk for pk in asked if pk not in known]:
        told = _("%(n)s người không thuộc nhóm nào được nghỉ điều dưỡng.") % {"n": len(strangers)}
        raise Refused(Reason("entitled", told))
    called = RestCall.objects.filter(round=rest)
    if called.filter(person__in=asked).exists():
        refuse("twice", _("Có người đã được gọi vào đợt này rồi."))
    if called.exclude(state="declined").count() + len(asked) > rest.places:
        refuse("places", _("Đợt này chỉ có %(n)s suất.") % {"n": rest.places})
    RestCall.objects.bulk_create(
        [
            RestCall(round=rest, person_id=pk, entitled_by=known[pk].group, called_on=actor.on, recorded_at=act().at,
                     recorded_in=act().id)
            for pk in asked
        ]
    )  # fmt: skip
    act().tell(
        gettext_noop("Gọi %(n)s đồng chí vào đợt nghỉ điều dưỡng “%(title)s”."), about=[rest], units=[rest.unit],
        n=len(asked), title=rest.name,
    )  # fmt: skip
    return len(asked)


@action("honours.tell_rest")
def tell_rest(*, actor: Actor, call: RestCall, state: str, reason: str = "") -> None:
    """Somebody went, or declined; why is nobody's business."""
    actor.require(REST, at=call.round.unit)
    if state not in STATES:
        refuse("state", _("Hãy chọn đã đi hay không đi."), field="state")
    if state == "went" and call.round.first > actor.on:
        refuse("future", _("Đợt này chưa bắt đầu."))
    call.state = state
    call.save(update_fields=["state"])
    said = {"went": gettext_noop("Đồng chí %(name)s đã đi đợt “%(title)s”."),
            "declined": gettext_noop("Đồng chí %(name)s không đi đợt “%(title)s”.")}  # fmt: skip
    act().tell(said[state], about=[call.round, call.person], units=[call.round.unit], name=call.person.name,
               title=call.round.name)  # fmt: skip


@action("honours.mark_for_rest", of=RestMark)
def mark_for_rest(*, actor: Actor, person: Person, group: str, on: date, decision: str, reason: str = "") -> RestMark:
    """Somebody belongs to a group that no other record shows, by a paper. Refuses a group that other records show."""
    home = last_home(person)
    if home is None:
        refuse("home", _("Chưa ghi đồng chí này sinh hoạt ở đâu."))
    actor.require(REST, at=home.unit)
    rule = queries.groups(on).get(group)
    if rule is None or rule.value["by"] != "mark":
        refuse("group", _("Hãy chọn nhóm."), field="group")
    if not nfc(decision):
        raise Refused(Reason("decision", _("Hãy ghi số quyết định."), field="decision"))
    if RestMark.objects.on(on).filter(person=person, entitled_by=group).exists():
        refuse("twice", _("Đồng chí này đã ghi thuộc nhóm đó."))
    row = begin(RestMark(person=person, entitled_by=group, decision=nfc(decision), valid_from=on))
    act().tell(
        gettext_noop("Ghi đồng chí %(name)s thuộc nhóm được nghỉ điều dưỡng, quyết định %(decision)s."),
        about=[row, person], units=[home.unit], name=person.name, decision=row.decision,
    )  # fmt: skip
    return row
