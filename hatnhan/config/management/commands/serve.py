"""`hatnhan serve`: web processes and the job worker, kept running until stopped."""

import argparse
import ipaddress
import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connection, connections
from django.utils.translation import gettext as _

from hatnhan.config.health import refuse_flawed, refuse_unready
from hatnhan.config.speaking import count, port, why
from hatnhan.config.supervisor import Child, Supervisor


class Command(BaseCommand):
    help = _("Chạy máy chủ web và tiến trình nền; dừng bằng Ctrl-C.")
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        given = os.environ.get
        parser.add_argument(
            "--host", default=given("HATNHAN_HOST") or "127.0.0.1", help=_("địa chỉ của máy chủ (HATNHAN_HOST)")
        )
        for name, default, kind, told in (
            ("port", "8000", port, _("cổng (HATNHAN_PORT, mặc định 8000)")),
            ("workers", "2", count, _("số tiến trình web (HATNHAN_WORKERS)")),
            ("threads", "4", count, _("số luồng của mỗi tiến trình (HATNHAN_THREADS)")),
        ):
            parser.add_argument(f"--{name}", type=kind, default=given(f"HATNHAN_{name.upper()}") or default, help=told)

    def handle(self, **options: Any) -> None:
        host, port = options["host"], options["port"]
        refuse_unready()
        refuse_flawed()
        refuse_demo_outside(host)
        refuse_taken(host, port)
        if not settings.WHITENOISE_USE_FINDERS:
            call_command("collectstatic", interactive=False, verbosity=0)
        connections.close_all()
        self.stdout.write(_("Hạt Nhân: %(address)s") % {"address": address(host, port)})
        if settings.HATNHAN_DEMO:
            self.stdout.writelines(sign_ins(settings.DATA / "demo"))
        self.stdout.flush()
        code = Supervisor([web(options), job_worker()]).run()
        self.stdout.write(_("Đã dừng."))
        if code:
            sys.exit(code)


def address(host: str, port: int) -> str:
    """What one types into a browser on this machine."""
    return f"http://{'localhost' if host in {'127.0.0.1', '0.0.0.0', '::1', '::'} else host}:{port}"  # noqa: S104


def sign_ins(marker: Path) -> list[str]:
    """The sign-ins of a demonstration, one line each, as `hatnhan demo` left them in its marker; then, in a sentence of
    its own, the administrator's."""
    found: list[dict[str, Any]] = json.loads(marker.read_text(encoding="utf-8") or "[]")
    near = [
        (_(label), one["username"], one["password"])
        for one in found
        if not one.get("apart")
        for label in [one["label"]]
    ]
    lines = [f"  {label:<24}{name:<12}{password}\n" for label, name, password in near]
    text = _("Quản trị (tạo và khóa tài khoản, không xem hồ sơ): %(name)s, mật khẩu %(password)s.")
    told = ({"name": one["username"], "password": one["password"]} for one in found if one.get("apart"))
    return lines + [f"{text % one}\n" for one in told]


def refuse_demo_outside(host: str) -> None:
    """The demo accounts have known passwords: they are served on this machine only."""
    if settings.HATNHAN_DEMO and not is_loopback(host):
        raise CommandError(_("Dữ liệu thử chỉ chạy trên máy này (127.0.0.1), không mở ra mạng."))


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address; of other names than localhost nobody knows."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse_taken(host: str, port: int) -> None:
    """Say at once that the port is taken, instead of starting web processes that die."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            told = {"host": host, "port": port, "why": why(error)}
            text = _("Không mở được cổng %(port)s của %(host)s: %(why)s. Hãy đặt HATNHAN_PORT khác.")
            raise CommandError(text % told) from error


def web(options: dict[str, Any]) -> Child:
    """Granian with as many kept PostgreSQL connections per process as it has threads."""
    environment = dict(os.environ)
    if connection.vendor == "postgresql":
        environment.setdefault("HATNHAN_POOL", str(options["threads"]))
    command = [
        sys.executable, "-m", "granian", "hatnhan.config.wsgi:application", "--interface", "wsgi",
        "--host", options["host"], "--port", str(options["port"]), "--workers", str(options["workers"]),
        "--blocking-threads", str(options["threads"]), "--no-ws", "--respawn-failed-workers",
        "--workers-kill-timeout", "10", "--log-level", "warning",
    ]  # fmt: skip
    return Child("web", command, environment)


def job_worker() -> Child:
    """One worker; more can be started elsewhere with `hatnhan work`."""
    return Child("work", [sys.executable, "-m", "hatnhan.config.cli", "work"], dict(os.environ))
