"""Keeps the processes of one installation running: what dies is started again, what is told to stop takes all along."""

import ctypes
import logging
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
# A process that lived this long died of something new: its waits begin anew.
SETTLED = 60.0
# So many quick deaths in a row mean that starting again does not help.
QUICK_DEATHS = 6
STOP_SECONDS = 20.0
LOOK_SECONDS = 0.3
PR_SET_PDEATHSIG = 1

logger = logging.getLogger("hatnhan.serve")


def _end_with_parent() -> None:
    """Run in the child before its program: the kernel ends it should the supervisor be killed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """A program that should always run."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    wait_until: float = field(default=0.0)

    def start(self, now: float) -> None:
        """Start the program in a process group of its own, so that Ctrl-C reaches the supervisor alone."""
        self.process = subprocess.Popen(
            list(self.command),
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=_end_with_parent,
        )
        self.started = now

    def look(self, now: float) -> None:
        """Notice a death and plan the next start; start when the time has come."""
        if self.process is None:
            if now >= self.wait_until:
                self.start(now)
            return
        code = self.process.poll()
        if code is None:
            return
        self.process = None
        self.deaths = 1 if now - self.started > SETTLED else self.deaths + 1
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (self.deaths - 1))
        self.wait_until = now + wait
        logger.error("%s ended with code %s; it starts again in %.0f s", self.name, code, wait)


class Supervisor:
    """Runs children until told to stop, or until one of them keeps dying."""

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = children
        self.stopping = threading.Event()

    def run(self) -> int:
        """Returns the exit code: 0 when stopped by a signal, 1 when a child could not be kept running."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        try:
            while not self.stopping.is_set():
                now = time.monotonic()
                for child in self.children:
                    child.look(now)
                    if child.deaths >= QUICK_DEATHS:
                        logger.critical("%s died %s times in a row; giving up", child.name, child.deaths)
                        return 1
                self.stopping.wait(LOOK_SECONDS)
            return 0
        finally:
            self.stop_all()

    def stop_all(self) -> None:
        """Ask every child to end, and end those that have not after 20 seconds."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
