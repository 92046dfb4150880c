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
from collections import deque
from collections.abc import Sequence
from contextvars import Context
from hashlib import sha256
from time import monotonic
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from psycopg import AsyncConnection, errors

from events.watching import Watch, Written

log_ = logging.getLogger("gongzhi.log")

#: One event as it is stored: stream, version, topic, party, state.
StoredRow = tuple[UUID, int, str, str, bytes]

#: A batch ends at the first of these; the server works through both within some milliseconds.
MOST_EVENTS, MOST_BYTES = 5_000, 8 << 20
#: Of a longer line only half goes along, so that one half is thought of while the other is
#: written: at 256 producers a third more events each second (tests/bench).
HALVED = 32
#: More than this may not wait: the caller is told to come back, memory stays bounded.
MOST_WAITING, MOST_WAITING_BYTES = 20_000, 64 << 20
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


class Appended(msgspec.Struct, frozen=True, gc=False):
    """Where the events stand; `repeated` when the key was known and nothing was added."""

    first: int
    last: int
    repeated: bool = False


class Conflict(Exception):
    """Somebody else appended to the stream first; load again and decide again."""


class LogUnavailable(Exception):
    """The log cannot be written now (database down, disk full): come back after `seconds`.

    `recorded` = None: it is not known whether it was written; the same key finds out.
    """

    seconds = 5

    def __init__(self, why: str, recorded: bool | None = False) -> None:
        super().__init__(why)
        self.recorded = recorded


class LogBusy(LogUnavailable):
    """Too many commands wait already."""

    seconds = 1


class Waiting(msgspec.Struct, eq=False):
    """One command's events on their way into the log."""

    rows: Sequence[StoredRow]
    key: UUID | None
    done: asyncio.Future[Appended]
    size: int
    #: When it joined the line.
    since: float
    #: When it was first sent in vain (loop time); None = not yet.
    failed_at: float | None = None
    #: Its answer may have been lost: only its key can tell whether it was written.
    sent: bool = False

    def tell(self, result: Appended | Exception) -> None:
        """Answer whoever still waits; one who left changes nothing."""
        if self.done.done():
            return
        if isinstance(result, Appended):
            self.done.set_result(result)
        else:
            self.done.set_exception(result)

    @property
    def names(self) -> set[UUID]:
        """What no other command of the same batch may name: its streams and its key."""
        return {row[0] for row in self.rows} | ({self.key} if self.key else set())


class Queue:
    """What waits for the next batch (of `most` events), bounded in number and bytes."""

    def __init__(self, most: int | None = None) -> None:
        self.most = most
        self.waiting: deque[Waiting] = deque()
        self.bytes = 0

    def add(self, waiting: Waiting) -> None:
        """Last in line. Raises `LogBusy` rather than grow without end."""
        full = self.bytes + waiting.size > MOST_WAITING_BYTES
        if self.waiting and (full or len(self.waiting) >= MOST_WAITING):
            raise LogBusy(f"{len(self.waiting)} commands wait already")
        self.waiting.append(waiting)
        self.bytes += waiting.size

    def put_back(self, batch: Sequence[Waiting]) -> None:
        """First in line again, in their order."""
        self.waiting.extendleft(reversed(batch))
        self.bytes += sum(waiting.size for waiting in batch)

    def take(self) -> list[Waiting]:
        """The next batch, in order of arrival, without those who left.

        A command that shares a stream or a key with one before it waits for the batch after:
        only then can its version, or its key, be judged.
        """
        batch: list[Waiting] = []
        later: list[Waiting] = []
        used: set[UUID] = set()
        events = size = 0
        most = self.most or min(MOST_EVENTS, max(HALVED, len(self.waiting) // 2))
        while self.waiting and events < most and size < MOST_BYTES:
            waiting = self.waiting.popleft()
            self.bytes -= waiting.size
            if waiting.done.cancelled():
                continue
            names = waiting.names
            (batch if used.isdisjoint(names) else later).append(waiting)
            used |= names
            if batch and batch[-1] is waiting:
                events, size = events + len(waiting.rows), size + waiting.size
        self.put_back(later)
        return batch


class Writer:
    """Writes for all tasks of one event loop, over one connection of its own."""

    def __init__(self, conninfo: str, most: int | None = None) -> None:
        self._conninfo = conninfo
        self._connection: AsyncConnection[Any] | None = None
        self.queue = Queue(most)
        self.watch = Watch()
        self._writing: asyncio.Task[None] | None = None

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
        if self._writing is None:  # on behalf of all, hence in nobody's context
            writing = self._write_all()
            self._writing = asyncio.create_task(writing, name="log writer", context=Context())
        return done

    async def aclose(self) -> None:
        """Write what waits, then close the connection."""
        if self._writing is not None:
            await self._writing
        await self._disconnect()

    async def _write_all(self) -> None:
        """Batch after batch until nothing waits."""
        batch: list[Waiting] = []
        try:
            while batch := self.queue.take():
                await self._write(batch)
        finally:
            self._writing = None
            for waiting in [*batch, *self.queue.take()]:  # only when it was broken off
                waiting.tell(LogUnavailable("the writer was stopped", recorded=None))

    async def _write(self, batch: list[Waiting]) -> None:
        sent = monotonic()
        try:
            self.watch.written(_acknowledge(batch, await self._send(batch), sent))
        except (psycopg.Error, OSError, ValueError) as failure:
            if self._connection is None or self._connection.closed:
                await self._send_again_later(batch, failure)
            else:
                await self._refused(batch, failure)

    async def _send(self, batch: list[Waiting]) -> tuple[Any, ...]:
        connection = await self._connected()
        for waiting in batch:
            waiting.sent = True
        cursor = connection.cursor(binary=True)
        await cursor.execute(_APPEND, _columns(batch), prepare=True)
        (answer,) = await cursor.fetchall()
        return tuple(answer)

    async def _refused(self, batch: list[Waiting], failure: Exception) -> None:
        """The server undid the batch; what cannot be stored must not take the others along."""
        if isinstance(failure, _IMPOSSIBLE) and len(batch) > 1:
            for waiting in batch:
                await self._write([waiting])
            return
        if isinstance(failure, (errors.LockNotAvailable, errors.QueryCanceled)):
            failure = LogUnavailable(f"the log was held too long, nothing was written: {failure}")
        if isinstance(failure, errors.ReadOnlySqlTransaction):
            await self._disconnect()  # after a failover the way to the new primary is looked for
        for waiting in batch:
            waiting.tell(failure)

    async def _send_again_later(self, batch: list[Waiting], failure: Exception) -> None:
        """The server is gone: for a while, whatever can safely be sent again is."""
        log_.warning("%d commands are not acknowledged yet: %s", len(batch), failure)
        await self._disconnect()
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

    async def _connected(self) -> AsyncConnection[Any]:
        if self._connection is None:
            connection = await AsyncConnection.connect(self._conninfo, autocommit=True)
            await connection.execute(_SESSION.encode())
            self._connection = connection
        return self._connection

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


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
