"""Rebuilding without downtime: beside what is shown, broken off, resumed, in two versions."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
import pytest

from services.building import parallel, progress, rebuilding
from services.building.builder import Builder
from services.platform import Platform
from services.views.view import BESIDE, View
from tests.building.counting import Counting, CountingLater, positions, record, worker_of
from tests.database import Dsns

pytestmark = pytest.mark.postgres


async def parts(platform: Platform) -> list[progress.Part]:
    async with platform.pool.connection() as connection:
        return [p for p in await progress.read(connection) if p.name == "counting"]


async def tables(platform: Platform) -> set[str]:
    sql = "select schemaname || '.' || tablename from pg_tables where tablename like 'counting%%'"
    async with platform.pool.connection() as connection:
        return {row[0] for row in await (await connection.execute(sql, [])).fetchall()}


async def spoil(platform: Platform, view: View) -> None:
    """Change a shown row behind the builder's back, so that a rebuild can be told from none."""
    async with platform.pool.connection() as connection:
        await connection.execute(f"update {view.table('each')} set reason = 'spoilt'".encode())


async def reasons(view: View) -> set[str]:
    return {row["reason"] for row in await view.rows("select distinct reason from {each}")}


async def test_readers_notice_nothing_while_events_go_on(platform: Platform) -> None:
    view = Counting(platform.pool)
    async with worker_of(platform, view) as worker:
        await record(platform, 3_000)
        await worker.catch_up()
        await spoil(platform, view)
        running = asyncio.create_task(worker.run())
        reading = asyncio.create_task(read_on(view))
        await Builder(view, platform.pool).rebuild()
        for _ in range(30):
            await record(platform, 50, streams=10)
        async with asyncio.timeout(120):
            while await reasons(view) != {"可以受理"} or len(await positions(view)) < 4_500:
                await asyncio.sleep(0.05)
        reading.cancel()
        running.cancel()
        await asyncio.gather(running, reading, return_exceptions=True)
        assert not reading.exception() if not reading.cancelled() else True
        assert await positions(view) == list(range(1, 4_501))
    assert await tables(platform) == {"views.counting_v1", "views.counting_each_v1"}
    assert [(p.part, p.failed_at) for p in await parts(platform)] == [(0, None)]


async def read_on(view: View) -> None:
    """Ask again and again: the table is always there and never has fewer rows than before."""
    seen = 0
    while True:
        many = len(await positions(view))
        assert many >= seen
        seen = many
        await asyncio.sleep(0.002)


async def test_a_rebuild_is_resumed_where_it_was_broken_off(platform: Platform) -> None:
    view = Counting(platform.pool)
    async with worker_of(platform, view) as worker:
        await record(platform, 20_000)
        await worker.catch_up()
        await spoil(platform, view)
        await Builder(view, platform.pool).rebuild()
        building = asyncio.create_task(worker.rebuilder.step(ours=True))
        while not (await parts(platform))[-1].position:
            await asyncio.sleep(0.001)
        building.cancel()
        await asyncio.gather(building, return_exceptions=True)
    shown, beside = await parts(platform)
    assert (shown.part, beside.part) == (0, 1)
    assert 0 < beside.position < shown.position == 20_000
    assert await reasons(view) == {"spoilt"}, "what is shown has not changed"
    async with worker_of(platform, view) as another:
        await another.catch_up()
    assert await reasons(view) == {"可以受理"}
    assert await positions(view) == list(range(1, 20_001))


async def test_parts_divide_the_streams(platform: Platform) -> None:
    view = Counting(platform.pool)
    async with worker_of(platform, view) as worker:
        await record(platform, 600, streams=60)
        await worker.catch_up()
        await spoil(platform, view)
        await Builder(view, platform.pool).rebuild(parts=3)
        await worker.catch_up()
    assert await reasons(view) == {"可以受理"}
    assert await positions(view) == list(range(1, 601))


async def test_several_processes_rebuild_one_view(platform: Platform) -> None:
    view = Counting(platform.pool)
    async with worker_of(platform, view) as worker:
        await record(platform, 3_000, streams=300)
        await worker.catch_up()
        await spoil(platform, view)
        await parallel.rebuild(platform.pool, view, 2)
        assert [(p.part, p.position) for p in await parts(platform)] == [
            (0, 3_000), (1, 3_000), (2, 3_000),
        ]  # fmt: skip
        await record(platform, 30)
        await worker.catch_up()
    assert await reasons(view) == {"可以受理"}
    assert await positions(view) == list(range(1, 3_031))


async def test_two_versions_are_shown_until_nobody_asks_the_older(
    platform: Platform, database: Dsns
) -> None:
    older, newer = Counting(platform.pool), CountingLater(platform.pool)
    async with await psycopg.AsyncConnection.connect(database.app, autocommit=True) as running:
        await rebuilding.hold(running, [older])
        async with worker_of(platform, older) as old, worker_of(platform, newer) as new:
            await record(platform, 50)
            await old.catch_up()
            await new.catch_up()
            await retire(platform, newer)
            await record(platform, 50)
            await asyncio.gather(old.catch_up(), new.catch_up())
            for view in (older, newer):
                assert await positions(view) == list(range(1, 101))
    async with asyncio.timeout(120):  # the server notices by and by that the older one has ended
        while "views.counting_v1" in await tables(platform):
            await retire(platform, newer)
    assert await tables(platform) == {"views.counting_v2", "views.counting_each_v2"}
    assert {p.version for p in await parts(platform)} == {2}


async def test_the_older_version_stays_until_the_newer_is_shown(platform: Platform) -> None:
    older, newer = Counting(platform.pool), CountingLater(platform.pool)
    async with worker_of(platform, older) as old:
        await record(platform, 5)
        await old.catch_up()
        async with worker_of(platform, newer):
            await retire(platform, newer)
    assert "views.counting_v1" in await tables(platform)
    assert await positions(older) == [1, 2, 3, 4, 5]


async def retire(platform: Platform, *views: View) -> None:
    async with platform.pool.connection() as connection:
        await rebuilding.retire(connection, views)


async def test_a_rebuild_that_fails_leaves_what_is_shown(platform: Platform) -> None:
    view = Counting(platform.pool)
    async with worker_of(platform, view) as worker:
        await record(platform, 20)
        await worker.catch_up()
        view.unseen = 10
        await Builder(view, platform.pool).rebuild()
        await worker.catch_up()
        assert await positions(view) == list(range(1, 21))
        failed: Any = [p for p in await parts(platform) if p.failed_at]
        assert [(p.part, p.failed_at) for p in failed] == [(1, 10)]


async def test_what_writing_looks_rows_up_by_is_indexed_from_the_start(platform: Platform) -> None:
    """Else a rebuild, which makes its other indexes last, would read the table for every event."""
    async with platform.pool.connection() as connection, connection.transaction():
        for view in platform.views:
            await rebuilding.begin(connection, view)
            for short, scope in view.scopes.items():
                table = view.table(short, BESIDE)
                where = " and ".join(f"{column} is not null" for column in scope)
                sql = f"explain select from {table} where {where} order by {', '.join(scope)}"
                plan = [row[0] for row in await (await connection.execute(sql.encode())).fetchall()]
                assert "Index" in plan[0], (table, plan)
