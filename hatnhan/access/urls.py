"""Addresses of the module. Of django-allauth only these: no sign-up, no e-mail."""

from django.urls import path

from .views import (
    accounts,
    changes,
    factors,
    own,
    requirements,
    second_step,
    sessions,
    sign_in,
    stand_ins,
    tokens,
)  # fmt: skip

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("sign-in/forgot/", sign_in.forgot, name="account_reset_password"),
    path("sign-in/locked/", sign_in.locked, name="account_inactive"),
    path("sign-in/second-step/", second_step.second_step, name="mfa_authenticate"),
    path("account/", own.own_account, name="access.preferences"),
    path("account/password/", sign_in.change_password, name="account_change_password"),
    path("account/confirm/", sign_in.confirm_password, name="account_reauthenticate"),
    path("account/second-factor/", factors.factors, name="access.factors"),
    path("account/second-factor/app/", factors.add_app, name="access.add_app"),
    path("account/second-factor/passkey/", factors.add_passkey, name="access.add_passkey"),
    path("account/second-factor/codes/", factors.recovery_codes, name="access.recovery_codes"),
    path("account/second-factor/was-reset/", factors.factor_was_reset, name="access.factor_was_reset"),
    path("account/second-factor/<int:means>/remove/", factors.remove_factor, name="access.remove_factor"),
    path("account/sessions/", sessions.sessions, name="access.sessions"),
    path("account/unsent/", own.unsent, name="access.unsent"),
    path("account/stand-ins/", stand_ins.stand_ins, name="access.stand_ins"),
    path("account/stand-ins/<int:key>/end/", stand_ins.end_stand_in, name="access.end_stand_in"),
    path("accounts/<int:pk>/stand-in/", stand_ins.stand_in, name="access.stand_in"),
    path("account/tokens/", tokens.tokens, name="access.tokens"),
    path("account/tokens/new/", tokens.create_token, name="access.create_token"),
    path("account/tokens/<int:token>/revoke/", tokens.revoke_token, name="access.revoke_token"),
    path("preferences/", own.preferences, name="preferences"),
    path("accounts/", accounts.accounts, name="access.accounts"),
    path("accounts/new/", accounts.create_account, name="access.create_account"),
    path("accounts/passwords/", accounts.reset_passwords, name="access.reset_passwords"),
    path("accounts/second-factor/", requirements.requirements, name="access.requirements"),
    path("accounts/second-factor/<slug:role>/", requirements.require_factor, name="access.require_factor"),
    path("accounts/<int:pk>/", accounts.account, name="access.account"),
    path("accounts/<int:pk>/lock/", changes.lock, name="access.lock"),
    path("accounts/<int:pk>/unlock/", changes.unlock, name="access.unlock"),
    path("accounts/<int:pk>/give/", changes.give, name="access.give"),
    path("accounts/<int:pk>/end/<int:grant>/", changes.end_grant, name="access.end_grant"),
    path("accounts/<int:pk>/second-factor/", sessions.reset_factor, name="access.reset_factor"),
    path("accounts/<int:pk>/sessions/", sessions.end_sessions, name="access.end_sessions"),
    path("accounts/<int:pk>/hand-over/", changes.hand_over, name="access.hand_over"),
    path("accounts/<int:pk>/tokens/", tokens.account_tokens, name="access.account_tokens"),
    path(
        "accounts/<int:pk>/tokens/<int:token>/revoke/", tokens.revoke_account_token, name="access.revoke_account_token"
    ),
]
