"""A member's sign-in: opened with the rights of the offices held, taken off the record."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from hatnhan.access.views.accounts import slips
from hatnhan.kernel.forms import sent
from hatnhan.kernel.pages import page
from hatnhan.members import actions, permissions
from hatnhan.members.forms.acts import ActForm, OpenAccountForm

from .acts import allowed, answered


@page("members.open_account", gettext_lazy("Mở tài khoản"), permission=permissions.ACCOUNT)
@never_cache
def open_account(request: HttpRequest, pk: int) -> HttpResponse:
    """A sign-in with a one-time password on a slip that is shown once."""
    one = allowed(request, pk, permissions.ACCOUNT)
    form = OpenAccountForm(sent(request), initial={"seen": one.person.version})

    def act(given: dict[str, Any]) -> HttpResponse:
        name = given["username"]
        return slips(
            request, [actions.open_account(actor=one.actor, person=one.person, on=one.actor.on, username=name)]
        )

    intro = _("Tài khoản có vai trò đảng viên của chi bộ và quyền của các chức vụ đang giữ. Mật khẩu chỉ hiện một lần.")
    return answered(request, one, form, act, _("Mở tài khoản"), intro=intro)


@page("members.close_account", gettext_lazy("Gỡ tài khoản"), permission=permissions.ACCOUNT)
def close_account(request: HttpRequest, pk: int) -> HttpResponse:
    """The sign-in no longer belongs to the person."""
    one = allowed(request, pk, permissions.ACCOUNT)
    form = ActForm(sent(request), initial={"seen": one.person.version})

    def act(_given: dict[str, Any]) -> str:
        actions.close_account(actor=one.actor, person=one.person)
        return _("Đã gỡ tài khoản khỏi hồ sơ đồng chí %(name)s.") % {"name": one.person.name}

    intro = _(
        "Hồ sơ không còn gắn với tài khoản này. Tài khoản vẫn đăng nhập được; nếu không dùng nữa, hãy khóa ở mục "
        "Tài khoản."
    )
    return answered(request, one, form, act, _("Gỡ tài khoản"), intro=intro)
