"""Who was interrupted goes on where it was: writers of a server that restarts, a follower."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import aclosing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool

from deploy.postgres import Server
from events import schema
from events.ids import new_id
from events.log import Append, Appended, Log
from tests.bench.sample import event
from tests.database import Dsns, running_server
from tests.events.test_concurrency import check_gapless
from tests.faults.parts import Lines, follower, patiently

pytestmark = pytest.mark.postgres

#: How PostgreSQL is told to shut down: fast, or at once and without a word.
RESTARTS = [signal.SIGINT, signal.SIGQUIT]


@pytest.fixture
def server() -> Iterator[Server]:
    with running_server() as server:
        schema.create(server.owner_dsn)
        yield server


def restart(server: Server, how: signal.Signals) -> None:
    assert server.pid
    os.kill(server.pid, how)
    server.ensure()


async def append(log: Log, done: list[Appended]) -> None:
    """One command after the other, each until it is acknowledged."""
    while True:
        command = [Append(new_id(), 0, [event()])]
        done.append(await patiently(partial(log.append, command, new_id())))


@pytest.mark.parametrize("how", RESTARTS, ids=["fast", "immediate"])
async def test_a_restart_under_load_loses_nothing_and_repeats_nothing(
    server: Server, how: signal.Signals
) -> None:
    done: list[Appended] = []
    async with (
        AsyncConnectionPool[Any](server.app_dsn, kwargs={"autocommit": True}) as pool,
        aclosing(Log(pool)) as log,
        asyncio.TaskGroup() as group,
    ):
        tasks = [group.create_task(append(log, done)) for _ in range(16)]
        for goal in (200, 400, 600):
            while len(done) < goal:
                await asyncio.sleep(0.01)
            await asyncio.to_thread(restart, server, how)
        for task in tasks:
            task.cancel()
    await check(server, done)


async def check(server: Server, done: list[Appended]) -> None:
    """Each acknowledged command has a position of its own; at most what was under way is more."""
    async with AsyncConnectionPool[Any](server.app_dsn, kwargs={"autocommit": True}) as pool:
        whole = [r async for page in Log(pool).pages() for r in page]
    check_gapless(whole)
    places = {d.last for d in done}
    assert len(places) == len(done)
    assert not any(d.repeated for d in done), "what is found after a restart is its first result"
    assert places <= {r.position for r in whole}
    assert len(whole) - len(done) <= 16


class Torn(Lines):
    """Dies when it has written the first half of its second page, and a piece of a line."""

    pages = 0

    def add(self, *lines: str) -> None:
        self.pages += 1
        if self.pages == 1:
            return super().add(*lines)
        super().add(*lines[: len(lines) // 2])
        os.write(self.file, b"1")
        raise KeyError("dies")


async def test_a_follower_that_dies_within_a_page_misses_and_repeats_nothing(
    database: Dsns, tmp_path: Path
) -> None:
    async with (
        AsyncConnectionPool[Any](database.app, kwargs={"autocommit": True}) as pool,
        aclosing(Log(pool)) as log,
    ):
        await log.append([Append(new_id(), 0, [event()] * 500)])
    with pytest.raises(KeyError):
        await follower(database.app, Torn(tmp_path / "seen"))
    assert 97 < len(Lines(tmp_path / "seen").whole()) < 194
    again = asyncio.create_task(follower(database.app, Lines(tmp_path / "seen")))
    async with asyncio.timeout(120):
        while (seen := Lines(tmp_path / "seen").whole())[-1] != "500":
            await asyncio.sleep(0.05)
    again.cancel()
    assert seen == [str(n) for n in range(1, 501)]
