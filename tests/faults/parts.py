"""The processes that are killed: `python -m tests.faults.parts writer|worker|follower …`.

Each begins again where its file says it was, as often as it is started. What is in the file was
acknowledged, or seen, before it was written there; a line that was cut off was not.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import aclosing
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from msgspec.structs import replace
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from events.complaints import (
    AgreementReached,
    ClueReferred,
    ComplaintAccepted,
    ComplaintClosed,
    ComplaintEvent,
    ComplaintRegistered,
    MediationStarted,
    RestitutionRecorded,
    SatisfactionStated,
)
from events.event import Personal
from events.ids import new_id
from events.log import Append, Conflict, Log, LogUnavailable
from events.terms import Money
from events.vault import Vault
from tests.opening import RING, SUBJECT, open_platform
from tests.people import COUNCIL, GULOU, ZHAO

AWAY = (psycopg.OperationalError, PoolTimeout, LogUnavailable, OSError)
#: Tasks of a writer, and the complaints that each has in hand.
PRODUCERS, STREAMS = 8, 2
_SHE = Personal(subject=SUBJECT, fields={"name": "陈女士", "phone": "13800000001"})
_TOLD = Personal(subject=SUBJECT, fields={"told": "充电器用了三天就冒烟，店家不退。"})
#: What happens to a complaint, command by command.
TOLD: list[list[ComplaintEvent]] = [
    [ComplaintRegistered(by=ZHAO, number="", handler=COUNCIL, complainant=_SHE, told=_TOLD)],
    [ComplaintAccepted(by=ZHAO, number=""), MediationStarted(by=ZHAO, number="")],
    [ClueReferred(by=ZHAO, number="", to=GULOU, reason="没有 3C 标志")],
    [AgreementReached(by=ZHAO, number="", remedy="refund")],
    [RestitutionRecorded(by=ZHAO, number="", amount=Money(minor=9900))],
    [SatisfactionStated(by=ZHAO, number="", satisfied=True), ComplaintClosed(by=ZHAO, number="")],
]


class Lines:
    """A file that is only added to, line by line, past any buffer of ours."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.truncate(path, path.read_bytes().rfind(b"\n") + 1)

    def add(self, *lines: str) -> None:
        os.write(self.file, "".join(f"{line}\n" for line in lines).encode())

    def whole(self) -> list[str]:
        """The lines that were written to their end."""
        return self.path.read_text().split("\n")[:-1]


async def writer(app: str, lines: Lines) -> None:
    """Appends for ever; each command is tried until it is acknowledged, then noted."""

    async def produce(log: Log) -> None:
        while True:
            for appends in lives():
                key = new_id()
                done = await patiently(partial(log.append, appends, key))
                lines.add(f"{key} {done.first} {done.last}")

    await _with_log(app, lambda log: asyncio.gather(*(produce(log) for _ in range(PRODUCERS))))


def lives() -> Iterator[list[Append]]:
    """Complaints from the first word to the file's end, command by command.

    Each command goes on with all of them at once, so that a half of it would be seen.
    """
    streams = {new_id(): 0 for _ in range(STREAMS)}
    for said in TOLD:
        yield [
            Append(stream, after, [replace(each, number=str(stream)) for each in said])
            for stream, after in streams.items()
        ]
        streams = {stream: after + len(said) for stream, after in streams.items()}


async def patiently(act: Callable[[], Awaitable[Any]]) -> Any:
    """Again until it is done. A conflict would mean that what was acknowledged is not there."""
    while True:
        try:
            return await act()
        except Conflict:
            raise
        except AWAY:
            await asyncio.sleep(0.05)


async def follower(app: str, lines: Lines) -> None:
    """Notes every position it sees, page by page, and goes on after the last one it noted."""

    async def follow(log: Log) -> None:
        seen = lines.whole()
        position = int(seen[-1]) if seen else 0
        while True:
            page = await patiently(partial(log.after, position, 97))
            lines.add(*(str(recorded.position) for recorded in page))
            position = page[-1].position if page else position
            await asyncio.sleep(0 if page else 0.01)

    await _with_log(app, follow)


async def _with_log(app: str, work: Callable[[Log], Awaitable[Any]]) -> None:
    pool: AsyncConnectionPool[Any] = AsyncConnectionPool(
        app, min_size=1, max_size=2, open=False, timeout=2, kwargs={"autocommit": True}
    )
    await pool.open()
    async with aclosing(Log(pool, Vault(pool, RING))) as log:
        await work(log)


async def worker(owner: str, app: str) -> None:
    """Builds the views for ever, as `gongzhi worker` does."""
    while True:
        try:
            async with open_platform(owner, app):
                await asyncio.Event().wait()
        except AWAY:
            await asyncio.sleep(0.2)


def main(kind: str, *given: str) -> None:
    match kind, given:
        case "worker", (owner, app):
            asyncio.run(worker(owner, app))
        case "writer", (app, path):
            asyncio.run(writer(app, Lines(Path(path))))
        case "follower", (app, path):
            asyncio.run(follower(app, Lines(Path(path))))


def keys_in(lines: Lines) -> dict[UUID, tuple[int, int]]:
    """What a writer was told: key -> first and last position."""
    found = (line.split() for line in lines.whole())
    return {UUID(key): (int(first), int(last)) for key, first, last in found}


if __name__ == "__main__":
    main(*sys.argv[1:])
