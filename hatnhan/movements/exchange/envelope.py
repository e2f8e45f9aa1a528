"""The file between two installations: signed by the sender (Ed25519), sealed for the receiver (X25519, AES-256-GCM), so
that nobody in between reads or changes it. The keys follow from the installation's own key."""

import base64
import json
import os
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.utils.translation import gettext as _

from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.secrets import derived

KIND = "hatnhan.transfer.1"
MOST_BYTES = 64_000
RAW = 32


@dataclass(frozen=True)
class Opened:
    """What a file says, and whose key signed it."""

    sender: str
    body: dict[str, Any]


def own_key() -> str:
    """What other installations know this one by: both public keys as one text."""
    signing = _signing().public_key().public_bytes_raw()
    return _text(signing + _box().public_key().public_bytes_raw())


def readable(key: str) -> str:
    """The first of a key in groups of four, for reading it out on the telephone."""
    return " ".join(key[at : at + 4] for at in range(0, 24, 4))


def valid_key(key: str) -> bool:
    """Whether a text can be a key."""
    raw = _bytes(key)
    return raw is not None and len(raw) == 2 * RAW


def sealed(body: dict[str, Any], receiver: str) -> bytes:
    """A file that only the receiver can open."""
    raw = _bytes(receiver)
    if raw is None or len(raw) != 2 * RAW:
        refuse("key", _("Mã của hệ thống nhận chưa đúng."), field="peer")
    once, nonce = X25519PrivateKey.generate(), os.urandom(12)
    plain = json.dumps(body, ensure_ascii=False, sort_keys=True).encode()
    secret = _shared(once.exchange(X25519PublicKey.from_public_bytes(raw[RAW:])))
    inside = once.public_key().public_bytes_raw() + nonce + AESGCM(secret).encrypt(nonce, plain, KIND.encode())
    signature = _signing().sign(KIND.encode() + raw + inside)
    file = {"kind": KIND, "from": own_key(), "to": receiver, "sealed": _text(inside), "signature": _text(signature)}
    return json.dumps(file, indent=1).encode()


def opened(raw: bytes) -> Opened:
    """What a file says. Refuses, in words, what is no such file, what was changed on the way, and what was sealed for
    another installation. Whether the sender is known is for the caller to ask."""
    file = _read(raw)
    if file["to"] != own_key():
        refuse("receiver", _("Tệp này gửi cho hệ thống khác nên không mở được ở đây."), field="file")
    sender, inside, signature = (_bytes(file[name]) for name in ("from", "sealed", "signature"))
    altered = _("Tệp đã bị thay đổi trên đường hoặc không phải do hệ thống ghi trong tệp làm ra. Hãy xin tệp khác.")
    if sender is None or inside is None or signature is None or len(sender) != 2 * RAW or len(inside) < RAW + 28:
        refuse("altered", altered, field="file")
    try:
        Ed25519PublicKey.from_public_bytes(sender[:RAW]).verify(
            signature, KIND.encode() + (_bytes(own_key()) or b"") + inside
        )
        secret = _shared(_box().exchange(X25519PublicKey.from_public_bytes(inside[:RAW])))
        plain = AESGCM(secret).decrypt(inside[RAW : RAW + 12], inside[RAW + 12 :], KIND.encode())
        body = json.loads(plain)
    except (InvalidSignature, InvalidTag, ValueError):
        refuse("altered", altered, field="file")
    if not isinstance(body, dict):
        refuse("altered", altered, field="file")
    return Opened(file["from"], body)


def _read(raw: bytes) -> dict[str, str]:
    other = _("Đây không phải tệp chuyển sinh hoạt của chương trình này.")
    if len(raw) > MOST_BYTES:
        refuse("kind", other, field="file")
    try:
        file = json.loads(raw)
    except ValueError:
        refuse("kind", other, field="file")
    named = ("kind", "from", "to", "sealed", "signature")
    if not isinstance(file, dict) or any(not isinstance(file.get(name), str) for name in named) or file["kind"] != KIND:
        refuse("kind", other, field="file")
    return file


def _signing() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derived("transfer.sign"))


def _box() -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(derived("transfer.box"))


def _shared(secret: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=RAW, salt=None, info=KIND.encode()).derive(secret)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


def _bytes(text: str) -> bytes | None:
    try:
        return base64.b64decode(text.encode(), altchars=b"-_", validate=True)
    except ValueError:
        return None
