"""Maintenance: the longest append while the database is looked after, one producer all the time.

ANALYZE, VACUUM, CREATE INDEX CONCURRENTLY on the table of events and a base backup of the server,
in a log of `bench.events`. Beside it the stock library, whose table lock waits for the first three.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg import AsyncConnection

from events.ids import new_id
from events.words import Words
from tests.bench import growth, sample, stock
from tests.bench.bench import Absent, Bench
from tests.bench.child import said
from tests.bench.pgbench import environment
from tests.bench.row import Row, within

Act = Callable[[], Awaitable[object]]

#: What an append may take meanwhile, in milliseconds.
MOST = 15
#: The event table of each side.
OURS, STOCK = "log.events", "public.application_events"
#: Past events of the stock library, as its recorder would have left them.
_FILL = """
    insert into public.application_events (originator_id, originator_version, topic, state)
    select gen_random_uuid(), 1, 'tests.bench.stock:Note.Written', decode(repeat('78', %s), 'hex')
    from generate_series(1, %s)"""


class Work(NamedTuple):
    """One kind of maintenance and its statement; without one it is the base backup."""

    name: Words
    statement: str = ""


WORKS = (
    Work(Words("收集统计（ANALYZE）", "ANALYZE"), "analyze {}"),
    Work(Words("清理（VACUUM）", "VACUUM"), "vacuum (disable_page_skipping) {}"),
    Work(
        Words("建索引（CONCURRENTLY）", "CREATE INDEX CONCURRENTLY"),
        "create index concurrently on {} (topic)",
    ),
    Work(Words("基础备份", "base backup")),
)


async def rows(bench: Bench) -> AsyncIterator[Row]:
    """Each kind of maintenance once, beside ours and beside the stock library."""
    async with _ours(bench) as (act, owner), _stock(bench) as (save, peer):
        _, quiet = await during(act, asyncio.sleep(1))
        for work in WORKS:
            name = Words(f"最长一次写入：{work.name.zh}时", f"longest append during {work.name.en}")
            try:
                took, longest = await during(act, _doing(bench, work, owner, OURS))
                _, theirs = await during(save, _doing(bench, work, peer, STOCK))
            except Absent as absent:
                yield Row(name, note=str(absent))
                continue
            note = f"took {took:.1f} s at {bench.events:,} events; without it {quiet:.1f} ms"
            beside = {"peer": theirs, "against": "eventsourcing", "note": note}
            if work.statement:
                yield within(name, longest, MOST, "ms", **beside)
            else:  # reads the whole disk meanwhile: the goal names the others
                yield Row(name, longest, "ms", ratio=longest / theirs, **beside)


async def during(act: Act, work: Awaitable[None]) -> tuple[float, float]:
    """Seconds the work took, and the longest of the acts that went on meanwhile, in ms."""
    await act()
    working = asyncio.ensure_future(work)
    began, longest = time.perf_counter(), 0.0
    while not working.done():
        start = time.perf_counter()
        await act()
        longest = max(longest, time.perf_counter() - start)
    await working
    return time.perf_counter() - began, longest * 1000


@asynccontextmanager
async def _ours(bench: Bench) -> AsyncIterator[tuple[Act, str]]:
    """One event each on a new stream, in a log of `bench.events`."""
    async with growth.grown(bench, bench.events) as (platform, owner):
        yield lambda: platform.log.append([sample.first()], new_id()), owner


@asynccontextmanager
async def _stock(bench: Bench) -> AsyncIterator[tuple[Act, str]]:
    """The same of the stock library, in a table as long."""
    with bench.database(tables=False) as dsns, stock.application(dsns.owner) as saving:
        with psycopg.connect(dsns.owner, autocommit=True) as connection:
            connection.execute(_FILL, [sample.SIZE, bench.events])
            connection.execute("vacuum analyze public.application_events")
        save = saving.save
        yield lambda: asyncio.to_thread(save, stock.Note(text=stock.TEXT)), dsns.owner


async def _doing(bench: Bench, work: Work, owner: str, table: str) -> None:
    """As an operator does it: over a connection of its own."""
    if not work.statement:
        return await _backup(bench, owner)
    async with await AsyncConnection.connect(owner, autocommit=True) as connection:
        await connection.execute(work.statement.format(table).encode())


async def _backup(bench: Bench, owner: str) -> None:
    """Everything on the server, to nowhere: the disk of the backup is not what is measured."""
    beside = bench.place.pgbench()
    program = beside.with_name("pg_basebackup") if beside else Path("pg_basebackup")
    if not program.exists():
        raise Absent("pg_basebackup is not here: apt-get install postgresql-client")
    await said(
        "/bin/sh", "-c", '"$0" -D - -F tar -X none -c fast > /dev/null', program,
        env=environment(owner),
    )  # fmt: skip
