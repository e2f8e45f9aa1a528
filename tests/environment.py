"""The installation that tests run in: a data directory of their own, keys of their own. Loaded before the settings."""

import os
import shutil
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="hatnhan-test-"))
(_home / "uploads").mkdir()

os.environ["HATNHAN_DATA"] = str(_home)
os.environ["HATNHAN_SECRET_KEY"] = "a key for tests, nothing else is signed with it"
os.environ["HATNHAN_FIELD_KEY"] = "another key for tests"
os.environ["HATNHAN_PLAIN_STATIC"] = "1"
for name in ("HATNHAN_HTTPS", "HATNHAN_DEBUG", "HATNHAN_POOL", "HATNHAN_LANGUAGE"):
    os.environ.pop(name, None)


def pytest_unconfigure() -> None:
    shutil.rmtree(_home, ignore_errors=True)
