"""The second factor of an account: setting it up, using it, taking it away. Secrets are sealed and never in the log."""

from typing import Any, NoReturn

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from hatnhan.access.app_codes import step_of
from hatnhan.access.choices import MEANS
from hatnhan.access.factor_queries import required_of
from hatnhan.access.models import Account
from hatnhan.access.queries import units_of
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor, Forbidden
from hatnhan.kernel.refusal import refuse

from .rights import may_look_after
from .sessions import close_sessions
from .tokens import revoke_all

APP, PASSKEY, SPARE = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES


@action("access.add_app")
def add_app(
    *, actor: Actor, account: Account, secret: str, step: int, session: str = "", reason: str = ""
) -> Authenticator:
    """Set up an app that makes codes. `step` is that of the code by which its holder proved it: it holds no second
    time. The account's other sessions end, `session` goes on."""
    _holder(actor, account)
    if Authenticator.objects.filter(user=account, type=APP).exists():
        refuse("app", _("Tài khoản đã có ứng dụng tạo mã. Hãy bỏ ứng dụng cũ rồi cài ứng dụng mới."))
    return _added(account, APP, {"secret": encrypt(secret), "step": step}, session)


@action("access.add_passkey")
def add_passkey(
    *, actor: Actor, account: Account, name: str, credential: dict[str, Any], session: str = "", reason: str = ""
) -> Authenticator:
    """Set up a passkey that the browser has made. The account's other sessions end, `session` goes on."""
    _holder(actor, account)
    return _added(account, PASSKEY, {"name": name, "credential": credential}, session)


@action("access.remove_factor")
def remove_factor(*, actor: Actor, account: Account, means: Authenticator, session: str = "", reason: str = "") -> None:
    """Take one means away. Refused for the last one while a role asks for a second factor. With the last one the
    recovery codes go as well."""
    _holder(actor, account)
    if means.user_id != account.pk or means.type == SPARE:
        refuse("means", _("Không có cách xác minh này."))
    name = means_name(means)
    others = Authenticator.objects.filter(user=account).exclude(pk=means.pk)
    last = not others.exclude(type=SPARE).exists()
    if last and required_of(account, actor.on):
        refuse(
            "required",
            _("Vai trò của đồng chí bắt buộc xác minh hai bước. Hãy thêm cách khác trước, rồi bỏ cách này."),
        )
    means.delete()
    if last:
        others.delete()
    close_sessions([account], keep=session)
    _tell(gettext_noop("Tài khoản %(account)s bỏ một cách xác minh hai bước: %(means)s."), account, means=name)


@action("access.renew_recovery_codes")
def renew_recovery_codes(*, actor: Actor, account: Account, reason: str = "") -> None:
    """New recovery codes; the old ones hold no more."""
    _holder(actor, account)
    rows = Authenticator.objects.filter(user=account)
    if not rows.exclude(type=SPARE).exists():
        refuse("none", _("Hãy cài xác minh hai bước trước, rồi mới lấy mã dự phòng."))
    rows.filter(type=SPARE).delete()
    RecoveryCodes.activate(account)
    _tell(gettext_noop("Tài khoản %(account)s lấy mã dự phòng mới; mã cũ hết hiệu lực."), account)


@action("access.keep_recovery_codes")
def keep_recovery_codes(*, actor: Actor, account: Account, reason: str = "") -> None:
    """The holder says that the recovery codes are in a safe place: they are not shown again."""
    _holder(actor, account)
    row = Authenticator.objects.filter(user=account, type=SPARE).first()
    if row is None:
        refuse("none", _("Tài khoản chưa có mã dự phòng."))
    row.wrap().mark_as_viewed()
    _tell(gettext_noop("Tài khoản %(account)s đã cất giữ mã dự phòng."), account)


def use_code(*, actor: Actor, account: Account, code: str, at: float) -> Authenticator:
    """The means to which a typed code belongs: the app, or a recovery code, which is used up. Refuses a code that is
    none, or that was used before. `at` is the moment in seconds since 1970. A code of the app leaves no entry in the
    log, a recovery code does."""
    kept = {row.type: row for row in Authenticator.objects.filter(user=account, type__in=[APP, SPARE])}
    if APP in kept and (step := step_of(decrypt(kept[APP].data["secret"]), code, at)) is not None:
        return _spend_step(kept[APP], step)
    if SPARE not in kept or not code.strip():
        _refuse_code()
    return _use_recovery_code(actor=actor, account=account, means=kept[SPARE], code=code)


def _spend_step(app: Authenticator, step: int) -> Authenticator:
    """Remember the step: the same code, or an earlier one, does not hold again."""
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=app.pk)
        if step <= row.data.get("step", 0):
            refuse("reused", _("Mã này đã dùng rồi. Hãy đợi ứng dụng hiện mã mới."), field="code")
        row.data["step"] = step
        row.save(update_fields=["data"])
    return row


@action("access.use_recovery_code")
def _use_recovery_code(
    *, actor: Actor, account: Account, means: Authenticator, code: str, reason: str = ""
) -> Authenticator:
    spare = means.wrap()
    if not spare.validate_code(code):
        _refuse_code()
    left = len(spare.get_unused_codes())
    _tell(gettext_noop("Tài khoản %(account)s dùng một mã dự phòng, còn %(left)s mã."), account, left=left)
    return means


@action("access.reset_factor")
def reset_factor(*, actor: Actor, account: Account, reason: str = "") -> None:
    """Take the whole second factor of an account away, because its holder lost the device. The sessions end,
    the keys for programs are revoked, and the holder reads about it at the next sign-in. Nobody does it for the own
    account."""
    may_look_after(actor, account)
    if account.pk == actor.account_id:
        refuse("own", _("Xác minh hai bước của chính mình thì bỏ ở trang “Tài khoản của tôi”."))
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do, ví dụ: mất điện thoại."), field="reason")
    rows = Authenticator.objects.filter(user=account)
    if not rows.exists():
        refuse("none", _("Tài khoản này chưa cài xác minh hai bước."))
    rows.delete()
    account.factor_reset_in = act().id
    account.save(update_fields=["factor_reset_in"])
    close_sessions([account])
    _tell(gettext_noop("Đặt lại xác minh hai bước của tài khoản %(account)s."), account)
    revoke_all([account])


@action("access.read_factor_reset")
def read_factor_reset(*, actor: Actor, account: Account, reason: str = "") -> None:
    """The holder has read that somebody reset the second factor."""
    _holder(actor, account)
    account.factor_reset_in = 0
    account.save(update_fields=["factor_reset_in"])
    _tell(gettext_noop("Tài khoản %(account)s đã đọc tin xác minh hai bước được đặt lại."), account)


def means_name(means: Authenticator) -> str:
    """How the log names a means, in Vietnamese whoever writes."""
    with override("vi"):
        kind = str(MEANS[means.type])
    return f"{kind} “{means.data['name']}”" if means.type == PASSKEY else kind


def _added(account: Account, kind: str, data: dict[str, Any], session: str) -> Authenticator:
    means = Authenticator(user=account, type=kind, data=data)
    means.save(force_insert=True)
    RecoveryCodes.activate(account)
    close_sessions([account], keep=session)
    sentence = gettext_noop("Tài khoản %(account)s cài một cách xác minh hai bước: %(means)s.")
    _tell(sentence, account, means=means_name(means))
    return means


def _tell(sentence: str, account: Account, **values: Any) -> None:
    act().tell(sentence, about=[account], units=units_of([account]), account=account.username, **values)


def _holder(actor: Actor, account: Account) -> None:
    if actor.account_id != account.pk:
        raise Forbidden("access.own_factor")


def _refuse_code() -> NoReturn:
    refuse(
        "code",
        _("Mã chưa đúng. Hãy nhập mã đang hiện trong ứng dụng (giờ của điện thoại phải đúng), hoặc một mã dự phòng."),
        field="code",
    )
