"""A client for measuring HTTP: kept connections, whole requests ready as bytes, little else.

The same client asks ours and the peer, so what it costs itself is the same on both sides.
`python -m tests.bench.http PORT CONNECTIONS SECONDS STATUS` asks from a process of its own what
comes on its input, so that it does not take the time of a server that runs here.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from aiohttp import web

from events.ids import new_id
from services import effort
from services.loop import run
from tests.bench.child import child
from tests.bench.rounds import Timing

#: Seconds after which a server that does not answer is given up.
LONGEST = 30
#: Stands in a request for what must be another one each time: the key of a form.
KEY = str(UUID(int=0))
#: Stands where a browser puts the work that it did for the form; as long as that.
EFFORT = "w" * 64
#: Of the server that is measured, so that work can be handed out and done here.
SECRET = "of the measurement"
#: Gives the next request; whoever needs a new token or key in each makes it here.
Next = Callable[[], bytes]


class Caller(asyncio.Protocol):
    """One connection that asks, waits for the whole answer and asks again until time is up."""

    def __init__(self, request: Next, status: int, until: float) -> None:
        self.request, self.status, self.until = request, status, until
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.taken: list[float] = []
        self.answer = bytearray()
        self.whole = 0
        self.kept = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # libuv's is none by name
        self._ask()

    def data_received(self, data: bytes) -> None:
        self.answer += data
        if not self.whole:
            self._head()
        if self.whole and len(self.answer) >= self.whole:
            self.taken.append(time.perf_counter() - self.began)
            self._ask() if self.kept else self._end()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_exception(exc or ConnectionError("the server hung up"))

    def _ask(self) -> None:
        if self.ended.done() or time.perf_counter() > self.until:
            return self._end()
        self.answer.clear()
        self.whole, self.began = 0, time.perf_counter()
        self.transport.write(self.request())

    def _head(self) -> None:
        """How long the answer is, and whether it is the one that was expected."""
        end = self.answer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self.answer[:end]).lower()
        if int(head[9:12]) != self.status:
            return self._end(RuntimeError(f"answered {bytes(head[9:40])!r}, not {self.status}"))
        self.kept = b"\r\nconnection: close" not in head
        length = head.partition(b"\r\ncontent-length:")[2].split(b"\r\n")[0]
        self.whole = end + 4 + int(length or 0)

    def _end(self, wrong: Exception | None = None) -> None:
        if not self.ended.done():
            self.ended.set_exception(wrong) if wrong else self.ended.set_result(None)
        self.transport.close()


async def call(
    port: int, connections: int, seconds: float, request: Next, status: int = 200
) -> Timing:
    """One round: so many connections at once, each asking again as soon as it is answered.

    A server that closes after each answer is connected to again; that is not part of the times.
    """
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    until = began + seconds
    taken: list[float] = []

    async def one() -> None:
        while time.perf_counter() < until:
            _, caller = await loop.create_connection(
                lambda: Caller(request, status, until), "127.0.0.1", port
            )
            await caller.ended
            taken.extend(caller.taken)

    await asyncio.gather(*(one() for _ in range(connections)))
    return Timing.of(taken, time.perf_counter() - began)


async def call_apart(
    port: int, connections: int, seconds: float, request: bytes, status: int = 200
) -> Timing:
    """The same from a process of its own, one request again and again."""
    numbers = map(str, (port, connections, seconds, status))
    command = (sys.executable, "-m", "tests.bench.http", *numbers)
    async with child(*command, stdin=PIPE, stdout=PIPE) as running:
        async with asyncio.timeout(LONGEST + 4 * seconds):
            out, _ = await running.communicate(request)
    if running.returncode:
        raise RuntimeError("the client failed, see above")
    return Timing(*json.loads(out))


@asynccontextmanager
async def listening(app: web.Application) -> AsyncIterator[int]:
    """The application, served here; its port on loopback."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        free = socket.create_server(("127.0.0.1", 0))  # the runner closes it
        await web.SockSite(runner, free).start()
        yield int(free.getsockname()[1])
    finally:
        await runner.cleanup()


def get(path: str, port: int, **headers: str) -> bytes:
    """A request as bytes."""
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *_lines(headers)]
    return "\r\n".join([*lines, "", ""]).encode()


def post(path: str, port: int, form: Mapping[str, str], **headers: str) -> bytes:
    """A form as a browser sends it."""
    body = urlencode(form).encode()
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        *_lines(headers),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def each_its_own(request: bytes) -> Next:
    """The same request, with a key of its own each time where `KEY` stands in it, and its work."""
    parts = request.split(KEY.encode())
    if not parts[1:]:
        return lambda: request

    def made() -> bytes:
        while not (work := _worked(key := str(new_id()))):
            pass
        return key.encode().join(parts).replace(EFFORT.encode(), work)

    return made


def _worked(key: str) -> bytes:
    """The least work there is, if a number of one digit does it: as long as `EFFORT`, else b""."""
    asked = effort.challenge(SECRET.encode(), key, 1, time.time())
    found = (f"{asked}:{n}" for n in range(10))
    return next((answer for answer in found if effort.zeros(answer)), "").encode()


def _lines(headers: Mapping[str, str]) -> list[str]:
    return [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]


def main(port: int, connections: int, seconds: float, status: int) -> None:
    """One round; the first answers, for which templates are compiled, are not counted."""
    request = each_its_own(sys.stdin.buffer.read())
    run(call(port, connections, 0.2, request, status))
    print(json.dumps(run(call(port, connections, seconds, request, status))))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
