"""Bulk append beside the limit: binary COPY into a table with the same columns and indexes.

And how long one who appends meanwhile waits: an import must not be noticed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from datetime import UTC, datetime
from functools import partial
from itertools import count

from psycopg import AsyncConnection

from events.bulk import EACH, Bulk, Bundle
from events.codec import encode, stored_topic
from events.ids import new_id
from events.log import Append, Log
from events.words import Words
from tests.bench import sample
from tests.bench.bench import Bench
from tests.bench.rounds import Timing, produce
from tests.bench.row import Row, share, within

#: Events of one go: some transactions.
MANY = 10 * EACH
#: The same columns, defaults and indexes; no lock, no check, no position from anywhere.
_TABLE = "create table copied (like log.events including all)"
_COPY = """
    copy copied (position, stream, key, together, version, recorded_at, topic, party, leaf, state)
    from stdin (format binary)"""
_TYPES = ("int8", "uuid", "uuid", "int4", "int4", "timestamptz", "text", "text", "bytea", "bytea")


async def rows(bench: Bench) -> AsyncIterator[Row]:
    """COPY and ours take turns, a thousand events in each transaction; then ours and one more."""
    async with bench.platform(working=False) as platform, aclosing(Bulk(platform.log)) as bulk:
        with bench.database() as dsns:
            async with await AsyncConnection.connect(dsns.owner, autocommit=True) as copying:
                await copying.execute(_TABLE)
                position = count(1)
                found = await bench.turns(
                    copy=partial(copy, copying, position, bench.seconds),
                    ours=partial(ours, bulk, bench.seconds),
                )
        beside = await meanwhile(platform.log, bulk, bench.seconds)
    bench.limits["copy"] = found["copy"].per_second
    yield share(
        Words(f"整批写入，每批 {EACH:,} 件", f"bulk append, {EACH:,} events each"),
        found["ours"].per_second, found["copy"].per_second, 0.5, unit="/s",
        against="binary COPY, same indexes",
    )  # fmt: skip
    yield within(
        Words("整批写入时单个写入 p99", "one append while a bulk append runs, p99"),
        beside.p99, 50, "ms", note=f"p50 {beside.p50:.1f}, longest {beside.longest:.1f} ms",
    )  # fmt: skip


async def copy(connection: AsyncConnection, position: count[int], seconds: float) -> Timing:
    """What the server can do: stored rows as they are, on one connection."""
    event = sample.event()
    named = stored_topic(event), event.by.party.id
    fixed = 1, 1, datetime.now(UTC), *named, bytes(32), encode(event)

    async def act() -> None:
        async with connection.cursor().copy(_COPY) as rows_:
            rows_.set_types(_TYPES)
            for _ in range(EACH):
                await rows_.write_row((next(position), new_id(), new_id(), *fixed))

    return await produce(1, seconds, act, EACH)


async def ours(bulk: Bulk, seconds: float) -> Timing:
    """The same event each, a command of its own with its key: encoded, checked, gapless."""
    event = sample.event()

    def bundles() -> Iterator[Bundle]:
        return (Bundle([Append(new_id(), 0, [event])], new_id()) for _ in range(MANY))

    return await produce(1, seconds, lambda: bulk.append(bundles()), MANY)


async def meanwhile(log: Log, bulk: Bulk, seconds: float) -> Timing:
    """One producer appends single events while the bulk append runs beside it."""
    running = asyncio.create_task(ours(bulk, seconds))
    beside = await produce(1, seconds, lambda: log.append([sample.first()], new_id()))
    await running
    return beside
