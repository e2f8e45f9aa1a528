"""Memory of each process of a served installation after some hundred pages. Reported, without a limit."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from scripts.bench.rows import Row

PAGES = 300


def measure() -> list[Row]:
    """Start an empty installation, ask it for pages, and read what its processes hold."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        own = {name: value for name, value in os.environ.items() if not name.startswith(("HATNHAN", "DATABASE"))}
        own |= {"HATNHAN_DATA": f"{folder}/data", "HATNHAN_PORT": str(port)}
        program = [sys.executable, "-m", "hatnhan.config.cli"]
        subprocess.run([*program, "init", "--no-admin"], env=own, check=True, capture_output=True)
        server = subprocess.Popen(
            [*program, "serve", "--workers", "1"], env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            for _page in range(PAGES):
                _get(f"http://localhost:{port}/styleguide/")
            return [Row(f"bộ nhớ / memory: {name}", "MB", size) for name, size in _sizes(server.pid)]
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def _get(address: str) -> None:
    for _attempt in range(200):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310
                answer.read()
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(address)


def _sizes(parent: int) -> list[tuple[str, float]]:
    """(what, megabytes) of a process and all below it."""
    found, below = [], {parent}
    for entry in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            status = dict(line.split(":", 1) for line in (entry / "status").read_text().splitlines() if ":" in line)
            words = (entry / "cmdline").read_text().split("\0")
        except OSError:
            continue
        if int(entry.name) in below or int(status["PPid"]) in below:
            below.add(int(entry.name))
            what = (
                "granian" if "granian" in " ".join(words) else next((w for w in words if w in {"serve", "work"}), "web")
            )
            found.append((what, int(status.get("VmRSS", "0").split()[0]) / 1024))
    return found
