"""Numbers of persons: encrypted at rest, found again by a keyed hash, shown as their last three digits."""

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _


class KeyProblem(Exception):
    """The key of the encrypted fields is missing or is not the one they were written with."""


@lru_cache(maxsize=4)
def _cipher(key: str) -> AESGCM:
    return AESGCM(_derived(key, "seal"))


@lru_cache(maxsize=16)
def _derived(key: str, purpose: str) -> bytes:
    if not key:
        raise KeyProblem(_("Thiếu khóa mã hóa dữ liệu (HATNHAN_FIELD_KEY)."))
    return hashlib.blake2b(purpose.encode(), key=hashlib.sha256(key.encode()).digest(), digest_size=32).digest()


def seal(text: str) -> str:
    """Encrypt (AES-256-GCM); two sealings of one text differ."""
    nonce = os.urandom(12)
    return base64.b64encode(nonce + _cipher(settings.HATNHAN_FIELD_KEY).encrypt(nonce, text.encode(), None)).decode()


def unseal(sealed: str) -> str:
    """Decrypt. Raises `KeyProblem` when the key is not the one the text was sealed with."""
    try:
        raw = base64.b64decode(sealed)
        return _cipher(settings.HATNHAN_FIELD_KEY).decrypt(raw[:12], raw[12:], None).decode()
    except (InvalidTag, ValueError) as error:
        raise KeyProblem(_("Khóa mã hóa không đúng với dữ liệu này (HATNHAN_FIELD_KEY).")) from error


def digest(kind: str, text: str) -> str:
    """Keyed hash for exact search: the same text of one kind always gives the same 64 characters."""
    return hmac.digest(_derived(settings.HATNHAN_FIELD_KEY, "digest"), f"{kind}:{text}".encode(), "sha256").hex()


def tail(text: str) -> str:
    """What is shown of a number: `…489`."""
    return f"…{text[-3:]}"


def derived(purpose: str) -> bytes:
    """Thirty-two bytes for a purpose, from the installation's key. Raises `KeyProblem` without a key."""
    return _derived(settings.HATNHAN_FIELD_KEY, purpose)


def fingerprint() -> str:
    """What names the field key without telling it: 12 characters. Raises `KeyProblem` without a key."""
    return _derived(settings.HATNHAN_FIELD_KEY, "fingerprint").hex()[:12]
