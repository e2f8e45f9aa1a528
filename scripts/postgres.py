"""A throw-away PostgreSQL cluster around one command.

    python scripts/postgres.py -- pytest …

The cluster lies in a temporary directory, listens on a Unix socket there and nowhere else, does not care for a power
cut, and is stopped and removed when the command ends, however it ends. The command finds it in DATABASE_URL.
PostgreSQL refuses to run as root: as root, the cluster belongs to the user `postgres`.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from urllib.parse import quote

ROOTS = (Path("/usr/lib/postgresql"), Path("/usr/pgsql"), Path("/opt/homebrew/opt"))
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_connections": "60",
    "max_wal_size": "2GB",
    "timezone": "UTC",
}


class Interrupted(Exception):
    """The script was told to end: the cluster must still be removed."""


def binaries() -> Path:
    """The directory of `initdb`, of the newest version installed. Raises SystemExit with what to do."""
    found = sorted(
        (path for root in ROOTS for path in root.glob("*/bin/initdb")), key=lambda path: _version(path.parts[-3])
    )
    if found:
        return found[-1].parent
    beside = shutil.which("initdb")
    if beside:
        return Path(beside).resolve().parent
    sys.exit("PostgreSQL is not installed. Run: apt-get install postgresql")


def _version(text: str) -> int:
    digits = "".join(letter for letter in text if letter.isdigit())
    return int(digits or 0)


class Cluster:
    """One cluster in `home`; a context manager that leaves nothing behind."""

    def __init__(self) -> None:
        self.programs = binaries()
        self.owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
        self.home = Path(tempfile.mkdtemp(prefix="hatnhan-pg-"))
        self.data = self.home / "data"
        self.server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Cluster":
        try:
            self._make()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self._remove()

    @property
    def url(self) -> str:
        """DATABASE_URL of the database `hatnhan`; tests make their own beside it."""
        return f"postgresql://hatnhan@/hatnhan?host={quote(str(self.home))}"

    def _make(self) -> None:
        if self.owner:
            os.chown(self.home, self.owner.pw_uid, self.owner.pw_gid)
        self._run("initdb", "-D", self.data, "-U", "hatnhan", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        lines = [f"{name} = '{value}'" for name, value in SETTINGS.items()]
        lines.append(f"unix_socket_directories = '{self.home}'")
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        with (self.home / "log").open("wb") as log:
            command = self._as_owner([str(self.programs / "postgres"), "-D", str(self.data)])
            self.server = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", start_new_session=True)
        self._run("pg_isready", "-h", self.home, "-t", "1", tries=60)
        self._run("createdb", "-h", self.home, "-U", "hatnhan", "hatnhan")

    def _remove(self) -> None:
        if self.server is not None:
            self.server.send_signal(signal.SIGQUIT)  # at once: nothing in it is worth a checkpoint
            try:
                self.server.wait(30)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def _as_owner(self, command: list[str]) -> list[str]:
        if not self.owner:
            return command
        # setpriv replaces itself by the program, so the process id stays the server's own.
        who = ["setpriv", f"--reuid={self.owner.pw_uid}", f"--regid={self.owner.pw_gid}", "--clear-groups"]
        return [*who, *command]

    def _run(self, program: str, *arguments: object, tries: int = 1) -> None:
        command = self._as_owner([str(self.programs / program), *map(str, arguments)])
        for _attempt in range(tries):
            done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
            if done.returncode == 0:
                return
            if tries > 1:
                self._still_runs()
        sys.exit(f"{program} failed:\n{done.stdout}{done.stderr}")

    def _still_runs(self) -> None:
        try:
            if self.server and self.server.wait(0.5) is not None:
                sys.exit(f"PostgreSQL did not start:\n{(self.home / 'log').read_text(encoding='utf-8')}")
        except subprocess.TimeoutExpired:
            return


def main(arguments: Sequence[str]) -> int:
    """Run the command with the cluster; returns its exit code."""
    command = list(arguments[1:] if arguments[:1] == ["--"] else arguments)
    if not command:
        sys.exit(__doc__)

    def interrupt(number: int, _frame: FrameType | None) -> None:
        raise Interrupted(signal.Signals(number).name)

    signal.signal(signal.SIGTERM, interrupt)
    with Cluster() as cluster:
        environment = os.environ | {"DATABASE_URL": cluster.url}
        child = subprocess.Popen(command, env=environment)
        try:
            return child.wait()
        except (Interrupted, KeyboardInterrupt) as stopped:
            child.terminate()
            child.wait(30)
            sys.stderr.write(f"stopped ({stopped})\n")
            return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
