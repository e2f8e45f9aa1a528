"""The ways out of the program: mail over SMTP, web push. Each is off until the installation is set up for it."""

import base64
import json
from functools import cache
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import override

from hatnhan.kernel.secrets import KeyProblem, unseal

from ..models import Device, Wish
from .choices import BODY, PUSH_HOSTS, PUSHED, STOPPING, SUBJECT

SALT = "hatnhan.duties.reminders.stop"
SECONDS, KEPT = 15.0, 24 * 3600


class Undelivered(Exception):
    """It did not go out; the code says why, `final` whether another attempt can help."""

    def __init__(self, code: str, *, final: bool = False) -> None:
        super().__init__(code)
        self.code, self.final = code, final


def configured(channel: str) -> bool:
    """Whether the installation is set up for a channel."""
    return bool(settings.HATNHAN_MAIL) if channel == "mail" else bool(settings.HATNHAN_PUSH_KEY)


# --- mail -------------------------------------------------------------------------------------------------------------


def stop_token(wish: Wish) -> str:
    """What the link in a mail carries: it ends the mails of one account, until the wish changes, and nothing else."""
    return signing.dumps([wish.account_id, wish.stamp], salt=SALT)


def stopped_by(token: str) -> Wish | None:
    """The wish that a link ends; None for a link that is wrong or no longer holds."""
    try:
        account, stamp = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Wish.objects.filter(account=account, stamp=stamp, mail=True).first()


def send_mail(wish: Wish, language: str) -> None:
    """One mail of fixed words. Raises `Undelivered`."""
    try:
        address = unseal(wish.address)
    except (KeyProblem, ValueError) as error:
        raise Undelivered("no_address", final=True) from error
    link = f"{settings.HATNHAN_URL}{reverse('duties.stop_reminders', args=[stop_token(wish)])}"
    with override(language):
        lines = [str(BODY), settings.HATNHAN_URL, "", str(STOPPING) % {"link": link}]
        mail = EmailMessage(
            str(SUBJECT), "\n".join(lines), to=[address],
            headers={"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                     "Auto-Submitted": "auto-generated"},
        )  # fmt: skip
    try:
        mail.send()
    except OSError as error:  # what smtplib raises is one, too
        code = getattr(error, "smtp_code", 0) or 0
        raise Undelivered("refused" if code >= 500 or hasattr(error, "recipients") else "unreachable") from error


# --- web push ---------------------------------------------------------------------------------------------------------


def allowed(endpoint: str) -> bool:
    """Whether an address that a browser gave belongs to a service that is known: the server asks no other."""
    where = urlsplit(endpoint)
    host = (where.hostname or "").lower()
    own = settings.HATNHAN_PUSH_HOSTS
    if where.username or where.password or (where.scheme != "https" and host not in own):
        return False
    return any(host.endswith(one) if one.startswith(".") else host == one for one in (*PUSH_HOSTS, *own))


@cache
def public_key(private: str) -> str:
    """The public half of the installation's key, as browsers want it."""
    number = int.from_bytes(base64.urlsafe_b64decode(private + "=" * (-len(private) % 4)), "big")
    point = ec.derive_private_key(number, ec.SECP256R1()).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def send_push(device: Device, language: str) -> bool:
    """One message of fixed words to one browser; false when that browser is no longer there. Raises `Undelivered`."""
    try:
        given: dict[str, Any] = json.loads(unseal(device.sealed))
    except (KeyProblem, ValueError) as error:
        raise Undelivered("no_address", final=True) from error
    if not allowed(given["endpoint"]):
        return False
    pywebpush = import_module("pywebpush")  # its network library is large, and only the worker sends
    requests = import_module("requests")
    session = requests.Session()
    session.max_redirects = 0
    with override(language):
        words = str(PUSHED)
    try:
        pywebpush.webpush(
            given, json.dumps({"text": words}, ensure_ascii=False), vapid_private_key=settings.HATNHAN_PUSH_KEY,
            vapid_claims={"sub": settings.HATNHAN_URL or "https://localhost"}, timeout=SECONDS, ttl=KEPT,
            requests_session=session,
        )  # fmt: skip
    except pywebpush.WebPushException as error:
        status = getattr(error.response, "status_code", 0)
        if status in {404, 410}:
            return False
        raise Undelivered("refused" if status else "unreachable") from error
    except requests.RequestException as error:
        raise Undelivered("unreachable") from error
    finally:
        session.close()
    return True
