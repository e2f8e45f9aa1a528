"""Acts upon one member: each its own small page. Whatever was typed stays when something is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.forms import sent
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Entry, Unit
from hatnhan.kernel.pages import page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.members import actions, permissions
from hatnhan.members.forms.acts import (
    ActForm,
    AppointForm,
    ChangeForm,
    EndForm,
    GroupForm,
    LeaveForm,
    NumberForm,
    ParticipationForm,
    RecogniseForm,
    SendAwayForm,
    TransferForm,
)  # fmt: skip
from hatnhan.members.models import Person, Tenure
from hatnhan.members.profile import Profile
from hatnhan.members.undoing import right_for
from hatnhan.units.fields import UnitField
from hatnhan.units.queries import name_of

from .profile import looked, profile_of

Done = Callable[[dict[str, Any]], str | HttpResponse]
"""Does the act; returns what to say at the person's page, or an answer of its own."""


def allowed(request: HttpRequest, pk: int, code: str) -> Profile:
    """The person, where the reader may do `code`: 404 outside the scope, 403 within it without the right. The form
    shows the record, so the look is in the log."""
    one = profile_of(request, pk)
    one.actor.require(code, at=one.home.unit_id if one.home else 0)
    return looked(one)


def first(one: Profile, **more: Any) -> dict[str, Any]:
    """What a form shows first: the version that is seen, and the day."""
    return {"seen": one.person.version, "on": one.on, **more}


def answered(
    request: HttpRequest, one: Profile, form: ActForm, act: Done, submit: str, template: str = "members/act.html",
    **context: Any,
) -> HttpResponse:  # fmt: skip
    """Show the form; or do the act and go back to the person; or say why not."""
    if request.method == "POST" and form.is_valid():
        try:
            done = act(form.given())
        except Refused as refused:
            form.explain(refused, one.person)
        else:
            if isinstance(done, HttpResponse):
                return done
            messages.success(request, done, extra_tags=_way_back(request, one))
            return HttpResponseRedirect(reverse("members.profile", args=[one.person.pk]))
    shared = {"one": one, "person": one.person, "form": form, "submit": submit, "intro": "", "icon_name": "check"}
    return render(request, template, {**shared, **context}, 422 if form.errors else 200)


# Pages whose act has another name in the log.
_CODES = {
    "members.send_away": "members.transfer", "members.participation": "members.set_participation",
    "members.group": "members.place_in_group",
}  # fmt: skip


def _way_back(request: HttpRequest, one: Profile) -> str:
    code = request.page.code  # type: ignore[attr-defined]
    return way_back(one.actor, _CODES.get(code, code), one.person.pk)


def way_back(actor: Actor, code: str, person: int) -> str:
    """The tag of a message that leads to undoing the newest act of the actor upon the person; empty when that is not
    the act named, or is not undone there."""
    about = {"subjects__kind": Person._meta.label_lower, "subjects__key": person}
    mine = Entry.objects.filter(account=actor.account_id, refers_to=None, **about).order_by("-at", "-pk").first()
    if mine is None or mine.code != code or right_for(code) is None:
        return ""
    return f"undo:{reverse('members.entry', args=[person, mine.pk])}"


@page("members.change", gettext_lazy("Điều chỉnh thông tin"), permission=permissions.CHANGE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of the person."""
    one = looked(allowed(request, pk, permissions.CHANGE))
    form = ChangeForm(sent(request), initial=ChangeForm.now(one.person)).limited_to(one.seen)

    def act(given: dict[str, Any]) -> str:
        actions.change(actor=one.actor, person=one.person, on=one.actor.on, **given)
        return _("Đã điều chỉnh thông tin của đồng chí %(name)s.") % {"name": one.person.name}

    intro = _("Dùng khi thông tin có thay đổi hoặc còn thiếu. Nhật ký giữ lại thông tin trước đây.")
    return answered(request, one, form, act, _("Lưu điều chỉnh"), "members/change.html", intro=intro)


@page("members.set_number", gettext_lazy("Ghi số thẻ, số định danh"), permission=permissions.NUMBERS)
def set_number(request: HttpRequest, pk: int) -> HttpResponse:
    """A card or citizen's number; the former one ends."""
    one = allowed(request, pk, permissions.NUMBERS)
    form = NumberForm(sent(request), initial=first(one))

    def act(given: dict[str, Any]) -> str:
        for warning in actions.set_number(actor=one.actor, person=one.person, **given):
            messages.warning(request, warning.message)
        return _("Đã ghi số của đồng chí %(name)s.") % {"name": one.person.name}

    intro = _("Từ ngày 2/9/2025 số thẻ đảng viên là số định danh cá nhân. Trên màn hình chỉ hiện ba chữ số cuối.")
    return answered(request, one, form, act, _("Ghi số"), intro=intro)


@page("members.transfer", gettext_lazy("Ghi việc chuyển nội bộ đã xong"), permission=permissions.TRANSFER)
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """To another cell of this installation."""
    one = allowed(request, pk, permissions.TRANSFER)
    form = TransferForm(sent(request), actor=one.actor, initial=first(one))

    def act(given: dict[str, Any]) -> str:
        actions.transfer(actor=one.actor, person=one.person, **given)
        told = {"name": one.person.name, "unit": name_of(given["to"], given["on"])}
        return _("Đã chuyển sinh hoạt của đồng chí %(name)s đến %(unit)s.") % told

    intro = _(
        "Dùng khi ghi lại việc chuyển đã xong từ trước; việc mới thì dùng “Chuyển sinh hoạt” ở hồ sơ, có giấy giới "
        "thiệu. Chức vụ ở chi bộ cũ kết thúc cùng ngày."
    )
    return answered(request, one, form, act, _("Chuyển sinh hoạt"), intro=intro)


@page("members.send_away", gettext_lazy("Ghi việc chuyển đi đã xong"), permission=permissions.TRANSFER)
def send_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of this installation."""
    one = allowed(request, pk, permissions.TRANSFER)
    form = SendAwayForm(sent(request), initial=first(one))

    def act(given: dict[str, Any]) -> str:
        actions.transfer(actor=one.actor, person=one.person, to=None, **given)
        return _("Đã chuyển sinh hoạt của đồng chí %(name)s đi nơi khác.") % {"name": one.person.name}

    intro = _(
        "Dùng khi ghi lại việc chuyển đã xong từ trước. Từ ngày này đồng chí này không còn trong danh sách; chức vụ và "
        "tài khoản ở đây kết thúc cùng ngày."
    )
    return answered(request, one, form, act, _("Chuyển đi"), intro=intro)


@page("members.recognise", gettext_lazy("Công nhận chính thức"), permission=permissions.CHANGE)
def recognise(request: HttpRequest, pk: int) -> HttpResponse:
    """From probation to full membership."""
    one = allowed(request, pk, permissions.CHANGE)
    form = RecogniseForm(sent(request), initial=first(one, on=_year_after(one.person.ceremony_date) or one.on))

    def act(given: dict[str, Any]) -> str:
        actions.recognise(actor=one.actor, person=one.person, **given)
        return _("Đồng chí %(name)s là đảng viên chính thức.") % {"name": one.person.name}

    return answered(request, one, form, act, _("Công nhận chính thức"))


def _year_after(ceremony: Known | None) -> date | None:
    """Twelve months after a ceremony that is known to the day (294-QĐ/TW, item 4.2)."""
    if ceremony is None or ceremony.precision != "day":
        return None
    start = ceremony.earliest
    return date(start.year + 1, 3, 1) if (start.month, start.day) == (2, 29) else start.replace(year=start.year + 1)


@page("members.participation", gettext_lazy("Ghi miễn, tạm vắng, đình chỉ"), permission=permissions.CHANGE)
def participation(request: HttpRequest, pk: int) -> HttpResponse:
    """A deviation from ordinary Party life begins."""
    one = allowed(request, pk, permissions.CHANGE)
    form = ParticipationForm(sent(request), initial=first(one))

    def act(given: dict[str, Any]) -> str:
        actions.set_participation(actor=one.actor, person=one.person, **given)
        return _("Đã ghi tình trạng sinh hoạt của đồng chí %(name)s.") % {"name": one.person.name}

    intro = _("Lý do về sức khỏe không ghi ở đây; giấy tờ để trong hồ sơ.")
    return answered(request, one, form, act, _("Ghi tình trạng"), intro=intro)


@page("members.end_participation", gettext_lazy("Ghi sinh hoạt trở lại"), permission=permissions.CHANGE)
def end_participation(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to ordinary Party life."""
    one = allowed(request, pk, permissions.CHANGE)
    row = one.participation
    if row is None:
        raise Http404
    form = EndForm(sent(request), initial=first(one))

    def act(given: dict[str, Any]) -> str:
        actions.end_participation(actor=one.actor, row=row, **given)
        return _("Đồng chí %(name)s sinh hoạt trở lại.") % {"name": one.person.name}

    return answered(request, one, form, act, _("Sinh hoạt trở lại"), intro=one.participation_label)


@page("members.leave", gettext_lazy("Từ trần, ra khỏi Đảng"), permission=permissions.LEAVE)
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Death, expulsion, striking off, leaving at own request."""
    one = allowed(request, pk, permissions.LEAVE)
    form = LeaveForm(sent(request), initial=first(one))

    def act(given: dict[str, Any]) -> str:
        actions.leave(actor=one.actor, person=one.person, **given)
        return _("Đã ghi. Đồng chí %(name)s không còn trong danh sách từ ngày này.") % {"name": one.person.name}

    intro = _("Từ ngày này chức vụ kết thúc và tài khoản bị khóa. Hồ sơ được giữ lại ở chi bộ cuối cùng.")
    return answered(request, one, form, act, _("Ghi vào hồ sơ"), intro=intro)


@page("members.group", gettext_lazy("Xếp tổ đảng"), permission=permissions.CHANGE)
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """Into a Party group of the own cell, or out of it."""
    one = allowed(request, pk, permissions.CHANGE)
    now = str(one.group.group_id) if one.group else "none"
    form = GroupForm(sent(request), groups=one.groups, initial=first(one, group=now))

    def act(given: dict[str, Any]) -> str:
        actions.place_in_group(actor=one.actor, person=one.person, **given)
        return _("Đã xếp tổ đảng cho đồng chí %(name)s.") % {"name": one.person.name}

    return answered(request, one, form, act, _("Xếp tổ"))


@page("members.appoint", gettext_lazy("Giao chức vụ"), permission=permissions.APPOINT)
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """An office at a unit, by default the own cell; another unit is found first."""
    one = profile_of(request, pk)
    finder = ActForm(request.GET if "at" in request.GET else None)
    finder.fields["at"] = UnitField(one.actor, permissions.APPOINT, label=_("Chức vụ ở tổ chức"))
    found = finder.cleaned_data.get("at") if finder.is_bound and finder.is_valid() else None
    unit: Unit | None = found or (one.home.unit if one.home else None)
    if unit is None:
        raise Http404
    one.actor.require(permissions.APPOINT, at=unit)
    form = AppointForm(sent(request), unit=unit, on=one.on, initial=first(one))

    def act(given: dict[str, Any]) -> str:
        actions.appoint(actor=one.actor, person=one.person, unit=unit, **given)
        return _("Đã ghi chức vụ của đồng chí %(name)s.") % {"name": one.person.name}

    return answered(
        request, one, form, act, _("Giao chức vụ"), "members/appoint.html", finder=finder, unit=unit,
        unit_name=name_of(unit, one.on),
    )  # fmt: skip


@page("members.end_tenure", gettext_lazy("Thôi giữ chức vụ"), permission=permissions.APPOINT)
def end_tenure(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """The end of an office, and of the access that came with it."""
    one = profile_of(request, pk)
    tenure = Tenure.objects.unvoided().filter(pk=row, person=one.person).select_related("unit", "person").first()
    if tenure is None:
        raise Http404
    one.actor.require(permissions.APPOINT, at=tenure.unit)
    form = EndForm(sent(request), initial=first(one))

    def act(given: dict[str, Any]) -> str:
        actions.end_tenure(actor=one.actor, tenure=tenure, **given)
        return _("Đã ghi đồng chí %(name)s thôi giữ chức vụ.") % {"name": one.person.name}

    held = next((office for office in one.offices if office.row.pk == tenure.pk), None)
    intro = f"{held.label}, {held.place}" if held else ""
    return answered(request, one, form, act, _("Ghi thôi chức vụ"), intro=intro)
