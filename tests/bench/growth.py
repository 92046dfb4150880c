"""Growth: what an append costs in a young log and in an old one, and what an event takes.

`grown` makes a log of any size in the server, in about ten seconds a million. `--events 10000000`
takes the curve to ten million.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from hashlib import sha256
from typing import NamedTuple

import psycopg

from events.codec import encode, stored_topic
from events.ids import new_id
from events.words import Words
from services.platform import Platform
from tests.bench import sample
from tests.bench.appends import ours
from tests.bench.bench import Bench
from tests.bench.rounds import Timing
from tests.bench.row import Goal, Row, within
from tests.opening import open_platform

#: How many producers append, and for how long: a young log must not grow old meanwhile.
PRODUCERS, SECONDS = 64, 0.3
#: Events of the youngest log.
YOUNG = 10_000

#: Streams of five events with time-ordered ids, each event with the key of its command.
_FILL = """
    insert into log.events
        (position, recorded_at, stream, key, together, version, topic, party, leaf, state)
    select n, to_timestamp(ms / 1000.0), stream,
        (lpad(to_hex(ms), 12, '0') || '7' || substr(md5('k' || n), 1, 19))::uuid, 1, version,
        %(topic)s, %(party)s,
        log.leaf(%(party)s, ms, %(hash)s, version, stream, %(topic)s), %(state)s
    from (
        select n, ms, 1 + (n - 1) %% 5 as version,
            (lpad(to_hex(ms), 12, '0') || '7' || substr(md5(((n - 1) / 5)::text), 1, 19))::uuid
            as stream
        from (select n, %(since)s + (n - 1) / 5 as ms from generate_series(1, %(size)s) n) n
    ) e"""
#: The tree over them, some tiles at a time.
_GROW = """
    create function pg_temp.grow_to(size bigint) returns void language plpgsql as $$
    declare
        grown bytea := '';
    begin
        for since in 0 .. size::int - 1 by 65536 loop
            grown := log.grow(since, grown, (
                select string_agg(leaf, ''::bytea order by position) from log.events
                where position > since and position <= least(since + 65536, grow_to.size)));
        end loop;
        update log.head set size = grow_to.size, edge = grown, recorded_at = now();
    end $$"""
_HEAD = "select pg_temp.grow_to(%(size)s)"
_TAKEN = """
    select pg_relation_size('log.events') / %(size)s::float,
        pg_indexes_size('log.events') / %(size)s::float"""


class Disk(NamedTuple):
    """Bytes of one event on disk: its row and its three indexes."""

    row: float
    indexes: float


async def rows(bench: Bench) -> AsyncIterator[Row]:
    """The same append in logs of each size, in turns; then what an event takes in the largest."""
    sizes = [size for size in (10**n for n in range(4, 10)) if size <= max(bench.events, YOUNG)]
    async with AsyncExitStack() as open_:
        logs = {}
        for size in sizes:
            logs[size], _ = await open_.enter_async_context(grown(bench, size))
        found = await bench.turns(
            **{f"ours_{size}": partial(appends, logs[size]) for size in sizes}
        )
        wal, disk = await wal_bytes(logs[sizes[-1]]), await disk_bytes(logs[sizes[-1]])
    for row in _curve(sizes, found):
        yield row
    yield within(
        Words("每件事件的预写日志", "write-ahead log of an event"), wal, 950, "bytes",
        note=f"state of {sample.SIZE} bytes, with its command's key, at {sizes[-1]:,} events",
    )  # fmt: skip
    yield Row(
        Words("每件事件占用的磁盘", "disk taken by an event"), sum(disk), "bytes",
        note=f"row {disk.row:.0f}, indexes {disk.indexes:.0f}",
    )  # fmt: skip


def _curve(sizes: list[int], found: dict[str, Timing]) -> Iterator[Row]:
    """Time of an event at each size, beside the youngest log's."""
    young = 1e6 / found[f"ours_{sizes[0]}"].per_second
    for size in sizes:
        taken = 1e6 / found[f"ours_{size}"].per_second
        yield Row(
            Words(f"日志已有 {size:,} 件时写入一件", f"appending an event to {size:,}"),
            taken, "µs", young, f"Gongzhi at {YOUNG:,} events", ratio=taken / young,
            goal=Goal(1.5, at_most=True), note=f"{PRODUCERS} producers",
        )  # fmt: skip


@asynccontextmanager
async def grown(bench: Bench, size: int) -> AsyncIterator[tuple[Platform, str]]:
    """The platform, without its views, on a log of so many events, and its owner's address."""
    with bench.database() as dsns:
        fill(dsns.owner, size)
        async with open_platform(dsns.owner, dsns.app, working=False, size=2) as platform:
            yield platform, dsns.owner


def fill(owner: str, size: int) -> None:
    """Past events, written by the owner as the writer would have left them."""
    event = sample.event()
    values = {
        "size": size,
        "since": (new_id().int >> 80) - size,
        "topic": stored_topic(event),
        "party": event.by.party.id,
        "state": encode(event),
        "hash": sha256(encode(event)).digest(),
    }
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(_FILL, values)
        connection.execute(_GROW)
        connection.execute(_HEAD, values)
        connection.execute("vacuum analyze log.events")
        connection.execute("checkpoint")


async def appends(platform: Platform, seconds: float = SECONDS) -> Timing:
    """New streams of one event each, as a command writes them."""
    return await ours(platform, PRODUCERS, seconds)


async def wal_bytes(platform: Platform, seconds: float = 1.5) -> float:
    """Write-ahead log of one event: everything between two moments, by the events between them."""
    await appends(platform)
    before, size = await _lsn(platform), await platform.log.size()
    await appends(platform, seconds)
    return (await _lsn(platform) - before) / (await platform.log.size() - size)


async def disk_bytes(platform: Platform) -> Disk:
    """Of one event, from the sizes of the tables and their indexes."""
    size = await platform.log.size()
    async with platform.pool.connection() as connection:
        (taken,) = await (await connection.execute(_TAKEN, {"size": size})).fetchall()
    return Disk(*taken)


async def _lsn(platform: Platform) -> int:
    async with platform.pool.connection() as connection:
        asked = await connection.execute("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn")
        (lsn,) = await asked.fetchone() or (0,)
        return int(lsn)
