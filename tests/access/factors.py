"""Second factors for tests: an app in a hand, and a passkey made of software."""

import base64
import hashlib
import json
import os
import re
import struct
import time
from html import unescape
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2 import cbor
from fido2.cose import ES256

from hatnhan.access import actions
from hatnhan.access.actors import actor_for
from hatnhan.access.models import Account
from tests.units.ground import TODAY

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(secret: str = SECRET, steps: int = 0, at: float | None = None) -> str:
    """What the app shows now, or `steps` of 30 seconds later."""
    moment = time.time() if at is None else at
    return format_hotp_value(hotp_value(secret, int(moment) // 30 + steps))


def app_for(account: Account) -> Authenticator:
    """The account has an app with `SECRET`, whose codes are all unused, and recovery codes in a drawer."""
    actor = actor_for(account, TODAY)
    means = actions.add_app(actor=actor, account=account, secret=SECRET, step=1)
    actions.keep_recovery_codes(actor=actor, account=account)
    return means


def spare_codes(account: Account) -> list[str]:
    """The account's unused recovery codes."""
    row = Authenticator.objects.get(user=account, type="recovery_codes")
    codes: list[str] = row.wrap().get_unused_codes()
    return codes


def text(answer: Any) -> str:
    """The page as it is read."""
    return unescape(answer.content.decode())


def question(answer: Any) -> dict[str, Any]:
    """What a page asks a passkey."""
    found = re.search(r'data-options="([^"]*)"', answer.content.decode())
    assert found is not None
    given: dict[str, Any] = json.loads(unescape(found.group(1)))
    return given


def plain(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Passkey:
    """A machine with one passkey for one site, as a browser hands its answers on."""

    def __init__(self, host: str = "localhost", origin: str = "http://localhost") -> None:
        self.host, self.origin = host, origin
        self.key, self.id = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        self.count = 0

    def made(self, asked: dict[str, Any]) -> str:
        """The answer to `create`."""
        public: Any = ES256.from_cryptography_key(self.key.public_key())
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor.encode(dict(public))
        data = self._data(0x41) + attested
        told = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer({
            "clientDataJSON": plain(self._client("webauthn.create", asked)), "attestationObject": plain(told),
        })  # fmt: skip

    def shown(self, asked: dict[str, Any]) -> str:
        """The answer to `get`."""
        self.count += 1
        client, data = self._client("webauthn.get", asked), self._data(0x01)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer({
            "clientDataJSON": plain(client), "authenticatorData": plain(data), "signature": plain(signature),
        })  # fmt: skip

    def _client(self, kind: str, asked: dict[str, Any]) -> bytes:
        told = {"type": kind, "challenge": asked["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + struct.pack(">I", self.count)

    def _answer(self, response: dict[str, str]) -> str:
        return json.dumps({
            "id": plain(self.id), "rawId": plain(self.id), "type": "public-key", "response": response,
            "clientExtensionResults": {},
        })  # fmt: skip


def at_localhost() -> Client:
    """A browser that has the site open as http://localhost."""
    return Client(SERVER_NAME="localhost")
