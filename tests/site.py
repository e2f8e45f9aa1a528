"""An installation as its users have it: the `hatnhan` command in processes of its own, for tests from the outside."""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

START_SECONDS = 60.0
ROOT = Path(__file__).resolve().parent.parent
# What the surrounding test run says about itself must not reach the installation.
OWN = ("DATABASE_URL", "HATNHAN_SECRET_KEY", "HATNHAN_FIELD_KEY", "HATNHAN_PLAIN_STATIC", "DJANGO_SETTINGS_MODULE")


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """One installation in a data directory of its own."""

    data: Path
    port: int = field(default_factory=free_port)
    server: subprocess.Popen[bytes] | None = None
    extra: dict[str, str] = field(default_factory=dict)
    # Name of its PostgreSQL database; SQLite lies in the data directory.
    database: str = ""

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name not in OWN}
        return inherited | {"HATNHAN_DATA": str(self.data), "HATNHAN_PORT": str(self.port)} | self.extra

    def command(self, *words: str, given: str = "", check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `hatnhan WORDS` to its end; with `check` a failure of it fails the test with what it printed."""
        done = subprocess.run(
            self._program(words), env=self.environment, cwd=ROOT, input=given, capture_output=True, text=True,
            check=False, timeout=300,
        )  # fmt: skip
        if check and done.returncode:
            raise AssertionError(f"hatnhan {' '.join(words)} ended with {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def start(self, *words: str) -> None:
        """Start `hatnhan serve` and wait until it is ready for work."""
        with (self.data / "server.log").open("wb") as log:
            self.server = subprocess.Popen(
                self._program(["serve", *words]), env=self.environment, cwd=ROOT, stdout=log, stderr=log
            )
        self.until(lambda: self.status("/readyz") == 200)

    def until(self, happened: Callable[[], bool]) -> None:
        """Wait for something the server does; its end or a minute's wait fails the test with its log."""
        deadline, pause = time.monotonic() + START_SECONDS, threading.Event()
        while not happened():
            if self.server is None or self.server.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the server did not come so far:\n{self.log()}")
            pause.wait(0.1)

    def stop(self) -> int:
        """Stop the server as a service manager would; returns its exit code."""
        if self.server is None:
            return 0
        self.server.terminate()
        code = self.server.wait(30)
        self.server = None
        return code

    def log(self) -> str:
        return (self.data / "server.log").read_text(encoding="utf-8")

    def status(self, path: str) -> int:
        """Status of a GET; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code
        except OSError:
            return 0

    def _program(self, words: Sequence[str]) -> list[str]:
        return [sys.executable, "-m", "hatnhan.config.cli", *words]
