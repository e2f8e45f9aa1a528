"""The codes of an app (TOTP, RFC 6238): which step a code belongs to, and the picture that an app reads."""

import base64

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.app_settings import TOTP_PERIOD, TOTP_TOLERANCE
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value

__all__ = ["generate_totp_secret", "grouped", "picture", "step_of"]


def step_of(secret: str, code: str, at: float) -> int | None:
    """The step of 30 seconds, near the moment `at` (seconds since 1970), to which a code of the secret belongs; None
    when it is not a code of now. One step before and after still holds."""
    now = int(at) // TOTP_PERIOD
    for step in range(now - TOTP_TOLERANCE, now + TOTP_TOLERANCE + 1):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def grouped(text: str) -> str:
    """In groups of four, to be read and typed."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def picture(address: str) -> str:
    """The square code of an address as an SVG picture, itself inside an address: a page takes no markup on trust."""
    svg = get_adapter().build_totp_svg(address)
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
