"""Writer: group commit, the one place where events enter the log.

Commands that arrive while a batch commits form the next batch; nobody waits on purpose. A batch
is one call of the server-side function `log.append`, hence one transaction; it hands out gapless
positions under the row lock of `log.head`, so several processes may each have a writer. A command
that lost the race for a version fails alone. What is acknowledged is durable.

When the connection breaks, nobody knows whether the batch in flight was committed. Commands with
an idempotency key are sent once more and are found if they were; the others are told so.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextvars import Context
from hashlib import sha256
from time import monotonic
from typing import Any
from uuid import UUID

import psycopg
from psycopg import AsyncConnection, errors

from events.waiting import Appended, Conflict, LogUnavailable, Queue, StoredRow, Waiting
from events.watching import Watch, Written

log_ = logging.getLogger("gongzhi.log")

#: How long (seconds) a command is sent again after the connection broke, and how often.
PATIENCE, RECONNECT = 3.0, 0.1

_APPEND = """select * from log.append(%b::int[], %b::uuid[], %b::int[], %b::text[], %b::text[],
    %b::bytea[], %b::bytea[], %b::uuid[], %b::int[])"""
#: What one command can be refused for that the others have no part in.
_IMPOSSIBLE = (errors.DataError, errors.IntegrityError, errors.ProgrammingError, ValueError)
#: The batch's size varies, its plan must not: on a young table the planner would read it whole.
_SESSION = """
    set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_hashjoin = off;
    set enable_mergejoin = off; set jit = off; set lock_timeout = '10s';
    set statement_timeout = '60s'"""


class Lane:
    """A connection of the writer's own, over which one batch at a time is written."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._connection: AsyncConnection[Any] | None = None
        #: Takes batch after batch from the line, while there is need.
        self.task: asyncio.Task[None] | None = None
        self.sending = False

    @property
    def lost(self) -> bool:
        return self._connection is None or self._connection.closed

    async def send(self, batch: Sequence[Waiting]) -> tuple[Any, ...]:
        """What `log.append` answers; the batch is durable, or none of it is written."""
        self.sending = True
        try:
            connection = await self._connected()
            for waiting in batch:
                waiting.sent = True
            cursor = connection.cursor(binary=True)
            await cursor.execute(_APPEND, _columns(batch), prepare=True)
            (answer,) = await cursor.fetchall()
            return tuple(answer)
        finally:
            self.sending = False

    async def disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def _connected(self) -> AsyncConnection[Any]:
        if self._connection is None:
            connection = await AsyncConnection.connect(self._conninfo, autocommit=True)
            await connection.execute(_SESSION.encode())
            self._connection = connection
        return self._connection


class Writer:
    """Writes for all tasks of one event loop.

    A short line goes over one lane, so that batches grow. A long one is divided between two:
    while the server works through one batch, the next is sent and waits there for `log.head`.
    """

    def __init__(self, conninfo: str, most: int | None = None, lanes: int = 2) -> None:
        self.queue = Queue(most)
        self.watch = Watch()
        self.lanes = [Lane(conninfo) for _ in range(lanes)]

    async def append(self, rows: Sequence[StoredRow], key: UUID | None = None) -> Appended:
        """All rows or none; durable when it returns. Raises `Conflict`, `LogUnavailable`.

        Cancelled while it waits in line, nothing is written; cancelled later, all of it is.
        """
        try:
            return await self.join(rows, key)
        except (LogUnavailable, psycopg.Error):
            self.watch.in_vain()
            raise

    def join(self, rows: Sequence[StoredRow], key: UUID | None) -> asyncio.Future[Appended]:
        """Last in line; the future tells what came of it. Raises `LogBusy`."""
        done: asyncio.Future[Appended] = asyncio.get_running_loop().create_future()
        size = sum(len(row[4]) for row in rows)
        self.queue.add(Waiting(rows, key, done, size, monotonic()))
        free = next((lane for lane in self.lanes if lane.task is None), None)
        if free is not None and self._needed(free):  # on behalf of all, hence in nobody's context
            writing = self._write_all(free)
            free.task = asyncio.create_task(writing, name="log writer", context=Context())
        return done

    async def aclose(self) -> None:
        """Write what waits, then close the connections."""
        while tasks := [lane.task for lane in self.lanes if lane.task is not None]:
            await asyncio.gather(*tasks)
        for lane in self.lanes:
            await lane.disconnect()

    def _needed(self, lane: Lane) -> bool:
        """Without the others there would be nobody, or the line is long."""
        others = any(other.task for other in self.lanes if other is not lane)
        return self.queue.long or not others

    def _take(self) -> list[Waiting]:
        under_way = len(self.lanes) == 1 or any(lane.sending for lane in self.lanes)
        return self.queue.take(halved=not under_way)

    async def _write_all(self, lane: Lane) -> None:
        """Batch after batch until nothing waits, or others suffice."""
        batch: list[Waiting] = []
        try:
            while self._needed(lane) and (batch := self._take()):
                await self._write(lane, batch)
            batch = []
        finally:
            lane.task = None
            if batch:  # it was broken off
                for waiting in [*batch, *self.queue.take()]:
                    waiting.tell(LogUnavailable("the writer was stopped", recorded=None))

    async def _write(self, lane: Lane, batch: list[Waiting]) -> None:
        sent = monotonic()
        try:
            self.watch.written(_acknowledge(batch, await lane.send(batch), sent))
        except (psycopg.Error, OSError, ValueError) as failure:
            if lane.lost:
                await self._send_again_later(lane, batch, failure)
            else:
                await self._refused(lane, batch, failure)

    async def _refused(self, lane: Lane, batch: list[Waiting], failure: Exception) -> None:
        """The server undid the batch; what cannot be stored must not take the others along."""
        if isinstance(failure, _IMPOSSIBLE) and len(batch) > 1:
            for waiting in batch:
                await self._write(lane, [waiting])
            return
        if isinstance(failure, (errors.LockNotAvailable, errors.QueryCanceled)):
            failure = LogUnavailable(f"the log was held too long, nothing was written: {failure}")
        if isinstance(failure, errors.ReadOnlySqlTransaction):
            await lane.disconnect()  # after a failover the way to the new primary is looked for
        for waiting in batch:
            waiting.tell(failure)

    async def _send_again_later(self, lane: Lane, batch: list[Waiting], failure: Exception) -> None:
        """The server is gone: for a while, whatever can safely be sent again is."""
        log_.warning("%d commands are not acknowledged yet: %s", len(batch), failure)
        await lane.disconnect()
        now = asyncio.get_running_loop().time()
        again = []
        for waiting in batch:
            waiting.failed_at = waiting.failed_at or now
            if now - waiting.failed_at < PATIENCE and (waiting.key or not waiting.sent):
                again.append(waiting)
            else:
                recorded = None if waiting.sent else False
                waiting.tell(LogUnavailable(str(failure), recorded))
        self.queue.put_back(again)
        await asyncio.sleep(RECONNECT)


def _columns(batch: Sequence[Waiting]) -> tuple[Any, ...]:
    """The arguments of `log.append`, column by column; a command's key at its first event."""
    commands = [command for command, one in enumerate(batch, start=1) for _ in one.rows]
    keyed: list[tuple[UUID | None, int | None]] = []
    for waiting in batch:
        keyed.append((waiting.key, len(waiting.rows) if waiting.key else None))
        keyed += [(None, None)] * (len(waiting.rows) - 1)
    rows = [row for waiting in batch for row in waiting.rows]
    hashes = [sha256(row[4]).digest() for row in rows]
    return (
        commands,
        *map(list, zip(*rows, strict=True)),
        hashes,
        *map(list, zip(*keyed, strict=True)),
    )


def _acknowledge(batch: Sequence[Waiting], answer: tuple[Any, ...], sent: float) -> Written:
    """Tell each command where it stands; positions follow in the batch's order."""
    start, conflicts, known, firsts, lasts = answer
    position, conflicting = start, frozenset(conflicts or ())
    repeats = {
        command: (first, last)
        for command, first, last in zip(known or (), firsts or (), lasts or (), strict=True)
    }
    for command, waiting in enumerate(batch, start=1):
        if command in repeats:
            # What was sent before and is found now is its own first result.
            again = waiting.failed_at is None
            waiting.tell(Appended(*repeats[command], repeated=again))
        elif command in conflicting:
            waiting.tell(Conflict("the version is taken, or is not the next"))
        else:
            waiting.tell(Appended(position + 1, position + len(waiting.rows)))
            position += len(waiting.rows)
    since = [waiting.since for waiting in batch]
    return Written(since, sent, monotonic(), position - start, len(conflicting), len(repeats))
