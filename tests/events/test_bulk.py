"""Bulk append: the same checks as one by one, in few transactions; others append meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from typing import Any
from uuid import UUID

import psycopg
import pytest
from msgspec.structs import replace
from psycopg_pool import AsyncConnectionPool

from events import bulk as module
from events.bulk import Bulk, Bundle
from events.complaints import ComplaintAccepted
from events.ids import new_id
from events.log import Append, Appended, Conflict, Log
from tests.database import Dsns
from tests.people import ZHAO

pytestmark = pytest.mark.postgres


@pytest.fixture
async def log(database: Dsns) -> AsyncIterator[Log]:
    """The log alone: no views, no worker."""
    async with (
        AsyncConnectionPool[Any](database.app, kwargs={"autocommit": True}) as pool,
        aclosing(Log(pool)) as opened,
    ):
        yield opened


@pytest.fixture
async def bulk(log: Log) -> AsyncIterator[Bulk]:
    async with aclosing(Bulk(log)) as opened:
        yield opened


def bundle(many: int = 1, stream: UUID | None = None, key: UUID | None = None) -> Bundle:
    events = [ComplaintAccepted(by=ZHAO, number="GZ-1")] * many
    return Bundle([Append(stream or new_id(), 0, events)], key or new_id())


async def fetched(database: Dsns, question: str) -> Any:
    async with await psycopg.AsyncConnection.connect(database.app) as connection:
        row = await (await connection.execute(question.encode())).fetchone()
        return row and row[0]


async def test_thousands_take_a_few_transactions(bulk: Bulk, log: Log, database: Dsns) -> None:
    given = [bundle(1 + n % 3) for n in range(3_000)]
    done = await bulk.append(given)
    counts = [len(b.changes[0].events) for b in given]
    told = [d for d in done if isinstance(d, Appended)]
    assert [d.last - d.first + 1 for d in told] == counts
    positions = sorted(p for d in told for p in range(d.first, d.last + 1))
    assert positions == list(range(1, sum(counts) + 1))
    assert await log.size() == sum(counts)
    transactions = await fetched(database, "select count(distinct xmin::text) from log.events")
    # On a busy machine the writer may be quicker than who fills the line: it has a turn each TURN.
    assert transactions <= len(given) / module.TURN + 3


async def test_each_stands_or_falls_alone(bulk: Bulk, log: Log) -> None:
    known, taken = bundle(2), bundle()
    first = await log.append(known.changes, known.key)
    await log.append(taken.changes, taken.key)
    by = replace(ZHAO, party=replace(ZHAO.party, id="a\x00b"))  # no text holds a NUL here
    bad = Bundle([Append(new_id(), 0, [ComplaintAccepted(by=by, number="GZ-1")])])
    given = [bundle(), known, bundle(2, taken.changes[0].stream), bad, bundle(2)]
    done = await bulk.append(given)
    assert done[0] == Appended(4, 4)
    assert done[1] == Appended(first.first, first.last, repeated=True)
    assert isinstance(done[2], Conflict)
    assert isinstance(done[3], Exception)
    assert done[4] == Appended(5, 6)
    assert await log.size() == 6


async def test_the_same_stream_and_key_twice_in_one_go(bulk: Bulk, log: Log) -> None:
    stream, key = new_id(), new_id()
    done = await bulk.append([bundle(1, stream), bundle(1, stream), bundle(1, None, key)])
    again = await bulk.append([bundle(1, None, key)] * 2)
    assert isinstance(done[1], Conflict)
    assert [a.repeated for a in again if isinstance(a, Appended)] == [True, True]
    assert await log.size() == 2


async def test_others_append_meanwhile_and_time_never_goes_back(
    bulk: Bulk, log: Log, database: Dsns
) -> None:
    mine = []
    async with asyncio.TaskGroup() as group:
        running = group.create_task(bulk.append(bundle() for _ in range(10_000)))
        while not running.done():
            mine.append((await log.append(bundle().changes)).last)
            await asyncio.sleep(0.01)
    last = max(d.last for d in running.result() if isinstance(d, Appended))
    assert len([position for position in mine if position < last]) >= 3
    assert await log.size() == 10_000 + len(mine)
    backwards = """
        select count(*) from (
            select recorded_at < lag(recorded_at) over (order by position) as back from log.events
        ) e where back"""
    assert await fetched(database, backwards) == 0


async def test_a_lost_connection_loses_and_repeats_nothing(
    bulk: Bulk, log: Log, database: Dsns
) -> None:
    async with (
        asyncio.TaskGroup() as group,
        await psycopg.AsyncConnection.connect(database.owner, autocommit=True) as owner,
    ):
        running = group.create_task(bulk.append(bundle() for _ in range(6_000)))
        for _ in range(3):
            await asyncio.sleep(0.05)
            await owner.execute("""
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and query like '%log.append%'
                and pid <> pg_backend_pid()""")
    done = running.result()
    assert [d for d in done if not isinstance(d, Appended)] == []
    assert sorted(d.first for d in done if isinstance(d, Appended)) == list(range(1, 6_001))


async def test_only_so_much_stands_in_line(bulk: Bulk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINE_BYTES", 5_000)
    longest = 0

    def given() -> Iterator[Bundle]:
        nonlocal longest
        for _ in range(500):
            longest = max(longest, bulk._writer.queue.bytes)
            yield bundle()

    done = await bulk.append(given())
    assert all(isinstance(d, Appended) for d in done)
    assert 4_000 < longest < 6_000
