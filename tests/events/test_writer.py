"""Group commit: batches form by themselves; each command stands or falls alone; nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest
from msgspec.structs import replace
from psycopg_pool import AsyncConnectionPool

from events import waiting, writer
from events.complaints import ComplaintAccepted
from events.ids import new_id
from events.log import Append, Appended, Conflict, Log, LogBusy, LogUnavailable
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


def one(stream: UUID, after: int = 0, many: int = 1, number: str = "GZ-1") -> list[Append]:
    return [Append(stream, after, [ComplaintAccepted(by=ZHAO, number=number)] * many)]


async def at_once(log: Log, *commands: list[Append]) -> list[Appended | BaseException]:
    """All given while the writer is idle: the first goes alone, the rest form a batch."""
    return await asyncio.gather(*(log.append(c) for c in commands), return_exceptions=True)


async def transactions(database: Dsns) -> int:
    """How many different batches are in the log: each has one transaction id."""
    async with await psycopg.AsyncConnection.connect(database.app) as connection:
        rows = await connection.execute("select count(distinct xmin::text) from log.events")
        (count,) = await rows.fetchone() or (0,)
        return int(count)


def positions(done: list[Appended | BaseException]) -> list[int]:
    return [p for d in done if isinstance(d, Appended) for p in range(d.first, d.last + 1)]


async def test_what_waits_while_a_batch_commits_is_the_next_batch(log: Log, database: Dsns) -> None:
    done = await at_once(log, *(one(new_id(), many=1 + n % 3) for n in range(30)))
    assert sorted(positions(done)) == list(range(1, 61))
    assert await transactions(database) <= 5


async def test_a_conflict_fails_only_its_own_command(log: Log) -> None:
    taken = new_id()
    await log.append(one(taken))
    commands = [one(new_id(), many=2) if n % 2 else one(taken) for n in range(10)]
    done = await at_once(log, *commands)
    assert [isinstance(d, Conflict) for d in done] == [n % 2 == 0 for n in range(10)]
    assert sorted(positions(done)) == list(range(2, 12))
    assert [r.position for r in await log.after(0)] == list(range(1, 12))


async def test_of_several_at_once_on_one_version_exactly_one_wins(log: Log) -> None:
    stream = new_id()
    done = await at_once(log, *(one(stream, number=f"GZ-{n}") for n in range(20)))
    assert sum(isinstance(d, Appended) for d in done) == 1
    assert sum(isinstance(d, Conflict) for d in done) == 19
    assert len(await log.load(stream)) == 1


async def test_the_same_key_twice_in_one_moment_is_recorded_once(log: Log) -> None:
    key = new_id()
    done = await asyncio.gather(*(log.append(one(new_id()), key) for _ in range(10)))
    assert {(d.first, d.last) for d in done} == {(1, 1)}
    assert sum(d.repeated for d in done) == 9
    assert await log.size() == 1


async def test_one_that_cannot_be_stored_does_not_take_the_others_along(log: Log) -> None:
    by = replace(ZHAO, party=replace(ZHAO.party, id="a\x00b"))  # no text holds a NUL here
    bad = [Append(new_id(), 0, [ComplaintAccepted(by=by, number="GZ-1")])]
    done = await at_once(log, one(new_id()), one(new_id()), bad, one(new_id()))
    assert [isinstance(d, Appended) for d in done] == [True, True, False, True]
    assert await log.size() == 3


async def test_one_version_taken_twice_by_one_command_is_a_conflict(log: Log) -> None:
    stream = new_id()
    twice = [*one(stream), *one(stream)]
    done = await at_once(log, one(new_id()), twice, one(new_id()))
    assert isinstance(done[1], Conflict)
    assert await log.size() == 2


async def test_who_leaves_the_line_writes_nothing_and_disturbs_nobody(log: Log) -> None:
    first, leaves, stays = (asyncio.create_task(log.append(one(new_id()))) for _ in range(3))
    await asyncio.sleep(0)  # all three stand in line, the writer has not begun
    leaves.cancel()
    assert [(await t).last for t in (first, stays)] == [1, 2]
    with pytest.raises(asyncio.CancelledError):
        await leaves
    assert await log.size() == 2


async def test_who_leaves_while_it_is_written_finds_it_by_its_key(log: Log, database: Dsns) -> None:
    key = new_id()
    await log.append(one(new_id()))
    async with held_head(database):
        leaves = asyncio.create_task(log.append(one(new_id()), key))
        await asyncio.sleep(0.1)
        leaves.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaves
    again = await log.append(one(new_id()), key)
    assert (again.first, again.repeated, await log.size()) == (2, True, 2)


@asynccontextmanager
async def held_head(database: Dsns) -> AsyncIterator[None]:
    """Somebody else is writing: the row of positions is locked."""
    async with await psycopg.AsyncConnection.connect(database.owner) as connection:
        await connection.execute("select * from log.head for update")
        yield
        await connection.rollback()


async def test_too_many_are_told_to_come_back(
    log: Log, database: Dsns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST_WAITING", 50)
    async with held_head(database):
        tasks = [asyncio.create_task(log.append(one(new_id()))) for _ in range(80)]
        await asyncio.sleep(0.1)
    done = await asyncio.gather(*tasks, return_exceptions=True)
    busy = [d for d in done if isinstance(d, LogBusy)]
    assert busy
    assert len(busy) + len(positions(list(done))) == 80
    assert await log.size() == len(positions(list(done))) >= 50


async def kill_the_writers_connection(database: Dsns) -> None:
    async with await psycopg.AsyncConnection.connect(database.owner) as connection:
        await connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and query like %s and pid <> pg_backend_pid()",
            ["%log.append(%"],
        )


async def test_a_broken_connection_is_made_anew(log: Log, database: Dsns) -> None:
    await log.append(one(new_id()))
    await kill_the_writers_connection(database)
    key = new_id()
    assert (await log.append(one(new_id()), key)).last == 2
    assert await log.size() == 2


async def test_an_answer_that_was_lost_is_found_by_its_key_else_it_is_said(
    log: Log, database: Dsns
) -> None:
    await log.append(one(new_id()))
    async with held_head(database):
        keyed = asyncio.create_task(log.append(one(new_id()), new_id()))
        keyless = asyncio.create_task(log.append(one(new_id())))
        await asyncio.sleep(0.2)
        await kill_the_writers_connection(database)
    done = await keyed
    assert not done.repeated
    with pytest.raises(LogUnavailable) as lost:
        await keyless
    assert lost.value.recorded is None
    assert [r.position for r in await log.after(0)] == [1, 2]


async def test_a_database_that_is_gone_is_said_after_some_patience(
    database: Dsns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "PATIENCE", 0.3)
    gone = writer.Writer(database.app + " port=1")
    async with aclosing(gone):
        row = (new_id(), 1, "t", "p", b"s")
        with pytest.raises(LogUnavailable) as why:
            await gone.append([row], new_id())
    assert why.value.recorded is False
