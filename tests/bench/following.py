"""Followers: none may miss an event, whoever writes; several processes write at once.

`python -m tests.bench.following DSN EVENTS` is one of the writers.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import aclosing

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from events.ids import new_id
from events.log import Log
from events.words import Words
from services.loop import run
from services.platform import Platform
from tests.bench import sample
from tests.bench.bench import Bench
from tests.bench.child import said
from tests.bench.row import Row, within

WRITERS = 8
#: Commands each writer has under way; a page of the follower.
PRODUCERS, PAGE = 32, 1000
#: A second, slower follower: it is always behind, and reads by small pages.
SLOW = 100


async def rows(bench: Bench) -> AsyncIterator[Row]:
    """Eight processes write; two followers read meanwhile, one woken and one slow."""
    each = bench.events // WRITERS
    total = each * WRITERS
    async with bench.platform(working=False) as platform:
        dsn = str(platform.pool.conninfo)
        command = (sys.executable, "-m", "tests.bench.following", dsn, str(each))
        began = time.perf_counter()
        async with asyncio.TaskGroup() as tasks:
            for _ in range(WRITERS):
                tasks.create_task(said(*command))
            seen = [tasks.create_task(follow(platform, total, page)) for page in (PAGE, SLOW)]
        seconds = time.perf_counter() - began
    missed = max(total - task.result() for task in seen)
    yield within(
        Words("跟随者漏读的事件", "events missed by any follower"), missed, 0, "events",
        note=f"{total:,} events by {WRITERS} processes, {total / seconds:,.0f}/s; 2 followers",
    )  # fmt: skip


async def follow(platform: Platform, until: int, page: int) -> int:
    """How many events this follower has seen, each once and in the order of the log."""
    position = seen = 0
    async with await AsyncConnection.connect(
        str(platform.pool.conninfo), autocommit=True
    ) as listening:
        await listening.execute("listen gongzhi_log")
        while position < until:
            events = await platform.log.after(position, page)
            for recorded in events:
                seen += recorded.position > position
                position = recorded.position
            if not events:
                async for _ in listening.notifies(timeout=1, stop_after=1):
                    pass
    return seen


async def write(dsn: str, events: int) -> None:
    """So many events, by some producers at once; each is acknowledged."""
    left = iter(range(events))
    async with (
        AsyncConnectionPool(dsn, min_size=1, max_size=2, kwargs={"autocommit": True}) as pool,
        aclosing(Log(pool)) as log,
    ):

        async def produce() -> None:
            for _ in left:
                await log.append([sample.first()], new_id())

        await asyncio.gather(*(produce() for _ in range(PRODUCERS)))


if __name__ == "__main__":
    run(write(sys.argv[1], int(sys.argv[2])))
