"""Reminders outside the program: off until set up, fixed words, one a day, tried again, ended by a link."""

import base64
import os
import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from hatnhan.duties import actions as duties
from hatnhan.duties import queries
from hatnhan.duties.models import Delivery, Device, Wish
from hatnhan.duties.reminders import actions, channels, jobs
from hatnhan.duties.reminders.keys import write_key
from hatnhan.duties.reminders.rules import due_now, masked, quiet
from hatnhan.kernel.actor import Forbidden
from hatnhan.kernel.checks import CHECKS
from hatnhan.kernel.days import today
from hatnhan.kernel.job_models import Job
from hatnhan.kernel.jobs import JobContext
from tests.access.cast import administrator, browser
from tests.world import World, boss, last_entry, refused

pytestmark = pytest.mark.django_db

JOB = JobContext(job_id=1, account_id=None, worker="w", attempt=1)
ADDRESS = "thuy@vi-du.vn"
SECRET = "Việc số 1"


@pytest.fixture
def mailing(settings: Settings) -> None:
    settings.HATNHAN_MAIL, settings.HATNHAN_URL = True, "https://hat-nhan.vi-du.vn"
    settings.DEFAULT_FROM_EMAIL = "hat-nhan@vi-du.vn"


def wish(world: World, name: str = "thuy", **given: Any) -> Wish:
    options: dict[str, Any] = {
        "mail": True, "push": False, "address": ADDRESS, "hour": 0, "quiet_from": 0, "quiet_to": 0, **given,
    }  # fmt: skip
    return actions.set_reminders(actor=world.actor(name, today()), account=world.account(name), **options)


def owe(world: World, days: int = 9) -> None:
    duties.open_duty(
        actor=boss(), kind="tests.thing", about=1, deadline="correct", on=today() - timedelta(days=days),
        unit=world.land.one, role="cell_secretary",
    )  # fmt: skip


def deliver_all() -> list[str]:
    """Do the jobs that wait, now."""
    rows = list(Delivery.objects.filter(state="waiting").order_by("pk"))
    return [jobs.deliver(JOB, delivery=row.pk)["state"] for row in rows]


# --- rules ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "first", "end", "is_quiet"),
    [(22, 21, 6, True), (5, 21, 6, True), (6, 21, 6, False), (20, 21, 6, False), (13, 12, 14, True), (3, 0, 0, False)],
)
def test_quiet_hours_go_over_midnight(hour: int, first: int, end: int, is_quiet: bool) -> None:
    assert quiet(hour, first, end) is is_quiet
    assert due_now(hour, 0, first, end) is not is_quiet


def test_an_address_is_shown_by_its_first_letter() -> None:
    assert masked(ADDRESS) == "t…@vi-du.vn"
    assert masked("") == ""


# --- mail -------------------------------------------------------------------------------------------------------------


def test_without_configuration_nothing_is_offered_and_nothing_is_kept(world: World) -> None:
    page = world.browser("thuy").get("/reminders/").content.decode()
    assert "chưa được cài" in page
    assert "Địa chỉ thư" not in page
    with refused("mail"):
        wish(world)
    with refused("push"):
        wish(world, mail=False, push=True)
    assert not Wish.objects.exists()
    assert not jobs._any_channel()


def test_a_person_chooses_mail_and_the_address_is_sealed(world: World, mailing: None) -> None:
    thuy = world.browser("thuy")
    given = {"mail": "on", "address": ADDRESS, "hour": "7", "quiet_from": "21", "quiet_to": "6"}
    assert thuy.post("/reminders/", {**given, "address": "khong-phai-thu"}).status_code == 422
    assert thuy.post("/reminders/", {**given, "address": ""}).status_code == 422
    assert thuy.post("/reminders/", given).status_code == 302
    kept = Wish.objects.get()
    assert ADDRESS not in kept.address
    assert "t…@vi-du.vn" in thuy.get("/reminders/").content.decode()
    assert ADDRESS not in str(last_entry().payload.values)
    thuy.post("/reminders/", {**given, "address": ""})
    assert Wish.objects.get().address
    thuy.post("/reminders/", {**given, "mail": "", "address": ""})
    assert Wish.objects.get().address == ""


def test_one_mail_a_day_of_fixed_words_when_something_presses(world: World, mailing: None) -> None:
    wish(world)
    assert jobs.digest(JOB) == {"planned": 0}
    owe(world)
    assert jobs.digest(JOB) == {"planned": 1}
    assert Job.objects.filter(kind="duties.deliver").count() == 1
    assert deliver_all() == ["sent"]
    assert jobs.digest(JOB) == {"planned": 0}
    assert deliver_all() == []
    (sent,) = mail.outbox
    assert sent.to == [ADDRESS]
    words = f"{sent.subject} {sent.body}"
    assert "có việc đang chờ" in words
    for hidden in (SECRET, "Việc thử", "Chi bộ", "Thủy", "1/1"):
        assert hidden not in words
    assert Delivery.objects.get().state == "sent"


def test_nothing_goes_out_in_quiet_hours_before_the_hour_or_to_a_locked_account(world: World, mailing: None) -> None:
    owe(world)
    wish(world, hour=7, quiet_from=21, quiet_to=6)
    assert jobs.wanted(today(), 5) == []
    assert jobs.wanted(today(), 22) == []
    assert len(jobs.wanted(today(), 8)) == 1
    account = world.account("thuy")
    account.is_active, account.locked_because = False, "left"
    account.save()
    assert jobs.wanted(today(), 8) == []


def test_what_is_far_ahead_does_not_press_until_a_superior_reminds(world: World, mailing: None) -> None:
    owe(world, 0)
    wish(world)
    assert jobs.wanted(today(), 9) == []
    rows = list(queries.mine(world.actor("thuy", today())))
    duties.remind(actor=world.actor("ha", today()), duties=rows, on=today())
    assert len(jobs.wanted(today(), 9)) == 1


def test_a_server_that_is_down_is_tried_three_times_and_shown(world: World, mailing: None, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens on the discard port here
    owe(world)
    wish(world)
    jobs.digest(JOB)
    assert [deliver_all() for _try in range(4)] == [["waiting"], ["waiting"], ["failed"], []]
    row = Delivery.objects.get()
    assert (row.attempts, row.trouble) == (3, "unreachable")
    later = Job.objects.filter(kind="duties.deliver", due_at__gt=timezone.now())
    assert later.count() == 2
    keeper = browser(administrator())
    page = keeper.get("/reminders/failed/").content.decode()
    assert "Lê Thị Thủy" in page
    assert "Không nối được máy chủ" in page
    assert world.browser("ha").get("/reminders/failed/").status_code == 403
    assert [one.what for one in CHECKS["duties"].ask()] == ["1 lời nhắc không gửi được trong bảy ngày qua."]


def test_a_link_ends_the_mails_without_signing_in(world: World, mailing: None) -> None:
    owe(world)
    wish(world)
    jobs.digest(JOB)
    deliver_all()
    found = re.search(r"https://hat-nhan.vi-du.vn(/reminders/stop/\S+)", str(mail.outbox[0].body))
    assert found is not None
    path, visitor = found[1], Client(enforce_csrf_checks=True)
    assert mail.outbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert visitor.get(path).status_code == 200
    assert Wish.objects.get().mail
    assert visitor.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    kept = Wish.objects.get()
    assert (kept.mail, kept.address) == (False, "")
    assert visitor.get(path).status_code == 404
    assert visitor.post(path[:-3] + "xx/").status_code == 404


def test_nobody_sets_the_reminders_of_another(world: World, mailing: None) -> None:
    with pytest.raises(Forbidden):
        actions.set_reminders(
            actor=world.actor("ha", today()), account=world.account("thuy"), mail=True, push=False, address=ADDRESS,
            hour=7, quiet_from=0, quiet_to=0,
        )  # fmt: skip


# --- web push ---------------------------------------------------------------------------------------------------------


class _Service(BaseHTTPRequestHandler):
    """A service that takes messages for browsers, on this machine."""

    taken: list[tuple[dict[str, str], bytes]]
    answer = 201

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).taken.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(type(self).answer)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        return


@pytest.fixture
def service(settings: Settings, tmp_path: Path) -> Iterator[str]:
    """Its address; the installation has a key and knows it."""
    _Service.taken, _Service.answer = [], 201
    server = HTTPServer(("127.0.0.1", 0), _Service)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    write_key(tmp_path / "push.env")
    settings.HATNHAN_PUSH_KEY = (tmp_path / "push.env").read_text().strip().partition("=")[2]
    settings.HATNHAN_PUSH_HOSTS, settings.HATNHAN_URL = ("127.0.0.1",), "https://hat-nhan.vi-du.vn"
    yield f"http://127.0.0.1:{server.server_port}/send/abc"
    server.shutdown()
    server.server_close()
    thread.join()


def _keys() -> dict[str, str]:
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    given = {"p256dh": raw, "auth": os.urandom(16)}
    return {name: base64.urlsafe_b64encode(value).rstrip(b"=").decode() for name, value in given.items()}


def test_the_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "push.env"
    assert write_key(path)
    text = path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    assert not write_key(path)
    assert path.read_text() == text
    assert len(base64.urlsafe_b64decode(channels.public_key(text.strip().partition("=")[2]) + "=")) == 65


def test_a_browser_is_told_in_fixed_words_that_only_it_can_read(world: World, service: str) -> None:
    thuy = world.browser("thuy")
    page = thuy.get("/reminders/").content.decode()
    assert "data-push-key" in page
    assert thuy.post("/reminders/devices/", {"endpoint": service, **_keys()}).status_code == 204
    device = Device.objects.get()
    assert "127.0.0.1" not in device.sealed
    assert Wish.objects.get().push
    Wish.objects.update(hour=0, quiet_from=0, quiet_to=0)
    owe(world)
    assert jobs.digest(JOB) == {"planned": 1}
    assert deliver_all() == ["sent"]
    ((headers, body),) = _Service.taken
    assert headers["authorization"].startswith("vapid ")
    assert headers["content-encoding"] == "aes128gcm"
    assert SECRET.encode() not in body
    thuy.post(f"/reminders/devices/{device.pk}/remove/")
    assert not Wish.objects.get().push


@pytest.mark.parametrize(("answer", "states", "left"), [(410, ["failed"], 0), (500, ["waiting"], 1)])
def test_a_browser_that_is_gone_is_forgotten_and_a_fault_is_tried_again(
    world: World, service: str, answer: int, states: list[str], left: int
) -> None:
    world.browser("thuy").post("/reminders/devices/", {"endpoint": service, **_keys()})
    Wish.objects.update(hour=0, quiet_from=0, quiet_to=0)
    owe(world)
    _Service.answer = answer
    jobs.digest(JOB)
    assert deliver_all() == states
    assert Device.objects.count() == left


@pytest.mark.parametrize(
    "endpoint",
    ["https://vi-du.vn/x", "http://fcm.googleapis.com/x", "https://fcm.googleapis.com.vi-du.vn/x",
     "https://a@fcm.googleapis.com/x", "file:///etc/passwd", "http://127.0.0.2/x", ""],
)  # fmt: skip
def test_the_server_asks_no_address_that_is_not_a_known_service(world: World, service: str, endpoint: str) -> None:
    answer = world.browser("thuy").post("/reminders/devices/", {"endpoint": endpoint, **_keys()})
    assert answer.status_code == 422
    assert not Device.objects.exists()


def test_known_services_are_taken(service: str) -> None:
    for endpoint in (
        "https://fcm.googleapis.com/fcm/send/a", "https://updates.push.services.mozilla.com/wpush/v2/a",
        "https://web.push.apple.com/a", "https://hk2.notify.windows.com/w/?token=a",
    ):  # fmt: skip
        assert channels.allowed(endpoint)


def test_the_worker_of_the_browser_is_served_with_the_strict_policy(world: World) -> None:
    answer = Client().get("/reminders/push-worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_yesterday_s_reminder_is_not_sent_today(world: World, mailing: None) -> None:
    kept = wish(world)
    old = Delivery.objects.create(
        account=kept.account, channel="mail", day=today() - timedelta(days=1), at=timezone.now()
    )
    assert jobs.deliver(JOB, delivery=old.pk) == {"state": "dropped"}
    assert mail.outbox == []
