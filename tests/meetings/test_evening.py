"""The load test of a meeting evening, small: the real server, phones that ask, read and vote, and no error."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import RealDatabase
from tests.site import ROOT

pytestmark = pytest.mark.slow
SMALL = {"HATNHAN_BENCH_CELLS": "2", "HATNHAN_BENCH_PHONES": "4", "HATNHAN_BENCH_SECONDS": "16",
         "HATNHAN_BENCH_TIMES": "", "HATNHAN_PLAIN_STATIC": "1"}  # fmt: skip


def test_a_small_evening_has_no_error_and_its_votes_arrive(real_db: RealDatabase, tmp_path: Path) -> None:
    environment = os.environ | SMALL | {"HATNHAN_DATA": str(tmp_path), "DATABASE_URL": real_db.url}
    done = subprocess.run(
        [sys.executable, "-m", "scripts.bench", "evening"], env=environment, cwd=ROOT, capture_output=True, text=True,
        check=False, timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    measured = dict(re.findall(r"^\| ([^|]+?) \| ([\d.,]+)", done.stdout, re.MULTILINE))
    found = {name.rpartition(" / ")[2]: float(number.replace(",", "")) for name, number in measured.items()}
    assert found["errors"] == 0, done.stderr
    assert found["votes"] >= 1
    assert found["requests a second"] > 2
