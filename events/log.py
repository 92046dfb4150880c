"""Log: the only writer. Appends at gapless positions, reads by stream and by position.

All writing goes through one server-side function (`log.append` in schema.sql), so several
processes may append at once; who loses the race for a version gets `Conflict`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import errors
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from events.codec import decode, encode, stored_topic
from events.event import Event, Recorded

Pool = AsyncConnectionPool[Any]

_APPEND = "select * from log.append(%b, %b, %b, %b, %b, %b)"
_STREAM = """
    select stream, version, position, recorded_at, topic, state from log.events
    where stream = %b and version > %b order by version"""
_PAGE = """
    select stream, version, position, recorded_at, topic, state from log.events
    where position > %b order by position limit %b"""
_NUMBER = """
    insert into log.numbers values (%s, 1)
    on conflict (series) do update set last = log.numbers.last + 1 returning last"""


@dataclass(frozen=True)
class Append:
    """New events for one stream, to follow its version `after`."""

    stream: UUID
    after: int
    events: Sequence[Event]


@dataclass(frozen=True)
class Appended:
    """Where the events stand; `repeated` when the key was known and nothing was added."""

    first: int
    last: int
    repeated: bool = False


class Conflict(Exception):
    """Somebody else appended to the stream first; load again and decide again."""


class LogUnavailable(Exception):
    """The database cannot be written or read now (down, or its disk is full)."""


class Log:
    """The log over a pool of connections of the application's role."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    async def append(self, changes: Sequence[Append], key: bytes | None = None) -> Appended:
        """Append all or nothing; durable when it returns. Raises `Conflict`."""
        columns = _columns(changes)
        if not columns[0]:
            return Appended(0, 0)
        try:
            row = await self._one(_APPEND, (*columns, key))
        except errors.UniqueViolation as taken:
            raise Conflict(str(taken)) from taken
        return Appended(*row)

    async def load(self, stream: UUID) -> list[Recorded]:
        """The stream's events in order; none where there is no such stream."""
        return [_recorded(row) for row in await self._all(_STREAM, (stream, 0))]

    async def after(self, position: int, most: int = 1000) -> list[Recorded]:
        """Up to `most` events that follow `position`, in the order of the log."""
        return [_recorded(row) for row in await self._all(_PAGE, (position, most))]

    async def pages(self, position: int = 0, most: int = 1000) -> AsyncIterator[list[Recorded]]:
        """The log from `position` on, page by page, to its present end."""
        while page := await self.after(position, most):
            yield page
            position = page[-1].position

    async def size(self) -> int:
        """The number of events, which is the last position."""
        return int((await self._one("select size from log.head", ()))[0])

    async def repeat(self, key: bytes) -> Appended | None:
        """What an earlier command with this key led to."""
        rows = await self._all("select first, last from log.repeats where key = %s", (key,))
        return Appended(rows[0][0], rows[0][1], repeated=True) if rows else None

    async def next_number(self, series: str) -> int:
        """The next running number of a series; numbers of refused commands are lost."""
        return int((await self._one(_NUMBER, (series,)))[0])

    async def _all(self, sql: str, values: tuple[object, ...]) -> list[TupleRow]:
        async with self.pool.connection() as connection:
            cursor = connection.cursor(binary=True)
            rows: list[TupleRow] = await (await cursor.execute(sql, values)).fetchall()
            return rows

    async def _one(self, sql: str, values: tuple[object, ...]) -> TupleRow:
        return (await self._all(sql, values))[0]


def _columns(changes: Sequence[Append]) -> tuple[list[Any], ...]:
    rows = [
        (c.stream, c.after + n, stored_topic(e), e.by.party.id, encode(e))
        for c in changes
        for n, e in enumerate(c.events, start=1)
    ]
    return tuple([list(column) for column in zip(*rows, strict=True)]) or ([],)


def _recorded(row: TupleRow) -> Recorded:
    stream, version, position, recorded_at, topic, state = row
    return Recorded(
        stream=stream,
        version=version,
        position=position,
        recorded_at=recorded_at,
        event=decode(topic, state, position),
    )
