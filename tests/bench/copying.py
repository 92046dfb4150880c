"""Bulk append beside the limit: binary COPY into a table with the same columns and indexes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from itertools import count

from psycopg import AsyncConnection

from events.codec import encode, stored_topic
from events.ids import new_id
from events.log import Log
from events.words import Words
from tests.bench import sample
from tests.bench.bench import Bench
from tests.bench.rounds import Timing, produce
from tests.bench.row import Row, share

#: Events of one transaction.
EACH = 1000
#: The same columns, defaults and indexes; no lock, no check, no position from anywhere.
_TABLE = "create table copied (like log.events including all)"
_COPY = "copy copied from stdin (format binary)"
_TYPES = ("int8", "uuid", "int4", "timestamptz", "text", "text", "bytea")


async def rows(bench: Bench) -> AsyncIterator[Row]:
    """COPY and ours take turns, a thousand events in each transaction."""
    async with bench.platform(working=False) as platform:
        with bench.database() as dsns:
            async with await AsyncConnection.connect(dsns.owner, autocommit=True) as copying:
                await copying.execute(_TABLE)
                position = count(1)
                found = await bench.turns(
                    copy=partial(copy, copying, position, bench.seconds),
                    ours=partial(ours, platform.log, bench.seconds),
                )
    bench.limits["copy"] = found["copy"].per_second
    yield share(
        Words("整批写入，每批 1000 件", "bulk append, 1,000 events each"),
        found["ours"].per_second, found["copy"].per_second, 0.5, unit="/s",
        against="binary COPY, same indexes",
    )  # fmt: skip


async def copy(connection: AsyncConnection, position: count[int], seconds: float) -> Timing:
    """What the server can do: stored rows as they are, on one connection."""
    event = sample.event()
    fixed = 1, datetime.now(UTC), stored_topic(event), event.by.party.id, encode(event)

    async def act() -> None:
        async with connection.cursor().copy(_COPY) as rows_:
            rows_.set_types(_TYPES)
            for _ in range(EACH):
                await rows_.write_row((next(position), new_id(), *fixed))

    return await produce(1, seconds, act, EACH)


async def ours(log: Log, seconds: float) -> Timing:
    """The same number of events as one command: encoded, checked, at gapless positions."""
    return await produce(
        1, seconds, lambda: log.append([sample.first() for _ in range(EACH)], new_id()), EACH
    )
