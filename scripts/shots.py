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
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

PASSWORD = "sen-trang-2026"  # noqa: S105 - of the demonstration
SIZES = {"d": (1440, 900), "m": (390, 844)}


@dataclass(frozen=True)
class Shot:
    """One picture: whose screen, which address, what is pressed there first, and how it is shown."""

    name: str
    username: str
    path: str
    sizes: str = "dm"
    press: str = ""
    scheme: Literal["light", "dark"] = "light"
    language: str = "vi"


SHOTS = (
    Shot("dashboard", "vanphong", "/dashboard/"),
    Shot("dashboard-dark", "tinhuy", "/dashboard/", "d", scheme="dark"),
    Shot("dashboard-en", "tinhuy", "/dashboard/", "d", language="en"),
    Shot("cell", "bithu", "/dashboard/", "m"),
    Shot("members", "vanphong", "/members/"),
    Shot("profile", "vanphong", "/members/?office=secretary", press="tbody a.name"),
    Shot("profile-dark", "bithu", "/members/?office=secretary", "m", "tbody a.name", "dark"),
    Shot("tree", "vanphong", "/units/", press="#explorer .tree ul ul a:visible >> nth=6"),
    Shot("tree-2025", "tinhuy", "/units/?on=2025-06-30", "d"),
    Shot("merge", "vanphong", "/units/merge/", "d"),
    Shot("import", "vanphong", "/members/import/", "d"),
    Shot("own", "dangvien", "/me/", "m"),
)


def main(folder: Path) -> None:
    """Builds the demonstration, serves it and takes every picture."""
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
            for shot in SHOTS:
                for size in shot.sizes:
                    _shoot(browser, f"http://localhost:{port}", shot, size, folder)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def _shoot(browser: Browser, base: str, shot: Shot, size: str, folder: Path) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=base, viewport={"width": width, "height": height}, locale="vi-VN", color_scheme=shot.scheme
    )
    context.add_cookies([{"name": "django_language", "value": shot.language, "url": base}])
    page = context.new_page()
    page.goto("/sign-in/")
    page.fill("input[name=login]", shot.username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")
    if shot.language != "vi":
        page.click("header details.menu:last-of-type summary")
        page.click(f"button[value={shot.language}]")
        page.wait_for_load_state("networkidle")
    page.goto(shot.path, wait_until="networkidle")
    if shot.press:
        page.locator(shot.press).first.click()
        page.wait_for_load_state("networkidle")
        page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=str(folder / f"{shot.name}-{size}.png"))
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
