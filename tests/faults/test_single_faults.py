"""One fault at a time at the log: a clear refusal, nothing half written, and life goes on after."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg import errors
from psycopg_pool import AsyncConnectionPool

from events import waiting, writer
from events.complaints import ComplaintAccepted
from events.ids import new_id
from events.log import Append, Appended, Conflict, Log, LogBusy, LogUnavailable
from events.waiting import StoredRow
from services.faults import READ_ONLY
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


def one(reason: str = "", many: int = 1) -> Append:
    """A new stream with its first events."""
    accepted = ComplaintAccepted(by=ZHAO, number="GZ-2026-000001-7", reason=reason)
    return Append(new_id(), 0, [accepted] * many)


async def owner_does(database: Dsns, *statements: str) -> None:
    async with await psycopg.AsyncConnection.connect(database.owner, autocommit=True) as owner:
        for statement in statements:
            await owner.execute(statement.encode())


@asynccontextmanager
async def head_held(database: Dsns) -> AsyncIterator[None]:
    """Somebody holds the row that every append needs, and does not let it go."""
    async with await psycopg.AsyncConnection.connect(database.owner) as holding:
        await holding.execute("select * from log.head for update")
        yield


@pytest.mark.parametrize(
    ("limit", "short"),
    [
        ("lock_timeout = '10s'", "lock_timeout = '150ms'"),
        ("statement_timeout = '60s'", "statement_timeout = '150ms'"),
    ],
)
async def test_waiting_for_the_log_has_an_end(
    log: Log, database: Dsns, monkeypatch: pytest.MonkeyPatch, limit: str, short: str
) -> None:
    assert limit in writer._SESSION
    monkeypatch.setattr(writer, "_SESSION", writer._SESSION.replace(limit, short))
    async with head_held(database):
        with pytest.raises(LogUnavailable, match="nothing was written") as refused:
            await log.append([one()], new_id())
    assert refused.value.recorded is False
    assert (await log.append([one()])).last == 1


async def test_recorded_at_never_goes_back_with_the_clock(log: Log, database: Dsns) -> None:
    await log.append([one()])
    later = datetime.now(UTC) + timedelta(hours=1)
    await owner_does(database, f"update log.head set recorded_at = '{later.isoformat()}'")
    for _ in range(3):
        await log.append([one()])
    times = [r.recorded_at for r in await log.after(0)]
    assert times == sorted(times)
    assert times[1] >= later - timedelta(milliseconds=1)


@pytest.mark.parametrize("size", [60_000, 8_000_000])
async def test_large_events_are_kept_whole_and_disturb_nobody(log: Log, size: int) -> None:
    large = one("证" * (size // 3))
    done = await asyncio.gather(*(log.append([c]) for c in (one(), large, one(), one())))
    assert sorted(d.last for d in done) == [1, 2, 3, 4]
    (kept,) = await log.load(large.stream)
    assert kept.event == large.events[0]


def row(version: int = 1, topic: Any = "said.v1") -> StoredRow:
    return new_id(), version, topic, "regulator", b"{}"


@pytest.mark.parametrize(
    ("impossible", "why"),
    [
        (row(topic="a\x00b"), errors.DataError),
        (row(topic="a\ud800b"), UnicodeEncodeError),
        (row(topic=None), errors.NotNullViolation),
        (row(version=2**31), errors.NumericValueOutOfRange),
        (row(version=-1), Conflict),
        (row(version=3), Conflict),
    ],
    ids=["NUL", "half a character", "no topic", "version too large", "-1", "a hole"],
)
async def test_an_impossible_event_fails_alone(
    log: Log, impossible: StoredRow, why: type[Exception]
) -> None:
    given = [row(), row(), impossible, row()]
    done = await asyncio.gather(*(log.writer.append([g]) for g in given), return_exceptions=True)
    assert isinstance(done.pop(2), why)
    assert sorted(d.last for d in done if isinstance(d, Appended)) == [1, 2, 3]
    assert (await log.writer.append([row()])).last == 4


def test_versions_begin_with_one() -> None:
    with pytest.raises(ValueError, match="begin with 1"):
        Append(new_id(), -1, [])


async def test_versions_of_one_command_follow_each_other(log: Log) -> None:
    """A hole in the middle, or at the beginning, refuses all of it."""
    first, second = one(many=2), one()
    assert (await log.append([first, second])).last == 3
    for after in (1, 3):
        with pytest.raises(Conflict):
            await log.append([one(), Append(first.stream, after, first.events)])
    holed = [Append(first.stream, 2, second.events), Append(first.stream, 4, second.events)]
    with pytest.raises(Conflict):
        await log.append([one(), *holed])
    together = [Append(first.stream, 2, second.events), Append(first.stream, 3, second.events)]
    assert (await log.append([one(), *together])).last == 6


async def test_what_waits_is_bounded_in_bytes(
    log: Log, database: Dsns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST_WAITING_BYTES", 1_000_000)
    large = "证" * 20_000
    async with head_held(database):
        tasks = [asyncio.create_task(log.append([one(large)], new_id())) for _ in range(60)]
        await asyncio.sleep(0.2)
        assert log.writer.queue.bytes <= waiting.MOST_WAITING_BYTES
    done = await asyncio.gather(*tasks, return_exceptions=True)
    busy = [d for d in done if isinstance(d, LogBusy)]
    assert busy
    assert all(b.seconds for b in busy)
    assert await log.size() == 60 - len(busy)
    assert log.writer.queue.bytes == 0
    assert (await log.append([one()])).last == 61 - len(busy)


async def test_a_long_stream_grows_and_is_read_whole(log: Log) -> None:
    stream, pages, most = new_id(), 100, 1_000
    events = one(many=most).events
    for page in range(pages):
        await log.append([Append(stream, page * most, events)])
    kept = await log.load(stream)
    assert [r.version for r in kept] == list(range(1, pages * most + 1))
    with pytest.raises(Conflict):
        await log.append([Append(stream, pages * most - 1, events)])


async def test_many_events_of_one_command_stand_together(log: Log) -> None:
    large, small = one(many=20_000), one()
    first, second = await asyncio.gather(log.append([large]), log.append([small]))
    assert (first.first, first.last, second.last) == (1, 20_000, 20_001)
    assert (await log.append([Append(large.stream, 20_000, small.events)])).last == 20_002
    kept = await log.load(large.stream)
    assert [r.version for r in kept] == list(range(1, 20_002))


async def test_a_database_that_became_read_only_refuses_and_is_found_again(
    log: Log, database: Dsns
) -> None:
    await log.append([one()])
    name = psycopg.conninfo.conninfo_to_dict(database.owner)["dbname"]
    ends = (
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where datname = current_database() and pid <> pg_backend_pid()"
    )
    read_only = f'alter database "{name}" set default_transaction_read_only = '
    await owner_does(database, read_only + "on", ends)
    with pytest.raises(errors.ReadOnlySqlTransaction) as refused:
        await log.append([one()], new_id())
    assert isinstance(refused.value, READ_ONLY), "pages say so, and keep the text"
    await log.pool.check()  # its connections were ended too
    assert len(await log.after(0)) == 1, "reading goes on"
    await owner_does(database, "set default_transaction_read_only = off", read_only + "off")
    assert (await log.append([one()], new_id())).last == 2
