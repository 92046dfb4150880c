"""Building views: catching up, rebuilding beside, and how far what is shown is behind.

The peer builds one table with one upsert per event; so does `Noted` here, on our own path. The
complaint register, as it is, stands beside it without a goal.
"""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_left
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager
from functools import partial
from typing import Any, ClassVar

from psycopg import AsyncConnection

from events.event import Recorded
from events.ids import new_id
from events.words import Words
from services.building import parallel, progress
from services.building.builder import Builder
from services.platform import Platform
from services.policies.policy import Policies
from services.views.complaint_register import ComplaintRegister
from services.views.view import Put, View, Write
from services.worker import Worker
from tests.bench import runner, sample
from tests.bench.bench import Bench
from tests.bench.rounds import Timing
from tests.bench.row import Row, faster, within

#: Events that the stock runner is given in a round, and that we are.
THEIRS, OURS = 1_500, 200_000
Act = Callable[[], Awaitable[None]]
#: Rounds of reading what one has just written.
READS = 60


class Noted(View):
    """One row per stream: the peer's table."""

    name = "noted"
    by_stream = True
    tables: ClassVar = {
        "rows": "id uuid, version bigint not null, text text not null, topic text not null"
    }
    keys: ClassVar = {"rows": ("id",)}

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event: Any = recorded.event
        row = {"version": recorded.version, "text": event.reason, "topic": event.TOPIC}
        yield Put("rows", {"id": recorded.stream, **row})


CATCH_UP = Words("视图追赶", "view catch-up in batches")
REBUILD = Words("视图重建并切换", "view rebuilt beside and switched")
TWO = Words("两个进程重建", "the same by two processes")
REGISTER = Words("投诉登记簿追赶", "catch-up of the complaint register")
WAIT = Words("写后即读的等待，毫秒", "wait for what one has just recorded, ms")


async def rows(bench: Bench) -> AsyncIterator[Row]:
    """Catching up and rebuilding against the stock runner, then how far behind is shown."""
    for row in _against_the_runner(await _built(bench)):
        yield row
    async with bench.platform() as platform:
        with bench.database(tables=False) as theirs:
            found = await bench.turns(
                stock=lambda: asyncio.to_thread(runner.wait, theirs.owner, READS),
                ours=partial(read_own, platform),
            )
        stock = found["stock"].p50 if "stock" in found else None
        yield within(WAIT, found["ours"].p50, 5, "ms", peer=stock, against="ProjectionRunner")
        for rate, most in ((1_000, 10), (5_000, 20)):
            yield await _behind(platform, rate, most, bench.seconds * 3)


async def _built(bench: Bench) -> dict[str, Timing]:
    async with bench.platform(working=False) as platform:
        await fill(platform)
        noted, register = Noted(platform.pool), Register(platform.pool)
        with bench.database(tables=False) as dsns:
            return await bench.turns(
                stock=lambda: asyncio.to_thread(runner.rate, dsns.owner, THEIRS),
                ours_behind=partial(catch_up, platform, noted),
                ours_beside=partial(rebuild, platform, noted),
                ours_two=partial(rebuild, platform, noted, 2),
                ours_register=partial(catch_up, platform, register),
            )


def _against_the_runner(found: dict[str, Timing]) -> Iterator[Row]:
    stock = found["stock"].per_second if "stock" in found else None
    for name, side, times in (
        (CATCH_UP, "ours_behind", 55),
        (REBUILD, "ours_beside", 90),
        (REGISTER, "ours_register", None),
    ):
        ours = found[side].per_second
        yield faster(name, ours, stock, times, unit="/s", against="ProjectionRunner")
    one, two = found["ours_beside"].per_second, found["ours_two"].per_second
    yield faster(TWO, two, one, 1.7, unit="/s", against="one process")


# -- building ----------------------------------------------------------------------------


class Register(ComplaintRegister):
    """The complaint register under a name of its own, so that it can be laid beside the real."""

    name = "measured_register"


async def fill(platform: Platform) -> None:
    """A log of so many events, each the first of its stream."""
    for _ in range(0, OURS, 500):
        await asyncio.gather(*(platform.log.append([sample.first()]) for _ in range(500)))


async def catch_up(platform: Platform, view: View) -> Timing:
    """From nothing to the end of the log, into tables with all their indexes."""
    async with platform.pool.connection() as connection, connection.transaction():
        for sql in [*view.drop(), *view.create(), *view.index()]:
            await connection.execute(sql.encode())
        await connection.execute("delete from views.tracking where name = %s", [view.name])
        await progress.add(connection, view, part=0)
    return await _timed(platform, view, _nothing)


async def rebuild(platform: Platform, view: View, processes: int = 1) -> Timing:
    """Built anew beside what is shown, up to the switch."""
    if processes > 1:
        several = partial(parallel.rebuild, platform.pool, view, processes)
        return await _timed(platform, view, several)
    return await _timed(platform, view, Builder(view, platform.pool).rebuild)


async def _nothing() -> None:
    """There is nothing to begin with."""


async def _timed(platform: Platform, view: View, begin: Act) -> Timing:
    builder = Builder(view, platform.pool)
    async with aclosing(Worker(platform.log, [builder], Policies(platform.log, []))) as worker:
        began = time.perf_counter()
        await begin()
        await worker.catch_up()
        seconds = time.perf_counter() - began
    if await builder.reached() < OURS:
        raise RuntimeError("the view was not built to the end")
    return Timing(OURS / seconds)


# -- living ------------------------------------------------------------------------------


async def read_own(platform: Platform) -> Timing:
    """How long until all views show what was just acknowledged."""
    taken = []
    for _ in range(READS):
        last = (await platform.log.append([sample.first()], new_id())).last
        began = time.perf_counter()
        if not await platform.seen(last):
            raise RuntimeError("the views are late")
        taken.append(time.perf_counter() - began)
    return Timing.of(taken, sum(taken))


async def _behind(platform: Platform, rate: int, most: float, seconds: float) -> Row:
    name = Words(f"每秒 {rate:,} 件时视图落后", f"views behind at {rate:,} events/s, p99 ms")
    behind = await lag(platform, rate, seconds)
    note = f"all {len(platform.builders)} views; p50 {behind.p50:.1f} ms"
    return within(name, behind.p99, most, "ms", note=note)


async def lag(platform: Platform, rate: int, seconds: float) -> Timing:
    """From acknowledged to shown by every view, at a steady rate that waits for nobody."""
    acknowledged: dict[int, float] = {}
    shown: list[tuple[int, float]] = []
    async with _watched(platform, shown):
        began = time.perf_counter()
        async with asyncio.TaskGroup() as appends:
            for nth in range(int(rate * seconds)):
                await asyncio.sleep(max(0.0, began + nth / rate - time.perf_counter()))
                appends.create_task(_append(platform, acknowledged))
        if not await platform.seen(max(acknowledged), timeout=30):
            raise RuntimeError("the views are late")
        await asyncio.sleep(0.2)
    return Timing.of(list(_lags(acknowledged, shown)), seconds)


@asynccontextmanager
async def _watched(platform: Platform, shown: list[tuple[int, float]]) -> AsyncIterator[None]:
    """Watches meanwhile, and ends however that goes; what stops the watching is raised."""
    watching = asyncio.create_task(_watch(platform, shown))
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.wait([watching])
    if not watching.cancelled():
        watching.result()


async def _append(platform: Platform, acknowledged: dict[int, float]) -> None:
    last = (await platform.log.append([sample.first()], new_id())).last
    acknowledged[last] = time.perf_counter()


async def _watch(platform: Platform, shown: list[tuple[int, float]]) -> None:
    """When the slowest view reached which position."""
    reached = {view.name: 0 for view in platform.views}
    conninfo = str(platform.pool.conninfo)
    async with await AsyncConnection.connect(conninfo, autocommit=True) as listening:
        await listening.execute("listen gongzhi_views")
        async for note in listening.notifies():
            position, names, _ = progress.told(note.payload)
            reached.update(dict.fromkeys(names, position))
            shown.append((min(reached.values()), time.perf_counter()))


def _lags(acknowledged: dict[int, float], shown: Sequence[tuple[int, float]]) -> Iterator[float]:
    positions = [position for position, _ in shown]
    for position, at in acknowledged.items():
        nth = bisect_left(positions, position)
        if nth == len(shown):
            raise RuntimeError("an event was never shown")
        yield max(0.0, shown[nth][1] - at)
