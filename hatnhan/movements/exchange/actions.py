"""Trusting another installation, sending a case as a file, taking one in."""

import hashlib
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.members import queries as members
from hatnhan.members.choices import MEMBER_STANDINGS
from hatnhan.movements.permissions import EXCHANGE, ISSUE, RECEIVE
from hatnhan.movements.transfers import actions as transfers
from hatnhan.movements.transfers.actions.leading import origin_name
from hatnhan.movements.transfers.choices import WHY
from hatnhan.movements.transfers.models import TransferCase

from . import envelope
from .models import Peer, TransferFile

DATES = ("birth", "decision_date", "ceremony_date", "official_date")


@action("movements.trust_peer", of=Peer)
def trust_peer(*, actor: Actor, name: str, key: str, reason: str = "") -> Peer:
    """Take in files of another installation, whose key was compared by people. Refuses the own key, one that is none,
    and one that is known."""
    actor.require(EXCHANGE)
    key = "".join(key.split())
    if not nfc(name):
        refuse("name", _("Hãy ghi tên hệ thống."), field="name")
    if not envelope.valid_key(key):
        refuse("key", _("Mã chưa đúng. Hãy chép đủ mã mà bên kia gửi."), field="key")
    if key == envelope.own_key():
        refuse("own", _("Đây là mã của chính hệ thống này."), field="key")
    if Peer.objects.filter(key=key).exists():
        refuse("known", _("Mã này đã có trong danh sách."), field="key")
    peer = Peer.objects.create(name=nfc(name), key=key, added_on=actor.on, added_in=act().id)
    act().tell(
        gettext_noop("Tin hệ thống %(name)s, mã bắt đầu bằng %(key)s."), about=[peer], name=peer.name, key=key[:12]
    )
    return peer


@action("movements.end_peer", of=Peer)
def end_peer(*, actor: Actor, peer: Peer, reason: str = "") -> None:
    """Files of this installation are no longer taken in."""
    actor.require(EXCHANGE)
    if peer.ended_on is not None:
        refuse("ended", _("Hệ thống này đã bị bỏ khỏi danh sách."))
    peer.ended_on = actor.on
    peer.save(update_fields=["ended_on"])
    act().tell(gettext_noop("Không tin hệ thống %(name)s nữa."), about=[peer], name=peer.name)


@action("movements.send_file")
def send_file(*, actor: Actor, case: TransferCase, peer: Peer, on: date, reason: str = "") -> bytes:
    """A case whose letter is issued, as a file for another installation. Refuses one to a place in this
    installation."""
    actor.require(ISSUE, at=case.origin or 0)
    if case.state != "in_transit" or case.destination_id is not None or case.person is None:
        refuse("state", _("Chỉ gửi tệp khi đã cấp giấy và nơi đến ở ngoài hệ thống này."))
    if peer.ended_on is not None:
        refuse("peer", _("Hệ thống này đã bị bỏ khỏi danh sách."), field="peer")
    person, standing = case.person, members.standing(case.person, on)
    body: dict[str, Any] = {
        "token": f"{envelope.own_key()[:24]}:{case.pk}:{case.letter_number}", "name": case.name, "sex": person.sex,
        "origin": origin_name(case, on), "to": case.destination_text, "number": case.letter_number,
        "letter_on": (case.letter_on or on).isoformat(), "why": case.why,
        "standing": standing.kind if standing is not None else "full",
    }  # fmt: skip
    body |= {name: value.iso for name in DATES if (value := getattr(person, name)) is not None}
    made = envelope.sealed(body, peer.key)
    _keep(case, peer, True, body["token"], made, on)
    act().tell(
        gettext_noop("Xuất tệp chuyển sinh hoạt của đồng chí %(name)s cho hệ thống %(peer)s."), about=[person, case],
        units=[case.origin] if case.origin else [], name=case.name, peer=peer.name,
    )  # fmt: skip
    return made


@action("movements.take_file")
def take_file(*, actor: Actor, to: Unit, raw: bytes, on: date, reason: str = "") -> TransferCase:
    """A file of another installation makes a case that waits to be taken in. Refuses what was changed on the way, an
    unknown sender, a file that was used, and one for another installation."""
    actor.require(RECEIVE, at=to)
    found = envelope.opened(raw)
    peer = Peer.objects.filter(key=found.sender, ended_on__isnull=True).first()
    if peer is None:
        text = _("Không biết hệ thống đã gửi tệp này. Hãy hỏi nơi gửi và thêm mã của họ trước.")
        refuse("sender", text, field="file")
    given = _told(found.body)
    if TransferFile.objects.filter(token=given["token"], out=False).exists():
        refuse("used", _("Tệp này đã được nhận rồi. Mỗi tệp chỉ dùng một lần."), field="file")
    token = given.pop("token")
    case = transfers.note_arrival(actor=actor, to=to, **given)
    _keep(case, peer, False, token, raw, on)
    act().tell(
        gettext_noop("Nhận tệp chuyển sinh hoạt của đồng chí %(name)s từ hệ thống %(peer)s."), about=[case], units=[to],
        name=case.name, peer=peer.name,
    )  # fmt: skip
    return case


def _told(body: dict[str, Any]) -> dict[str, Any]:
    """The body as `note_arrival` wants it; a body that says something else is refused as a whole."""
    try:
        known = {name: Known(str(body[name])) for name in DATES if body.get(name)}
        given = {
            "token": str(body["token"])[:80], "name": str(body["name"])[:120], "origin_text": str(body["origin"])[:200],
            "number": str(body["number"])[:40], "letter_on": date.fromisoformat(str(body["letter_on"])),
            "why": str(body["why"]), "standing": str(body["standing"]), "sex": str(body.get("sex", ""))[:1],
            "birth": known.pop("birth", None), "ceremony_date": known.pop("ceremony_date", None), "carried": known,
        }  # fmt: skip
    except (KeyError, ValueError) as problem:
        raise Refused(Reason("content", _("Tệp thiếu thông tin hoặc ghi sai."), field="file")) from problem
    if given["why"] not in WHY or given["standing"] not in MEMBER_STANDINGS or given["sex"] not in ("", "m", "f"):
        refuse("content", _("Tệp thiếu thông tin hoặc ghi sai."), field="file")
    return given


def _keep(case: TransferCase, peer: Peer, out: bool, token: str, raw: bytes, on: date) -> None:
    digest = hashlib.sha256(raw).hexdigest()
    TransferFile.objects.create(case=case, peer=peer, out=out, token=token, digest=digest, on=on, act=act().id)
