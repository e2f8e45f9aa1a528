"""The pictures of the README: `make shots` builds a demonstration, serves it and photographs its pages.

python scripts/shots.py [folder]     default: docs/shots
"""

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

from playwright.sync_api import Browser, sync_playwright

PASSWORD = "sen-trang-2026"  # noqa: S105 - of the demonstration
PAGES = {
    "dashboard": ("vanphong", "/dashboard/"),
    "members": ("vanphong", "/members/"),
    "tree": ("tinhuy", "/units/"),
    "tree-2025": ("tinhuy", "/units/?on=2025-06-30"),
    "merge": ("vanphong", "/units/merge/"),
    "import": ("vanphong", "/members/import/"),
    "own": ("dangvien", "/me/"),
}
SIZES = {"d": (1440, 900), "m": (390, 844)}


def main(folder: Path) -> None:
    """Every page at both sizes in light, the dashboard in dark and in English as well."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        own = dict(os.environ) | {"HATNHAN_DATA": f"{data}/data", "HATNHAN_PORT": str(port)}
        program = [sys.executable, "-m", "hatnhan.config.cli"]
        for words in (["init", "--no-admin"], ["demo"]):
            subprocess.run([*program, *words], env=own, check=True, capture_output=True)
        server = subprocess.Popen([*program, "serve", "--workers", "1"], env=own, stdout=subprocess.DEVNULL)
        try:
            _until_ready(f"http://localhost:{port}/readyz")
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            for name, (username, path) in PAGES.items():
                for size in SIZES:
                    _shoot(browser, f"http://localhost:{port}", username, path, folder / f"{name}-{size}.png", size)
            _shoot(browser, f"http://localhost:{port}", "vanphong", "/dashboard/", folder / "dark-d.png", "d", "dark")
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def _shoot(browser: Browser, base: str, username: str, path: str, file: Path, size: str, scheme: str = "light") -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=base, viewport={"width": width, "height": height}, locale="vi-VN",
        color_scheme="dark" if scheme == "dark" else "light",
    )  # fmt: skip
    page = context.new_page()
    page.goto("/sign-in/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")
    page.goto(path, wait_until="networkidle")
    page.screenshot(path=str(file))
    context.close()


def _until_ready(address: str) -> None:
    for _attempt in range(300):
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(address)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "docs" / "shots")
