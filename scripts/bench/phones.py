"""Phones in halls: each asks for the version every three seconds, reads the page when it changed, votes when asked.

The load is open: what is due is due at its time, however slow the answers are, and a wait counts from when it was due.
A few connections are kept and shared, so that it is the server that is measured, and not how sockets are opened."""

import asyncio
import selectors
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode

from hatnhan.meetings.live.box import PATH as BOX
from hatnhan.meetings.live.poll import OPEN_SECONDS, PATH
from scripts.bench.hall import Hall

CSRF = "b" * 32
CONNECTIONS = 96
ANSWERED_WITHIN = 30.0
Deed = Callable[["Wire", float], Awaitable[None]]
"""What is done over a connection, and when it was due."""


@dataclass
class Told:
    """What was measured: seconds by kind of request, what went wrong, how many votes were to come, and how many
    came after the vote was closed, which is answered in words."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    awaited: int = 0
    late: int = 0


class Evening:
    """A run of so many seconds. `votes` and `changes` are how often, in a whole meeting of `length` seconds, a vote is
    taken and another item is called; a voter taps within `taps` seconds after reading."""

    def __init__(
        self, port: int, halls: list[Hall], seconds: float, *, votes: int, changes: int, length: float, taps: float
    ) -> None:
        self.port, self.halls, self.seconds = port, halls, seconds
        self.votes, self.changes, self.length, self.taps = votes, changes, length, taps
        self.told, self.die = Told(), Random(1)
        self.motion_of: dict[int, int] = {}

    def run(self) -> Told:
        """Everything that falls due within the time, until it was answered."""
        # `select` waits to the microsecond, where `epoll` would make everything up to a millisecond late.
        loop = asyncio.SelectorEventLoop(selectors.SelectSelector())
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(self._run())
        return self.told

    async def _run(self) -> None:
        start = time.perf_counter() + 0.5
        self.end = start + self.seconds
        self.due: asyncio.Queue[tuple[float, Deed] | None] = asyncio.Queue()
        for hall in self.halls:
            self._plan_hall(hall, start)
        wires = [asyncio.create_task(self._work()) for _ in range(min(CONNECTIONS, 4 * len(self.halls)))]
        await asyncio.sleep(self.end - time.perf_counter())
        for _wire in wires:  # behind all that is due still
            self.due.put_nowait(None)
        await asyncio.gather(*wires)

    def _plan_hall(self, hall: Hall, start: float) -> None:
        for number, (session, ticket) in enumerate(hall.phones):
            self._at(start + self.die.random() * OPEN_SECONDS, self._poll(hall, number, session, ticket, ""))
        for _one in range(max(self._often(self.votes), hall is self.halls[0])):
            begin = start + self.die.random() * max(0.1, self.seconds - self.taps - 2 * OPEN_SECONDS)
            self._at(begin, self._ask(hall))
            self.told.awaited += len(hall.phones)
        for _one in range(self._often(self.changes)):
            self._at(start + self.die.random() * self.seconds, self._turn(hall))

    def _often(self, times: int) -> int:
        """How often it falls into this window, in one hall: a whole number, right on average."""
        expected = times * self.seconds / self.length
        return int(expected) + (self.die.random() < expected % 1)

    def _at(self, when: float, what: Deed) -> None:
        """At its time it is due, and whichever connection is free takes it."""
        if when <= self.end:
            late = max(0.0, when - time.perf_counter())
            asyncio.get_running_loop().call_later(late, self.due.put_nowait, (when, what))

    async def _work(self) -> None:
        wire = Wire(self.port)
        while (one := await self.due.get()) is not None:
            when, what = one
            try:
                await what(wire, when)
            except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as problem:
                self.told.errors.append(f"{type(problem).__name__} {problem}")
                wire.close()
        wire.close()

    def _done(self, kind: str, when: float, status: int, right: int = 200) -> bool:
        self.told.took[kind].append(time.perf_counter() - when)
        if status != right:
            self.told.errors.append(f"{kind}: {status}")
        return status == right

    # --- what a phone does --------------------------------------------------------------------------------------------

    def _poll(self, hall: Hall, number: int, session: str, ticket: str, seen: str) -> Deed:
        async def poll(wire: "Wire", when: float) -> None:
            status, body = await wire.get(PATH + ticket, "")
            self._done("poll", when, status)
            version = body.decode()
            if seen and version != seen:
                self._at(time.perf_counter(), self._read(hall, session))
            self._at(when + OPEN_SECONDS, self._poll(hall, number, session, ticket, version))

        return poll

    def _read(self, hall: Hall, session: str) -> Deed:
        async def read(wire: "Wire", when: float) -> None:
            status, body = await wire.get(f"/meetings/follow/{hall.sitting}/", session)
            self._done("read", when, status)
            motion = body.partition(b'name="motion" value="')[2].partition(b'"')[0]
            if motion and b'aria-pressed="true"' not in body:
                tap = time.perf_counter() + self.die.random() * self.taps
                self._at(tap, self._vote(ticket_on(body)))

        return read

    def _vote(self, ticket: str) -> Deed:
        async def vote(wire: "Wire", when: float) -> None:
            choice = self.die.choice(("for", "for", "for", "against", "other"))
            status, _body = await wire.post(BOX, "", {"ticket": ticket, "choice": choice})
            if status == 422:
                self.told.late += 1
            else:
                self._done("vote", when, status)

        return vote

    # --- what a secretary does ----------------------------------------------------------------------------------------

    def _ask(self, hall: Hall) -> Deed:
        async def ask(wire: "Wire", when: float) -> None:
            if hall.sitting in self.motion_of:
                return
            form = {"text": "Thông qua nghị quyết", "rule": "vote.ordinary", "method": "phone"}
            status, body = await wire.post(f"/meetings/live/{hall.sitting}/ask-vote/", hall.desk, form)
            if self._done("desk", when, status):
                motion = int(body.partition(b'name="motion" value="')[2].partition(b'"')[0])
                self.motion_of[hall.sitting] = motion
                self._at(when + self.taps + 2 * OPEN_SECONDS, self._count(hall, motion))

        return ask

    def _count(self, hall: Hall, motion: int) -> Deed:
        async def count(wire: "Wire", when: float) -> None:
            status, _body = await wire.post(f"/meetings/live/{hall.sitting}/close-vote/", hall.desk, {"motion": motion})
            self._done("desk", when, status)
            self.motion_of.pop(hall.sitting, None)

        return count

    def _turn(self, hall: Hall) -> Deed:
        async def turn(wire: "Wire", when: float) -> None:
            form = {"item": self.die.choice(hall.items)}
            status, _body = await wire.post(f"/meetings/live/{hall.sitting}/item/", hall.desk, form)
            self._done("desk", when, status)

        return turn


def ticket_on(body: bytes) -> str:
    """The ticket that a page carries for its vote; a phone without one cannot vote."""
    return body.partition(b'data-ticket="')[2].partition(b'"')[0].decode()


class Wire:
    """One kept connection; a connection that the server ended is opened again."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def get(self, path: str, session: str) -> tuple[int, bytes]:
        """Status and body."""
        cookie = f"Cookie: hatnhan_session={session}\r\nX-Live: 1\r\n" if session else ""
        return await self._send(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{cookie}\r\n".encode())

    async def post(self, path: str, session: str, form: Mapping[str, object]) -> tuple[int, bytes]:
        """Status and body of a form sent as the page's script sends it; without a session by a ticket in the form."""
        body = urlencode(form).encode()
        own = f"X-CSRFToken: {CSRF}\r\nCookie: hatnhan_session={session}; hatnhan_csrf={CSRF}\r\n" if session else ""
        head = (
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nX-Live: 1\r\n{own}"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return await self._send(head.encode() + body)

    def close(self) -> None:
        """End the connection."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None

    async def _send(self, request: bytes) -> tuple[int, bytes]:
        if self.writer is None or self.writer.is_closing() or (self.reader is not None and self.reader.at_eof()):
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.write(request)
        async with asyncio.timeout(ANSWERED_WITHIN):
            return await self._answer()

    async def _answer(self) -> tuple[int, bytes]:
        if self.reader is None:
            raise OSError("closed")
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        status = int(head.split(b" ", 2)[1])
        if b"transfer-encoding: chunked" in head:
            body = b""
            while size := int((await self.reader.readuntil(b"\r\n")).strip(), 16):
                body += await self.reader.readexactly(size)
                await self.reader.readexactly(2)
            await self.reader.readexactly(2)
        else:
            length = head.partition(b"content-length:")[2].partition(b"\r\n")[0].strip()
            body = await self.reader.readexactly(int(length or 0))
        if b"connection: close" in head:
            self.close()
        return status, body
