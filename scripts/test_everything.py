"""Every test on both databases, then a summary in plain words. What fails on one database does not stop the other."""

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup"]


@dataclass(frozen=True)
class Outcome:
    """How one run ended."""

    name: str
    code: int
    seconds: float
    tests: int
    failed: int
    skipped: int

    def __str__(self) -> str:
        word = "passed" if self.code == 0 else "FAILED"
        counts = f"{self.tests} tests, {self.failed} failed, {self.skipped} skipped"
        return f"{self.name:<12}{word:<8}{counts}, {self.seconds:.0f} s"


def run(name: str, command: list[str], report: Path) -> Outcome:
    """Run one pytest command and read its report."""
    sys.stdout.write(f"\n=== {name} ===\n")
    sys.stdout.flush()
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    started = time.monotonic()
    code = subprocess.run([*command, f"--junitxml={report}"], cwd=ROOT, env=environment, check=False).returncode
    tests, failed, skipped = counted(report)
    return Outcome(name, code, time.monotonic() - started, tests, failed, skipped)


def counted(report: Path) -> tuple[int, int, int]:
    """Tests, failures and skips of a report; nothing when the run did not come so far."""
    if not report.exists():
        return 0, 0, 0
    suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314 - written by the line above
    tests = failed = skipped = 0
    for suite in suites:
        tests += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return tests, failed, skipped


def main(extra: list[str]) -> int:
    """Returns 0 when both runs passed."""
    cluster = [sys.executable, str(ROOT / "scripts" / "postgres.py"), "--"]
    with tempfile.TemporaryDirectory(prefix="hatnhan-reports-") as folder:
        outcomes = [
            run("SQLite", [*PYTEST, *extra], Path(folder) / "sqlite.xml"),
            run("PostgreSQL", [*cluster, *PYTEST, "-m", "not browser", *extra], Path(folder) / "postgres.xml"),
        ]
    sys.stdout.write("\n" + "\n".join(str(outcome) for outcome in outcomes) + "\n")
    return 0 if all(outcome.code == 0 for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
